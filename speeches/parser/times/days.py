"""Heads that stand for months, weeks and days: 6月, 上月, 1—6月份, 下周三, 明天, 30日前, 2024-06-30."""

import re

from speeches.parser.numerals import OPEN, number

from .frames import (
    UNKNOWN,
    Frame,
    Unit,
    date_or_none,
    day_frame,
    month_frame,
    month_of,
    months_frame,
    shift,
    week_of,
)
from .late import LatePattern
from .parts import CLOCK, OF_DAY, WEEKDAYS
from .rules import DAY_OF_MONTH, MONTH, NO_EDGE_WORD, NO_NUMBER_BEFORE, TO, TO_NEXTS, WEEKDAY, Base, Head

RELATIVE_DAYS = {
    **dict.fromkeys(("今天", "今日", "今晚", "今早", "今晨", "今夜", "今儿"), 0),
    **dict.fromkeys(("明天", "明日", "明晚", "明早", "明晨", "明儿", "次日", "翌日"), 1),
    "后天": 2,
    "大后天": 3,
    "大大后天": 4,
    **dict.fromkeys(("昨天", "昨日", "昨晚", "昨夜"), -1),
    **dict.fromkeys(("前天", "前日"), -2),
    "大前天": -3,
    "大大前天": -4,
}
BEFORE = "之前|以前|前(?!后)"
BEFORE_AHEAD = f"(?={BEFORE})"
# 三日 may be three days; a day of the month in Chinese numerals shows itself by 前 or by being a long number
BEFORE_DAY = "(?=[日号](?:之前|以前|前))"
LUNAR_BEFORE = "(?<!农历)(?<!阴历)(?<!旧历)"


def _month(match: re.Match[str], base: Base) -> Frame | None:
    month = 1 if match["month"] == "元" else number(match["month"]) or 0
    return _after_near(month, month, base)


def _months(match: re.Match[str], base: Base) -> Frame | None:
    return _after_near(number(match["first"]) or 0, number(match["last"]) or 0, base)


def _after_near(first: int, last: int, base: Base) -> Frame | None:
    """In the year of the speech, or the year after the other end of a range (2023年11月至2月)."""
    year = base.near.year
    if base.place == "second" and last < base.near.month:
        year += 1
    frame = month_frame(year, first) if first == last else months_frame(year, first, last)
    return base.mark(frame)


def _month_list(match: re.Match[str], base: Base) -> Frame | None:
    """3、4月份, 七八月份: months that follow each other; 2、7月 is a list and not read."""
    months = [number(word) or 0 for word in re.findall(MONTH, match["list"])]
    is_row = months == list(range(months[0], months[0] + len(months)))
    return _after_near(months[0], months[-1], base) if is_row else None


def _month_pair(match: re.Match[str], base: Base) -> Frame | None:
    first, last = number(match["first"]) or 0, number(match["last"]) or 0
    return _after_near(first, last, base) if last == first + 1 else None


def _relative_month(match: re.Match[str], base: Base) -> Frame:
    which = match["which"]
    offset = which.count("下") + which.count("次") - which.count("上")
    return month_of(shift(base.today, months=offset))


def _this_month(match: re.Match[str], base: Base) -> Frame | None:
    return base.mark(month_of(base.near))


def _this_week(match: re.Match[str], base: Base) -> Frame | None:
    return base.mark(week_of(base.near))


def _relative_week(match: re.Match[str], base: Base) -> Frame:
    which = match["which"]
    return week_of(shift(base.today, days=7 * (which.count("下") - which.count("上"))))


def _weekday(match: re.Match[str], base: Base) -> Frame | None:
    """周五: of the week of the speech; a 周五前 that is already past is next week's."""
    week = week_of(base.near)
    day = shift(week.start or base.near, days=WEEKDAYS[match["weekday"]])
    if match["before"] and base.place == "speech" and base.is_dated and day < base.today:
        day = shift(day, days=7)
    return base.mark(day_frame(day))


def _relative_day(match: re.Match[str], base: Base) -> Frame | None:
    if match[0] in ("次日", "翌日"):
        return base.mark(day_frame(shift(base.near, days=1)))
    return day_frame(shift(base.today, days=RELATIVE_DAYS[match[0]]))


def _day_of_year(match: re.Match[str], base: Base) -> Frame | None:
    """去年今日: the same month and day, of the year just named."""
    day = date_or_none(base.near.year, base.today.month, base.today.day)
    return base.mark(day_frame(day)) if day else None


def _two_days(match: re.Match[str], base: Base) -> Frame:
    first, last = {"今明": (0, 1), "明后": (1, 2), "昨今": (-1, 0), "今明后": (0, 2)}[match["pair"]]
    return Frame(shift(base.today, days=first), shift(base.today, days=last), "span")


