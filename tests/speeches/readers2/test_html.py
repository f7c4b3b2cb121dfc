"""Web pages: the paragraphs of the article as a browser shows them, and nothing of the frame around it."""

import pytest

from speeches.readers import html as reader
from speeches.readers.types import ReadRefused, ReadText
from tests.speeches.readers2.making import SPEECH, page

PROSE = "各单位要对照任务清单逐项抓好落实，每月25日前报送进展情况。"


def read(article: str) -> ReadText:
    return reader.read(page(article).encode())


def bare(article: str) -> ReadText:
    """A page of nothing else."""
    return reader.read(f"<html><body>{article}</body></html>".encode())


def set_in(template: str) -> str:
    return "".join(template.format(text) for text in SPEECH)


@pytest.mark.parametrize(
    "template",
    [
        "<p>　　{}</p>",
        "&nbsp;&nbsp;&nbsp;&nbsp;{}<br>",
        "<div>{}</div>",
        "<section><span>{}</span></section>",
        "{}<br/><br/>",
    ],
)
def test_paragraphs_come_back_however_a_site_sets_them(template: str) -> None:
    assert read(set_in(template)).paragraphs == SPEECH


def test_a_page_laid_out_by_tables_gives_its_paragraphs() -> None:
    table = f"<table><tr><td><a href=/>导航</a></td><td>{set_in('<p>{}</p>')}</td></tr></table>"
    assert set(SPEECH) <= set(read(table).paragraphs)


def test_menus_and_footers_are_left_out_and_kept_for_showing() -> None:
    found = read(set_in("<p>{}</p>"))
    assert found.left_out == ("首页", "政务公开", "政民互动", "上一条 下一条", "主办：云溪市政府办公室")
    assert any("5行未读取" in warning for warning in found.warnings)


def test_the_title_above_the_article_is_kept() -> None:
    source = page("").replace(
        '<div class="text"></div>', "<h1>讲话</h1><i></i>" + f"<div>{set_in('<p>{}</p>')}</div>"
    )
    assert reader.read(source.encode()).paragraphs == ("讲话", *SPEECH)


def test_a_sentence_outside_the_article_is_never_left_out() -> None:
    source = page(set_in("<p>{}</p>")).replace("<div id=foot>", f"<div>{PROSE}</div><div id=foot>")
    assert PROSE in reader.read(source.encode()).paragraphs


def test_a_reference_that_is_a_link_is_text() -> None:
    assert (
        "附件：任务清单" in read(set_in("<p>{}</p>") + "<p><a href=/f.doc>附件：任务清单</a></p>").paragraphs
    )


def test_the_line_about_time_and_source_is_left_out() -> None:
    about = "<p>发布时间：2026-03-02 来源：市政府办公室 浏览次数：12</p>"
    assert read(about + set_in("<p>{}</p>")).paragraphs == SPEECH


def test_numbers_that_the_browser_writes_are_text() -> None:
    items = "<li>改造小区</li><li><p>修建公园</p></li>"
    found = bare(f"<ol>{items}</ol><ol type=A start=3>{items}</ol><ul>{items}</ul>"
                 f"<ol style='list-style-type: cjk-ideographic'>{items}</ol>")  # fmt: skip
    assert found.paragraphs == (
        "1.改造小区", "2.修建公园", "C.改造小区", "D.修建公园", "改造小区", "修建公园",
        "一、改造小区", "二、修建公园",
    )  # fmt: skip


def test_a_row_of_a_table_is_a_line() -> None:
    rows = "<tr><th>事项</th><th>单位</th></tr><tr><td>修建<br>公园</td><td>市城管局</td></tr>"
    assert bare(f"<table>{rows}</table>").paragraphs == ("事项 单位", "修建公园 市城管局")


def test_a_line_end_in_the_source_is_no_blank_between_chinese_characters() -> None:
    assert bare("<p>抓好\n  落实 of\nthe plan</p>").paragraphs == ("抓好落实 of the plan",)


def test_hidden_and_deleted_text_is_left_out_and_said_so() -> None:
    found = bare("<p>抓好<del>不要</del>落实。</p><p style='display: none'>隐藏</p><p hidden>隐藏</p>")
    assert found.paragraphs == ("抓好落实。",)
    assert len([warning for warning in found.warnings if "隐藏" in warning or "删除" in warning]) == 2


def test_scripts_styles_and_comments_are_no_text() -> None:
    found = bare("<p>好<!-- 注释 --></p><script>alert('坏')</script><style>坏</style><noscript>坏</noscript>")
    assert found.text == "好"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16"])
@pytest.mark.parametrize("declared", ["", "utf-8", "gb2312", "big5", "klingon"])
def test_the_encoding_is_right_whatever_the_page_says_it_is(encoding: str, declared: str) -> None:
    text = "各部門要認真落實，市政府對項目進展情況進行督導。" * 3 if encoding == "big5hkscs" else PROSE * 3
    source = page(f"<p>{text}</p>", head=f"<meta charset='{declared}'>" if declared else "")
    assert text in reader.read(source.encode(encoding, "replace")).text


def test_characters_beyond_gb2312_in_a_page_that_declares_it_are_read() -> None:
    source = page("<p>镕基路改造由𠮷林镇负责。</p>", head="<meta charset=gb2312>")
    assert "镕基路改造由𠮷林镇负责。" in reader.read(source.encode("gb18030")).paragraphs


@pytest.mark.parametrize("opening", ["<div>", "<b>", "<span><table>"])
def test_nesting_deeper_than_any_page_is_refused_at_once(opening: str) -> None:
    with pytest.raises(ReadRefused, match="层层嵌套"):
        reader.read(page(opening * 100_000).encode())


def test_nesting_within_the_limit_is_bare() -> None:
    assert bare("<div>" * 2000 + "深处").paragraphs == ("深处",)


def test_a_page_without_words_is_refused_with_what_to_do() -> None:
    with pytest.raises(ReadRefused, match="请在浏览器里打开"):
        reader.read(b"<html><body><div id=app></div><script>load()</script></body></html>")
