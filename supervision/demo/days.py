"""Days of the story, counted from today in working days, so that the demo is never out of date."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from tasks.workdays import WorkCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")


def workday_before(today: date, count: int, calendar: WorkCalendar) -> date:
    """The working day `count` (at least 1) working days back."""
    day = today
    for _ in range(count):
        day = calendar.previous_workday(day)
    return day


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """A clock time of that day in Shanghai."""
    return datetime.combine(day, time(hour, minute), tzinfo=SHANGHAI)
