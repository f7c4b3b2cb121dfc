"""What may follow a head and narrows it: 6月|30日, 6月|中下旬, 三季度|末, 下周|三, 30日|下午3点."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from speeches.parser.numerals import ARABIC, HAN, NUMBER, OPEN, number

from .frames import UNKNOWN, Frame, Unit, date_or_none, day_frame, shift, tenth_frame
from .late import LatePattern
from .rules import DAY_OF_MONTH, MONTH, NO_EDGE_WORD, TO, WEEKDAY

WEEKDAYS = {char: n for n, char in enumerate("一二三四五六日")} | {"天": 6}
# 中 is no middle in 6月中小学, 3月中央
MIDDLE = "中(?=之?前|以前|[，。；、,;.]|$|要|完成|期)|中旬(?!刊)"
TENTHS = {"上": (1, 1), "中": (2, 2), "下": (3, 3), "上中": (1, 2), "中上": (1, 2)}


@dataclass(frozen=True, slots=True)
class Part:
    """Narrows the stretch before it; None when the words do not fit, no days for 6月31日."""

    name: str
    pattern: LatePattern
    narrow: Callable[[re.Match[str], Frame], Frame | None]


def _day(match: re.Match[str], month: Frame) -> Frame | None:
    if month.start is None:
        return UNKNOWN._replace(unit="day")
    day = date_or_none(month.start.year, month.start.month, number(match["day"]) or 0)
    return day_frame(day, is_fixed=month.is_fixed) if day else UNKNOWN._replace(unit="day")


def _days(match: re.Match[str], month: Frame) -> Frame | None:
    if month.start is None:
        return UNKNOWN
    year, number_of = month.start.year, month.start.month
    start = date_or_none(year, number_of, number(match["first"]) or 0)
    end = date_or_none(year, number_of, number(match["last"]) or 0)
    return Frame(start, end, "span", month.is_fixed) if start and end and start <= end else None


def _day_pair(match: re.Match[str], month: Frame) -> Frame | None:
    """3月5、6日: days that follow each other."""
    first, last = number(match["first"]) or 0, number(match["last"]) or 0
    return _days(match, month) if last == first + 1 else None


def _open_day(match: re.Match[str], month: Frame) -> Frame:
    return UNKNOWN._replace(unit="day")


def _tenth(match: re.Match[str], month: Frame) -> Frame | None:
    """中下旬 runs from the 20th to the end, as offices use it; the others by their tenths."""
    if month.start is None:
        return UNKNOWN._replace(unit="tenth")
    if match["tenth"] == "中下":
        return month._replace(start=month.start.replace(day=20), unit="tenth")
    return tenth_frame(month, *TENTHS[match["tenth"]])


def _nth_weekday(match: re.Match[str], month: Frame) -> Frame | None:
    """10月第一个周五; without a number the last of the month."""
    if month.start is None or month.end is None:
        return UNKNOWN
    weekday, nth = WEEKDAYS[match["weekday"]], number(match["nth"] or "")
    if nth is None:
        return day_frame(
            shift(month.end, days=-((month.end.weekday() - weekday) % 7)), is_fixed=month.is_fixed
        )
    first = shift(month.start, days=(weekday - month.start.weekday()) % 7)
    return day_frame(shift(first, days=7 * (nth - 1)), is_fixed=month.is_fixed)


def _nth_week(match: re.Match[str], frame: Frame) -> Frame | None:
    """A week belongs to the month or year that holds its Thursday (ISO 8601); without a number the last."""
    if frame.start is None or frame.end is None:
        return UNKNOWN
    nth = number(match["nth"] or "")
    if nth is None:
        thursday = shift(frame.end, days=-((frame.end.weekday() - 3) % 7))
    else:
        thursday = shift(frame.start, days=(3 - frame.start.weekday()) % 7 + 7 * (nth - 1))
    return Frame(shift(thursday, days=-3), shift(thursday, days=3), "week", frame.is_fixed)


def _half_month(match: re.Match[str], month: Frame) -> Frame | None:
    if month.start is None:
        return UNKNOWN
    if match["half"] == "上":
        return month._replace(end=month.start.replace(day=15), unit="tenth")
    return month._replace(start=month.start.replace(day=16), unit="tenth")


def _month_edge(match: re.Match[str], month: Frame) -> Frame | None:
    if month.start is None:
        return UNKNOWN._replace(unit="tenth", is_edge=True)
    first = {"初": 1, "中": 2}.get(match["edge"][-1], 3)
    frame = tenth_frame(month, first, first)
    return frame and frame._replace(is_edge=True)


def _long_edge(match: re.Match[str], frame: Frame) -> Frame | None:
    """年底, 季度末, 半年末: the last month of the stretch; 初 its first; 年中 June."""
    if frame.start is None or frame.end is None:
        return UNKNOWN._replace(unit="month", is_edge=True)
    first = {"初": frame.start, "中": shift(frame.start, months=5)}.get(match["edge"][-1])
    start = first or frame.end.replace(day=1)
    return frame._replace(start=start, end=shift(start, months=1, days=-1), unit="month", is_edge=True)


def _last_year(match: re.Match[str], plan: Frame) -> Frame | None:
    """“十四五”末: the last year of the plan."""
    if plan.end is None:
        return UNKNOWN
    return plan._replace(start=plan.end.replace(month=1, day=1), unit="year", is_edge=True)


def _week_day(match: re.Match[str], week: Frame) -> Frame | None:
    if week.start is None:
        return UNKNOWN
    day = shift(week.start, days=WEEKDAYS[match["weekday"]])
    return day_frame(day, is_fixed=week.is_fixed)


def _week_days(match: re.Match[str], week: Frame) -> Frame | None:
    if week.start is None:
        return UNKNOWN
    start, end = (shift(week.start, days=WEEKDAYS[match[name]]) for name in ("first", "last"))
    return Frame(start, end, "span", week.is_fixed) if start <= end else None


def _week_end(match: re.Match[str], week: Frame) -> Frame | None:
    return (week.start and week._replace(start=shift(week.start, days=5), unit="span")) or None


def _noted(match: re.Match[str], day: Frame) -> Frame | None:
    """周三（6月12日）: the date in brackets says which."""
    if day.start is None:
        return day
    year = int(match["year"] or day.start.year)
    noted = date_or_none(year, number(match["month"]) or 0, number(match["day"]) or 0)
    return day_frame(noted, is_fixed=day.is_fixed or bool(match["year"])) if noted else None


def _same(match: re.Match[str], day: Frame) -> Frame:
    return day


def season_of(year: Frame, season: str) -> Frame:
    """Spring is March to May, winter December to the end of February."""
    if year.start is None:
        return UNKNOWN
    start = shift(year.start, months={"春": 2, "夏": 5, "秋": 8, "冬": 11}[season])
    return year._replace(start=start, end=shift(start, months=3, days=-1), unit="season")


def _season(match: re.Match[str], year: Frame) -> Frame | None:
    return season_of(year, match["season"])


def _one_end(match: re.Match[str], frame: Frame) -> Frame | None:
    """上月最后一天, 今年第一天."""
    day = frame.start if match["end"][0] in "第首" else frame.end
    return day_frame(day, is_fixed=frame.is_fixed) if day else UNKNOWN._replace(unit="day")


_CLOCK_NUMBER = f"(?:[{ARABIC}]{{1,2}}|[{HAN}]{{1,3}})"
_MINUTES = f"(?:整|半|[一二三]刻|{_CLOCK_NUMBER}分)"
CLOCK = rf"{_CLOCK_NUMBER} ?(?:[:：][0-9]{{2}}(?::[0-9]{{2}})?|[点时](?![意建要]){_MINUTES}?)"
OF_DAY = (
    "(?:凌晨|清晨|早上|早晨|上午|中午|正午|午间|下午|午后|傍晚|晚上|晚间|夜间|夜里|半夜|午夜|深夜"
    "|早中?晚|晚(?!会|报|稻)|早(?!日|期|稻|报))"
)
DAY_PARTS = (
    Part(
        "date-note",
        LatePattern(
            rf" ?[（(](?:(?P<year>[12][0-9]{{3}})年)?(?P<month>{MONTH})月(?P<day>{DAY_OF_MONTH})[日号]?[）)]"
        ),
        _noted,
    ),
    Part(
        "weekday-note",
        LatePattern(rf" ?(?:[（(](?:星期|周|礼拜){WEEKDAY}[）)]|(?:星期|周|礼拜){WEEKDAY})"),
        _same,
    ),
    Part("of-day", LatePattern(rf" ?{OF_DAY}"), _same),
    Part(
        "clock",
        LatePattern(
            rf" ?(?:{_CLOCK_NUMBER}{TO}(?={_CLOCK_NUMBER} ?[点时]))?{CLOCK}"
            rf"(?:{TO}{OF_DAY}?{CLOCK})?(?:[、和]{CLOCK}){{0,5}}"
        ),
        _same,
    ),
    Part("that-day-too", LatePattern("[（(]含(?:当日|当天)?[）)]"), _same),
    Part("off-work", LatePattern("下班(?=时|之?前|以前)时?"), _same),
)
# 6月30前: the word 日 may be left out where nothing could be counted
_NO_DAY_WORD = "之?前|以前|[，。；,;]|$|[完截止]|上报"
NTH_WEEK = Part(
    "nth-week",
    LatePattern(f"的?(?:第(?P<nth>{NUMBER})|最后一)个?(?:周(?![年期岁])|星期)(?!{WEEKDAY})"),
    _nth_week,
)
ONE_END = Part("one-end", LatePattern("的?(?P<end>最后(?:一|1)|第一|首)[天日]"), _one_end)
MONTH_PARTS = (
    Part(
        "days",
        LatePattern(rf" ?的?(?P<first>{DAY_OF_MONTH})(?: ?[日号])?{TO}(?P<last>{DAY_OF_MONTH}) ?[日号]"),
        _days,
    ),
    Part(
        "day-pair",
        LatePattern(rf"(?P<first>{DAY_OF_MONTH})、(?P<last>{DAY_OF_MONTH})[日号]"),
        _day_pair,
    ),
    Part("day", LatePattern(rf" ?的?(?P<day>{DAY_OF_MONTH})(?: ?[日号]|(?={_NO_DAY_WORD}))"), _day),
    Part("open-day", LatePattern(rf" ?[{OPEN}]{{1,2}} ?[日号]"), _open_day),
    Part("tenth", LatePattern("的?(?P<tenth>上中|中[上下]|[上中下])旬(?!刊)"), _tenth),
    Part(
        "nth-weekday",
        LatePattern(rf"的?(?:第(?P<nth>[一二三四1-4])|最后一)个?(?:周|星期|礼拜)(?P<weekday>{WEEKDAY})"),
        _nth_weekday,
    ),
    NTH_WEEK,
    Part("half-month", LatePattern("(?P<half>[上下])半月"), _half_month),
    Part("month-edge", LatePattern(f"(?P<edge>月?[底末初]){NO_EDGE_WORD}"), _month_edge),
    Part("month-middle", LatePattern(f"(?P<edge>{MIDDLE})"), _month_edge),
    ONE_END,
)
LONG_EDGE = Part(
    "long-edge",
    LatePattern(f"(?P<edge>(?:的?年)?[底末初]|年?尾(?![巴气声款])|年?终(?=之?前|以前)){NO_EDGE_WORD}"),
    _long_edge,
)
MIDDLE_OF_YEAR = Part(
    "middle-of-year", LatePattern("年?(?P<edge>中)(?=之?前|以前|[，。；、,;.]|$)"), _long_edge
)
YEAR_AGAIN = Part("year-again", LatePattern("年(?=之?内(?!容|部)|以内)|全年(?!级)"), _same)
SEASON = Part(
    "season-of-year", LatePattern(r"的?(?P<season>[春夏秋冬])(?:季(?!学期)|天|(?=[，。；、,;]|$))"), _season
)
WEEK_PARTS = (
    Part(
        "week-days",
        LatePattern(rf"(?P<first>{WEEKDAY})(?:{TO})(?:周|星期|礼拜)?(?P<last>{WEEKDAY})"),
        _week_days,
    ),
    Part("week-day", LatePattern(rf"(?:的?(?:周|星期|礼拜))?(?P<weekday>{WEEKDAY})(?!期)"), _week_day),
    Part("week-end", LatePattern(f"末{NO_EDGE_WORD}"), _week_end),
    ONE_END,
)
# With what the parts of a month and of a day may begin; only a saving, like the gates
_NUMERALS = "0123456789" + HAN + OPEN
PART_FIRSTS: dict[Unit, frozenset[str]] = {
    "month": frozenset(_NUMERALS + " 的上中下底末初第最首月"),
    "day": frozenset(_NUMERALS + " （(星周礼凌清早上中正午下傍晚夜半深"),
}
PARTS: dict[Unit, tuple[Part, ...]] = {
    "year": (LONG_EDGE, MIDDLE_OF_YEAR, SEASON, YEAR_AGAIN, NTH_WEEK, ONE_END),
    "half": (LONG_EDGE, ONE_END),
    "quarter": (LONG_EDGE, ONE_END),
    "span": (),
    "season": (),
    "month": MONTH_PARTS,
    "tenth": (),
    "week": WEEK_PARTS,
    "day": DAY_PARTS,
    "feast": (),
    "plan": (Part("plan-end", LatePattern(f"期末|期满|末期|末{NO_EDGE_WORD}"), _last_year),),
}
