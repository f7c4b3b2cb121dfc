"""Stretches of days and the arithmetic on them: month ends, quarters, weeks, shifts. No words."""

from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

Unit = Literal["year", "half", "quarter", "season", "month", "tenth", "week", "day", "feast", "plan", "span"]
FIRST, LAST = date(1000, 1, 1), date(9000, 12, 31)  # room for arithmetic on either side of any real date
FIRST_ORDINAL, LAST_ORDINAL = FIRST.toordinal(), LAST.toordinal()
_KEPT = 1024  # months and years that are kept once made: a text speaks of few


class Frame(NamedTuple):
    """Inclusive days. `is_fixed`: known without the date of the speech. `is_edge`: a 月底, a 年初."""

    start: date | None
    end: date | None
    unit: Unit
    is_fixed: bool = False
    is_edge: bool = False


UNKNOWN = Frame(None, None, "span", is_fixed=True)


def year_frame(year: int, *, is_fixed: bool = False) -> Frame | None:
    """A whole year, None outside 1000..9000."""
    if not FIRST.year <= year <= LAST.year:
        return None
    return Frame(date(year, 1, 1), date(year, 12, 31), "year", is_fixed)


@lru_cache(maxsize=_KEPT)
def months_frame(year: int, first: int, last: int, unit: Unit = "span") -> Frame | None:
    """From the first day of month `first` to the last of month `last`; None when no such months."""
    if not (1 <= first <= last <= 12 and FIRST.year <= year <= LAST.year):
        return None
    return Frame(date(year, first, 1), month_end(date(year, last, 1)), unit)


def month_frame(year: int, month: int) -> Frame | None:
    """A whole month, None when there is no such month."""
    return months_frame(year, month, month, "month")


def day_frame(day: date, *, is_fixed: bool = False) -> Frame:
    """One day."""
    return Frame(day, day, "day", is_fixed)


def date_or_none(year: int, month: int, day: int) -> date | None:
    """The date, None when the calendar has none such (2月30日)."""
    if not (FIRST.year <= year <= LAST.year and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def month_end(day: date) -> date:
    """The last day of the month of `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def month_of(day: date) -> Frame:
    """The month that holds `day`."""
    return Frame(day.replace(day=1), month_end(day), "month")


def quarter_of(day: date) -> int:
    """1 to 4."""
    return (day.month + 2) // 3


def quarter_frame(year: int, quarter: int) -> Frame | None:
    """A quarter of a year, None when there is no such quarter."""
    return months_frame(year, 3 * quarter - 2, 3 * quarter, "quarter")


def week_of(day: date) -> Frame:
    """Monday to Sunday around `day`."""
    monday = shift(day, days=-day.weekday())
    return Frame(monday, shift(monday, days=6), "week")


def shift(day: date, *, days: int = 0, months: int = 0) -> date:
    """`day` moved by months (clipped to the length of the month) and days; clipped to FIRST..LAST."""
    if not months:
        return _add_days(day, days)
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    if not FIRST.year <= year <= LAST.year:
        return FIRST if months < 0 else LAST
    moved = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
    return _add_days(moved, days)


def _add_days(day: date, days: int) -> date:
    reached = day.toordinal() + days
    if FIRST_ORDINAL <= reached <= LAST_ORDINAL:
        return date.fromordinal(reached)
    return FIRST if days < 0 else LAST


def tenth_frame(month: Frame, first: int, last: int) -> Frame | None:
    """Part of a month by its tenths: 1 is 上旬, 2 中旬, 3 下旬."""
    if month.start is None or month.end is None:
        return None
    start = month.start.replace(day=1 + 10 * (first - 1))
    end = month.end if last == 3 else month.start.replace(day=10 * last)
    return month._replace(start=start, end=end, unit="tenth")
