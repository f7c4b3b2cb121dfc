"""Feasts and seasons: 国庆节前, 春节期间, 明年开春后. Days from the calendar given, then the lexicon.

A feast by itself is its own day (春节: the first of the first moon); with 前, 期间 or 后 it is the days off
around it, as far as the calendar knows them.
"""

import re
from dataclasses import dataclass
from datetime import date

from speeches.parser.numerals import number

from .frames import UNKNOWN, Frame, date_or_none, shift
from .late import LatePattern
from .moon import moving_day, term_day
from .rules import NO_BEFORE_WORD, Base, Head
from .words import one_of, rows

_TAILED = (
    f"(?=[”\"’']?(?:之前|以前|前{NO_BEFORE_WORD}|前夕|后(?!勤|续|备)"
    "|期间|假期|小长假|长假|佳节|黄金周|当天|到来|来临|结束))"
)
_HALF_A_YEAR = 183  # days
_LOOKS_AHEAD = ("前", "之前", "以前", "到来", "来临")
_MEANS_HOLIDAYS = LatePattern(
    "[”\"’']?(?:佳节|假日)?(?:前|之前|以前|后|之后|以后|期间|假|小长假|长假|黄金周|到来|来临|结束)"
)
_LONGEST_HOLIDAY = 15  # days; ends a calendar that has no working days


@dataclass(frozen=True, slots=True, eq=False)
class Feast:
    """A feast or a season; `first` and `last` are (month, day), None where only a calendar can tell.

    `moves`: how its day is found in each year, where it follows the moon or a weekday.
    """

    name: str
    aliases: tuple[str, ...]
    first: tuple[int, int] | None
    last: tuple[int, int] | None
    moves: str = ""


def _month_day(words: str) -> tuple[int, int] | None:
    month, _, day = words.partition("-")
    return (int(month), int(day)) if month.isdigit() and day.isdigit() else None


def _feasts(file: str) -> tuple[Feast, ...]:
    return tuple(
        Feast(
            name,
            (name, *aliases),
            _month_day(first),
            _month_day(last),
            "" if first == "-" or _month_day(first) else first,
        )
        for name, first, last, *aliases in rows(file)
    )


FEASTS = _feasts("feasts.txt")
SEASONS = _feasts("seasons.txt")
BY_ALIAS = {alias: feast for feast in (*FEASTS, *SEASONS) for alias in feast.aliases}


def _own_day(feast: Feast, year: int, base: Base) -> date | None:
    """The day the feast is named for; a season's first."""
    if feast.moves:
        return moving_day(feast.moves, year)
    term = term_day(feast.name.removesuffix("节"), year)
    if term is not None and feast not in SEASONS:
        return term
    if feast in SEASONS or feast.first is None:
        return _day_off(feast, year, base) or (date_or_none(year, *feast.first) if feast.first else None)
    return date_or_none(year, *feast.first)


def _day_off(feast: Feast, year: int, base: Base) -> date | None:
    """The first day off, where the calendar has the feast."""
    days = (base.calendar.feasts.get((year, name)) for name in feast.aliases)
    return next((day for day in days if day), None)


def _holidays(feast: Feast, year: int, base: Base) -> Frame | None:
    first = _day_off(feast, year, base)
    if first is None or feast in SEASONS:
        first = first or _own_day(feast, year, base)
        return Frame(first, _last_day(feast, first), "feast") if first else None
    last = first
    for _ in range(_LONGEST_HOLIDAY):
        if base.calendar.is_workday(last) or base.calendar.is_workday(shift(last, days=1)):
            break
        last = shift(last, days=1)
    return Frame(first, last, "feast")


def days_of(name: str, base: Base) -> Frame:
    """The coming holidays of a feast, unknown where nothing tells them."""
    frame = _holidays(BY_ALIAS[name], base.today.year, base)
    if frame and frame.start and frame.start <= base.today:
        frame = _holidays(BY_ALIAS[name], base.today.year + 1, base)
    return frame or UNKNOWN


def _frame(match: re.Match[str], base: Base) -> Frame:
    """The coming one where no year is named, since requirements look ahead."""
    feast = BY_ALIAS[match["feast"]]
    found = _in_year(match, feast, base.near.year, base)
    is_coming = base.place == "speech" and base.is_dated
    if is_coming and (found is None or found.start is None or _is_past(match, found.start, base.today)):
        found = _in_year(match, feast, base.near.year + 1, base)
    return base.mark(found) or UNKNOWN._replace(unit="feast")


