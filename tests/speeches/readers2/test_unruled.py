"""Tables without rules: a row is a line, however its cells wrap; text in columns stays text."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speeches.readers import ofd as ofd_reader
from speeches.readers import pdf as reader
from speeches.readers.pieces import Sheet
from speeches.readers.unruled import with_tables
from tests.speeches.readers2 import making
from tests.speeches.readers2.making import SPEECH, Stroke
from tests.speeches.readers2.test_layouts import LONG, in_columns

SIZE = 12.0
LEFTS, WIDTHS = (60.0, 100.0, 400.0, 480.0), (2, 22, 5, 5)  # of the columns: points, characters
TASK = "建立重点项目台账，逐项明确责任人和完成时间，每周调度一次"
ROWS = [
    ("序号", "工作任务", "责任单位", "时限"),
    *((str(n), TASK + "，按月报送" * (n % 3), "市发改局", f"{n}月底") for n in range(1, 8)),
]
LINES = tuple(" ".join(row) for row in ROWS)


def cell(text: str, width: int) -> list[str]:
    return [text[at : at + width] for at in range(0, len(text), width)] or [""]


def table(
    rows: Sequence[Sequence[str]], *, space: float, middle: bool, top: float = 740, pitch: float = 18,
    lefts: Sequence[float] = LEFTS, widths: Sequence[int] = WIDTHS,
) -> list[Stroke]:  # fmt: skip
    """Strokes of a table; `space` between rows, cells at the top of their row or in its `middle`."""
    strokes: list[Stroke] = []
    for row in rows:
        cells = [cell(text, width) for text, width in zip(row, widths, strict=True)]
        height = max(map(len, cells))
        for left, texts in zip(lefts, cells, strict=True):
            down = (height - len(texts)) / 2 if middle else 0
            lines = [(left, top - pitch * (down + at), SIZE, text) for at, text in enumerate(texts)]
            strokes += [line for line in lines if line[3]]
        top -= height * pitch + space
    return strokes


def read(*pages: list[Stroke]) -> tuple[str, ...]:
    return reader.read(making.pdf(list(pages))).paragraphs


@pytest.mark.parametrize("middle", [False, True])
@pytest.mark.parametrize("space", [0, 8, 20])
def test_a_row_is_a_line_however_its_cells_wrap(space: float, middle: bool) -> None:
    assert read(table(ROWS, space=space, middle=middle)) == LINES


@pytest.mark.parametrize("middle", [False, True])
def test_rows_of_an_ofd_are_lines_too(middle: bool) -> None:
    strokes = table(ROWS, space=8, middle=middle)
    content = making.ofd([[(x / 3, (800 - y) / 3, size / 3, text) for x, y, size, text in strokes]])
    assert ofd_reader.read(content).paragraphs == LINES


def test_text_above_and_below_a_table_stays_text() -> None:
    above: list[Stroke] = [(60, 780, SIZE, "现将重点任务分解如下，请认真抓好落实，按时报送进展情况。")]
    below: list[Stroke] = [(84, 250, SIZE, "以上事项请抓好落实。"), (84, 232, SIZE, "联系人：周启明。")]
    assert read([*above, *table(ROWS, space=8, middle=True), *below]) == (
        above[0][3], *LINES, below[0][3], below[1][3],
    )  # fmt: skip


@pytest.mark.parametrize("middle", [False, True])
def test_a_table_over_two_pages_goes_on_where_the_page_ends(middle: bool) -> None:
    whole = table(ROWS, space=8, middle=middle)
    cut = sorted({y for _, y, _, _ in whole}, reverse=True)[8]
    first = [stroke for stroke in whole if stroke[1] >= cut]
    second = [(x, y - cut + 740, size, text) for x, y, size, text in whole if y < cut]
    found = read(first, second)
    assert "".join(found).replace(" ", "") == "".join(LINES).replace(" ", "")
    assert len(set(found) & set(LINES)) >= len(LINES) - 1


def test_two_columns_with_names_in_the_first_are_rows() -> None:
    rows = [("责任单位", "主要任务"), *((f"市第{n}局办公室综合科", TASK + "，及时报送") for n in range(1, 6))]
    strokes = table(rows, space=10, middle=False, lefts=(60, 180), widths=(7, 20))
    assert read(strokes) == tuple(" ".join(row) for row in rows)


def test_cells_a_hair_apart_are_told_by_their_edges() -> None:
    rows = [("序号", "工作任务", "责任单位"), *((str(n), TASK * 2, "市发改局") for n in range(1, 6))]
    strokes = table(rows, space=6, middle=False, lefts=(60, 100, 100 + 20 * SIZE + 6), widths=(2, 20, 5))
    assert read(strokes) == tuple(" ".join(row) for row in rows)


def test_numbered_paragraphs_with_hanging_text_are_no_table() -> None:
    strokes: list[Stroke] = []
    for number in range(4):
        top = 740 - 60 * number
        strokes += [(60, top, SIZE, f"{number + 1}."), (90, top, SIZE, LONG[:30])]
        strokes += [(90, top - 18, SIZE, LONG[30:60]), (90, top - 36, SIZE, LONG[60:])]
    sheet_rows = with_tables(_sheet(strokes)).rows
    assert list(sheet_rows) == []


def _sheet(strokes: list[Stroke]) -> Sheet:
    document = reader._opened(making.pdf([strokes]))
    return reader._sheet(document, 0, reader._Seen())


@pytest.mark.parametrize("columns", [2, 3])
def test_running_text_in_columns_is_no_table(columns: int) -> None:
    pages = in_columns((LONG,) * 12, columns=columns, width=22 if columns == 2 else 14, rows=20)
    for page in pages:
        assert list(with_tables(_sheet(page)).rows) == []


def test_a_speech_in_one_column_with_names_set_wide_is_no_table() -> None:
    pages = making.set_lines(SPEECH)
    pages[0] += [(120, 800, 16, "周"), (152, 800, 16, "启"), (184, 800, 16, "明")]
    assert all(list(with_tables(_sheet(page)).rows) == [] for page in pages)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(1, 70), st.integers(1, 12), st.integers(0, 9)), min_size=4, max_size=8),
    st.sampled_from([8.0, 14.0]),
    st.booleans(),
)
def test_whatever_the_cells_hold_no_character_is_lost_and_rows_stay_apart(
    shapes: list[tuple[int, int, int]], space: float, middle: bool
) -> None:
    rows = [
        (str(n + 1), (LONG * 2)[:task], "市第一二三四五六七八九局"[:unit], "月" * due)
        for n, (task, unit, due) in enumerate(shapes)
    ]
    found = read(table([ROWS[0], *rows], space=space, middle=middle))
    wanted = [" ".join(text for text in row if text) for row in [ROWS[0], *rows]]
    assert sorted("".join(found).replace(" ", "")) == sorted("".join(wanted).replace(" ", ""))
    assert sum(line in found for line in wanted) >= len(wanted) - 1
