"""From rules to days and to words."""

from datetime import date, timedelta

import pytest
from dateutil.rrule import FR, MO, MONTHLY, WEEKLY, rrule
from hypothesis import given
from hypothesis import strategies as st

from tasks.holidays import published
from tasks.rhythm import check, days, describe, report_days
from tasks.workdays import WorkCalendar

CALENDAR = WorkCalendar({on: is_workday for on, is_workday, _ in published()})
RULES = (
    "FREQ=DAILY",
    "FREQ=WEEKLY;BYDAY=MO",
    "FREQ=WEEKLY;BYDAY=MO,FR",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "FREQ=MONTHLY;BYMONTHDAY=10,20,-1",
    "FREQ=MONTHLY;BYMONTHDAY=5",
    "FREQ=MONTHLY;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=MONTHLY;INTERVAL=3",
    "FREQ=YEARLY",
)
DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("", ""),
        ("FREQ=DAILY", "每日"),
        ("FREQ=WEEKLY", "每周五"),
        ("FREQ=WEEKLY;BYDAY=FR", "每周五"),
        ("FREQ=WEEKLY;BYDAY=MO,FR", "每周一、周五"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "每两周的周五"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "每个工作日"),
        ("FREQ=MONTHLY", "每月末"),
        ("FREQ=MONTHLY;BYMONTHDAY=5", "每月5日"),
        ("FREQ=MONTHLY;BYMONTHDAY=10,20,-1", "每月10日、20日、月末"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "每月末"),
        ("FREQ=MONTHLY;INTERVAL=2", "每年2、4、6、8、10、12月末"),
        ("FREQ=MONTHLY;INTERVAL=3", "每季度末"),
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", "每季度末"),
        ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=25", "每季度末月25日"),
        ("FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5", "每季度首月5日"),
        ("FREQ=MONTHLY;INTERVAL=6", "每半年末"),
        ("FREQ=MONTHLY;BYMONTH=6,12;BYMONTHDAY=-1", "每半年末"),
        ("FREQ=YEARLY", "每年年底"),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30", "每年6月30日"),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "每月最后一个工作日"),
        ("FREQ=MONTHLY;BYDAY=1MO", "每月的第一个周一"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "每月的最后一个周五"),
        ("FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=1", "每五个月1日"),
        ("每周五", "每周五"),
    ],
)
def test_a_rule_is_said_in_chinese(rule: str, words: str) -> None:
    assert describe(rule) == words


