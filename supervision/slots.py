"""When the weekly letter is due: from the clock, the working calendar and the day of first use. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKS_BACK = 3  # a holiday can swallow a week whole; three in a row it cannot


@dataclass(frozen=True, slots=True)
class Slot:
    """The one moment of an ISO week at which its letter is due."""

    week: str  # 2026-W35
    opens_at: datetime

    def is_late(self, now: datetime, catch_up: timedelta) -> bool:
        """Whether it is too late to send what belonged to this slot."""
        return now > self.opens_at + catch_up


def weekly_slot(now: datetime, *, is_workday: Callable[[date], bool], hour: int, since: date) -> Slot | None:
    """The latest slot that has opened by `now`: the first working day of its ISO week, from `hour` o'clock.

    None when that slot lies before `since`, the day the office began, or when no week back had a working day.
    """
    today = now.astimezone(SHANGHAI).date()
    this_monday = today - timedelta(days=today.weekday())
    for weeks in range(WEEKS_BACK + 1):
        slot = slot_of_week(this_monday - timedelta(weeks=weeks), is_workday=is_workday, hour=hour)
        if slot and slot.opens_at <= now:
            return slot if slot.opens_at.date() >= since else None
    return None


def slot_of_week(monday: date, *, is_workday: Callable[[date], bool], hour: int) -> Slot | None:
    """The slot of the week that starts on `monday`; None when the whole week is a holiday."""
    workdays = (day for day in days_of_week(monday) if is_workday(day))
    first = next(workdays, None)
    if first is None:
        return None
    year, week, _ = monday.isocalendar()
    return Slot(f"{year}-W{week:02d}", datetime.combine(first, time(hour), tzinfo=SHANGHAI))


def days_of_week(monday: date) -> tuple[date, ...]:
    return tuple(monday + timedelta(days=number) for number in range(7))


def sunday_of(day: date) -> date:
    """The last day of the ISO week `day` is in."""
    return day + timedelta(days=6 - day.weekday())
