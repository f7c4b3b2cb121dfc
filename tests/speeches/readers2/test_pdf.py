"""PDF: every character in its place, lines joined to paragraphs, the furniture of pages left out."""

from itertools import pairwise

import pytest

from speeches.readers import pdf as reader
from speeches.readers.glyphs import mended
from speeches.readers.types import ReadRefused, ReadText
from tests.speeches.readers2.making import SPEECH, Stroke, pdf, pdf_of, set_lines

LONG = "各镇（街道）、市直各部门要对照任务清单逐项抓好落实，每周五报送进展情况，市政府督查室跟踪督办。"


def read(*pages: list[Stroke], **options: object) -> ReadText:
    return reader.read(pdf(pages, **options))  # type: ignore[arg-type]


def refusal(content: bytes) -> str:
    with pytest.raises(ReadRefused) as refused:
        reader.read(content)
    assert "请" in refused.value.message
    return refused.value.message


def test_wrapped_lines_come_back_as_the_paragraphs_that_were_set() -> None:
    assert reader.read(pdf(set_lines(SPEECH))).paragraphs == SPEECH


@pytest.mark.parametrize("columns", range(14, 30))
def test_paragraphs_come_back_whatever_the_width_of_the_page(columns: int) -> None:
    assert reader.read(pdf(set_lines(SPEECH, columns=columns))).paragraphs == SPEECH


def test_a_paragraph_that_runs_over_the_page_is_one_and_its_place_is_where_it_begins() -> None:
    read = reader.read(pdf(set_lines([LONG] * 4, rows=3)))
    assert read.paragraphs == (LONG,) * 4
    assert read.pages == (1, 1, 2, 3)
    assert [read.place(index) for index in range(4)] == [
        "第1页第1段",
        "第1页第2段",
        "第2页第1段",
        "第3页第1段",
    ]


def test_quotation_marks_of_another_font_drawn_last_are_put_in_their_place() -> None:
    line: list[Stroke] = [
        (80, 700, 16, "财政“三保”支出"),
        (80, 660, 16, "抓"),
        (112, 660, 16, "保"),
        (144, 660, 16, "支出"),
    ]
    read_ = read([*line, (96, 660.5, 16, "“"), (128, 660.5, 16, "”")])
    assert read_.paragraphs == ("财政“三保”支出", "抓“保”支出")


def test_blanks_come_back_between_latin_words_and_nowhere_else() -> None:
    strokes: list[Stroke] = [
        (80, 700, 16, "推广"),
        (112, 700, 16, "PPP"),
        (141, 700, 16, "Plus"),
        (174, 700, 16, "项目"),
    ]
    assert read(strokes).paragraphs == ("推广PPP Plus项目",)


def test_page_numbers_and_repeated_heads_are_left_out() -> None:
    pages = set_lines([LONG] * 6, rows=4)
    for number, page in enumerate(pages, 1):
        page += [(80, 800, 10, "云溪市人民政府文件"), (290, 40, 12, f"— {number} —")]
    assert reader.read(pdf(pages)).paragraphs == (LONG,) * 6


def test_what_a_browser_prints_around_a_page_is_left_out() -> None:
    printed: list[Stroke] = [
        (30, 815, 8, "2026/11/25 10:15"), (300, 815, 8, "云溪市政府网"), (30, 20, 8, "https://example.invalid/a"),
        (540, 20, 8, "1/1"),
    ]  # fmt: skip
    assert read([*printed, (80, 700, 16, "抓好落实。")]).paragraphs == ("抓好落实。",)


def test_a_number_in_the_text_is_no_page_number() -> None:
    read_ = read([(80, 700, 16, "完成投资（亿元）："), (80, 672, 16, "25")])
    assert read_.paragraphs == ("完成投资（亿元）：", "25")


