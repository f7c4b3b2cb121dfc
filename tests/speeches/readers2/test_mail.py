"""Mails and pages saved as one file."""

import pytest

from speeches.readers import eml, mht, rtf, txt
from speeches.readers import html as html_reader
from speeches.readers.types import ReadRefused, ReadText
from tests.speeches.readers2 import making
from tests.speeches.readers2.making import SPEECH

READERS = {"txt": txt.read, "rtf": rtf.read, "html": html_reader.read}
SPOKEN = "\r\n".join(SPEECH).encode("gb18030")


def read(content: bytes) -> ReadText:
    return eml.read(content, READERS)


def test_the_attached_speech_is_read_and_the_letter_is_said_to_be_left_out() -> None:
    found = read(making.mail("请查收附件。\n", ("市长讲话.txt", SPOKEN)))
    assert found.paragraphs == SPEECH
    assert found.left_out == ("请查收附件。",)
    assert any("《市长讲话.txt》" in warning for warning in found.warnings)
    assert any("请查收附件" in warning for warning in found.warnings)


def test_an_attachment_is_told_by_its_content() -> None:
    assert read(making.mail("见附件", ("a.jpg", making.rtf("\\par ".join(SPEECH))))).paragraphs == SPEECH


def test_a_mail_without_attachments_gives_what_it_says() -> None:
    found = read(making.mail("\n".join(SPEECH)))
    assert found.paragraphs == SPEECH
    assert found.warnings == ("读取的是邮件正文。",)


def test_a_mail_written_as_a_page_gives_its_paragraphs() -> None:
    body = "".join(f"<p>{text}</p>" for text in SPEECH)
    assert read(making.mail(f"<html><body>{body}</body></html>", subtype="html")).paragraphs == SPEECH


def test_several_attachments_are_all_read_and_said_so() -> None:
    found = read(
        making.mail(
            "见附件", ("a.txt", "第一份讲话稿，抓好落实。".encode()), ("b.txt", "第二份讲话稿。".encode())
        )
    )
    assert found.paragraphs == ("第一份讲话稿，抓好落实。", "第二份讲话稿。")
    assert any("2个可读取的附件" in warning for warning in found.warnings)


def test_a_speech_in_a_forwarded_mail_is_found() -> None:
    inner = making.mail("转发", ("讲话.txt", SPOKEN))
    outer = (
        b"From: a@example.invalid\nSubject: x\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/mixed; boundary=q\n\n"
        b"--q\nContent-Type: message/rfc822\n\n" + inner + b"\n--q--\n"
    )
    assert read(outer).paragraphs == SPEECH


def test_an_attachment_that_cannot_be_read_is_named_with_the_reason() -> None:
    found = read(making.mail("正文在此，请按此落实。", ("坏.docx", b"PK\x03\x04broken")))
    assert found.paragraphs == ("正文在此，请按此落实。",)
    assert any("《坏.docx》" in warning and "损坏" in warning for warning in found.warnings)


def test_a_mail_with_nothing_to_read_is_refused() -> None:
    with pytest.raises(ReadRefused, match="请把附件另存"):
        read(making.mail(""))


def test_a_wicked_name_of_an_attachment_is_shown_harmless() -> None:
    found = read(making.mail("见附件", ("../../\u202etxt.exe", SPOKEN)))
    assert all("/" not in warning and "\u202e" not in warning for warning in found.warnings)


@pytest.mark.parametrize("depth", [100, 5000])
def test_parts_within_parts_end_in_an_answer(depth: int) -> None:
    layers = "".join(
        f"Content-Type: multipart/mixed; boundary=b{number}\n\n--b{number}\n" for number in range(depth)
    )
    with pytest.raises(ReadRefused):
        read(f"From: a@b\nSubject: x\nMIME-Version: 1.0\n{layers}".encode())


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_saved_page_gives_its_article(charset: str) -> None:
    source = making.page("".join(f"<p>{text}</p>" for text in SPEECH), head="")
    found = mht.read(making.mht(source, charset=charset))
    assert found.paragraphs == SPEECH
    assert found.kind == "mht"
    assert "首页" in found.left_out


def test_a_saved_page_without_a_page_is_refused() -> None:
    with pytest.raises(ReadRefused, match="没有网页正文"):
        mht.read(
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
            b"--b\nContent-Type: text/css\n\np{}\n--b--"
        )