def _full_date(match: re.Match[str], base: Base) -> Frame | None:
    day = date_or_none(int(match["year"]), int(match["month"]), int(match["day"]))
    return day_frame(day, is_fixed=True) if day and 1900 <= day.year <= 2100 else None


def _year_month(match: re.Match[str], base: Base) -> Frame | None:
    frame = month_frame(int(match["year"]), int(match["month"]))
    return frame and frame._replace(is_fixed=True)


def _bare_day(match: re.Match[str], base: Base) -> Frame | None:
    """30日: of the month of the speech; a deadline whose day is past is next month's."""
    day = number(match["day"]) or 0
    found = date_or_none(base.near.year, base.near.month, day)
    if not 1 <= day <= 31:
        return None
    if match["before"] and base.is_dated and base.place == "speech" and day < base.today.day:
        month = shift(base.today.replace(day=1), months=1)
        found = date_or_none(month.year, month.month, day)
    return day_frame(found, is_fixed=base.is_near_fixed) if found else UNKNOWN._replace(unit="day")


def _from_today(match: re.Match[str], base: Base) -> Frame:
    return day_frame(base.today)


def _days(match: re.Match[str], base: Base) -> Frame | None:
    start = date_or_none(base.near.year, base.near.month, number(match["first"]) or 0)
    end = date_or_none(base.near.year, base.near.month, number(match["last"]) or 0)
    return Frame(start, end, "span", base.is_near_fixed) if start and end and start <= end else None


def _left_open(match: re.Match[str], base: Base) -> Frame:
    """x月x日: the words stand, their day cannot be told from them."""
    unit: Unit = {"年": "year", "度": "year", "月": "month", "份": "month"}.get(match[0][-1], "day")  # type: ignore[assignment]
    return UNKNOWN._replace(unit=unit)


def _week_end(match: re.Match[str], base: Base) -> Frame | None:
    week = week_of(base.near)
    return base.mark(Frame(shift(week.start or base.near, days=5), week.end, "span"))


