"""Heads that stand for days of the moon calendar: 农历五月初五, 正月十五, 腊月二十前, 腊月底."""

import re
from datetime import date

from speeches.parser.numerals import HAN_YEAR, number

from .frames import UNKNOWN, Frame, day_frame, shift
from .late import LatePattern
from .moon import moon_day, moon_month, moon_year_of
from .rules import MONTH, Base, Head

_NAMED_MONTHS = {"正": 1, "冬": 11, "腊": 12}
_DIGIT = "[一二三四五六七八九]"
_DAY = f"初[一二三四五六七八九十]|[一二三]?十{_DIGIT}?|廿{_DIGIT}?|{_DIGIT}|[0-9]{{1,2}}(?=日)"
_HALF_A_YEAR = 183  # days
_LOOKS_AHEAD = ("前", "之前", "以前", "底前")


def _lunar(match: re.Match[str], base: Base) -> Frame:
    """Of the moon year named, else of the one the speech lies in, else of the coming one."""
    written = number(match["year"] or "")
    year = written or (base.near.year if base.place == "inside" else moon_year_of(base.near))
    frame = _in_year(match, year)
    if frame and written is None and base.place != "inside" and _is_past(match, frame, base):
        frame = _in_year(match, year + 1)
    if frame is None:
        return UNKNOWN._replace(unit="day")
    return frame._replace(is_fixed=written is not None or base.is_near_fixed)


def _in_year(match: re.Match[str], year: int) -> Frame | None:
    words = match["month"] or match["alone"]
    month, is_leap = _NAMED_MONTHS.get(words) or number(words) or 0, match["leap"] is not None
    if match["day"]:
        day = moon_day(year, month, number(match["day"].removeprefix("初")) or 0, is_leap=is_leap)
        return day_frame(day) if day else None
    frame = moon_month(year, month, is_leap=is_leap)
    if frame is None or frame.start is None or not match["edge"]:
        return frame and frame._replace(unit="season")
    if match["edge"] == "初":
        return frame._replace(end=shift(frame.start, days=9), unit="tenth", is_edge=True)
    return frame._replace(start=shift(frame.start, days=20), unit="tenth", is_edge=True)


def _is_past(match: re.Match[str], frame: Frame, base: Base) -> bool:
    end: date = frame.end or base.today
    if base.place == "second":
        return end < base.near
    looks_ahead = match.string.startswith(_LOOKS_AHEAD, match.end())
    return base.is_dated and shift(end, days=0 if looks_ahead else _HALF_A_YEAR) < base.today


HEADS = (
    Head(
        "lunar",
        "农阴旧正腊",
        LatePattern(
            rf"(?:(?:农历|阴历|旧历)的?(?:(?P<year>[0-9]{{4}}|{HAN_YEAR}) ?年)?(?P<leap>闰)?"
            rf"(?P<month>{MONTH}|[正冬腊])|(?P<alone>[正腊]))月(?![饼亮])"
            rf"(?:(?P<day>{_DAY})日?|(?P<edge>[底末初])(?![级步期稿端位]))?"
        ),
        _lunar,
    ),
)
