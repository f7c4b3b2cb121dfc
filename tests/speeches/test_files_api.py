"""What can be done with the file of a speech over the API, and a zip with one answer a file."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import Department
from speeches import intake, parsing
from speeches.models import Speech
from tests.people import Cast
from tests.speeches.conftest import UPLOADED
from tests.speeches.making import packed
from tests.speeches.test_api import signed_in
from tests.speeches.test_cleaning import PAGE
from tests.speeches.test_dividing import FILE
from tests.speeches.texts import SPEECH

Office = dict[str, Department]


def taken(people: Cast, content: str) -> Speech:
    made, _ = intake.accept(file_name="汇编.txt", content=content.encode(), by=people.supervisor, at=UPLOADED)
    return parsing.parse(made.pk, at=UPLOADED)


def send(client: APIClient, content: bytes, name: str = "汇编.zip") -> tuple[int, dict[str, Any]]:
    file = SimpleUploadedFile(name, content)
    answer = client.post("/api/speeches/bundle/", {"file": file}, format="multipart")
    return answer.status_code, answer.json()


def test_a_zip_gives_one_answer_for_each_file(people: Cast) -> None:
    content = packed({"七月/讲话.txt": SPEECH, "照片.png": b"\x89PNG\r\n\x1a\n123", "空.txt": b""})
    status, answer = send(signed_in(people.supervisor), content)
    assert status == 201
    assert [one["name"] for one in answer["files"]] == ["讲话.txt", "照片.png", "空.txt"]
    good, picture, empty = answer["files"]
    assert (good["speech"]["status"], good["created"], good["error"]) == ("received", True, "")
    assert (picture["speech"], empty["speech"]) == (None, None)
    assert "图片" in picture["error"]
    assert "请" in empty["error"]
    assert Speech.objects.count() == 1


def test_the_same_zip_again_gives_the_same_speeches(people: Cast) -> None:
    client, content = signed_in(people.supervisor), packed({"讲话.txt": SPEECH})
    first = send(client, content)[1]["files"][0]
    again = send(client, content)[1]["files"][0]
    assert (again["speech"]["id"], again["created"]) == (first["speech"]["id"], False)


@pytest.mark.parametrize("content", [b"PK\x05\x06" + bytes(18), packed({"a.png": b"\x89PNG\r\n\x1a\n1"})])
def test_a_zip_with_nothing_to_read_is_400_and_says_why(content: bytes, people: Cast) -> None:
    status, answer = send(signed_in(people.supervisor), content)
    assert status == 400
    assert "请" in str(answer)
    assert not Speech.objects.exists()


def test_a_file_that_is_no_zip_is_400(people: Cast) -> None:
    status, answer = send(signed_in(people.supervisor), SPEECH.encode(), "讲话.txt")
    assert status == 400
    assert "压缩包" in str(answer)


def test_a_zip_counts_for_the_limit_of_a_minute(people: Cast, settings: Settings) -> None:
    settings.UPLOADS_PER_MINUTE = 1
    client = signed_in(people.supervisor)
    assert send(client, packed({"讲话.txt": SPEECH}))[0] == 201
    assert send(client, packed({"另一篇.txt": SPEECH + "\n完。"}))[0] == 429


def test_a_file_is_divided_and_put_together_over_the_api(people: Cast, office: Office) -> None:
    whole, client = taken(people, FILE), signed_in(people.supervisor)
    path = f"/api/speeches/{whole.pk}/"
    offered = client.get(path).json()["parts"]
    assert [part["title"] for part in offered][1] == "在云溪市防汛工作会议上的讲话"
    assert all(part["length"] > 50 and part["opening"] for part in offered)
    made = client.post(f"{path}divide/")
    assert made.status_code == 201
    assert [piece["parent"] for piece in made.json()] == [whole.pk] * 3
    shown = client.get(path).json()
    assert (shown["parts"], shown["pieces"]) == ([], [piece["id"] for piece in made.json()])
    assert client.post(f"{path}treat_as_one/").status_code == 409
    assert client.post(f"{path}reunite/").status_code == 200
    assert client.post(f"{path}treat_as_one/").json()["is_whole"] is True


def test_one_speech_is_not_divided(speech: Speech, people: Cast) -> None:
    answer = signed_in(people.supervisor).post(f"/api/speeches/{speech.pk}/divide/")
    assert answer.status_code == 400
    assert "按一篇处理" in str(answer.json())


def test_lines_are_restored_and_removed_over_the_api(people: Cast, office: Office) -> None:
    page, client = taken(people, PAGE), signed_in(people.supervisor)
    path = f"/api/speeches/{page.pk}/"
    start = client.get(path).json()["removed"][0]["start"]
    one = client.post(f"{path}restore_lines/", {"starts": [start]}).json()
    assert [line["start"] for line in one["restored"]] == [start]
    everything = client.post(f"{path}restore_lines/").json()
    assert everything["removed"] == []
    again = client.post(f"{path}remove_lines/").json()
    assert (again["text"], again["restored"]) == (page.text, [])


@pytest.mark.parametrize("words", [{"starts": []}, {"starts": ["x"]}, {"starts": [10**12]}, {"starts": "1"}])
def test_bad_lines_are_400(words: dict[str, object], people: Cast, office: Office) -> None:
    page = taken(people, PAGE)
    answer = signed_in(people.supervisor).post(f"/api/speeches/{page.pk}/restore_lines/", words)
    assert answer.status_code == 400
    page.refresh_from_db()
    assert page.restored == []


def test_a_reading_is_cancelled_and_started_again_over_the_api(people: Cast) -> None:
    made, _ = intake.accept(file_name="a.txt", content=SPEECH.encode(), by=people.supervisor, at=UPLOADED)
    client = signed_in(people.supervisor)
    assert client.post(f"/api/speeches/{made.pk}/cancel/").json()["status"] == "cancelled"
    assert client.post(f"/api/speeches/{made.pk}/retry/").json()["status"] == "received"
    parsing.parse(made.pk, at=UPLOADED)
    assert client.post(f"/api/speeches/{made.pk}/cancel/").status_code == 409
