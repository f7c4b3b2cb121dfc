"""Damaged files of every format: text or a refusal in Chinese, never another exception."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speeches.readers import child, doc, eml, txt
from speeches.readers.kinds import kind_of
from speeches.readers.types import ReadRefused, ReadText
from tests.speeches.making import docx, p
from tests.speeches.readers2 import making

PAGE = making.page("".join(f"<p>{text}</p>" for text in making.SPEECH))
WHOLE: dict[str, bytes] = {
    "pdf": making.pdf(making.set_lines(making.SPEECH)),
    "ofd": making.ofd([[(20, 30, 5, "抓好落实。"), (30, 40, 5, "第二行。")]]),
    "odt": making.odt("".join(f"<text:p>{text}</text:p>" for text in making.SPEECH)),
    "rtf": making.rtf("\\par ".join(making.SPEECH) + "\\trowd\\intbl a\\cell b\\cell\\row{\\shptxt c}"),
    "html": (PAGE + "<table><tr><td>a<td>b</table><ol><li>c</ol>").encode(),
    "mht": making.mht(PAGE),
    "eml": making.mail("见附件", ("a.rtf", making.rtf("抓好落实。")), ("b.html", PAGE.encode())),
    "doc": (Path(__file__).parent / "files" / "speech.doc").read_bytes(),
    "docx": docx(p("同志们：") + p("抓好落实。")),
}
Edit = tuple[int, int, bytes]
EDITS = st.lists(
    st.tuples(st.integers(0, 10**6), st.integers(0, 40), st.binary(max_size=12)), min_size=1, max_size=8
)
TOKENS = {
    "rtf": [b"{", b"}", b"\\par ", b"\\u-3?", b"\\cell ", b"\\row ", b"\\*", b"\\shptxt ", b"\\bin9 ", b"\\'d7", b"\\ud", b"a"],
    "html": [b"<p>", b"<tr>", b"<td>", b"</table>", b"<table>", b"<ol start=x>", b"<li value=9>", b"<br>", b"&#0;", b"<a>", b"<pre>\n"],
    "eml": [b"\n", b"--b\n", b"Content-Type: multipart/mixed; boundary=b\n", b"Content-Type: text/html; charset=\xff\n",
            b"Content-Transfer-Encoding: base64\n", b"Content-Disposition: attachment; filename*=a'b'%\n", b"From: \xc4\xe3\n", b"A=="],
}  # fmt: skip


def reading(kind: str, content: bytes) -> ReadText:
    readers: dict[str, Callable[[bytes], ReadText]] = {**child.READERS, "txt": txt.read}
    if kind == "eml":
        return eml.read(content, readers)
    if kind != "doc":
        return readers[kind](content)
    with TemporaryDirectory() as folder:
        return doc.read(content, Path(folder))


def check(kind: str, content: bytes) -> None:
    try:
        read = reading(kind, content)
    except ReadRefused as refused:
        assert "请" in refused.message
    else:
        assert read.text == "\n".join(read.paragraphs)
        assert len(read.pages) in {0, len(read.paragraphs)}
        assert "\x00" not in read.text
        read.text.encode("utf-8")


def edited(content: bytes, edits: list[Edit]) -> bytes:
    for place, length, put in edits:
        at = place % (len(content) + 1)
        content = content[:at] + put + content[at + length :]
    return content


@pytest.mark.parametrize("kind", WHOLE)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edits=EDITS)
def test_a_damaged_file_gives_text_or_a_refusal(kind: str, edits: list[Edit]) -> None:
    check(kind, edited(WHOLE[kind], edits))


@pytest.mark.parametrize("kind", TOKENS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_row_of_words_of_the_format_gives_text_or_a_refusal(kind: str, data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(TOKENS[kind]), max_size=40))
    start = {"rtf": b"{\\rtf1\\ansi ", "html": b"<html>", "eml": b"From: a@b\nSubject: x\n"}[kind]
    check(kind, start + b"".join(words))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_of_some_kind_or_refused(content: bytes) -> None:
    try:
        kind_of(content)
    except ReadRefused as refused:
        assert "请" in refused.message
