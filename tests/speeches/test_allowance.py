"""Nobody can fill the disk or the queue: uploads of a minute and bytes of a day are limited a person."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from speeches import intake
from speeches.allowance import TooMuch, check_allowance
from speeches.models import Speech
from tests.people import Cast
from tests.speeches.conftest import UPLOADED
from tests.speeches.texts import SPEECH


def fill(people: Cast, times: int) -> None:
    for number in range(times):
        intake.accept(
            file_name="a.txt", content=f"{SPEECH}{number}".encode(), by=people.supervisor, at=UPLOADED
        )


def test_the_limit_of_a_minute_is_for_each_person_and_passes(people: Cast) -> None:
    fill(people, settings.UPLOADS_PER_MINUTE - 1)
    check_allowance(by=people.supervisor, at=UPLOADED)
    fill(people, settings.UPLOADS_PER_MINUTE)
    with pytest.raises(TooMuch, match="请等一分钟"):
        check_allowance(by=people.supervisor, at=UPLOADED)
    check_allowance(by=people.leader, at=UPLOADED)
    check_allowance(by=people.supervisor, at=UPLOADED + timedelta(seconds=61))


def test_the_bytes_of_a_day_are_limited(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(people, 2)
    monkeypatch.setattr(settings, "UPLOAD_BYTES_PER_DAY", 2 * len(SPEECH.encode()))
    with pytest.raises(TooMuch, match="24小时"):
        check_allowance(by=people.supervisor, at=UPLOADED + timedelta(hours=23))
    check_allowance(by=people.supervisor, at=UPLOADED + timedelta(hours=25))


@pytest.mark.parametrize("content", [SPEECH.encode(), b"\x89PNG\r\n\x1a\n123"])
def test_the_page_answers_429_also_when_the_same_or_a_bad_file_comes_again_and_again(
    content: bytes, people: Cast, client: Client
) -> None:
    client.force_login(people.supervisor)

    def upload() -> int:
        file = SimpleUploadedFile("讲话.txt", content)
        return client.post(reverse("speeches:upload"), {"files": [file]}).status_code

    answers = [upload() for _ in range(settings.UPLOADS_PER_MINUTE + 1)]
    assert 429 not in answers[:-1]
    assert answers[-1] == 429


def test_what_was_typed_is_kept_when_one_has_to_wait(people: Cast, client: Client) -> None:
    client.force_login(people.supervisor)
    for _ in range(settings.UPLOADS_PER_MINUTE):
        client.post(reverse("speeches:upload"), {"text": SPEECH})
    answer = client.post(reverse("speeches:upload"), {"text": "要抓好落实。" * 5})
    assert answer.status_code == 429
    assert "要抓好落实。" in answer.content.decode()
    assert Speech.objects.count() == 1


def test_the_api_answers_429(people: Cast) -> None:
    client = APIClient()
    client.force_login(people.supervisor, backend="django.contrib.auth.backends.ModelBackend")
    for number in range(settings.UPLOADS_PER_MINUTE):
        assert client.post("/api/speeches/", {"text": f"{SPEECH}{number}"}).status_code == 201
    answer = client.post("/api/speeches/", {"text": f"{SPEECH}完"})
    assert answer.status_code == 429
    assert "请等一分钟" in answer.content.decode()
