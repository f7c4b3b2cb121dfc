"""RTF: what Word shows, with its automatic numbers, without what was deleted."""

import pytest

from speeches.readers import rtf as reader
from speeches.readers.types import ReadRefused, ReadText
from tests.speeches.readers2.making import SPEECH, rtf


def read(body: str) -> ReadText:
    return reader.read(rtf(body))


def test_paragraphs_come_back() -> None:
    assert read("\\par ".join(SPEECH)).paragraphs == SPEECH


@pytest.mark.parametrize(
    "written",
    ["\\u25235\\'3f\\u22909?", "{\\uc0\\u25235\\u22909}", "\\uc2\\u25235\\'d7\\'a5\\u22909 aa", "抓好"],
)
def test_a_character_is_read_once_however_it_is_written(written: str) -> None:
    assert read(f"{written}落实。").text == "抓好落实。"


def test_a_character_beyond_sixteen_bits_is_put_together() -> None:
    assert read("\\u-10178?\\u-8265?").text == "\U0001fbb7"


def test_the_code_page_of_the_font_decides() -> None:
    source = b"{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset136 MingLiU;}{\\f1\\fcharset134 SimSun;}}"
    words = "\\f0 {}\\f1 {}".format(*(
        "".join(f"\\'{byte:02x}" for byte in "落實".encode(codec)) for codec in ("big5", "gb18030")
    ))  # fmt: skip
    assert reader.read(source + words.encode() + b"}").text == "落實落實"


def test_chinese_under_a_latin_font_is_read_by_the_code_page_of_the_document() -> None:
    assert read("\\f1 抓好落实").text == "抓好落实"


def test_automatic_numbers_are_text() -> None:
    assert read("{\\listtext\\pard 一、\\tab}抓项目\\par {\\pntext 1.\\tab}抓进度").paragraphs == (
        "一、抓项目",
        "1.抓进度",
    )


def test_deleted_text_is_dropped_inserted_text_kept_and_both_said() -> None:
    found = read("抓好{\\deleted\\revauthdel1\\revdttmdel-2015295488 不要}{\\revised 认真}落实")
    assert found.text == "抓好认真落实"
    assert any("修订" in warning for warning in found.warnings)


def test_hidden_text_headers_notes_and_pictures_are_no_text() -> None:
    found = read(
        "{\\header 页眉}抓好{\\v 隐藏}落实{\\footnote 脚注}{\\pict\\wmetafile8 0102ab}{\\*\\unknown 未知}。"
    )
    assert found.text == "抓好落实。"
    assert any("隐藏" in warning for warning in found.warnings)
    assert any("1张图片" in warning for warning in found.warnings)


def test_a_text_box_follows_its_paragraph() -> None:
    shape = "{\\*\\shpinst{\\sp{\\sn x}{\\sv 1}}{\\shptxt 责任领导：某某\\par 联系人\\par}}"
    box = f"{{\\shp{shape}{{\\shprslt 重复}}}}"
    assert read(f"抓好{box}落实。\\par 下一段").paragraphs == (
        "抓好落实。",
        "责任领导：某某",
        "联系人",
        "下一段",
    )


def test_a_link_gives_its_words() -> None:
    field = '{\\field{\\*\\fldinst HYPERLINK "https://example.invalid"}{\\fldrslt 《任务清单》}}'
    assert read(f"详见{field}").text == "详见《任务清单》"


def test_a_row_of_a_table_is_a_line() -> None:
    table = (
        "\\trowd\\intbl 事项\\cell 单位\\cell\\row\\intbl 修建\\par 公园\\cell 市城管局\\cell\\row\\pard 完。"
    )
    assert read(table).paragraphs == ("事项 单位", "修建公园 市城管局", "完。")


def test_binary_content_is_jumped_over() -> None:
    source = rtf("抓好@落实。").replace(b"@", b"{\\pict\\bin9 }}}}{{{{\\}")
    assert reader.read(source).text == "抓好落实。"


def test_what_follows_the_end_of_the_document_is_not_read() -> None:
    assert reader.read(rtf("抓好落实。") + b"rubbish").text == "抓好落实。"


@pytest.mark.parametrize("content", [b"{\\rtf1", b"{\\rtf1}", b"{\\rtf1 {\\pict 00}}"])
def test_a_file_without_words_is_refused(content: bytes) -> None:
    with pytest.raises(ReadRefused, match="没有文字"):
        reader.read(content)


def test_groups_without_end_are_refused() -> None:
    with pytest.raises(ReadRefused, match="损坏"):
        reader.read(b"{\\rtf1" + b"{" * 100_000)
