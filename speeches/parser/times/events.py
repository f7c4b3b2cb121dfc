"""Points that no calendar knows: 会前, 天黑前, 下学期开学前, 第16周, 提前三天, 分三年. Words without days."""

import re

from speeches.parser.numerals import NUMBER

from .feasts import days_of
from .frames import UNKNOWN, Frame, shift
from .late import LatePattern
from .lengths import LENGTH
from .rules import LENGTH_NEXTS, NO_BEFORE_WORD, Base, Draft, Rule
from .words import one_of, rows

EVENTS = [row[0] for row in rows("events.txt")]
_BEFORE = f"(?:之前|以前|前{NO_BEFORE_WORD})"
# 会前 is no part of 协会前任, 节前 none of 环节前端; a clause or one of these stands before it
_FREE = r"(?:(?<!\w)|(?<=[在于须应请并和及必要将就均]))"
# 2024年前 and 三年前 are read from their first character; 少年前 and 历年前 are no New Year
_NO_YEAR = (
    "(?<![0-9一二两三四五六七八九十百千万亿几多数半x*×])"
    "(?<![今明去当每全往本上下来历近青少中老童成学常整周晚早丰光新旧年某])"
)
# 提前三天 counts from an event, 比去年提前三天 compares
_NO_COMPARISON = r"(?<!比\w\w)(?<!比\w\w\w)(?<!期)"
_NEW_YEAR_SEASON = (10, 11, 12, 1, 2)  # months in which 年前 can only mean the Spring Festival


def _before_event(match: re.Match[str], base: Base) -> Draft:
    return Draft(match.end(), "date", UNKNOWN, ("before-event",), is_deadline=True)


def _same_day(match: re.Match[str], base: Base) -> Draft:
    """当日办结: the day on which the matter came in."""
    return Draft(match.end(), "date", UNKNOWN, ("same-day",), is_deadline=True)


def _before_new_year(match: re.Match[str], base: Base) -> Draft:
    """年前: the day before the holidays of the Spring Festival, when it is said in the months around them."""
    frame = UNKNOWN
    if base.is_dated and base.today.month in _NEW_YEAR_SEASON:
        holidays = days_of("春节", base)
        frame = Frame(None, shift(holidays.start, days=-1), "day") if holidays.start else UNKNOWN
    return Draft(match.end(), "date", frame, ("before-new-year",), is_deadline=True)


def _ahead(match: re.Match[str], base: Base) -> Draft:
    return Draft(match.end(), "duration", UNKNOWN, ("ahead-of-event",), is_deadline=True)


def _spread(match: re.Match[str], base: Base) -> Draft:
    return Draft(match.end(), "duration", UNKNOWN, ("spread-over",), is_deadline=True)


def _week(match: re.Match[str], base: Base) -> Draft:
    """第16周 is counted from the start of a term or of a works plan."""
    return Draft(match.end(), "period", UNKNOWN, ("numbered-week",), is_deadline=bool(match["before"]))


def _term(match: re.Match[str], base: Base) -> Draft:
    return Draft(match.end(), "period", UNKNOWN, ("school-term",), is_deadline=bool(match["by"]))


RULES = (
    Rule(
        "before-event",
        "会节赛考",
        LatePattern(rf"{_FREE}(?:会|节|赛|考){_BEFORE}(?![边预])"),
        _before_event,
    ),
    Rule(
        "before-event",
        "".join({name[0] for name in EVENTS}),
        LatePattern(rf"(?:{one_of(EVENTS)})(?:来临|到来|开始|结束)?{_BEFORE}(?![条准手提置])"),
        _before_event,
    ),
    Rule(
        "same-day",
        "当",
        LatePattern(
            "当[天日](?:(?:之内|以内|内|下班前)|(?=[办受反回报处清整解完答销交送转签审录发毕了结上]))"
        ),
        _same_day,
    ),
    Rule("before-new-year", "年", LatePattern(rf"{_NO_YEAR}年{_BEFORE}"), _before_new_year),
    Rule(
        "ahead-of-event",
        "提",
        LatePattern(rf"{_NO_COMPARISON}提前(?:至少)?{LENGTH}(?:以上|左右)?(?![完竣投达])"),
        _ahead,
    ),
    Rule(
        "spread-over",
        "0123456789一二两三四五六七八九十",
        LatePattern(rf"(?<=分){LENGTH}(?=\w)(?![行期级制])"),
        _spread,
        nexts=LENGTH_NEXTS,
    ),
    Rule(
        "numbered-week",
        "第",
        LatePattern(
            rf"(?<!\w)第{NUMBER}(?:周|教学周)(?![年期岁边])(?P<before>(?:结束)?(?:之前|以前|前|内))?"
            rf"|(?<=[于在])第{NUMBER}(?:周|教学周)(?![年期岁边])(?:结束)?(?:之前|以前|前|内)?"
        ),
        _week,
    ),
    Rule(
        "school-term",
        "本下上这新春秋",
        LatePattern(
            r"(?:[本下上这]一?个?学(?:期|年)(?:末|初|中期|期末)?|(?:新|[春秋]季)学(?:期|年))"
            r"(?P<by>(?:开学|结束|开始)?(?:之前|以前|前|之内|内))?(?![制课教])"
        ),
        _term,
    ),
)
