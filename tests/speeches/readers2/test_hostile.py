"""Files that mean harm, read as an upload is: a clear answer in seconds, and the worker stays small."""

import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from speeches.readers import ReadRefused, read_bytes
from speeches.readers.types import MAX_UNPACKED
from tests.speeches.making import packed
from tests.speeches.readers2 import making

MB = 1024 * 1024
LINE: list[making.Stroke] = [(80, 700, 16, "抓好落实。")]


def squeezed_pdf(stream: bytes) -> bytes:
    """A page whose content unpacks to `stream`."""
    body = zlib.compress(stream, 9)
    return making.pdf_of(
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>",
            f"<</Length {len(body)}/Filter/FlateDecode>>stream\n{body.decode('latin-1')}\nendstream",
        ]
    )


def empty_pdf(*more: str) -> bytes:
    return making.pdf_of(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>", *more])


def laughing() -> bytes:
    head = '<!DOCTYPE a [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    return making.odt("<text:p>&b;</text:p>", head=head)


def nested_mail() -> bytes:
    layers = (b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(5000))
    return b"From: a@b\nMIME-Version: 1.0\n" + b"".join(layers)


BLOATED = b"<a>" + b" " * (MAX_UNPACKED + 1) + b"</a>"
MAIL = b"From: a@b\nTo: c\nContent-Type: multipart/mixed; boundary=b\n\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
HOSTILE: dict[str, Callable[[], bytes]] = {
    "pdf of objects": lambda: empty_pdf(*["<<>>"] * 100_000),
    "pdf of arrays": lambda: empty_pdf("[" * 100_000 + "]" * 100_000),
    "pdf bomb": lambda: squeezed_pdf(b"q " * (60 * MB)),
    "ofd bomb": lambda: packed({"OFD.xml": "<OFD/>", "a.xml": BLOATED}),
    "odt bomb": lambda: packed({"content.xml": BLOATED}),
    "odt of laughs": laughing,
    "html nested": lambda: b"<html>" + b"<div>" * 100_000,
    "html of one line": lambda: b"<html><p>" + "一".encode() * 3_400_000,
    "html never closed": lambda: b"<html>" + b"<a href='" * 1_000_000,
    "html of styles": lambda: b"<html>" + b"<p style='display" * 300_000,
    "rtf of groups": lambda: b"{\\rtf1" + b"{" * 5_000_000,
    "rtf of words": lambda: b"{\\rtf1" + b"\\u19968?" * 2_000_000,
    "mail of parts in parts": nested_mail,
    "mail of boundaries": lambda: MAIL + b"--b\n\n" * 1_000_000,
    "doc of names": lambda: OLE + "WordDocument".encode("utf-16-le") * 100_000,
}


KILLED = {"pdf bomb"}  # pdfium unpacks without a limit of its own, so the limit of memory ends the child


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_clear_refusal_and_the_worker_stays_small(name: str) -> None:
    content = HOSTILE[name]()
    tracemalloc.start()
    try:
        with pytest.raises(ReadRefused) as refused:
            read_bytes(content, "讲话")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "请" in refused.value.message
    is_killed = "超过上限，已停止" in refused.value.message
    assert is_killed == (name in KILLED)
    assert peak < 100 * MB


@pytest.mark.parametrize(
    "content",
    [
        making.page("<p>抓好落实。</p>" + "<img src=http://example.invalid/a.png>").encode(),
        making.rtf("抓好落实。{\\field{\\*\\fldinst INCLUDETEXT /etc/hostname}{\\fldrslt }}"),
        making.odt('<text:p>抓好落实。</text:p><text:section xmlns:x="http://www.w3.org/1999/xlink">'
                   '<text:section-source x:href="file:///etc/hostname"/></text:section>'),
    ],
)  # fmt: skip
def test_nothing_outside_the_file_is_fetched(content: bytes) -> None:
    with open("/etc/hostname", encoding="utf-8") as canary:
        name = canary.read().strip()
    text = read_bytes(content, "讲话").text
    assert "抓好落实。" in text
    assert name not in text


def test_a_long_document_is_read_whole_within_the_limits_of_the_child() -> None:
    paragraph = "各镇办要对照任务清单逐项抓好落实，每月25日前报送进展情况，市政府督查室跟踪督办。" * 4
    pages = making.set_lines([paragraph] * 1100)
    read = read_bytes(making.pdf(pages), "讲话.pdf")
    assert len(pages) >= 300
    assert read.paragraphs == (paragraph,) * 1100
    assert read.pages[-1] == len(pages)
