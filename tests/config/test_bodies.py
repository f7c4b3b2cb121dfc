"""What the API makes of a body that is no sensible JSON: 400, in Chinese, and nothing is done."""

import pytest
from django.test import Client

from accounts.models import User
from tasks.models import Task
from tests.factories import person

DEEP = 20_000


@pytest.fixture
def clerk(db: None) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(
        person("ducha", User.Role.SUPERVISOR), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


@pytest.mark.parametrize("depth", [600, 950, 1000, DEEP, 300_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"title":', "}")])
@pytest.mark.parametrize("path", ["/api/tasks/", "/api/speeches/"])
def test_nesting_without_end_is_bad_input_and_no_failure(
    path: str, opening: str, closing: str, depth: int, clerk: Client
) -> None:
    body = opening * depth + "1" + closing * depth
    answer = clerk.post(path, body.encode(), content_type="application/json")
    assert answer.status_code == 400
    assert not Task.objects.exists()
    if depth >= DEEP:
        assert "JSON 嵌套" in answer.json()["detail"]


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe{}", b'{"title": NaN}', b""])
def test_what_is_no_json_is_told_in_chinese(body: bytes, clerk: Client) -> None:
    answer = clerk.post("/api/tasks/", body, content_type="application/json")
    assert answer.status_code == 400
    words = answer.content.decode()
    assert "JSON" in words or "必填" in answer.json()["title"][0] or "该字段" in answer.json()["title"][0]
    assert "Expecting" not in words
    assert "parse error" not in words


def test_brackets_within_words_do_not_count_as_nesting(clerk: Client) -> None:
    words = {"title": "整治" + "[" * 150, "requirement": '引号"与反斜杠\\' + "{" * 300}
    answer = clerk.post("/api/tasks/", words, content_type="application/json")
    assert answer.status_code == 201
    assert answer.json()["requirement"] == words["requirement"]
