"""Uploads are shown to clamd first, where the office has it; when it cannot be asked, none is let through."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from speeches import intake
from speeches.models import Speech
from tasks import evidence, viruses
from tests.clamd import EICAR, Clamd, gone
from tests.people import Cast
from tests.speeches.conftest import UPLOADED
from tests.speeches.making import packed
from tests.speeches.texts import SPEECH

BAD = SPEECH.encode() + b"\n" + EICAR


@pytest.fixture(params=["tcp", "unix"])
def clamd(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Iterator[Clamd]:
    path = tmp_path / "clamd.ctl" if request.param == "unix" else None
    with Clamd(path) as server:
        settings.CLAMD_SOCKET = server.address
        yield server


def test_a_clean_file_is_shown_whole_and_taken_in(clamd: Clamd, people: Cast) -> None:
    content = SPEECH.encode() * 500  # several chunks
    speech, created = intake.accept(file_name="a.txt", content=content, by=people.supervisor, at=UPLOADED)
    assert created
    assert clamd.seen == [content]
    assert speech.status == Speech.Status.RECEIVED


def test_a_virus_is_refused_by_name_and_nothing_is_kept(
    clamd: Clamd, people: Cast, client: Client, settings: Settings
) -> None:
    client.force_login(people.supervisor)
    answer = client.post(reverse("speeches:upload"), {"files": SimpleUploadedFile("讲话.txt", BAD)})
    assert answer.status_code == 400
    assert "带有病毒（Eicar-Test-Signature）" in answer.content.decode()
    assert not Speech.objects.exists()
    assert not list(Path(settings.MEDIA_ROOT).rglob("*"))


def test_in_a_zip_the_bad_file_is_named_and_the_others_are_taken(clamd: Clamd, people: Cast) -> None:
    file = SimpleUploadedFile("汇编.zip", packed({"坏.txt": BAD, "好.txt": SPEECH}))
    answers, failure = intake.accept_bundle(file, by=people.supervisor, at=UPLOADED)
    assert failure == ""
    assert [(one.name, bool(one.speech), "病毒" in one.error) for one in answers] == [
        ("坏.txt", False, True), ("好.txt", True, False),
    ]  # fmt: skip


def refused(people: Cast) -> str:
    with pytest.raises(ValidationError) as told:
        intake.accept(file_name="a.txt", content=SPEECH.encode(), by=people.supervisor, at=UPLOADED)
    assert not Speech.objects.exists()
    return told.value.messages[0]


def test_a_clamd_that_is_not_there_lets_nothing_through(people: Cast, settings: Settings) -> None:
    with gone() as address:
        settings.CLAMD_SOCKET = address
    assert "没有应答" in refused(people)
    settings.CLAMD_SOCKET = "/nowhere/clamd.ctl"
    assert "请稍后重试" in refused(people)


@pytest.mark.parametrize(
    "answer", [b"", b"stream: broken ERROR\0", b"OK\0", b"stream: OK", b"\xff\0", b"stream: OK but\0"]
)
def test_an_answer_that_is_not_a_clear_yes_lets_nothing_through(
    answer: bytes, clamd: Clamd, people: Cast
) -> None:
    clamd.answer, clamd.silent = answer, not answer
    assert "没有应答" in refused(people)


def test_a_clamd_that_never_answers_is_waited_for_only_so_long(
    clamd: Clamd, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(viruses, "SECONDS", 0.2)
    clamd.answer, clamd.holds = b"stream: OK", True  # without its end: more would come
    assert "没有应答" in refused(people)


def test_a_file_too_large_for_clamd_says_so(clamd: Clamd, people: Cast) -> None:
    clamd.most = 10
    assert "大小上限" in refused(people)


def test_switched_off_nobody_is_asked(people: Cast, settings: Settings) -> None:
    assert settings.CLAMD_SOCKET == ""
    _, created = intake.accept(file_name="a.txt", content=BAD, by=people.supervisor, at=UPLOADED)
    assert created


def test_evidence_is_shown_to_clamd_too(clamd: Clamd) -> None:
    good = SimpleUploadedFile("清单.txt", "已完成。".encode())
    assert evidence.checked([good])[0].name == "清单.txt"
    with pytest.raises(ValidationError, match="带有病毒"):
        evidence.checked([SimpleUploadedFile("清单.txt", BAD)])


def test_the_command_line_asks_too(clamd: Clamd, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "讲话.txt"
    path.write_bytes(BAD)
    with pytest.raises(SystemExit) as ended:
        call_command("read", str(path))
    assert ended.value.code == 2
    assert "带有病毒" in capsys.readouterr().err


def test_a_line_end_in_the_answer_makes_no_second_line_of_the_log(
    clamd: Clamd, people: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    clamd.answer = b"stream: Bad\nINFO forged FOUND\0"
    assert "带有病毒" in refused(people)
    assert all("\n" not in record.getMessage() for record in caplog.records)