def _in_year(match: re.Match[str], feast: Feast, year: int, base: Base) -> Frame | None:
    if "count" in match.re.groupindex:
        first = _day_off(feast, year, base) or _own_day(feast, year, base)
        days = number(match["count"]) or 1
        return Frame(first, shift(first, days=days - 1), "feast") if first else None
    if feast in SEASONS or _MEANS_HOLIDAYS.match(match.string, match.end()):
        return _holidays(feast, year, base)
    day = _own_day(feast, year, base)
    return Frame(day, day, "feast") if day else None


def _is_past(match: re.Match[str], first: date, today: date) -> bool:
    """A 汛期前 said in the flood season is next year's; 春节期间 said in spring is the one just gone."""
    if match.string.startswith(_LOOKS_AHEAD, match.end()):
        return first <= today
    return shift(first, days=_HALF_A_YEAR) < today


def _last_day(feast: Feast, first: date) -> date:
    if feast.last is None:
        return first
    year = first.year + (feast.last < (first.month, first.day))
    return date_or_none(year, *feast.last) or first


_ENDS_ALONE = (
    *("节", "元旦", "除夕", "除夕夜", "平安夜", "年三十", "日", "双十一", "双十二", "双11", "双12"),
    *(f"年初{day}" for day in "一二三四五六七"),
)


def _names(feasts: tuple[Feast, ...], *, stands_alone: bool) -> list[str]:
    """Names that stand alone (春节, 国庆节), or those that need a word after them (五一, 国庆, 汛期)."""
    names = [alias for feast in feasts for alias in feast.aliases]
    return [name for name in names if name.endswith(_ENDS_ALONE) == stands_alone]


_ALONE = _names(FEASTS, stands_alone=True)
_WITH_TAIL = _names(FEASTS, stands_alone=False)
# Without 节 they are read where nothing stands around them or a year before them
_LONE = (
    *("国庆", "中秋", "端午", "清明", "五一", "元宵", "重阳", "七夕", "腊八", "小年", "圣诞"),
    *("立春", "惊蛰", "春分", "立夏", "芒种", "夏至", "小暑", "大暑", "立秋", "处暑"),
    *("秋分", "寒露", "霜降", "立冬", "冬至", "小寒", "大寒"),
)
_FULL_NAMES = "节|国际劳动节|劳动节|建党节|建军节|青年节|妇女节|儿童节|国庆节"
_SEASONS = [alias for feast in SEASONS for alias in feast.aliases]
HEADS = (
    Head(
        "feast",
        "".join(name[0] for name in _ALONE),
        LatePattern(rf"(?P<feast>{one_of(_ALONE)})(?![日目气])"),
        _frame,
    ),
    Head(
        "feast-with-tail",
        "".join(name[0] for name in _WITH_TAIL),
        LatePattern(rf"(?P<feast>{one_of(_WITH_TAIL)})(?:佳节|假日)?{_TAILED}"),
        _frame,
    ),
    Head(
        "quoted-feast",
        "“\"‘'",
        LatePattern(rf"[“\"‘'](?P<feast>{one_of(_WITH_TAIL)})[”\"’'](?:(?:{_FULL_NAMES})|{_TAILED})"),
        _frame,
    ),
    Head(
        "feast-with-days",
        "".join(name[0] for name in (*_ALONE, *_WITH_TAIL)),
        LatePattern(
            rf"(?P<feast>{one_of((*_ALONE, *_WITH_TAIL))})(?P<count>[三五七八3578])天(?:小?长)?假期?"
        ),
        _frame,
    ),
    Head(
        "lone-feast",
        "".join(name[0] for name in _LONE),
        LatePattern(rf"(?:(?<![\w“\"‘'])|(?<=[在于到从至]))(?P<feast>{one_of(_LONE)})(?!\w)"),
        _frame,
    ),
    # Only behind a year: 今年国庆
    Head(
        "feast-of-year",
        "".join(name[0] for name in _LONE),
        LatePattern(rf"(?P<feast>{one_of(_LONE)})(?![劳勋奖广表阅口节生])"),
        _frame,
        only_inside=True,
    ),
    # A rule of its own name: its days are those of a usual year unless the office's calendar has them
    Head(
        "season",
        "".join(name[0] for name in _SEASONS),
        LatePattern(rf"(?<!防)(?P<feast>{one_of(_SEASONS)}){_TAILED}"),
        _frame,
    ),
)