# A bare 5号 is a house, a line or a document unless something is done on it.
_CALL = "召开|举行|开始|起|完成|上报|报送|提交|集中|正式|上午|下午|晚|早|中午|至|到|之前|以前|前"
NUMERALS = "0123456789一二三四五六七八九十"
HEADS = (
    Head(
        "full-date",
        "12",
        LatePattern(
            r"(?P<year>[12]\d{3})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?![\d./])(?!-(?![12]\d{3}[-/.]))"
        ),
        _full_date,
        nexts="-/.",
    ),
    Head(
        "packed-date",
        "12",
        LatePattern(
            r"(?<![A-Za-z\d\-:：])(?P<year>20\d\d|19\d\d)(?P<month>\d\d)(?P<day>\d\d)(?![\dA-Za-z\-])"
        ),
        _full_date,
    ),
    Head(
        "year-month",
        "12",
        LatePattern(r"(?P<year>20\d\d|19\d\d)[-/](?P<month>1[0-2]|0[1-9])(?![\d.\-/])"),
        _year_month,
        nexts="-/",
    ),
    Head(
        "dotted-month",
        "12",
        LatePattern(
            r"(?<![A-Za-z0-9.])(?P<year>20\d\d|19\d\d)\.(?P<month>1[0-2]|0[1-9])(?=$|[，。；、）)\s至到—–~-]|之?前|以前)"
        ),
        _year_month,
        nexts=".",
    ),
    Head(
        "month",
        NUMERALS + "元",
        LatePattern(rf"{LUNAR_BEFORE}(?P<month>{MONTH}|元) ?月(?:份)?(?![球亮饼色]|三[”\"’节])"),
        _month,
        nexts="月",
    ),
    Head(
        "months",
        NUMERALS,
        LatePattern(
            rf"(?P<first>{MONTH})(?: ?月(?:份)?)?{TO}(?P<last>{MONTH}) ?月(?:份)?"
            rf"(?! ?{DAY_OF_MONTH} ?[日号]|[底末初上中下])"
        ),
        _months,
        nexts="月" + TO_NEXTS,
    ),
    Head(
        "month-list",
        NUMERALS,
        LatePattern(rf"(?P<list>{MONTH}(?:、{MONTH}){{1,5}}) ?月份?"),
        _month_list,
        nexts="、",
    ),
    Head(
        "month-pair",
        "一二三四五六七八",
        LatePattern("(?P<first>[一二三四五六七八])(?P<last>[二三四五六七八九])月份?"),
        _month_pair,
        nexts="月",
    ),
    Head(
        "relative-month",
        "本这上下次",
        LatePattern("(?P<which>本|这一?个?|上+一?个?|下+一?个?|次)月(?:份)?"),
        _relative_month,
    ),
    Head(
        "this-month",
        "当",
        LatePattern(
            rf"(?P<which>当)月(?=[底末初]|[上中下]旬|{DAY_OF_MONTH}[日号]|之?内(?!容)|[，。；、]|$|完成|办结|清零|销号|见效)"
        ),
        _relative_month,
    ),
    Head(
        "bare-edge-month",
        "月",
        LatePattern(
            rf"{NO_NUMBER_BEFORE}(?<![个本这上下次当每份岁])月(?=[底末初]{NO_EDGE_WORD}|内(?!容)|中(?=之?前|以前|[，。、；,;]|$)|[上中下]旬)"
        ),
        _this_month,
    ),
    Head(
        "bare-tenth",
        "上中下",
        LatePattern("(?<![月份])(?=(?:[上中]?[中下]|中?上)旬|[上下]半月)"),
        _this_month,
    ),
    Head(
        "relative-week",
        "本这上下",
        LatePattern("(?P<which>本|这一?个?|上+一?个?|下+一?个?)(?:周(?![年期边转围刊])|星期|礼拜)"),
        _relative_week,
    ),
    Head(
        "weekday",
        "周星礼",
        LatePattern(
            rf"{NO_NUMBER_BEFORE}(?<!每)(?:周|星期|礼拜)(?P<weekday>{WEEKDAY})(?!期)(?=(?P<before>之?前|以前|下班)?)"
        ),
        _weekday,
    ),
    Head(
        "week-end",
        "周双",
        LatePattern(rf"{NO_NUMBER_BEFORE}(?<!每)(?:周(?:末{NO_EDGE_WORD}|日(?=前))|双休日)"),
        _week_end,
    ),
    Head(
        "bare-week",
        "周",
        LatePattern(rf"{NO_NUMBER_BEFORE}(?<![每本上下这双隔单])周(?=内(?!容))"),
        _this_week,
    ),
    Head(
        "relative-day",
        "今明次翌后大昨前",
        LatePattern("|".join(sorted(RELATIVE_DAYS, key=len, reverse=True))),
        _relative_day,
    ),
    Head("day-of-year", "今", LatePattern("今[天日]"), _day_of_year, only_inside=True),
    Head(
        "two-days", "今明昨", LatePattern("(?P<pair>今明|明后|昨今|今明后)(?:[两二三][天日]|天)"), _two_days
    ),
    Head(
        "bare-day",
        NUMERALS,
        LatePattern(
            rf"(?P<day>[0-9]{{1,2}}|{DAY_OF_MONTH}{BEFORE_DAY}) ?"
            rf"(?:日(?!内|以内|之内|[均报游志元])|号(?={_CALL}))"
            "(?=(?P<before>之?前(?!后)|以前)?)"
        ),
        _bare_day,
        nexts="日号",
    ),
    Head(
        "lone-day",
        NUMERALS,
        LatePattern(
            rf"(?:(?<![^，。；、：:\s])|(?<=[于在到从]))(?P<day>{DAY_OF_MONTH})号(?=[，。；,;]|$)(?P<before>(?!))?"
        ),
        _bare_day,
        nexts="号",
    ),
    Head(
        "days",
        NUMERALS,
        LatePattern(
            rf"(?P<first>{DAY_OF_MONTH})(?: ?[日号])?{TO}(?P<last>{DAY_OF_MONTH}) ?"
            rf"(?:日(?!内|以内|之内)|号(?={_CALL}))"
        ),
        _days,
        nexts="日号" + TO_NEXTS,
    ),
    Head("from-today", "即现", LatePattern("(?:即日|现在)(?=起?[至到])"), _from_today),
    Head("clock", NUMERALS, LatePattern(f"{CLOCK}{BEFORE_AHEAD}"), _from_today, nexts="点时:："),
    Head("clock", "凌清早上中正午半下傍晚夜深", LatePattern(f"{OF_DAY} ?{CLOCK}{BEFORE_AHEAD}"), _from_today),
    Head(
        "clock-of-day",
        "凌清早上中正午半下傍晚夜深",
        LatePattern(f"{OF_DAY} ?{CLOCK}(?:{TO}{OF_DAY}? ?{CLOCK})?(?!{BEFORE})"),
        _from_today,
    ),
    Head("off-work", "下", LatePattern(f"下班时?{BEFORE_AHEAD}"), _from_today),
    Head(
        "open-year",
        OPEN + "2某",
        LatePattern(rf"(?:20[0-9{OPEN}][{OPEN}]|[{OPEN}]{{1,4}}|某) ?年(?:度)?"),
        _left_open,
    ),
    Head("open-month", OPEN, LatePattern(rf"[{OPEN}]{{1,2}} ?月(?:份)?"), _left_open),
    Head("open-day", OPEN, LatePattern(rf"[{OPEN}]{{1,2}} ?[日号]{BEFORE_AHEAD}"), _left_open),
)
