"""A length of time as written (三个月, 5个工作日, 一年半, 2—3年) and the day it reaches from another."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from speeches.parser.numerals import NUMBER, OPEN, number
from speeches.parser.types import Calendar

from .frames import LAST, shift

LENGTH = (
    rf"(?:(?P<low>{NUMBER})(?:[—–－~～至到]|-))?(?P<count>{NUMBER}|[半几数]|[{OPEN}]{{1,2}}) ?"
    "(?P<unit>(?:个?(?:工作日|自然日|日历日|星期|礼拜|小时|周(?!年)|旬)|个半小时|个季度|天|日|周?年|个半?月|月|分钟)半?)"
)
LENGTH_FIRSTS = "0123456789一二两三四五六七八九十百廿半几数" + OPEN
# The longer names first: 工作日 holds 日, 周年 holds 周
_WORTH = (
    *(("自然日", (1, 0)), ("日历日", (1, 0)), ("星期", (7, 0)), ("礼拜", (7, 0)), ("季度", (0, 3))),
    *(("年", (0, 12)), ("周", (7, 0)), ("旬", (10, 0)), ("月", (0, 1)), ("天", (1, 0)), ("日", (1, 0))),
)
_COUNTED_OUT = 60  # working days
_ONE_DAY = timedelta(days=1)
_MOST = 20_000  # days, months or years beyond which a number is no plan of an office


@dataclass(frozen=True, slots=True)
class Length:
    """So many days, months and working days."""

    days: int = 0
    months: int = 0
    workdays: int = 0

    def after(self, day: date, calendar: Calendar) -> date:
        """The day this long after `day`."""
        if self.workdays:
            return add_workdays(day, self.workdays, calendar)
        return shift(day, days=self.days, months=self.months)

    def before(self, day: date) -> date:
        """The day this long before `day`; working days are counted as days."""
        return shift(day, days=-self.days - self.workdays, months=-self.months)


def add_workdays(day: date, count: int, calendar: Calendar) -> date:
    """The `count`-th working day after `day`; 60 days on where a calendar has none.

    Far ahead no calendar is published: what goes beyond `_COUNTED_OUT` days is taken as weeks of five.
    """
    weeks = max(0, count - _COUNTED_OUT) // 5
    day = shift(day, days=7 * weeks)
    for _ in range(count - 5 * weeks):
        for _ in range(60):
            day = day + _ONE_DAY if day < LAST else day
            if calendar.is_workday(day):
                break
    return day


def length_of(match: re.Match[str]) -> Length | None:
    """What a match of LENGTH spells: a range (2—3年) by its upper end; None for 几天, x天, 三月, 2008年."""
    return _length(match["count"], match["unit"])


@lru_cache(maxsize=1024)
def _length(words: str, unit: str) -> Length | None:
    if words == "半":
        return _half(unit)
    count = number(_upper(words)) if unit != "月" or words == "两" else None
    if count is None or not 0 < count <= _MOST or ("年" in unit and count >= 1000):
        return None
    if "工作日" in unit:
        return Length(workdays=count)
    if unit.endswith(("小时", "分钟")):
        return Length(days=count // 24 if "小时" in unit else 0)
    days, months = next(worth for name, worth in _WORTH if name in unit)
    return Length(days * count + 15 * ("个半月" in unit), months * count + 6 * unit.endswith("年半"))


def _half(unit: str) -> Length | None:
    if "年" in unit:
        return Length(months=6)
    return Length(days=15 if "月" in unit else 0)


def _upper(words: str) -> str:
    """两三 (天) says two or three: the upper one; 三十 stays."""
    is_pair = len(words) == 2 and not words.isascii() and not set(words) & set("十百廿卅")
    return words[1] if is_pair else words
