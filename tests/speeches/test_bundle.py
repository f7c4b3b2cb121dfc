"""Several files in one zip: every good one is taken in, every other one says why not."""

import io
import os
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from speeches import intake
from speeches.models import Speech
from speeches.readers import ReadRefused, bundle
from tests.people import Cast
from tests.speeches.conftest import UPLOADED
from tests.speeches.making import docx, p, packed
from tests.speeches.texts import SPEECH

MB = 1024 * 1024
WORD = docx(p("同志们：") + p("抓好落实。"))


def taken(content: bytes) -> list[tuple[str, bytes]]:
    return [(member.name, member.content) for member in bundle.members(content) if not member.error]


def refusal(content: bytes) -> str:
    with pytest.raises(ReadRefused) as refused:
        taken(content)
    assert "请" in refused.value.message
    return refused.value.message


def upload(people: Cast, content: bytes) -> tuple[list[str], list[str]]:
    file = SimpleUploadedFile("讲话汇编.zip", content)
    accepted, errors = intake.accept_uploads(file, by=people.supervisor, at=UPLOADED)
    return [speech.file_name for speech, _ in accepted], errors


def test_every_file_of_a_zip_becomes_a_speech_of_its_own(people: Cast) -> None:
    content = packed({"七月/讲话.txt": SPEECH, "七月/纪要.docx": WORD})
    assert upload(people, content) == (["讲话.txt", "纪要.docx"], [])
    assert Speech.objects.count() == 2


def test_one_bad_file_does_not_hold_up_the_others(people: Cast) -> None:
    content = packed(
        {"a.png": b"\x89PNG\r\n\x1a\n123", "讲话.txt": SPEECH, "空.txt": b"", "里.zip": packed({"a": "b"})}
    )
    names, errors = upload(people, content)
    assert names == ["讲话.txt"]
    assert [error.split("没有导入")[0] for error in errors] == [
        "压缩包里的《a.png》", "压缩包里的《空.txt》", "压缩包里的《里.zip》",
    ]  # fmt: skip


def test_a_word_file_is_no_bundle_and_a_broken_zip_says_so(people: Cast) -> None:
    assert upload(people, WORD) == (["讲话汇编.zip"], [])
    assert "损坏" in upload(people, b"PK\x03\x04broken")[1][0]


def test_a_zip_is_uploaded_on_the_page_like_a_file(people: Cast, client: Client) -> None:
    client.force_login(people.supervisor)
    file = SimpleUploadedFile("讲话.zip", packed({"讲话.txt": SPEECH, "纪要.docx": WORD}))
    response = client.post(reverse("speeches:upload"), {"files": [file]})
    assert response.status_code == 302
    assert response["Location"] == reverse("speeches:list")
    assert Speech.objects.count() == 2


@pytest.mark.parametrize("name", ["../../etc/讲话.txt", "/abs/讲话.txt", "C:\\x\\讲话.txt", "x/../讲话.txt"])
def test_a_path_in_a_zip_is_but_a_name(name: str, people: Cast) -> None:
    assert upload(people, packed({name: SPEECH})) == (["讲话.txt"], [])
    stored = [Path(folder) / file for folder, _, files in os.walk(default_storage.path("")) for file in files]
    assert len(stored) == 1
    assert len(stored[0].name) == 64


def test_chinese_names_of_windows_are_read() -> None:
    content = bytearray(packed({"aaaaaaaa.txt": SPEECH}))
    written = "防汛讲话".encode("gb18030")
    assert taken(bytes(content).replace(b"aaaaaaaa", written))[0][0] == "防汛讲话.txt"
    assert taken(packed({"防汛讲话.txt": SPEECH}))[0][0] == "防汛讲话.txt"


def test_what_a_system_puts_beside_the_files_is_passed_over() -> None:
    others = {"__MACOSX/._讲话.txt": "x", ".DS_Store": "x", "Thumbs.db": "x", "空文件夹/": ""}
    assert [name for name, _ in taken(packed({**others, "讲话.txt": SPEECH}))] == ["讲话.txt"]
    assert "没有文件" in refusal(packed(others))


