"""The published Chinese working days and holidays as a parser calendar, for work without a database."""

from datetime import date
from functools import cache

from chinese_calendar import is_workday as published_workday
from chinese_calendar.constants import holidays

from .parser.types import Calendar

NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "五一",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
}


@cache
def published_calendar() -> Calendar:
    """Working days by the State Council's notices; a year not yet published counts Monday to Friday."""
    return Calendar(is_workday=is_workday, feasts=_first_days_off())


def is_workday(day: date) -> bool:
    """Whether offices work on `day`."""
    try:
        return bool(published_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def _first_days_off() -> dict[tuple[int, str], date]:
    """New Year's holiday may begin in December: it belongs to the year it welcomes."""
    found: dict[tuple[int, str], date] = {}
    for day, english in sorted(holidays.items()):
        name = NAMES.get(english)
        if name is None:
            continue
        year = day.year + (name == "元旦" and day.month == 12)
        found.setdefault((year, name), day)
    return found
