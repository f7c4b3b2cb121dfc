"""Pages as offices and newsletters set them: columns, notes, hanging items, tables over pages."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speeches.readers import ofd as ofd_reader
from speeches.readers import pdf as reader
from tests.speeches.readers2.making import SPEECH, Stroke, ofd, pdf

LONG = (
    "市发改委要会同市财政局、市住建局，对照年度任务清单逐项梳理进展情况，列出问题清单和责任清单，"
    "每周五下午下班前报市政府督查室汇总，对进展缓慢的项目要说明原因、提出措施、明确时限。"
)
SIZE = 10.0
Strokes = list[Stroke]


def column(paragraphs: tuple[str, ...], width: int) -> list[tuple[int, str]]:
    """Lines of `width` characters with the indent of each, first lines indented by two."""
    lines: list[tuple[int, str]] = []
    for text in paragraphs:
        indent = 2
        while text:
            lines.append((indent, text[: width - indent]))
            text, indent = text[width - indent :], 0
    return lines


def in_columns(
    paragraphs: tuple[str, ...], *, columns: int, width: int, rows: int, shift: float = 0
) -> list[Strokes]:
    """Pages filled column by column; `shift` sets the baselines of the second column apart."""
    lines = column(paragraphs, width)
    slots = [lines[at : at + rows] for at in range(0, len(lines), rows)]
    pages: list[Strokes] = []
    for number, slot in enumerate(slots):
        place = number % columns
        if not place:
            pages.append([])
        left = 60 + place * (width + 2) * SIZE
        pages[-1] += [
            (left + indent * SIZE, 740 - 16 * row - shift * place, SIZE, text)
            for row, (indent, text) in enumerate(slot)
        ]
    return pages


@pytest.mark.parametrize("shift", [0, 5, 8])
@pytest.mark.parametrize("rows", [8, 20])
def test_two_columns_are_read_one_after_the_other(rows: int, shift: float) -> None:
    pages = in_columns((LONG,) * 12, columns=2, width=22, rows=rows, shift=shift)
    assert reader.read(pdf(pages)).paragraphs == (LONG,) * 12


def test_three_columns_are_read_one_after_the_other() -> None:
    pages = in_columns((LONG,) * 16, columns=3, width=14, rows=24)
    assert reader.read(pdf(pages)).paragraphs == (LONG,) * 16


def test_a_last_page_with_its_first_column_alone_is_joined_as_the_others_are() -> None:
    pages = in_columns((LONG,) * 9, columns=2, width=22, rows=16)
    assert max(x + len(text) * SIZE for x, _, _, text in pages[-1]) < 300
    assert reader.read(pdf(pages)).paragraphs == (LONG,) * 9


def test_a_title_across_both_columns_comes_first() -> None:
    (page,) = in_columns((LONG,) * 8, columns=2, width=22, rows=20)
    title: Stroke = (150, 780, 16, "云溪市重点工作简报二〇二六年第八期")
    assert reader.read(pdf([[title, *page]])).paragraphs == (title[3], *(LONG,) * 8)


def test_columns_of_an_ofd_are_read_as_those_of_a_pdf() -> None:
    pages = in_columns((LONG,) * 8, columns=2, width=22, rows=20)
    turned = [[(x / 3, (842 - y) / 3, size / 3, text) for x, y, size, text in page] for page in pages]
    assert ofd_reader.read(ofd(turned)).paragraphs == (LONG,) * 8


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(3, 90), min_size=1, max_size=14), st.integers(12, 30), st.sampled_from([1, 2]))
def test_no_character_is_lost_whatever_the_columns(lengths: list[int], width: int, columns: int) -> None:
    texts = tuple((LONG * 2)[:length] for length in lengths)
    pages = in_columns(texts, columns=columns, width=min(width, 24), rows=15)
    read = reader.read(pdf(pages))
    assert sorted("".join(read.paragraphs).replace(" ", "")) == sorted("".join(texts))


def test_a_list_of_names_and_telephones_stays_a_list() -> None:
    strokes = [(80 + 200 * place, 740 - 24 * row, 14, text) for row in range(8)
               for place, text in enumerate((f"市第{row}局", f"0000-12345{row}"))]  # fmt: skip
    assert reader.read(pdf([strokes])).paragraphs == tuple(f"市第{n}局 0000-12345{n}" for n in range(8))


def test_a_footnote_is_kept_apart_and_its_mark_is_no_digit_of_the_text() -> None:
    page: Strokes = [
        (112, 740, 16, "全市新增就业八千人"),
        (256, 746, 9, "1"),
        (264, 740, 16, "，比去年多。"),
        (112, 700, 16, "请抓好落实。"),
        (80, 90, 9, "1 数据来自市统计公报。"),
    ]
    read = reader.read(pdf([page]))
    assert read.paragraphs == ("全市新增就业八千人，比去年多。", "请抓好落实。")
    assert [note.replace(" ", "") for note in read.left_out] == ["1数据来自市统计公报。"]
    assert any("脚注" in warning for warning in read.warnings)


def test_an_exponent_behind_a_letter_stays() -> None:
    page: Strokes = [(80, 740, 16, "新建停车场8000m"), (236, 746, 9, "2"), (250, 740, 16, "以上。")]
    assert "m2" in reader.read(pdf([page])).text.replace(" ", "")


def test_items_whose_lines_hang_below_their_mark_are_whole() -> None:
    strokes: Strokes = []
    texts = tuple(f"{number}.{LONG}" for number in range(1, 6))
    y = 760.0
    for text in texts:
        mark, rest = text[:2], text[2:]
        strokes.append((60, y, 12, mark))
        for at in range(0, len(rest), 30):
            strokes.append((80, y, 12, rest[at : at + 30]))
            y -= 20
    assert reader.read(pdf([strokes])).paragraphs == texts


def test_short_items_as_wide_as_each_other_stay_apart() -> None:
    texts = tuple(f"{number}.市发改局要在本月底前把项目台账报市政府督查室" for number in range(1, 8))
    strokes = [(112.0, 760 - 28.0 * row, 16, text) for row, text in enumerate(texts)]
    assert reader.read(pdf([strokes])).paragraphs == texts


def test_a_title_too_long_for_its_line_is_one() -> None:
    first, second = "在全市重点工作推进暨防汛抗旱工作调度会", "议上的讲话"
    title: Strokes = [(80, 780, 22, first), (243, 748, 22, second)]
    lines = [(112.0 if not row % 3 else 80.0, 700 - 28 * row, 16, "抓" * (26 if not row % 3 else 28))
             for row in range(12)]  # fmt: skip
    assert reader.read(pdf([[*title, *lines]])).paragraphs[0] == first + second


def test_paragraphs_told_apart_by_a_little_space_alone() -> None:
    full = "抓" * 26 + "实。"
    lines: Strokes = []
    y = 760.0
    for _ in range(8):
        lines += [(80, y, 14, full), (80, y - 26, 14, full[-14:])]
        lines += [(80, y - 60, 14, full)]
        y -= 94
    assert reader.read(pdf([lines[:18]])).paragraphs == (full + full[-14:], full) * 6


COLUMNS, LEVELS = [60.0, 90.0, 330.0, 420.0], [100.0, 130.0, 160.0]


def grid(columns: list[float], levels: list[float]) -> str:
    pairs = [(a, b, c, d) for a, b in pairwise(columns) for c, d in pairwise(levels)]
    return "".join(f"{a} {c} {b - a} {d - c} re S\n" for a, b, c, d in pairs)


def row(level: float, *cells: str) -> Strokes:
    return [(x + 4, level + 10, 12, text) for x, text in zip(COLUMNS, cells, strict=False) if text]


def test_a_table_over_two_pages_loses_its_second_head_and_keeps_its_cut_row_whole() -> None:
    head = ("序号", "工作任务", "单位")
    first = row(130, *head) + row(100, "1", "建立台账，逐项明确责任人，每周调度，", "市水利局")
    second = row(130, *head) + row(100, "", "月底前报送进展。", "")
    third = row(130, *head) + row(100, "2", "开展检查。", "市应急局")
    content = pdf([first, second, third], extra=grid(COLUMNS, LEVELS))
    assert reader.read(content).paragraphs == (
        "序号 工作任务 单位",
        "1 建立台账，逐项明确责任人，每周调度，月底前报送进展。 市水利局",
        "2 开展检查。 市应急局",
    )


def test_two_tables_with_the_same_head_keep_both() -> None:
    first = row(130, "序号", "工作任务", "单位") + row(100, "1", "建立台账。", "市水利局")
    between: Strokes = [(80, 740, 16, "第二张表如下。")]
    content = pdf([first, [*between, *first]], extra=grid(COLUMNS, LEVELS))
    assert reader.read(content).paragraphs.count("序号 工作任务 单位") == 2


def test_columns_do_not_make_of_a_speech_what_it_is_not() -> None:
    pages = in_columns(SPEECH, columns=1, width=40, rows=30)
    assert reader.read(pdf(pages)).paragraphs == SPEECH


def test_small_print_in_the_margin_of_a_single_page_is_kept_apart() -> None:
    head: Stroke = (80, 800, 10, "内部资料 注意保存")
    read = reader.read(pdf([[head, (112, 740, 16, "请抓好落实。"), (80, 712, 16, "按时报送。")]]))
    assert read.paragraphs == ("请抓好落实。", "按时报送。")
    assert read.left_out == (head[3],)


def test_a_line_of_the_text_that_ends_several_pages_stays() -> None:
    last = "各单位要在月底前将进展情况报市政府督查室。"
    page = [(112.0, 740 - 28.0 * row, 16.0, f"市第{row}局要建立台账。") for row in range(23)]
    page.append((112.0, 740 - 28.0 * 23, 16.0, last))
    assert reader.read(pdf([page, page, page])).paragraphs.count(last) == 3