def test_the_cells_of_a_row_stay_apart_from_the_next_row() -> None:
    rows = [
        ["序号", "任务事项", "牵头单位"],
        ["1", "改造老旧小区", "市住建局"],
        ["2", "建成公园", "市城管局"],
    ]
    strokes: list[Stroke] = [
        (80 + 150 * column, 700 - 28 * row, 16, text)
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
    ]
    assert read(strokes).paragraphs == tuple(" ".join(cells) for cells in rows)


def test_paragraphs_set_apart_by_space_alone_are_told_apart() -> None:
    full = "抓" * 26 + "实。"
    lines: list[Stroke] = []
    y = 740.0
    for _ in range(4):
        lines += [(80, y, 16, full), (80, y - 24, 16, full)]
        y -= 24 + 44
    assert read(lines).paragraphs == (full + full,) * 4


def test_bold_made_by_drawing_twice_is_read_once() -> None:
    strokes: list[Stroke] = [(80, 700, 16, "抓好落实"), (80.3, 700, 16, "抓好落实")]
    assert read(strokes).paragraphs == ("抓好落实",)


def test_a_slanted_watermark_is_left_out_and_said_so() -> None:
    words = "内部资料".encode("utf-16-be").hex()
    slanted = f"BT /F1 40 Tf 0.7 0.7 -0.7 0.7 150 300 Tm <{words}> Tj ET\n"
    read_ = read([(80, 700, 16, "抓好落实。")], extra=slanted)
    assert read_.paragraphs == ("抓好落实。",)
    assert any("水印" in warning for warning in read_.warnings)


def test_a_page_turned_on_its_side_is_read_as_it_is_looked_at() -> None:
    lines = [text.encode("utf-16-be").hex() for text in ("第一行在上面", "第二行在下面")]
    sideways = "".join(
        f"BT /F1 16 Tf 0 1 -1 0 {100 + 40 * number} 80 Tm <{words}> Tj ET\n"
        for number, words in enumerate(lines)
    )
    assert read([], extra=sideways, rotate=90).paragraphs == ("第一行在上面", "第二行在下面")


def test_radicals_that_fonts_give_for_characters_are_mended() -> None:
    assert mended("⼀、⻓江⻛险，⺠⽣") == "一、长江风险，民生"
    assert mended("普通文字①②㈠℃") == "普通文字①②㈠℃"


def test_a_scan_is_refused_with_what_to_do() -> None:
    assert "扫描件没有文字层" in refusal(pdf([[], []]))


def test_one_scanned_page_among_others_is_named() -> None:
    read_ = read([(80, 700, 16, "抓好落实。")], [], [(80, 700, 16, "报送情况。")])
    assert read_.pages == (1, 3)
    assert any("第2页没有文字" in warning for warning in read_.warnings)


def test_text_without_a_meaning_outside_its_font_is_refused_as_gibberish() -> None:
    assert "乱码" in refusal(pdf([[(80, 700, 16, "\ue001\ue002\ue003\ue004")]]))


def test_a_locked_file_asks_for_one_without_a_password() -> None:
    crypt = "/Encrypt<</Filter/Standard/V 1/R 2/O<" + "41" * 32 + ">/U<" + "42" * 32 + ">/P -4>>/ID[<00><00>]"
    content = pdf_of(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>"], trailer=crypt)
    assert "密码" in refusal(content)


def test_a_pdf_with_a_script_and_a_file_inside_runs_nothing_and_says_so() -> None:
    inside = (
        "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"
        "/Names<</EmbeddedFiles<</Names[(a.exe)<</Type/Filespec/F(a.exe)/EF<</F 1 0 R>>>>]>>>>"
    )
    read_ = read([(80, 700, 16, "抓好落实。")], catalog=inside)
    assert read_.paragraphs == ("抓好落实。",)
    assert any("嵌有其他文件" in warning for warning in read_.warnings)


@pytest.mark.parametrize("kids", ["2 0 R", "2 0 R 2 0 R 3 0 R", "99 0 R"])
def test_a_loop_in_the_page_tree_ends(kids: str) -> None:
    content = pdf_of(
        ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count 9>>", "<</Type/Page>>"]
    )
    refusal(content)


def test_more_pages_than_any_speech_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_PAGES", 2)
    one: list[Stroke] = [(80, 700, 16, "抓好落实。")]
    assert reader.read(pdf([one, one])).pages == (1, 2)
    assert "2页的上限" in refusal(pdf([one, one, one]))


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(500), pdf([[(80, 700, 16, "好")]])[:300]]
)
def test_a_broken_file_is_refused(content: bytes) -> None:
    assert "损坏" in refusal(content)


