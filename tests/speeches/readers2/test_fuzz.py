"""Damaged files of every format: text or a refusal in Chinese, never another exception."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from speeches.readers import child, doc, eml, txt
from speeches.readers.kinds import kind_of
from speeches.readers.types import ReadRefused, ReadText
from tests.speeches.making import docx, p, packed
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
WORDS = {
    "rtf": rb"{ } \par@ \u-3? \cell@ \row@ \* \shptxt@ \bin9@ \'d7 \ud \upr \listtext@ \deleted@ a",
    "html": rb"<p> <tr> <td> </table> <table> <ol@start=x> <li@value=9> <br> &#0; <a> </ol> <pre> </p> a",
    "eml": rb"| --b| Content-Type:@multipart/mixed;@boundary=b| Content-Type:@text/html;@charset=\xff| A=="
    rb" From:@x| Content-Transfer-Encoding:@base64| Content-Disposition:@attachment;@filename*=a'b'%|"
    rb" Subject:@=?x?b?=|",
}  # one word after the other; @ stands for a blank, | for a line end
STARTS = {"rtf": b"{\\rtf1\\ansi ", "html": b"<html>", "eml": b"From: a@b\nSubject: x\n"}
CRASHES = Path(__file__).parent / "crashes"  # KIND-NUMBER, found by benchmarks/fuzz_readers.py
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "60"))  # more by night: FUZZ_EXAMPLES=20000


def reading(kind: str, content: bytes) -> ReadText:
    readers: dict[str, Callable[[bytes], ReadText]] = {**child.READERS, "txt": txt.read}
    if kind == "eml":
        return eml.read(content, readers)
    if kind != "doc":
        return readers[kind](content)
    with TemporaryDirectory() as folder:
        return doc.read(content, Path(folder))


def outcome(step: Callable[[], ReadText | str]) -> ReadText | str:
    try:
        return step()
    except ReadRefused as refused:
        return refused.message


def check(kind: str, content: bytes) -> None:
    read = outcome(lambda: reading(kind, content))
    if isinstance(read, str):
        assert "请" in read
        return
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
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edits=EDITS)
def test_a_damaged_file_gives_text_or_a_refusal(kind: str, edits: list[Edit]) -> None:
    check(kind, edited(WHOLE[kind], edits))


@pytest.mark.parametrize("kind", ["ofd", "odt", "docx"])
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), edits=EDITS)
def test_damage_inside_a_packed_file_gives_text_or_a_refusal(
    kind: str, data: st.DataObject, edits: list[Edit]
) -> None:
    with zipfile.ZipFile(io.BytesIO(WHOLE[kind])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    check(kind, packed({**parts, name: edited(parts[name], edits)}))


@pytest.mark.parametrize("kind", WORDS)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_row_of_words_of_a_format_gives_text_or_a_refusal(kind: str, data: st.DataObject) -> None:
    known = [word.replace(b"@", b" ").replace(b"|", b"\n") for word in WORDS[kind].split()]
    words = data.draw(st.lists(st.sampled_from(known), max_size=40))
    check(kind, STARTS[kind] + b"".join(words))


@settings(max_examples=4 * EXAMPLES, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_of_some_kind_or_refused(content: bytes) -> None:
    found = outcome(lambda: kind_of(content))
    assert found in {"txt", *WHOLE} or "请" in str(found)


@pytest.mark.parametrize("path", sorted(CRASHES.glob("*-*")), ids=lambda path: path.name)
def test_what_once_broke_a_reader_gives_text_or_a_refusal(path: Path) -> None:
    check(path.name.partition("-")[0], path.read_bytes())
