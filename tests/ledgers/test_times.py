"""Days as people type them into cells."""

from datetime import date

import pytest

from speeches.ledgers.times import read_due
from speeches.parser.types import Context
from speeches.readers.sheets import Cell
from tests.factories import MONDAY

CONTEXT = Context(spoken_on=MONDAY)
JUNE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("cell", "on"),
    [
        (JUNE, JUNE),
        (46203, JUNE),
        (46203.0, JUNE),
        ("46203", JUNE),
        (20260630, JUNE),
        (2026.6, JUNE),
        (2026.12, date(2026, 12, 31)),
        (2026, date(2026, 12, 31)),
        ("2026.6.30", JUNE),
        ("2026．6．30", JUNE),
        ("2026/6/30", JUNE),
        ("2026-06-30", JUNE),
        ("2026-06-30 00:00:00", JUNE),
        ("2026.06.30前", JUNE),
        ("2026年6月30日（周二）", JUNE),
        ("26.6.30", JUNE),
        ("6.30", JUNE),
        ("6月30日", JUNE),
        ("6月底", JUNE),
        ("6月底前", JUNE),
        ("2026年6月", JUNE),
        ("2026.6", JUNE),
        ("2026-6", JUNE),
        ("二季度", JUNE),
        ("上半年", JUNE),
        ("2026.3.1-2026.6.30", JUNE),
        ("2026.1—2026.6", JUNE),
        ("年底前", date(2026, 12, 31)),
        ("2027年底", date(2027, 12, 31)),
        ("2026年6月30日前完成，每月5日前报送", JUNE),
    ],
)
def test_a_day_is_read(cell: Cell, on: date) -> None:
    due = read_due(cell, CONTEXT)
    assert (due.on, due.problem) == (on, "")


@pytest.mark.parametrize(
    "words", ["长期", "长期坚持", "常态化推进", "持续推进", "按市委要求", "-", "无", "/", ""]
)
def test_what_has_no_limit_has_none_and_is_no_problem(words: str) -> None:
    due = read_due(words, CONTEXT)
    assert (due.on, due.problem) == (None, "")


@pytest.mark.parametrize(
    ("words", "rule"),
    [("每周五", "FREQ=WEEKLY;BYDAY=FR"), ("长期，每月底报送", "FREQ=MONTHLY;BYMONTHDAY=-1")],
)
def test_a_rhythm_in_the_column_of_limits_is_a_rhythm(words: str, rule: str) -> None:
    due = read_due(words, CONTEXT)
    assert (due.on, due.rule, due.problem) == (None, rule, "")


@pytest.mark.parametrize(
    "cell", ["尽快", "6月底\n9月底", "x月底前", 2026.1, "2026.1", 6.3, "2026.6.30、2026.9.30"]
)
def test_what_cannot_be_told_stays_empty_and_says_why(cell: Cell) -> None:
    due = read_due(cell, CONTEXT)
    assert due.on is None
    assert due.problem
    assert not due.is_wrong


@pytest.mark.parametrize(
    "cell", ["2026.2.30", "2026年2月30日", "2月30日", "2026/13/1", "1989年6月", date(2206, 6, 3)]
)
def test_a_day_that_does_not_exist_must_be_put_right(cell: Cell) -> None:
    due = read_due(cell, CONTEXT)
    assert due.on is None
    assert due.is_wrong
