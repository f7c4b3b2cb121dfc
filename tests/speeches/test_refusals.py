"""Files that are not what they say, or that mean harm: a clear message each, and nobody is hurt."""

import contextlib
import io
import os
import resource
import struct
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from speeches.readers import MAX_UPLOAD, ReadRefused, child, read_bytes, sandbox
from speeches.readers.packed import Packed
from speeches.readers.types import MAX_UNPACKED
from tests.speeches.making import RELATIONS, docx, numbered, numbering_list, p, packed, scheme, wrapped

MB = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refusal(content: bytes, name: str = "讲话.docx") -> str:
    with pytest.raises(ReadRefused) as refused:
        read_bytes(content, name)
    return refused.value.message


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "空的"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\xef\xbb\xbf\n%PDF-1.4", "PDF"),
        (OLE + "WordDocument".encode("utf-16-le"), "已损坏"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (OLE + "Workbook".encode("utf-16-le"), "Excel"),
        (OLE, "旧格式的 Office"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "图片"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "图片"),
        (b"GIF89a/*", "图片"),
        (b"ID3\x03" + bytes(40), "音频"),
        (b"\x00\x00\x00\x18ftypmp42", "音频或视频"),
        (b"Rar!\x1a\x07\x00", "压缩包"),
        (b"MZ\x90\x00", "程序"),
        (b"<!DOCTYPE html><p>", "网页"),
        (b"  <html><body>", "网页"),
        (b"MIME-Version: 1.0\r\n", "邮件"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (packed({"xl/workbook.xml": "x"}), "Excel"),
        (packed({"ppt/presentation.xml": "x"}), "PowerPoint"),
        (packed({"OFD.xml": "x"}), "OFD"),
        (packed({"content.xml": "x"}), "损坏"),
        (packed({"讲话.txt": "x"}), "压缩包"),
        (packed({"word/document.xml": "x"})[:60], "损坏"),
        (b"PK\x03\x04" + bytes(100), "损坏"),
    ],
)
@pytest.mark.parametrize("name", ["讲话.docx", "讲话.txt", "讲话"])
def test_a_file_is_told_by_its_content_and_the_message_says_what_to_do(
    content: bytes, says: str, name: str
) -> None:
    message = refusal(content, name)
    assert says in message
    assert "请" in message


def test_a_word_file_called_txt_is_read_and_the_name_is_mentioned() -> None:
    read = read_bytes(docx(p("同志们：")), "讲话.txt")
    assert read.text == "同志们："
    assert any(".txt" in line for line in read.warnings)


def test_thirty_megabytes_are_refused_before_anything_is_opened() -> None:
    assert "20MB的上限" in refusal(b"PK\x03\x04" + bytes(30 * MB))


def test_the_limit_itself_is_still_allowed() -> None:
    with pytest.raises(ReadRefused, match="万字的上限"):  # refused for its length in characters only
        read_bytes(b"a" * MAX_UPLOAD, "a.txt")


def test_too_many_entries_are_refused() -> None:
    assert "2000" in refusal(packed({f"word/{number}": "" for number in range(2001)}))


