"""OpenDocument texts."""

import pytest

from speeches.readers import odt as reader
from speeches.readers.types import ReadRefused, ReadText
from tests.speeches.readers2.making import SPEECH, odt

LEVELS = (
    '<text:list-style style:name="L">'
    '<text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>'
    '<text:list-level-style-number text:level="2" style:num-format="一, 二, 三, ..." '
    'style:num-prefix="（" style:num-suffix="）"/>'
    '<text:list-level-style-number text:level="3" style:num-format="1" style:num-suffix="." '
    'text:display-levels="1"/>'
    '<text:list-level-style-bullet text:level="4" text:bullet-char="•"/></text:list-style>'
)


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def items(*inside: str, attributes: str = "") -> str:
    listed = "".join(f"<text:list-item>{item}</text:list-item>" for item in inside)
    return f"<text:list {attributes}>{listed}</text:list>"


def read(body: str, styles: str = LEVELS) -> ReadText:
    return reader.read(odt(body, styles=styles))


def refusal(content: bytes) -> str:
    with pytest.raises(ReadRefused) as refused:
        reader.read(content)
    assert "请" in refused.value.message
    return refused.value.message


def test_paragraphs_come_back() -> None:
    assert read("".join(map(p, SPEECH))).paragraphs == SPEECH


def test_automatic_numbers_are_text_and_go_on_when_told_to() -> None:
    named = 'text:style-name="L"'
    body = (
        items(
            p("抓项目") + items(p("抓进度") + items(p("抓开工"), p("抓竣工")), p("抓质量")), attributes=named
        )
        + p("同志们：")
        + items(p("守底线"), attributes=f'{named} text:continue-numbering="true"')
        + items(p("另一个"), attributes=named)
    )
    assert read(body).paragraphs == (
        "一、抓项目", "（一）抓进度", "1.抓开工", "2.抓竣工", "（二）抓质量",
        "同志们：", "二、守底线", "一、另一个",
    )  # fmt: skip


def test_revisions_deleted_are_dropped_and_said_so() -> None:
    deleted = f"<text:changed-region><text:deletion>{p('不要')}</text:deletion></text:changed-region>"
    changes = f"<text:tracked-changes>{deleted}</text:tracked-changes>"
    found = read(changes + p('抓好<text:change text:change-id="1"/>落实'))
    assert found.text == "抓好落实"
    assert any("修订" in warning for warning in found.warnings)


def test_boxes_links_blanks_and_notes_read_as_they_show() -> None:
    box = f"<draw:frame><draw:text-box>{p('责任领导：某某')}</draw:text-box></draw:frame>"
    note = f"<text:note><text:note-body>{p('脚注')}</text:note-body></text:note>"
    found = read(p(f'抓好<text:s text:c="2"/><text:a>落实</text:a>{note}{box}。<text:line-break/>另起一行'))
    assert found.paragraphs == ("抓好  落实。", "另起一行", "责任领导：某某")


def test_a_row_of_a_table_is_a_line() -> None:
    row = "<table:table-row>" + "".join(
        f"<table:table-cell>{p(text)}</table:table-cell>" for text in ("修建公园", "市城管局")
    )
    assert (
        read(
            f"<table:table><table:table-header-rows>{row}</table:table-row></table:table-header-rows></table:table>"
        ).text
        == "修建公园 市城管局"
    )


def test_a_dtd_is_refused() -> None:
    assert "DTD" in refusal(odt(p("&amp;"), head='<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>'))


def test_a_locked_file_is_refused() -> None:
    assert "密码" in refusal(odt(p("好"), manifest="<manifest><encryption-data/></manifest>"))


@pytest.mark.parametrize(
    "content",
    [odt("<text:p>"), odt(p("一"))[:100], odt("<text:span>" * 1000 + "</text:span>" * 1000)],
    ids=["open", "cut short", "deep"],
)
def test_a_broken_file_is_refused(content: bytes) -> None:
    assert "损坏" in refusal(content)


def test_an_empty_one_is_refused() -> None:
    assert "没有文字" in refusal(odt(p("")))


def test_a_label_written_out_goes_before_the_count_of_levels() -> None:
    styles = (
        '<text:list-style style:name="L">'
        '<text:list-level-style-number text:level="1" style:num-format="一" style:num-list-format="%1%、"/>'
        '<text:list-level-style-number text:level="2" style:num-format="一" style:num-list-format="（%2%）" '
        'text:display-levels="2"/>'
        '<text:list-level-style-number text:level="3" style:num-format="1" text:display-levels="2"/>'
        "</text:list-style>"
    )
    body = items(p("抓项目") + items(p("抓进度") + items(p("抓开工"))), attributes='text:style-name="L"')
    assert read(body, styles).paragraphs == ("一、抓项目", "（一）抓进度", "一.1抓开工")
