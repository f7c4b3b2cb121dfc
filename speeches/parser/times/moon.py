"""Days that move: of the moon calendar (农历五月初五), solar terms (冬至), the second Sunday of May.

The months of the moon follow no rule of thumb, so the lexicon lists them year by year.
"""

from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from .frames import Frame, date_or_none, shift
from .words import rows

_WEEKDAYS = "一二三四五六日"
_KEPT = 1024  # months and days that are kept once found: a text speaks of few
_TERM_STEP = 0.2422  # days by which a solar year is longer than 365


class MoonYear(NamedTuple):
    """From its first day, the months in order; a leap month follows the one whose number it bears."""

    first: date
    leap: int
    lengths: tuple[int, ...]


@cache
def _years() -> dict[int, MoonYear]:
    found = {}
    for year, first, leap, sizes in rows("moon_years.txt"):
        month, _, day = first.partition("-")
        lengths = tuple(30 if size == "1" else 29 for size in sizes)
        found[int(year)] = MoonYear(date(int(year), int(month), int(day)), int(leap), lengths)
    return found


@lru_cache(maxsize=_KEPT)
def moon_month(year: int, month: int, *, is_leap: bool = False) -> Frame | None:
    """The days of a month of the moon calendar; None beyond the table or where there is none such."""
    table = _years().get(year)
    if table is None or not 1 <= month <= 12 or (is_leap and month != table.leap):
        return None
    index = month - 1 + (is_leap or 0 < table.leap < month)
    first = shift(table.first, days=sum(table.lengths[:index]))
    return Frame(first, shift(first, days=table.lengths[index] - 1), "span")


def moon_day(year: int, month: int, day: int, *, is_leap: bool = False) -> date | None:
    """A day of the moon calendar; day 30 of a short month is its last, as 除夕 is."""
    frame = moon_month(year, month, is_leap=is_leap)
    if frame is None or frame.start is None or frame.end is None or not 1 <= day <= 30:
        return None
    return min(shift(frame.start, days=day - 1), frame.end)


def moon_year_of(day: date) -> int:
    """The year of the moon calendar that `day` lies in."""
    table = _years().get(day.year)
    return day.year - (table is not None and day < table.first)


@cache
def _terms() -> dict[str, tuple[int, float]]:
    return {name: (int(month), float(constant)) for name, month, constant in rows("solar_terms.txt")}


@lru_cache(maxsize=_KEPT)
def term_day(name: str, year: int) -> date | None:
    """The day of a solar term in 2000..2099 (a day off at the very worst), None for other names or years."""
    if name not in _terms() or not 2000 <= year <= 2099:
        return None
    month, constant = _terms()[name]
    since = year - 2000
    leaps = (since - (month <= 2)) // 4
    return date_or_none(year, month, int(since * _TERM_STEP + constant) - leaps)


@lru_cache(maxsize=_KEPT)
def moving_day(words: str, year: int) -> date | None:
    """The day that `words` of the lexicon name in `year`: 农05-05, 05-日2 (its second Sunday).

    农12-08 of 2025 lies in January 2025, as people say it; 农01-00 is the eve of the new year.
    """
    month, _, day = words.removeprefix("农").partition("-")
    if not words.startswith("农"):
        return _nth_weekday(date(year, int(month), 1), day[0], int(day[1:]))
    firsts = (moon_day(moon_year, int(month), 1) for moon_year in (year, year - 1))
    days = (shift(first, days=int(day) - 1) for first in firsts if first)
    return next((found for found in days if found.year == year), None)


def _nth_weekday(first: date, weekday: str, nth: int) -> date:
    ahead = (_WEEKDAYS.index(weekday) - first.weekday()) % 7
    return shift(first, days=ahead + 7 * (nth - 1))