def test_a_bomb_is_stopped_while_it_unpacks() -> None:
    bomb = docx("<w:p/>" * (MAX_UNPACKED // 6 + 1))
    assert len(bomb) < MB
    assert "50MB" in refusal(bomb)


def test_a_directory_that_lies_about_sizes_is_not_believed() -> None:
    honest = docx("<w:p/>" * (MAX_UNPACKED // 6 + 1))
    lying = bytearray(honest)
    entry = honest.rindex(b"PK\x01\x02", 0, honest.index(b"word/document.xml", honest.index(b"PK\x01\x02")))
    struct.pack_into("<I", lying, entry + 24, 1000)  # the unpacked size in the central directory
    assert "上限" in refusal(bytes(lying)) or "损坏" in refusal(bytes(lying))


@pytest.mark.parametrize(
    "body", [p("一") * 60_000, "<w:tbl>" + f"<w:tr><w:tc>{p('一')}</w:tc></w:tr>" * 60_000 + "</w:tbl>"]
)
def test_more_paragraphs_than_any_document_has_are_refused(body: str) -> None:
    assert "50000段" in refusal(docx(body))


def test_a_label_made_to_explode_stays_short() -> None:
    levels = scheme(1, ("decimal", "%1" * 5000)) + numbering_list(1, 1)
    read = read_bytes(docx(p("一", numbered(1, 0)) * 2000, numbering=levels), "讲话.docx")
    assert max(map(len, read.paragraphs)) < 200


def test_entries_that_share_one_body_count_each_time_they_are_read() -> None:
    archive = Packed(packed({"a": b"0" * (30 * MB), "b": b"0" * (30 * MB)}))
    assert archive.read("a")
    with pytest.raises(ReadRefused, match="50MB"):
        archive.read("b")


def test_reading_a_bomb_leaves_the_worker_small() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    refusal(docx("<w:p/>" * (MAX_UNPACKED // 6 + 1)))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024  # kilobytes


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_dtd_is_refused_in_any_encoding(encoding: str) -> None:
    head = '<!DOCTYPE w [<!ENTITY canary SYSTEM "file:///etc/hostname">]>'
    text = wrapped(p("&canary;"), head=head).replace('"1.0"', f'"1.0" encoding="{encoding}"')
    assert "DTD" in refusal(packed({"_rels/.rels": RELATIONS, "word/document.xml": text.encode(encoding)}))


def test_a_dtd_in_a_side_part_is_refused_too() -> None:
    evil = '<!DOCTYPE n [<!ENTITY a "b">]><n/>'
    parts = {"_rels/.rels": RELATIONS, "word/document.xml": wrapped(p("好")), "word/numbering.xml": evil}
    assert "DTD" in refusal(packed(parts))


@pytest.mark.parametrize(
    "body", ["<w:p>", "<w:p></w:q>", "\x00", "<w:p/>" + "<w:r>" * 5000 + "</w:r>" * 5000]
)
def test_broken_xml_is_refused(body: str) -> None:
    assert "损坏" in refusal(docx(body))


def test_a_document_without_its_body_part_is_refused() -> None:
    assert "损坏" in refusal(packed({"word/styles.xml": "<a/>", "_rels/.rels": RELATIONS}))


def test_nothing_but_pictures_is_refused_as_a_scan() -> None:
    picture = '<w:p><w:r><w:drawing><a:blip xmlns:a="urn:a"/></w:drawing></w:r></w:p>'
    assert "只有图片" in refusal(docx(picture))


def test_an_empty_document_is_refused() -> None:
    assert "没有文字" in refusal(docx("<w:p/><w:p/>"))


def flip(content: bytes) -> bytes:
    """Damage the packed stream of the document, not its directory."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        info = archive.getinfo("word/document.xml")
    at = info.header_offset + 30 + len(info.filename) + info.compress_size // 2
    return content[:at] + bytes(byte ^ 0x55 for byte in content[at : at + 8]) + content[at + 8 :]


def test_a_damaged_stream_is_refused() -> None:
    assert "损坏" in refusal(flip(docx(p("各镇办要抓好落实" * 200))))


@pytest.mark.parametrize(
    ("code", "seconds"),
    [
        ("import os; os.kill(os.getpid(), 9)", 30.0),
        ("x = bytearray(3 * 1024**3)", 30.0),
        ("import time; time.sleep(60)", 0.5),
        ("print('no json')", 30.0),
    ],
)
def test_a_child_that_dies_or_hangs_gives_one_clear_refusal(
    code: str, seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = f"from speeches.readers import child; child.limit()\n{code}"
    monkeypatch.setattr(sandbox, "command", lambda kind: [sys.executable, "-c", program])
    monkeypatch.setattr(sandbox, "SECONDS", seconds)
    with pytest.raises(ReadRefused, match="已停止"):
        sandbox.read_in_child("docx", b"")


def test_the_child_inherits_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    program = "import json, os; print(json.dumps({'refused': ' '.join(os.environ)}))"
    monkeypatch.setattr(sandbox, "command", lambda kind: [sys.executable, "-c", program])
    with pytest.raises(ReadRefused) as refused:
        sandbox.read_in_child("docx", b"")
    assert "DATABASE_URL" not in refused.value.message
    assert "PATH" in refused.value.message


def test_the_child_can_write_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    target = tmp_path / "loot"
    program = f"from speeches.readers import child; child.limit()\nopen({str(target)!r}, 'w').write('x' * 10)"
    monkeypatch.setattr(sandbox, "command", lambda kind: [sys.executable, "-c", program])
    with pytest.raises(ReadRefused):
        sandbox.read_in_child("docx", b"")
    assert not target.exists() or target.stat().st_size == 0


def test_the_child_answers_a_refusal_with_its_message() -> None:
    assert "损坏" in str(child.answer("docx", b"PK\x03\x04")["refused"])


@pytest.mark.parametrize("make", [lambda: docx(p("好")), lambda: docx("<w:p>")])
def test_no_child_and_no_open_pipe_is_left_behind(make: Callable[[], bytes]) -> None:
    before = set(os.listdir("/proc/self/fd"))
    with contextlib.suppress(ReadRefused):
        read_bytes(make(), "a.docx")
    assert set(os.listdir("/proc/self/fd")) == before
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
