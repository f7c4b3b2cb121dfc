"""What a file is, told by its content."""

import pytest

from speeches.readers import read_bytes
from speeches.readers.kinds import kind_of
from speeches.readers.types import ReadRefused
from tests.speeches.making import packed
from tests.speeches.readers2 import making

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
LINE: list[making.Stroke] = [(80, 700, 16, "抓好落实。")]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (making.pdf([LINE]), "pdf"),
        (b"\xef\xbb\xbf\r\n%PDF-1.4\n", "pdf"),
        (making.ofd([LINE]), "ofd"),
        (making.odt("<text:p>a</text:p>"), "odt"),
        (making.rtf("a"), "rtf"),
        (OLE + "WordDocument".encode("utf-16-le"), "doc"),
        (b"<html>", "html"),
        (b"\r\n <!DOCTYPE HTML PUBLIC>", "html"),
        (b"<!-- saved from url --><p>a", "html"),
        (b"<?xml version='1.0'?><html xmlns='x'>", "html"),
        ("<html><p>好".encode("utf-16"), "html"),
        ("\ufeff<div class=a>好".encode(), "html"),
        (making.mail("好"), "eml"),
        (b"Received: from x\r\n\tby y\r\nDate: now\r\n\r\n", "eml"),
        (b"Subject: =?utf-8?b?5aW9?=\nDate: x\n\nbody", "eml"),
        (making.mht("<p>a"), "mht"),
        ("同志们：\n今天开会。".encode(), "txt"),
        (b"Note: first\nSecond line", "txt"),
        ("时间: 三月\n地点: 会议室".encode("gb18030"), "txt"),
        (b"a < b and <b", "txt"),
    ],
)
def test_each_format_is_told_by_how_it_begins(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n...\n%%EOF\n" + packed({"a.txt": "a"}),
        b"PK\x03\x04%PDF-1.7" + bytes(60),
        packed({"%PDF-1.4": "a"}),
    ],
)
def test_a_file_that_is_two_things_at_once_is_refused(content: bytes) -> None:
    with pytest.raises(ReadRefused, match="可能是恶意文件"):
        kind_of(content)


def test_a_zip_inside_a_pdf_is_no_second_face() -> None:
    assert kind_of(b"%PDF-1.7\nstream " + packed({"a": "a"}) + b" endstream\n%%EOF\n") == "pdf"


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (making.pdf([LINE]), "讲话.docx", "内容是PDF"),
        (making.rtf("抓好落实。"), "讲话.doc", "内容是RTF 文档"),
        ("<html><p>抓好落实。".encode(), "讲话.doc", "内容是网页"),
    ],
)
def test_a_name_that_promises_something_else_is_mentioned(content: bytes, name: str, says: str) -> None:
    read = read_bytes(content, name)
    assert read.paragraphs == ("抓好落实。",)
    assert any(says in warning for warning in read.warnings)


def test_a_message_of_outlook_is_refused_with_the_way_out() -> None:
    with pytest.raises(ReadRefused, match=r"另存为 \.eml"):
        kind_of(OLE + "__substg1.0_1000001F".encode("utf-16-le"))
