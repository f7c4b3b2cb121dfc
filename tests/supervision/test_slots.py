"""When the weekly letter is due: over two years of minutes, holidays, week 53, the day of first use."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from supervision.slots import SHANGHAI, Slot, slot_of_week, weekly_slot

LONG_AGO = date(2020, 1, 1)
# The State Council's calendar of 2026 around its two long holidays (国办发明电 on 2026 holidays).
HOLIDAYS = {
    *(date(2026, 1, day) for day in (1, 2, 3)),
    *(date(2026, 2, day) for day in range(15, 24)),
    *(date(2026, 5, day) for day in range(1, 6)),
    *(date(2026, 10, day) for day in range(1, 8)),
}
MAKE_UP = {date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28), date(2026, 10, 10)}


def is_workday(day: date) -> bool:
    return day in MAKE_UP or (day not in HOLIDAYS and day.weekday() < 5)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def slot(text: str, since: date = LONG_AGO) -> Slot | None:
    return weekly_slot(at(text), is_workday=is_workday, hour=8, since=since)


def opening(text: str, since: date = LONG_AGO) -> str:
    found = slot(text, since)
    return f"{found.week} {found.opens_at:%m-%d %H:%M}" if found else ""


minutes = st.integers(0, 2 * 366 * 24 * 60).map(
    lambda count: datetime(2025, 1, 1, tzinfo=SHANGHAI) + timedelta(minutes=count)
)


@given(minutes)
@example(at("2026-12-28T08:00"))
@example(at("2027-01-03T23:59"))
def test_the_slot_is_the_first_working_day_of_a_week_from_eight_and_never_ahead(now: datetime) -> None:
    found = weekly_slot(now, is_workday=is_workday, hour=8, since=LONG_AGO)
    assert found is not None
    opened_on = found.opens_at.date()
    monday = opened_on - timedelta(days=opened_on.weekday())
    assert found.opens_at <= now
    assert found.opens_at.time() == time(8)
    assert is_workday(opened_on)
    assert not any(is_workday(monday + timedelta(days=n)) for n in range(opened_on.weekday()))
    year, week, _ = opened_on.isocalendar()
    assert found.week == f"{year}-W{week:02d}"


@given(minutes)
def test_no_slot_between_the_found_one_and_now_is_passed_over(now: datetime) -> None:
    found = weekly_slot(now, is_workday=is_workday, hour=8, since=LONG_AGO)
    assert found is not None
    monday = found.opens_at.date() - timedelta(days=found.opens_at.weekday())
    while monday <= now.date():
        monday += timedelta(weeks=1)
        later = slot_of_week(monday, is_workday=is_workday, hour=8)
        assert later is None or later.opens_at > now


@given(minutes, st.integers(0, 60))
def test_nothing_is_due_before_the_day_of_first_use(now: datetime, days: int) -> None:
    since = now.date() - timedelta(days=days)
    found = weekly_slot(now, is_workday=is_workday, hour=8, since=since)
    assert found is None or found.opens_at.date() >= since


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-08-24T07:59", "2026-W34 08-17 08:00"),
        ("2026-08-24T08:00", "2026-W35 08-24 08:00"),
        ("2026-08-30T23:59", "2026-W35 08-24 08:00"),
        (
            "2026-02-18T10:00",
            "2026-W07 02-09 08:00",
        ),  # the week of the Spring Festival has no slot of its own
        ("2026-02-24T08:00", "2026-W09 02-24 08:00"),  # Tuesday: the first day back
        ("2026-01-04T09:00", "2026-W01 12-29 08:00"),  # a make-up Sunday is not the first day of its week
        ("2026-10-08T08:00", "2026-W41 10-08 08:00"),  # Thursday, after a week of holidays
        ("2026-12-31T12:00", "2026-W53 12-28 08:00"),
        ("2027-01-01T12:00", "2026-W53 12-28 08:00"),
        ("2027-01-04T08:00", "2027-W01 01-04 08:00"),
    ],
)
def test_slots_of_known_weeks(now: str, expected: str) -> None:
    assert opening(now) == expected


def test_an_office_that_goes_live_on_wednesday_waits_for_the_next_week() -> None:
    wednesday = date(2026, 8, 26)
    assert opening("2026-08-26T09:00", since=wednesday) == ""
    assert opening("2026-08-31T07:59", since=wednesday) == ""
    assert opening("2026-08-31T08:00", since=wednesday) == "2026-W36 08-31 08:00"


def test_an_office_that_goes_live_on_the_day_itself_gets_that_weeks_letter() -> None:
    assert opening("2026-08-24T15:00", since=date(2026, 8, 24)) == "2026-W35 08-24 08:00"


def test_a_letter_may_be_three_days_late_and_no_minute_more() -> None:
    found = slot("2026-08-27T08:00")
    assert found is not None
    assert not found.is_late(at("2026-08-27T08:00"), timedelta(days=3))
    assert found.is_late(at("2026-08-27T08:01"), timedelta(days=3))


def test_a_clock_in_another_zone_finds_the_same_slot() -> None:
    utc = datetime.fromisoformat("2026-08-24T00:00+00:00")
    found = weekly_slot(utc, is_workday=is_workday, hour=8, since=LONG_AGO)
    assert found is not None
    assert found.week == "2026-W35"
    assert weekly_slot(utc - timedelta(minutes=1), is_workday=is_workday, hour=8, since=LONG_AGO) != found
