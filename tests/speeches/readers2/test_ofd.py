"""OFD: places in millimetres, joined as PDF is."""

import pytest

from speeches.readers import ofd as reader
from speeches.readers.types import ReadRefused
from tests.speeches.making import packed
from tests.speeches.readers2.making import SPEECH, Stroke, ofd, set_lines

MM = 25.4 / 72


def in_millimetres(pages: list[list[Stroke]]) -> list[list[Stroke]]:
    return [[(x * MM, (842 - y) * MM, size * MM, text) for x, y, size, text in page] for page in pages]


def refusal(content: bytes) -> str:
    with pytest.raises(ReadRefused) as refused:
        reader.read(content)
    assert "请" in refused.value.message
    return refused.value.message


def test_wrapped_lines_come_back_as_the_paragraphs_that_were_set() -> None:
    read = reader.read(ofd(in_millimetres(set_lines(SPEECH, rows=6))))
    assert read.paragraphs == SPEECH
    assert read.pages[0] == 1
    assert read.pages[-1] > 1


def test_runs_that_all_begin_at_the_left_edge_keep_the_order_they_were_written_in() -> None:
    strokes: list[Stroke] = [(30, 50, 5, "1-6月"), (30, 50, 5, "完成"), (30, 50, 5, "70%")]
    assert reader.read(ofd([strokes])).paragraphs == ("1-6月完成70%",)


def test_a_scan_is_refused_with_what_to_do() -> None:
    assert "没有文字层" in refusal(ofd([[]]))


def test_a_dtd_in_a_page_is_refused_and_no_entity_is_read() -> None:
    head = '<!DOCTYPE p [<!ENTITY canary SYSTEM "file:///etc/hostname">]>'
    assert "DTD" in refusal(ofd([[(30, 50, 5, "&amp;canary;")]], head=head))


@pytest.mark.parametrize(
    "content",
    [
        packed({"OFD.xml": "x"}),
        packed({"OFD.xml": "<OFD/>"}),
        ofd([[(30, 50, 5, "好")]], Doc_0__Document="<Document>"),
        ofd([[(30, 50, 5, "好")]])[:200],
    ],
)
def test_a_broken_file_is_refused(content: bytes) -> None:
    assert "损坏" in refusal(content)


def test_an_encrypted_file_is_refused() -> None:
    assert "加密" in refusal(ofd([[(30, 50, 5, "好")]], Doc_0__Encryptions="<a/>"))


def test_a_page_that_is_missing_is_named_and_the_others_are_read() -> None:
    content = ofd([[(30, 50, 5, "第一页。")], [(30, 50, 5, "第二页。")]], Doc_0__Pages__Page_1__Content="<x")
    read = reader.read(content)
    assert read.paragraphs == ("第一页。",)
    assert any("第2页已损坏" in warning for warning in read.warnings)


def test_what_all_parts_unpack_to_is_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("speeches.readers.packed.MAX_UNPACKED", 10_000)
    assert "解压后" in refusal(
        ofd([[(30, 50, 5, "好")]], a="<a>" + " " * 6000 + "</a>", b="<b>" + " " * 6000 + "</b>")
    )
