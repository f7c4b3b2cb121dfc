"""Chinese working days: weekends, public holidays and make-up days (调休), from the `WorkDay` table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tasks.models import WorkDay
from tasks.rhythm import Shift

ONE_DAY = timedelta(days=1)
COUNTED_ONE_BY_ONE = 366


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """`days`: what differs from the weekday, or is named a holiday. Years without rows know weekends only.

    `holidays`: the names of the days off that have one.
    """

    days: Mapping[date, bool] = field(default_factory=dict)
    holidays: Mapping[date, str] = field(default_factory=dict)

    @property
    def known_until(self) -> date | None:
        """The last day of the last year with rows; None when there are none at all."""
        return date(max(self.days).year, 12, 31) if self.days else None

    def is_known(self, day: date) -> bool:
        """Whether the table has the holidays of that day's year; pages say so when it has not."""
        return any(known.year == day.year for known in self.days)

    def is_workday(self, day: date) -> bool:
        return self.days.get(day, day.weekday() < 5)

    def next_workday(self, day: date) -> date:
        """The first working day after `day`."""
        return self._first(day + ONE_DAY, ONE_DAY)

    def previous_workday(self, day: date) -> date:
        """The last working day before `day`."""
        return self._first(day - ONE_DAY, -ONE_DAY)

    def shift(self, day: date, way: Shift) -> date:
        """`day` itself when it is a working day or `way` is keep; else the nearest working day that way."""
        if way == "keep":
            return day
        return self._first(day, ONE_DAY if way == "next" else -ONE_DAY)

    def workdays_between(self, first: date, last: date) -> int:
        """Working days after `first` up to and including `last`; negative when `last` comes before."""
        if last < first:
            return -self.workdays_between(last, first)
        if (last - first).days > COUNTED_ONE_BY_ONE:
            return self._by_weeks(first, last)
        span = (first + ONE_DAY * step for step in range(1, (last - first).days + 1))
        return sum(map(self.is_workday, span))

    def _by_weeks(self, first: date, last: date) -> int:
        """The same for a limit centuries away, which somebody mistyped, without walking there."""
        weeks, rest = divmod((last - first).days, 7)
        ordinary = 5 * weeks + sum((last - ONE_DAY * step).weekday() < 5 for step in range(rest))
        named = ((day, works) for day, works in self.days.items() if first < day <= last)
        return ordinary + sum(works - (day.weekday() < 5) for day, works in named)

    def after(self, day: date, workdays: int) -> date:
        """The day that many working days after `day`."""
        for _ in range(workdays):
            day = self.next_workday(day)
        return day

    def _first(self, day: date, step: timedelta) -> date:
        while not self.is_workday(day):
            day += step
        return day


def calendar() -> WorkCalendar:
    """As the table stands now."""
    rows = list(WorkDay.objects.values_list("on", "is_workday", "name"))
    return WorkCalendar(
        {on: is_workday for on, is_workday, _ in rows},
        {on: name for on, is_workday, name in rows if name and not is_workday},
    )
