"""我的事项: what a department must sign, report or finish, the pressing first. Takes `today`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch, Q

from accounts.models import User
from tasks.forms import ReportForm, default_period, last_report, open_periods
from tasks.holds import hold_of
from tasks.lights import Light, light
from tasks.models import Assignment, Feedback, Period, Task, TaskEvent
from tasks.moves import Action, Status
from tasks.permissions import assignment_of, available
from tasks.querysets import TaskQuerySet
from tasks.showing import missing_of
from tasks.workdays import WorkCalendar

THIS_WEEK = timedelta(days=6)
TURNED_BACK = (Action.SEND_BACK, Action.REOPEN)
SHOWN = 30  # items of one group on the page; the ledger has the rest
GROUPS = (
    ("receive", "待签收", True),
    ("report", "本期要报", True),
    ("overdue", "逾期", True),
    ("soon", "临期", False),
    ("review", "待审核", False),
    ("underway", "其他在办", False),
)
"""Key, heading, whether somebody should act at once; the most pressing first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An item with what the person can do about it right there."""

    task: Task
    own: Assignment
    light: Light
    actions: list[Action]
    last: Feedback | None
    periods: list[Period]  # what a report can answer
    today: date

    @property
    def turned_back(self) -> TaskEvent | None:
        """Why the office wants more, until the department applies again."""
        newest = next(iter(self.task.events.all()), None)
        return newest if newest is not None and newest.action in TURNED_BACK else None

    @property
    def pressing(self) -> list[Period]:
        """Report days that must be answered now, the missed ones first."""
        return [period for period in self.periods if period.due_on <= self.today + THIS_WEEK]

    @property
    def form(self) -> ReportForm | None:
        if Action.REPORT not in self.actions:
            return None
        return ReportForm(periods=self.periods, today=self.today, auto_id=f"t{self.task.pk}_%s")

    @property
    def unchanged_for(self) -> int | str | None:
        """The report day that one press can answer with 本期无变化; None: it cannot be said (yet)."""
        is_asked = Action.REPORT in self.actions and self.last is not None and self.pressing
        return default_period(self.pressing, self.today) if is_asked else None


@dataclass(frozen=True, slots=True)
class Group:
    """The items under one heading."""

    key: str
    label: str
    is_urgent: bool
    entries: list[Entry]

    @property
    def shown(self) -> list[Entry]:
        return self.entries[:SHOWN]

    @property
    def left(self) -> int:
        return max(0, len(self.entries) - SHOWN)


def own_items(tasks: TaskQuerySet, user: User) -> list[Task]:
    """The open items of the person's department, with its open report days and its reports."""
    handling = Assignment.objects.handling().select_related("department", "task")
    own = {"assignment__department": user.department_id}
    turns = Q(action__in=TURNED_BACK) | Q(action=Action.SUBMIT, department=user.department_id)
    found = (
        tasks.open()
        .filter(pk__in=Assignment.objects.handling().filter(department=user.department_id).values("task"))
        .order_by("due_on", "pk")
        .prefetch_related(
            Prefetch("assignments", handling),
            Prefetch("events", TaskEvent.objects.filter(turns).order_by("-at", "-pk")),
            Prefetch("assignments__periods", Period.objects.filter(filed_at=None, **own)),
            Prefetch("assignments__feedbacks", Feedback.objects.filter(**own).order_by("-at", "-pk")),
        )
    )
    return list(found)


def grouped(tasks: Iterable[Task], user: User, *, today: date, days: WorkCalendar) -> list[Group]:
    """Every item once, under the most pressing heading that fits it."""
    entries: dict[str, list[Entry]] = {key: [] for key, *_ in GROUPS}
    for task in tasks:
        own = assignment_of(user, task)
        if own is not None:
            entry = _entry(task, own, user, today=today, days=days)
            entries[_heading(entry)].append(entry)
    return [Group(key, label, is_urgent, entries[key]) for key, label, is_urgent in GROUPS]


def _entry(task: Task, own: Assignment, user: User, *, today: date, days: WorkCalendar) -> Entry:
    own_light = light(
        due_on=own.due_on or task.due_on,
        status=task.status,
        today=today,
        missing_reports=missing_of(own, today),
        calendar=days,
        hold=hold_of(task, own),
    )
    actions = available(user, task)
    return Entry(task, own, own_light, actions, last_report(own), open_periods(own, today), today)


def _heading(entry: Entry) -> str:
    if Action.RECEIVE in entry.actions:
        return "receive"
    if entry.task.status == Status.SUBMITTED or entry.own.submitted_at is not None:
        return "review"
    if Action.REPORT in entry.actions and entry.pressing:
        return "report"
    limit: Any = entry.own.due_on or entry.task.due_on
    if limit is not None and limit < entry.today:
        return "overdue"
    return "soon" if entry.light.colour in ("blue", "yellow", "red") else "underway"