def test_a_link_is_not_followed() -> None:
    holder = io.BytesIO()
    with zipfile.ZipFile(holder, "w") as archive:
        link = zipfile.ZipInfo("讲话.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/hostname")
    assert "没有文件" in refusal(holder.getvalue())


def test_a_locked_file_is_named_and_the_others_are_taken(people: Cast) -> None:
    content = bytearray(packed({"锁.txt": "x", "讲话.txt": SPEECH}, squeeze=False))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    names, errors = upload(people, bytes(content))
    assert names == ["讲话.txt"]
    assert errors == ["压缩包里的《锁.txt》没有导入：加了密码，打不开。请解压后单独上传。"]


def test_the_number_of_files_is_limited() -> None:
    assert len(taken(packed({f"{n}.txt": "x" for n in range(bundle.MAX_FILES)}))) == bundle.MAX_FILES
    assert "51个文件" in refusal(packed({f"{n}.txt": "x" for n in range(bundle.MAX_FILES + 1)}))


def test_a_file_over_the_limit_is_named_and_those_behind_it_are_taken(people: Cast) -> None:
    content = packed({"讲话.txt": SPEECH, "大.txt": b" " * (21 * MB), "后.txt": SPEECH + "\n完。"})
    names, errors = upload(people, content)
    assert names == ["讲话.txt", "后.txt"]
    assert [error.split("，")[0] for error in errors] == ["压缩包里的《大.txt》没有导入：超过20MB的上限"]


def test_what_unpacks_to_more_than_allowed_is_stopped_and_what_came_before_is_kept(people: Cast) -> None:
    large = {f"大{number}.txt": b" " * (19 * MB) for number in range(3)}
    names, errors = upload(people, packed({"讲话.txt": SPEECH} | large | {"后.txt": SPEECH + "\n完。"}))
    assert names == ["讲话.txt"]
    assert "50MB" in errors[-1]
    assert "《大2.txt》" in errors[-1]


def test_a_damaged_file_is_named_and_those_behind_it_are_taken(people: Cast) -> None:
    content = packed({"坏.txt": "抓好落实。" * 50, "讲话.txt": SPEECH}, squeeze=False)
    at = content.index("抓好落实".encode())
    names, errors = upload(people, content[:at] + b"####" + content[at + 4 :])
    assert names == ["讲话.txt"]
    assert "《坏.txt》" in errors[0]
    assert "已损坏" in errors[0]


def test_a_directory_that_lies_and_bodies_that_are_shared_stay_within_memory() -> None:
    content = bytearray(packed({"a.txt": b" " * (60 * MB)}))
    struct.pack_into("<I", content, content.index(b"PK\x01\x02") + 24, 10)
    tracemalloc.start()
    try:
        (member,) = bundle.members(bytes(content))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "损坏" in member.error or "20MB" in member.error
    assert peak < 100 * MB


@given(st.binary(max_size=60), st.integers(0, 10**6), st.integers(0, 30))
def test_a_damaged_zip_gives_files_or_a_refusal(put: bytes, place: int, length: int) -> None:
    content = packed({"讲话.txt": SPEECH, "b.txt": "抓好落实。" * 50})
    at = place % len(content)
    damaged = content[:at] + put + content[at + length :]
    names: list[str] = []
    message = "请"
    if bundle.is_bundle(damaged):
        try:
            names += (member.name for member in bundle.members(damaged))
        except ReadRefused as refused:
            message = refused.message
    assert not any("/" in name for name in names)
    assert "请" in message


def test_a_zip_that_calls_itself_a_document_is_refused(people: Cast) -> None:
    file = SimpleUploadedFile("讲话.docx", packed({"讲话.txt": SPEECH}))
    accepted, errors = intake.accept_uploads(file, by=people.supervisor, at=UPLOADED)
    assert accepted == []
    assert "压缩包" in errors[0]
