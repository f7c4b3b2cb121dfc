"""The API of speeches answers as the pages do: the same visibility, verbs and refusals."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from accounts.models import Department, User
from speeches import parsing
from speeches.models import Directive, Speech
from tasks.models import Task
from tests.people import Cast
from tests.speeches.conftest import UPLOADED
from tests.speeches.making import docx, p
from tests.speeches.texts import SENTENCE, SPEECH

Office = dict[str, Department]
FAR = "2099-01-01"


def signed_in(user: User) -> APIClient:
    client = APIClient()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def upload(client: APIClient, content: bytes, name: str = "讲话.txt") -> tuple[int, dict[str, object]]:
    answer = client.post("/api/speeches/", {"file": SimpleUploadedFile(name, content)}, format="multipart")
    return answer.status_code, answer.json()


def test_a_speech_goes_its_whole_way_over_the_api(people: Cast, office: Office) -> None:
    client = signed_in(people.supervisor)
    status, made = upload(client, SPEECH.encode())
    assert (status, made["status"]) == (201, "received")
    parsing.parse(int(str(made["id"])), at=UPLOADED)
    speech = client.get(f"/api/speeches/{made['id']}/").json()
    assert (speech["status"], speech["percent"], speech["text"]) == ("parsed", 100, SPEECH)
    drafts = client.get(f"/api/directives/?speech={made['id']}&tier=named").json()["results"]
    draft = next(d for d in drafts if SENTENCE in d["quote"])
    assert speech["text"][draft["start"] : draft["end"]] == draft["quote"]
    words = {"version": draft["version"], "title": "未开工项目清单", "due_on": FAR}
    edited = client.post(f"/api/directives/{draft['id']}/edit/", words).json()
    assert (edited["title"], edited["version"]) == ("未开工项目清单", 2)
    adopted = client.post(f"/api/directives/{draft['id']}/adopt/", {"issue": True, "version": 2}).json()
    item = client.get(f"/api/tasks/{adopted['task']}/").json()
    assert (item["status"], item["title"], item["due_on"]) == ("issued", "未开工项目清单", FAR)


def test_the_same_file_again_is_200_and_the_same_speech(people: Cast) -> None:
    client = signed_in(people.supervisor)
    _, first = upload(client, SPEECH.encode())
    status, second = upload(client, SPEECH.encode(), "副本.txt")
    assert (status, second["id"]) == (200, first["id"])


def test_pasted_text_is_taken_too(people: Cast) -> None:
    answer = signed_in(people.supervisor).post("/api/speeches/", {"text": SPEECH, "title": "讲话"})
    assert (answer.status_code, answer.json()["title"]) == (201, "讲话")


@pytest.mark.parametrize("content", [b"", b"Rar!\x1a\x07\x00", b"\x89PNG\r\n\x1a\n"])
def test_a_refused_file_is_400_in_chinese(people: Cast, content: bytes) -> None:
    status, answer = upload(signed_in(people.supervisor), content)
    assert status == 400
    assert "请" in str(answer)
    assert not Speech.objects.exists()


@pytest.mark.parametrize("words", [{}, {"text": "  "}, {"title": "只有标题"}])
def test_sending_neither_file_nor_text_is_400(people: Cast, words: dict[str, str]) -> None:
    assert signed_in(people.supervisor).post("/api/speeches/", words).status_code == 400


def test_an_old_version_is_409_and_changes_nothing(speech: Speech, people: Cast) -> None:
    draft = speech.directives.all()[0]
    client = signed_in(people.supervisor)
    path = f"/api/directives/{draft.pk}/edit/"
    assert client.post(path, {"version": 1, "title": "先"}).status_code == 200
    answer = client.post(path, {"version": 1, "title": "后"})
    assert answer.status_code == 409
    assert "别人保存过" in answer.json()["detail"]
    assert Directive.objects.get(pk=draft.pk).title == "先"


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"title": "没有版本"}, "version"),
        ({"version": 1, "title": ""}, "title"),
        ({"version": 1, "lead": 10**9}, "lead"),
        ({"version": 1, "parts": [10**9]}, "parts"),
        ({"version": 1, "due_on": "2020-01-01"}, "due_on"),
        ({"version": 1, "report_rule": "每周五"}, "report_rule"),
        ({"version": 1, "title": "长" * 201}, "title"),
    ],
)
def test_bad_words_are_400_and_name_the_field(
    speech: Speech, people: Cast, words: dict[str, object], field: str
) -> None:
    draft = speech.directives.all()[0]
    answer = signed_in(people.supervisor).post(f"/api/directives/{draft.pk}/edit/", words)
    assert answer.status_code == 400
    assert field in answer.json()
    assert Directive.objects.get(pk=draft.pk).version == 1


def test_what_the_parser_found_cannot_be_written(speech: Speech, people: Cast) -> None:
    draft = speech.directives.all()[0]
    words = {"version": 1, "quote": "假的", "state": "adopted", "start": 0, "found": {}, "confidence": 1}
    signed_in(people.supervisor).post(f"/api/directives/{draft.pk}/edit/", words)
    after = Directive.objects.get(pk=draft.pk)
    assert (after.quote, after.state, after.start, after.found) == (
        draft.quote,
        "open",
        draft.start,
        draft.found,
    )


def test_drop_restore_merge_split_and_add(speech: Speech, people: Cast) -> None:
    client = signed_in(people.supervisor)
    first, second = speech.directives.all()[:2]
    assert client.post(f"/api/directives/{first.pk}/drop/").json()["state"] == "dropped"
    assert client.post(f"/api/directives/{first.pk}/restore/").json()["state"] == "open"
    merged = client.post(f"/api/directives/{second.pk}/merge/", {"into": first.pk}).json()
    assert (merged["id"], merged["end"]) == (first.pk, second.end)
    halves = client.post(f"/api/directives/{first.pk}/split/", {"offset": second.start}).json()
    assert [half["end"] for half in halves][-1] == second.end
    added = client.post(f"/api/speeches/{speech.pk}/add/", {"start": 0, "end": 7})
    assert (added.status_code, added.json()["quote"]) == (201, speech.text[:7])


@pytest.mark.parametrize(
    ("verb", "words"),
    [("merge", {"into": 10**9}), ("merge", {}), ("split", {"offset": "x"}), ("split", {"offset": 10**6})],
)
def test_places_and_keys_that_do_not_exist_are_400(
    speech: Speech, people: Cast, verb: str, words: dict[str, object]
) -> None:
    draft = speech.directives.all()[0]
    assert signed_in(people.supervisor).post(f"/api/directives/{draft.pk}/{verb}/", words).status_code == 400


def test_drafts_of_two_speeches_are_not_merged(speech: Speech, people: Cast) -> None:
    client = signed_in(people.supervisor)
    _, made = upload(client, (SPEECH + "\n另一份。").encode())
    other = parsing.parse(int(str(made["id"])), at=UPLOADED).directives.all()[0]
    draft = speech.directives.all()[0]
    assert client.post(f"/api/directives/{draft.pk}/merge/", {"into": other.pk}).status_code == 400


def test_a_tier_is_adopted_at_once(speech: Speech, people: Cast) -> None:
    answer = (
        signed_in(people.supervisor).post(f"/api/speeches/{speech.pk}/adopt_tier/", {"tier": "named"}).json()
    )
    assert sorted(answer["tasks"]) == sorted(Task.objects.values_list("code", flat=True))
    assert answer["tasks"]


def test_the_head_is_amended_and_a_failed_speech_is_tried_again(speech: Speech, people: Cast) -> None:
    client = signed_in(people.supervisor)
    assert (
        client.post(f"/api/speeches/{speech.pk}/amend/", {"speaker": "周明川"}).json()["speaker"] == "周明川"
    )
    assert client.post(f"/api/speeches/{speech.pk}/amend/", {"spoken_on": "昨天"}).status_code == 400
    Speech.objects.filter(pk=speech.pk).update(status="failed")
    assert client.post(f"/api/speeches/{speech.pk}/retry/").json()["status"] == "received"


def test_the_original_comes_as_a_download(speech: Speech, people: Cast) -> None:
    answer = signed_in(people.supervisor).get(f"/api/speeches/{speech.pk}/original/")
    assert b"".join(answer.streaming_content).decode() == SPEECH  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


READS = (
    "/api/speeches/",
    "/api/speeches/{speech}/",
    "/api/speeches/{speech}/original/",
    "/api/directives/{draft}/",
)
WRITES = (
    "/api/speeches/{speech}/amend/",
    "/api/speeches/{speech}/retry/",
    "/api/speeches/{speech}/add/",
    "/api/speeches/{speech}/adopt_tier/",
    "/api/directives/{draft}/edit/",
    "/api/directives/{draft}/adopt/",
    "/api/directives/{draft}/drop/",
    "/api/directives/{draft}/restore/",
    "/api/directives/{draft}/merge/",
    "/api/directives/{draft}/split/",
)
WORDS: dict[str, Any] = {
    "start": 0,
    "end": 7,
    "tier": "named",
    "version": 1,
    "title": "改",
    "into": 1,
    "offset": 40,
}


@pytest.mark.parametrize("who", ["leading", "outsider", "homeless"])
def test_a_department_finds_no_speech_and_no_draft(speech: Speech, people: Cast, who: str) -> None:
    client, draft = signed_in(people[who]), speech.directives.all()[0]
    for path in (*READS[1:], *WRITES):
        method = client.get if path in READS else client.post
        answer = method(path.format(speech=speech.pk, draft=draft.pk), WORDS)
        assert answer.status_code == 404, path
        assert SENTENCE not in answer.content.decode()
    for path in ("/api/speeches/", f"/api/directives/?speech={speech.pk}"):
        assert client.get(path).json()["results"] == []
    assert upload(client, docx(p("好")))[0] == 403


@pytest.mark.parametrize("who", ["leader", "administrator"])
def test_leaders_and_administrators_read_and_change_nothing(speech: Speech, people: Cast, who: str) -> None:
    client, draft = signed_in(people[who]), speech.directives.all()[0]
    before = list(speech.directives.values())
    words = WORDS | {"into": speech.directives.all()[1].pk}
    for path in READS:
        assert client.get(path.format(speech=speech.pk, draft=draft.pk)).status_code == 200, path
    for path in WRITES:
        assert client.post(path.format(speech=speech.pk, draft=draft.pk), words).status_code == 403, path
    assert list(speech.directives.values()) == before
    assert not Task.objects.exists()


def test_strangers_are_turned_away(speech: Speech) -> None:
    draft = speech.directives.all()[0]
    for path in (*READS, *WRITES):
        filled = path.format(speech=speech.pk, draft=draft.pk)
        assert Client().get(filled).status_code in {401, 403, 405}
        assert Client().post(filled).status_code in {401, 403, 405}


def test_nothing_is_put_patched_or_deleted(speech: Speech, people: Cast) -> None:
    client, draft = signed_in(people.supervisor), speech.directives.all()[0]
    for method in ("put", "patch", "delete"):
        assert getattr(client, method)(f"/api/speeches/{speech.pk}/").status_code == 405
        assert getattr(client, method)(f"/api/directives/{draft.pk}/").status_code == 405


def test_a_list_takes_the_same_number_of_queries_however_long(
    speech: Speech, people: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(people.supervisor)
    with django_assert_max_num_queries(7):
        assert client.get(f"/api/directives/?speech={speech.pk}").json()["count"] >= 5
