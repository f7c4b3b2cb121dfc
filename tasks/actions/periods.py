"""Report days made ahead from the rhythm, and those no longer asked for taken back."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from tasks.actions.moving import locked
from tasks.models import Assignment, Period, Task, TaskEvent
from tasks.moves import Action, Status
from tasks.rhythm import report_days
from tasks.workdays import WorkCalendar, calendar

AHEAD = timedelta(days=35)  # so that a monthly report day is always in sight
RESTARTS = (Action.ISSUE, Action.REFER, Action.SEND_BACK, Action.REOPEN, Action.RESUME)
REPORTING = (Assignment.Role.LEAD, Assignment.Role.PART)


@transaction.atomic
def extend_periods(pk: int, *, until: date) -> None:
    """Make the report days up to `until` that are not there yet. Doing it again changes nothing.

    None while the office reviews or has paused the item: nobody could file them.
    """
    task = locked(pk)
    if task.status in (Status.ISSUED, Status.UNDERWAY) and task.paused_at is None:
        make_periods(task, until=until)


def make_periods(task: Task, *, until: date | None = None) -> None:
    """The report days since the clock last started; a department that has submitted owes none.

    `until=None`: `AHEAD` from the start of the clock.
    """
    if not (task.report_rule or task.collect_rule):
        return
    began_on = _began_on(task)
    days = calendar()
    beats = ((Period.Beat.COLLECT, task.collect_rule), (Period.Beat.REPORT, task.report_rule))
    Period.objects.bulk_create(
        (
            Period(
                assignment=assignment,
                beat=beat,
                nominal_on=nominal_on,
                due_on=due_on,
                holiday=days.holidays.get(nominal_on, ""),
            )
            for assignment in task.assignments.filter(role__in=REPORTING, submitted_at=None)
            for beat, rule in beats
            for nominal_on, due_on in _days(task, rule, began_on, until or began_on + AHEAD, days)
        ),
        ignore_conflicts=True,
    )


def _began_on(task: Task) -> date:
    """When the clock last started to run; the day itself asks for no report yet."""
    restart: TaskEvent = task.events.filter(action__in=RESTARTS).latest("at", "pk")
    return localdate(restart.at)


def _days(task: Task, rule: str, began_on: date, until: date, days: WorkCalendar) -> list[tuple[date, date]]:
    anchor = localdate(task.issued_at) if task.issued_at else began_on
    return report_days(
        rule,
        start=began_on + timedelta(days=1),
        until=until,
        calendar=days,
        shift=settings.REPORT_DAY_SHIFT,
        anchor=anchor,
    )


def drop_periods(task: Task, *, since: date, assignment: Assignment | None = None) -> None:
    """Take back the unfiled report days from `since` on; the missed ones before stay for good."""
    periods = Period.objects.filter(assignment__task=task, due_on__gte=since, filed_at=None)
    if assignment is not None:
        periods = periods.filter(assignment=assignment)
    periods.delete()
