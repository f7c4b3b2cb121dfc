"""Whole families of expressions against arithmetic done here: every day, month, weekday they can name.

Explicit dates, months and years, quarters, halves, edges, deadlines, lengths, relative days, recurrences.
A case is words and the inclusive days they mean.
"""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from speeches.parser.dates import find_times
from speeches.parser.types import Context

ON = date(2024, 6, 3)  # a Monday
HAN = ("〇", *"一二三四五六七八九十", "十一", "十二")
WEEKDAYS = "一二三四五六日"
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
Days = tuple[date | None, date | None]
Case = tuple[str, Days]


def spelled(number: int) -> str:
    """1 to 99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else ("" if tens == 1 else HAN[tens]) + "十") + (HAN[ones] if ones else "")


def months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month(year: int, first: int, last: int | None = None) -> Days:
    last = last or first
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def explicit_dates() -> Iterator[Case]:
    for day in (date(2021, 3, 5), date(2019, 12, 31), date(2024, 2, 29), date(2026, 10, 8), date(2024, 7, 1)):
        y, m, d = day.year, day.month, day.day
        han_year = "".join(HAN[int(digit)] for digit in str(y))
        for words in (
            *(
                f"{y}年{m}月{d}日",
                f"{y}年{m:02}月{d:02}日",
                f"{y}-{m:02}-{d:02}",
                f"{y}/{m}/{d}",
                f"{y}.{m}.{d}",
            ),
            *(f"{y}年{m}月{d}号", f"{y} 年 {m} 月 {d} 日", f"{han_year}年{spelled(m)}月{spelled(d)}日"),
            *(
                f"{y % 100:02}年{m}月{d}日",
                f"{y}{m:02}{d:02}",
                f"{y}年{m}月{d}日（星期{WEEKDAYS[day.weekday()]}）",
            ),
            *(
                f"{y}年{m}月{d}日上午",
                f"{y}年{m}月{d}日下午3点",
                f"{y}年{m}月{d}日9:30",
                f"{y}年的{m}月{d}日",
            ),
        ):
            yield words, (day, day)
        if y == ON.year:
            for words in (f"{m}月{d}日", f"{m}月{d}号", f"{spelled(m)}月{spelled(d)}日", f"今年{m}月{d}日"):
                yield words, (day, day)
        yield f"{y}年{m}月{d}日至{y + 1}年1月5日", (day, date(y + 1, 1, 5))


def months_and_years() -> Iterator[Case]:
    for m in range(1, 13):
        yield f"{m}月", month(2024, m)
        yield f"{spelled(m)}月份", month(2024, m)
        yield f"2022年{m}月", month(2022, m)
        yield f"明年{m}月", month(2025, m)
        yield f"去年{spelled(m)}月", month(2023, m)
    for first, last in ((1, 3), (2, 6), (7, 9), (10, 12)):
        for dash in "至到-—~":
            yield f"{first}{dash}{last}月", month(2024, first, last)
    for words, offset in (
        ("上上个月", -2),
        ("上月", -1),
        ("上个月", -1),
        ("本月", 0),
        ("下月", 1),
        ("下下个月", 2),
    ):
        yield words, month(2024, 6 + offset)
        yield f"{words}15日", (date(2024, 6 + offset, 15),) * 2
    for words, year in (("前年", 2022), ("去年", 2023), ("今年", 2024), ("明年", 2025), ("后年", 2026)):
        yield words, (date(year, 1, 1), date(year, 12, 31))
        yield f"{year}年", (date(year, 1, 1), date(year, 12, 31))
        yield f"{year}至{year + 3}年", (date(year, 1, 1), date(year + 3, 12, 31))


def quarters_and_halves() -> Iterator[Case]:
    for prefix, year in (
        ("", 2024),
        ("今年", 2024),
        ("去年", 2023),
        ("明年", 2025),
        ("2021年", 2021),
        ("2026年的", 2026),
    ):
        for quarter in range(1, 5):
            days = month(year, 3 * quarter - 2, 3 * quarter)
            for words in (
                f"{HAN[quarter]}季度",
                f"第{HAN[quarter]}季度",
                f"{quarter}季度",
                f"第{quarter}季度",
            ):
                yield prefix + words, days
        yield f"{prefix}上半年", month(year, 1, 6)
        yield f"{prefix}下半年", month(year, 7, 12)
        yield f"{prefix}前三季度", month(year, 1, 9)
        yield f"{prefix}前5个月", month(year, 1, 5)


def edges() -> Iterator[Case]:
    for m in range(1, 13):
        last = monthrange(2024, m)[1]
        for words, first_day, last_day in (
            *(
                ("上旬", 1, 10),
                ("中旬", 11, 20),
                ("下旬", 21, last),
                ("初", 1, 10),
                ("底", 21, last),
                ("末", 21, last),
            ),
            *(("中下旬", 20, last), ("上半月", 1, 15), ("下半月", 16, last)),
        ):
            yield f"{m}月{words}", (date(2024, m, first_day), date(2024, m, last_day))
    for prefix, year in (("", 2024), ("今年", 2024), ("明年", 2025), ("2021年", 2021)):
        yield f"{prefix}年初", month(year, 1)
        yield f"{prefix}年底", month(year, 12)
        yield f"{prefix}年末", month(year, 12)


def befores() -> Iterator[Case]:
    for before in ("前", "之前", "以前"):
        for m in range(7, 13):
            yield f"{m}月15日{before}", (None, date(2024, m, 15))
            yield f"{m}月底{before}", (None, month(2024, m)[1])
            yield f"{spelled(m)}月{before}", (None, date(2024, m, 1) - timedelta(days=1))
        for words, last in (
            *(("年底", date(2024, 12, 31)), ("月底", date(2024, 6, 30)), ("明年6月底", date(2025, 6, 30))),
            *(("本周五", date(2024, 6, 7)), ("下周三", date(2024, 6, 12)), ("明天", date(2024, 6, 4))),
            *(("三季度末", date(2024, 9, 30)), ("国庆节", date(2024, 9, 30)), ("四季度", date(2024, 9, 30))),
        ):
            yield words + before, (None, last)


def lengths() -> Iterator[Case]:
    for count in range(1, 13):
        for written in (str(count), "两" if count == 2 else spelled(count)):
            yield f"{written}天内", (ON, ON + timedelta(days=count))
            yield f"{written}周内", (ON, ON + timedelta(days=7 * count))
            yield f"{written}个月内", (ON, months_on(ON, count))
            yield f"{written}年内", (ON, months_on(ON, 12 * count))
            yield f"{written}天后", (ON + timedelta(days=count),) * 2
            yield f"{written}个月后", (months_on(ON, count),) * 2
            yield f"{written}天前", (ON - timedelta(days=count),) * 2
            yield f"近{written}年", (months_on(ON, -12 * count), ON)
    for count in range(1, 6):  # Monday plus up to four is the same week
        yield f"{count}个工作日内", (ON, ON + timedelta(days=count if count < 5 else 7))


def relative_days() -> Iterator[Case]:
    for offset, words in enumerate(("大前天", "前天", "昨天", "今天", "明天", "后天", "大后天"), start=-3):
        day = ON + timedelta(days=offset)
        for tail in ("", "上午", "下午3点", "晚上"):
            yield words + tail, (day, day)
    for offset, words in ((-14, "上上"), (-7, "上"), (0, "本"), (0, "这"), (7, "下"), (14, "下下")):
        monday = ON + timedelta(days=offset)
        for name in ("周", "星期", "个星期", "个礼拜"):
            if words == "本" and name.startswith("个"):
                continue
            yield words + name, (monday, monday + timedelta(days=6))
            for number, weekday in enumerate(WEEKDAYS):
                yield f"{words}{name}{weekday}", (monday + timedelta(days=number),) * 2
        yield f"{words}周末", (monday + timedelta(days=5), monday + timedelta(days=6))


def recurrences() -> Iterator[tuple[str, str]]:
    for number, weekday in enumerate(WEEKDAYS):
        for words in ("每周", "每星期", "每个星期", "每逢周"):
            yield words + weekday, f"FREQ=WEEKLY;BYDAY={CODES[number]}"
        yield f"每周{weekday}上午9点", f"FREQ=WEEKLY;BYDAY={CODES[number]}"
        yield f"每月第一个周{weekday}", f"FREQ=MONTHLY;BYDAY=1{CODES[number]}"
        yield f"每月最后一个星期{weekday}", f"FREQ=MONTHLY;BYDAY=-1{CODES[number]}"
    for day in (1, 5, 10, 15, 20, 25, 28, 30):
        for words in (f"每月{day}日", f"每月{day}号前", f"每个月{day}日前", f"每月{spelled(day)}日前"):
            yield words, f"FREQ=MONTHLY;BYMONTHDAY={day}"
        yield f"每年5月{day}日", f"FREQ=YEARLY;BYMONTH=5;BYMONTHDAY={day}"
        yield f"每季度首月{day}日前", f"FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY={day}"
    for count in range(2, 8):
        for written in (str(count), "两" if count == 2 else spelled(count)):
            yield f"每{written}天", f"FREQ=DAILY;INTERVAL={count}"
            yield f"每{written}周", f"FREQ=WEEKLY;INTERVAL={count}"
            yield f"每{written}个月", f"FREQ=MONTHLY;INTERVAL={count}"
            yield f"每{written}年", f"FREQ=YEARLY;INTERVAL={count}"


GROUPS = (explicit_dates, months_and_years, quarters_and_halves, edges, befores, lengths, relative_days)


@pytest.mark.parametrize(
    ("words", "days"), [case for group in GROUPS for case in group()], ids=lambda value: str(value)[:40]
)
def test_the_days_are_those_of_the_calendar(words: str, days: Days) -> None:
    for text in (words, f"请于{words}，把情况报来"):
        (find,) = find_times(text, Context(spoken_on=ON))
        assert (find.text, find.start, find.end) == (words, *days)


@pytest.mark.parametrize(("words", "rule"), list(recurrences()))
def test_the_rule_of_a_recurrence_names_its_days(words: str, rule: str) -> None:
    (find,) = find_times(f"{words}，把情况报来", Context(spoken_on=ON))
    assert (find.text, find.rrule) == (words, rule)


def test_each_group_has_enough_cases() -> None:
    assert min(len(list(group())) for group in (*GROUPS, recurrences)) >= 60
