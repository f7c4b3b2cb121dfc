"""What comes in: checked, kept once and unchanged, and nothing half-saved."""

import hashlib
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from speeches import intake, jobs, originals
from speeches.models import Speech
from speeches.readers import ReadRefused
from tests.people import Cast
from tests.speeches.conftest import UPLOADED
from tests.speeches.making import docx, p
from tests.speeches.texts import SPEECH

CONTENT = SPEECH.encode()


def accept(people: Cast, content: bytes = CONTENT, name: str = "讲话.txt") -> tuple[Speech, bool]:
    return intake.accept(file_name=name, content=content, by=people.supervisor, at=UPLOADED)


def stored_files() -> list[str]:
    return [name for _, _, names in os.walk(default_storage.path("")) for name in names]


def test_the_same_bytes_twice_give_the_same_speech(people: Cast) -> None:
    first, is_new = accept(people)
    second, is_new_again = accept(people, name="同一份.txt")
    assert (is_new, is_new_again) == (True, False)
    assert first.pk == second.pk
    assert Speech.objects.count() == 1
    assert len(stored_files()) == 1


def test_the_file_is_kept_under_its_hash_readable_to_us_alone(people: Cast) -> None:
    speech, _ = accept(people, name="../../etc/passwd")
    path = Path(speech.file.path)
    assert path.name == hashlib.sha256(CONTENT).hexdigest()
    assert path.read_bytes() == CONTENT
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert speech.file_name == "passwd"


@pytest.mark.parametrize(
    "content", [b"", b"MZ\x90\x00", b"\x89PNG\r\n\x1a\n123", bytes(range(256)) * 9, b"PK\x03\x04broken"]
)
def test_a_refused_file_leaves_no_row_and_no_file(people: Cast, content: bytes) -> None:
    with pytest.raises(ValidationError, match="请"):
        accept(people, content)
    assert not Speech.objects.exists()
    assert stored_files() == []


class Unread(SimpleUploadedFile):
    """An upload that must not be read."""

    @property
    def read(self) -> Any:
        raise AssertionError("read into memory")


def test_a_file_over_the_limit_is_refused_before_it_is_read(people: Cast, settings: Settings) -> None:
    settings.MAX_UPLOAD_BYTES = 1024 * 1024
    file = Unread("大.docx", bytes(1024 * 1024 + 1))
    with pytest.raises(ValidationError, match="1MB的上限"):
        intake.accept_upload(file, by=people.supervisor, at=UPLOADED)
    assert not Speech.objects.exists()


def test_an_upload_and_the_same_bytes_are_one_speech(people: Cast) -> None:
    file = SimpleUploadedFile("讲话.txt", CONTENT)
    speech, _ = intake.accept_upload(file, by=people.supervisor, at=UPLOADED)
    assert accept(people) == (speech, False)


def test_pasted_text_becomes_a_speech_with_the_given_title(people: Cast) -> None:
    speech, created = intake.accept_text(
        text=f"\n{SPEECH}\n", title="周市长讲话", by=people.supervisor, at=UPLOADED
    )
    speech.refresh_from_db()
    assert created
    assert speech.title == "周市长讲话"
    assert originals.content(speech) == CONTENT


def test_pasting_nothing_is_refused(people: Cast) -> None:
    with pytest.raises(ValidationError, match="没有粘贴"):
        intake.accept_text(text=" \n", by=people.supervisor, at=UPLOADED)


@pytest.mark.parametrize("who", ["leading", "leader", "administrator"])
def test_only_the_supervision_office_takes_speeches_in(people: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        intake.accept(file_name="a.txt", content=CONTENT, by=people[who], at=UPLOADED)
    assert not Speech.objects.exists()


def test_a_full_disk_is_told_and_leaves_no_row(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object, **kwargs: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(default_storage, "save", full)
    with pytest.raises(ValidationError, match="磁盘"):
        accept(people)
    assert not Speech.objects.exists()


def test_a_broken_broker_does_not_fail_the_upload(
    people: Cast,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    def refuse(*args: object) -> None:
        raise ConnectionError("broker is down")

    monkeypatch.setattr(jobs.parse_speech, "delay", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        speech, _ = accept(people)
    assert speech.status == Speech.Status.RECEIVED


def test_an_upload_rings_for_the_worker_once_it_is_committed(
    people: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        speech, _ = accept(people)
    speech.refresh_from_db()
    assert speech.status == Speech.Status.PARSED


def test_a_failed_speech_that_comes_again_is_queued_again(people: Cast) -> None:
    speech, _ = accept(people)
    Speech.objects.filter(pk=speech.pk).update(status=Speech.Status.FAILED, error="坏了", attempts=5)
    again, created = accept(people)
    assert (again.pk, created) == (speech.pk, False)
    assert (again.status, again.error, again.attempts) == (Speech.Status.RECEIVED, "", 0)


def test_an_original_that_was_changed_on_disk_is_not_read_or_served(people: Cast) -> None:
    speech, _ = accept(people)
    Path(speech.file.path).chmod(0o600)
    Path(speech.file.path).write_bytes(CONTENT + b"!")
    with pytest.raises(ReadRefused, match="校验值"):
        originals.content(speech)
    with pytest.raises(ValidationError, match="校验值"):
        originals.original(speech)


def test_an_original_that_is_gone_says_so(people: Cast) -> None:
    speech, _ = accept(people)
    default_storage.delete(speech.file.name or "")
    with pytest.raises(ReadRefused, match="重新上传"):
        originals.content(speech)


def test_a_word_file_is_opened_by_the_worker_not_by_the_web_page(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*args: object) -> None:
        raise AssertionError("opened in the request")

    monkeypatch.setattr("speeches.readers.sandbox.answered", never)
    speech, created = accept(people, docx(p("同志们：")), "讲话.docx")
    assert created
    assert speech.status == Speech.Status.RECEIVED


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("讲话.docx", "讲话.docx"),
        ("C:\\文件\\讲话.docx", "讲话.docx"),
        ("/etc/passwd", "passwd"),
        ("讲\u202ecod.exe", "讲cod.exe"),
        ("a\x00b\r\nc.txt", "abc.txt"),
        ('"><script>.txt', "script.txt"),
        ("", "未命名"),
        ("...", "未命名"),
        ("长" * 300 + ".docx", "长" * 120 + ".docx"),
    ],
)
def test_a_file_name_is_made_harmless(given_name: str, kept: str) -> None:
    assert originals.safe_name(given_name) == kept


@given(st.text(max_size=300))
def test_any_file_name_fits_and_has_no_folder(name: str) -> None:
    kept = originals.safe_name(name)
    assert 0 < len(kept) <= 130
    assert not set(kept) & set('/\\\x00\n\r<>"')