@pytest.mark.parametrize(
    "rule",
    [
        "每周五",
        "FREQ=HOURLY",
        "FREQ=SECONDLY;COUNT=9",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=-1",
        "FREQ=WEEKLY;UNTIL=20261231",
        "FREQ=MONTHLY;BYMONTHDAY=99",
        "FREQ=MONTHLY;BYDAY=99MO",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=99",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=x",
        "FREQ=DAILY;INTERVAL=" + "9" * 150,
        "BYDAY=FR",
        "FREQ=",
        "FREQ=WEEKLY;;=;",
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused_with_a_remedy(rule: str) -> None:
    with pytest.raises(ValueError, match="请从列表中重新选择"):
        check(rule)


def test_two_beats_fall_on_their_weekdays() -> None:
    start, until = date(2026, 3, 2), date(2026, 3, 15)
    assert days("FREQ=WEEKLY;BYDAY=MO", start=start, until=until) == [date(2026, 3, 2), date(2026, 3, 9)]
    assert days("FREQ=WEEKLY;BYDAY=FR", start=start, until=until) == [date(2026, 3, 6), date(2026, 3, 13)]


def test_the_thirtieth_of_february_is_its_last_day() -> None:
    found = days("FREQ=MONTHLY;BYMONTHDAY=10,30", start=date(2026, 2, 1), until=date(2026, 3, 31))
    assert found == [date(2026, 2, 10), date(2026, 2, 28), date(2026, 3, 10), date(2026, 3, 30)]


def test_every_second_week_keeps_its_phase_wherever_one_looks_from() -> None:
    rule, anchor = "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", date(2026, 3, 2)
    whole = days(rule, start=anchor, until=date(2026, 6, 30), anchor=anchor)
    later = days(rule, start=date(2026, 4, 14), until=date(2026, 6, 30), anchor=anchor)
    assert later == [day for day in whole if day >= date(2026, 4, 14)]
    assert len(later) > 3


def test_a_friday_in_the_national_holiday_moves_to_the_first_working_day_after() -> None:
    pairs = report_days(
        "FREQ=WEEKLY;BYDAY=FR", start=date(2026, 9, 28), until=date(2026, 10, 9), calendar=CALENDAR
    )
    assert pairs == [(date(2026, 10, 2), date(2026, 10, 8)), (date(2026, 10, 9), date(2026, 10, 9))]


def test_a_holiday_friday_can_also_come_earlier_or_stay() -> None:
    week = {"start": date(2026, 9, 28), "until": date(2026, 10, 4), "calendar": CALENDAR}
    rule, friday = "FREQ=WEEKLY;BYDAY=FR", date(2026, 10, 2)
    assert report_days(rule, shift="previous", **week) == [(friday, date(2026, 9, 30))]  # type: ignore[arg-type]
    assert report_days(rule, shift="keep", **week) == [(friday, friday)]  # type: ignore[arg-type]


def test_a_make_up_saturday_is_a_report_day_like_any_other() -> None:
    pairs = report_days(
        "FREQ=WEEKLY;BYDAY=SA", start=date(2026, 10, 5), until=date(2026, 10, 11), calendar=CALENDAR
    )
    assert pairs == [(date(2026, 10, 10), date(2026, 10, 10))]


def test_a_week_off_asks_for_one_daily_report_afterwards_not_seven() -> None:
    pairs = report_days("FREQ=DAILY", start=date(2026, 9, 30), until=date(2026, 10, 9), calendar=CALENDAR)
    assert [due for _, due in pairs] == [date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 9)]


@pytest.mark.parametrize("shift", ["next", "previous", "keep"])
@pytest.mark.parametrize("rule", RULES)
@given(start=DAYS, first=st.integers(0, 80), second=st.integers(0, 80))
def test_report_days_do_not_depend_on_how_far_ahead_one_looked_before(
    rule: str, shift: str, start: date, first: int, second: int
) -> None:
    """Two windows, the second reaching further: nothing lost, nothing doubled, nothing moved."""
    near, far = sorted((start + timedelta(days=first), start + timedelta(days=second)))
    short, long = (
        report_days(rule, start=start, until=until, calendar=CALENDAR, shift=shift)  # type: ignore[arg-type]
        for until in (near, far)
    )
    assert [pair for pair in long if pair[0] <= near] == short
    dues = [due for _, due in long]
    assert len(set(dues)) == len(dues)
    assert all(due >= start for due in dues)


@given(start=DAYS, length=st.integers(0, 800))
def test_weekly_and_monthly_days_agree_with_dateutil_asked_directly(start: date, length: int) -> None:
    until = start + timedelta(days=length)
    fridays = rrule(WEEKLY, dtstart=start, until=until, byweekday=[MO, FR])
    assert days("FREQ=WEEKLY;BYDAY=MO,FR", start=start, until=until) == [moment.date() for moment in fridays]
    fifths = rrule(MONTHLY, dtstart=start, until=until, bymonthday=5)
    assert days("FREQ=MONTHLY;BYMONTHDAY=5", start=start, until=until) == [moment.date() for moment in fifths]


@pytest.mark.parametrize("rule", RULES)
def test_two_years_of_report_days_fall_on_working_days(rule: str) -> None:
    pairs = report_days(rule, start=date(2025, 1, 1), until=date(2026, 12, 31), calendar=CALENDAR)
    assert pairs
    assert all(CALENDAR.is_workday(due) for _, due in pairs)
