"""Feedback rhythms: from an RFC 5545 rule to the days of its reports, and to Chinese words. Pure."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal, Protocol

from dateutil.rrule import rruleset, rrulestr

Shift = Literal["next", "previous", "keep"]
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
KEYS = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"}
SHORTEST_MONTH = 28
DAYS_OF_MONTH = {str(day) for day in range(1, 32)}
MONTHS = {str(month) for month in range(1, 13)}
WEEKDAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
LONGEST_INTERVAL = 366
WORKDAYS = "MO,TU,WE,TH,FR"
LOOK_AHEAD = timedelta(days=31)  # longer than any run of days off
MONTHS_OF_INTERVAL = {"2": "2,4,6,8,10,12", "3": "3,6,9,12", "4": "4,8,12", "6": "6,12", "12": "12"}
UNREADABLE = "反馈周期“{rule}”无法识别，请从列表中重新选择。"


class ShiftingCalendar(Protocol):
    """What is needed of `tasks.workdays.WorkCalendar`."""

    def is_workday(self, day: date) -> bool: ...

    def shift(self, day: date, way: Shift) -> date: ...


def days(rule: str, *, start: date, until: date, anchor: date | None = None) -> list[date]:
    """The days the rule names from `start` to `until`, both included.

    `anchor` fixes which weeks an “every second week” counts; it must stay the same for an item, else the
    phase jumps. A rule that leaves the day open means the last one: Friday, the end of the month or year.
    Raises ValueError when the rule cannot be read.
    """
    if not rule or until < start:
        return []
    origin = min(anchor or start, start)
    found = _rules(rule, origin).between(_midnight(start), _midnight(until), inc=True)
    return [moment.date() for moment in found]


def report_days(
    rule: str,
    *,
    start: date,
    until: date,
    calendar: ShiftingCalendar,
    shift: Shift = "next",
    anchor: date | None = None,
) -> list[tuple[date, date]]:
    """Pairs (day named by the rule, report day after the shift), each report day once.

    A run of days off that swallows several days asks for one report after it (or before it), not for
    several on the same day.
    """
    named = days(rule, start=start, until=until + LOOK_AHEAD, anchor=anchor)
    # The day that stands for its run must not depend on where the window begins or ends.
    ordered = reversed(named) if shift == "previous" else named
    standing = {calendar.shift(day, shift): day for day in ordered}
    pairs = sorted((day, due) for due, day in standing.items())
    return [(day, due) for day, due in pairs if day <= until and due >= start]


def check(rule: str) -> None:
    """Raises ValueError, in Chinese, for a rule that `days` could not follow. Empty is fine."""
    if rule:
        _rules(rule, date(2026, 1, 1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _rules(rule: str, origin: date) -> rruleset:
    found = rruleset()
    for single in _clamped(_completed(_parts(rule))):
        text = ";".join(f"{key}={value}" for key, value in single.items())
        try:
            found.rrule(rrulestr(text, dtstart=_midnight(origin)))  # type: ignore[arg-type]
        except (ValueError, KeyError, IndexError) as error:
            raise ValueError(UNREADABLE.format(rule=rule)) from error
    return found


def _parts(rule: str) -> dict[str, str]:
    pairs = [part.split("=", 1) for part in rule.upper().removeprefix("RRULE:").split(";") if part]
    parts = {pair[0]: pair[1] for pair in pairs if len(pair) == 2 and pair[1]}
    interval = parts.get("INTERVAL", "1")
    is_whole = len(parts) == len(pairs) and not set(parts) - KEYS and _is_within(parts)
    if (
        not is_whole
        or parts.get("FREQ") not in FREQUENCIES
        or not (interval.isdecimal() and 0 < int(interval) <= LONGEST_INTERVAL)
    ):
        raise ValueError(UNREADABLE.format(rule=rule))
    return parts


def _is_within(parts: dict[str, str]) -> bool:
    """Whether days and months exist; dateutil would look for a 99th day until the year 9999, or break."""
    days_named = [*parts.get("BYMONTHDAY", "1").split(","), *parts.get("BYSETPOS", "1").split(",")]
    months, weekdays = parts.get("BYMONTH", "1").split(","), parts.get("BYDAY", "MO").split(",")
    return (
        all(day.removeprefix("-") in DAYS_OF_MONTH for day in days_named)
        and set(months) <= MONTHS
        and all(WEEKDAY.fullmatch(day) for day in weekdays)
    )


def _completed(parts: dict[str, str]) -> dict[str, str]:
    """The rule with what it leaves open filled in."""
    parts = dict(parts)
    if parts["FREQ"] == "WEEKLY":
        parts.setdefault("BYDAY", "FR")
    if parts["FREQ"] == "YEARLY":
        parts.setdefault("BYMONTH", "12")
        if parts.get("INTERVAL", "1") == "1":
            parts["FREQ"] = "MONTHLY"  # the same days, but BYSETPOS then counts within the month, as meant
    if parts["FREQ"] == "MONTHLY" and "BYMONTH" not in parts and parts.get("INTERVAL") in MONTHS_OF_INTERVAL:
        parts["BYMONTH"] = MONTHS_OF_INTERVAL[parts.pop("INTERVAL")]
    if parts["FREQ"] in {"MONTHLY", "YEARLY"} and not {"BYDAY", "BYMONTHDAY"} & set(parts):
        parts["BYMONTHDAY"] = "-1"
    return parts


def _clamped(parts: dict[str, str]) -> Iterator[dict[str, str]]:
    """The 30th of a month that has none is its last day: one rule for each such day, one for the rest."""
    listed = parts.get("BYMONTHDAY", "").split(",")
    late = [day for day in listed if day.isdecimal() and SHORTEST_MONTH < int(day) <= 31]
    if parts["FREQ"] != "MONTHLY" or "BYSETPOS" in parts or "BYDAY" in parts or not late:
        yield parts
        return
    if rest := [day for day in listed if day not in late]:
        yield parts | {"BYMONTHDAY": ",".join(rest)}
    for day in late:
        choice = ",".join(map(str, range(SHORTEST_MONTH, int(day) + 1)))
        yield parts | {"BYMONTHDAY": choice, "BYSETPOS": "-1"}


WEEKDAYS = dict(zip(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), "一二三四五六日", strict=True))
COUNTS = ("", "", "两", "三", "四", "五", "六", "七", "八", "九", "十")
NTH = {"1": "第一个", "2": "第二个", "3": "第三个", "4": "第四个", "5": "第五个", "-1": "最后一个"}
OFTEN = {
    "3,6,9,12": "每季度末月",
    "6,12": "每半年末月",
    "1,4,7,10": "每季度首月",
    "2,5,8,11": "每季度第二个月",
}
ENDS = {"3,6,9,12": "每季度末", "6,12": "每半年末", "12": "每年年底"}


@lru_cache(maxsize=1024)  # a ledger has few rules and many rows
def describe(rule: str) -> str:
    """The rule in Chinese: 每周五; 每月5日; 每季度末. Empty for none; an unreadable rule stays as it is."""
    if not rule:
        return ""
    try:
        check(rule)
    except ValueError:
        return rule
    parts = _completed(_parts(rule))
    if parts["FREQ"] == "DAILY":
        return "每日" if parts.get("INTERVAL", "1") == "1" else f"每{_count(parts)}日"
    if parts["FREQ"] == "WEEKLY":
        return _weekly(parts)
    return _monthly(parts)


def _count(parts: dict[str, str]) -> str:
    """两, 三 … before the unit; empty for one."""
    interval = int(parts.get("INTERVAL", "1"))
    return COUNTS[interval] if interval < len(COUNTS) else str(interval)


def _weekly(parts: dict[str, str]) -> str:
    count = _count(parts)
    if parts["BYDAY"] == WORKDAYS and not count:
        return "每个工作日"
    named = "、".join(f"周{WEEKDAYS[day[-2:]]}" for day in parts["BYDAY"].split(","))
    return f"每{count}周的{named}" if count else f"每{named}"


def _monthly(parts: dict[str, str]) -> str:
    months = parts.get("BYMONTH", "")
    if months in ENDS and _is_last_day(parts):
        return ENDS[months]
    return _months(parts, months) + _day(parts)


def _is_last_day(parts: dict[str, str]) -> bool:
    return parts.get("BYMONTHDAY") == "-1" and not {"BYDAY", "BYSETPOS"} & set(parts)


def _months(parts: dict[str, str], months: str) -> str:
    if months in OFTEN:
        return OFTEN[months]
    unit = "年" if parts["FREQ"] == "YEARLY" or months else "个月"
    count = _count(parts)
    if not months:
        return f"每{count}{unit}" if count else "每月"
    return f"每{count}年" + "、".join(months.split(",")) + "月"


def _day(parts: dict[str, str]) -> str:
    if parts.get("BYDAY") == WORKDAYS and parts.get("BYSETPOS") in NTH:
        return f"{NTH[parts['BYSETPOS']]}工作日"
    if "BYDAY" in parts:
        return "的" + "、".join(
            _nth_weekday(day, parts.get("BYSETPOS", "")) for day in parts["BYDAY"].split(",")
        )
    listed = parts["BYMONTHDAY"].split(",")
    return "、".join("末" if day == "-1" and len(listed) == 1 else _month_day(day) for day in listed)


def _month_day(day: str) -> str:
    if day == "-1":
        return "月末"
    return f"{day}日" if day.isdecimal() else f"倒数第{day[1:]}日"


def _nth_weekday(day: str, position: str) -> str:
    nth = day[:-2].removeprefix("+") or position
    return f"{NTH.get(nth, '每个' if not nth else f'第{nth}个')}周{WEEKDAYS[day[-2:]]}"