def ruled(columns: list[float], levels: list[float], *, boxes: bool = False) -> str:
    """The drawing of a table: rules one by one, or a frame around each cell."""
    if boxes:
        pairs = [(a, b, c, d) for a, b in pairwise(columns) for c, d in pairwise(levels)]
        return "".join(f"{a} {c} {b - a} {d - c} re S\n" for a, b, c, d in pairs)
    across = [f"{columns[0]} {y} m {columns[-1]} {y} l S\n" for y in levels]
    return "".join([*across, *(f"{x} {levels[0]} m {x} {levels[-1]} l S\n" for x in columns)])


@pytest.mark.parametrize("boxes", [False, True])
def test_cells_that_wrap_and_stand_in_the_middle_of_their_row_are_put_together(boxes: bool) -> None:
    cells: list[Stroke] = [
        (85, 620, 12, "1"), (105, 630, 12, "改造老旧小区，"), (105, 612, 12, "补建停车场"),
        (205, 620, 12, "市住建局"),
        (85, 580, 12, "2"), (105, 580, 12, "建成城市公园一"), (189, 580, 12, "市城管局"),
    ]  # fmt: skip
    around: list[Stroke] = [(80, 700, 16, "任务清单如下："), (80, 500, 16, "请抓好落实。")]
    drawn = ruled([80, 100, 189, 300], [570, 600, 650], boxes=boxes)
    assert read(around + cells, extra=drawn).paragraphs == (
        "任务清单如下：", "1 改造老旧小区，补建停车场 市住建局", "2 建成城市公园一 市城管局", "请抓好落实。",
    )  # fmt: skip


def test_a_frame_around_the_page_is_no_table() -> None:
    frame = ruled([40, 560], [40, 800])
    assert reader.read(pdf(set_lines(SPEECH), extra=frame)).paragraphs == SPEECH


def test_a_drawing_of_many_strokes_does_not_hold_up_the_reading() -> None:
    drawing = "".join(f"{20 + x / 10} 20 m {20 + x / 10} 800 l S\n" for x in range(5000))
    assert reader.read(pdf(set_lines(SPEECH), extra=drawing)).paragraphs == SPEECH


def test_what_is_struck_out_is_left_out_kept_for_showing_and_said() -> None:
    strike = "144 705 m 192 705 l S\n"
    underline = "80 698 m 112 698 l S\n"
    found = read([(80, 700, 16, "抓好落实不得拖延。")], extra=strike + underline)
    assert found.paragraphs == ("抓好落实延。",)
    assert found.left_out == ("不得拖",)
    assert any("删除线" in warning for warning in found.warnings)


def test_underlines_a_margin_bar_and_a_background_make_no_table() -> None:
    background = "0 0 595 842 re 1 g f 0 g\n"
    lines = "80 730 m 200 730 l S\n80 600 m 200 600 l S\n140 560 m 140 760 l S\n90 560 m 90 760 l S\n"
    assert reader.read(pdf(set_lines(SPEECH), extra=background + lines)).paragraphs == SPEECH


def test_a_blank_drawn_between_chinese_words_is_kept() -> None:
    assert read([(80, 700, 16, "市长 周启明")]).text == "市长 周启明"
