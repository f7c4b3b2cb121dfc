"""What the item page and 我的事项 show beside the item itself: lights, report days, groups. Takes `today`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.db.models import Prefetch
from django.utils.timezone import localdate

from accounts.models import User
from tasks.forms import ReportForm, last_report, open_periods
from tasks.lights import Light, light
from tasks.listing import light_of
from tasks.models import Assignment, Feedback, Period, Task
from tasks.moves import OPEN, Action, Status
from tasks.permissions import assignment_of, available
from tasks.querysets import TaskQuerySet
from tasks.workdays import WorkCalendar

Mark = Literal["done", "late", "missing", "now", "ahead"]
WORDS: dict[Mark, str] = {"done": "已报", "late": "迟报", "missing": "缺报", "now": "本期", "ahead": "未到"}
SHOWN_PERIODS = 14
THIS_WEEK = timedelta(days=6)

EFFECTS: dict[Action, str] = {
    Action.AMEND: "改要求、单位、时限，交办以前都可以改",
    Action.ISSUE: "发给承办单位，开始计时，并发邮件通知",
    Action.RECEIVE: "确认收到，由本单位办理",
    Action.DECLINE: "认为不归本单位办，退给督查室，须写理由",
    Action.REFER: "换一个牵头单位，原单位留痕，须写理由",
    Action.REPORT: "填报落实情况、存在问题、下步思路",
    Action.SUBMIT: "办完了，附结果和佐证，请督查室审核",
    Action.SEND_BACK: "办得不够，退回承办单位继续办，须写理由",
    Action.CLOSE: "认可办理结果，事项办结",
    Action.STRIKE_OFF: "从台账上销号，仍可查到",
    Action.REOPEN: "抽查发现没落实，重新办理，须写理由",
    Action.WITHDRAW: "不再督办，须写理由",
}
"""What each verb does, in a line beside its button."""
STRONG = frozenset({Action.ISSUE, Action.RECEIVE, Action.REPORT, Action.CLOSE, Action.STRIKE_OFF})
RISKY = frozenset({Action.DECLINE, Action.SEND_BACK, Action.WITHDRAW})


@dataclass(frozen=True, slots=True)
class Button:
    """A verb the reader may use now."""

    action: Action
    says: str
    style: str

    @property
    def is_immediate(self) -> bool:
        """Needs no words: one press does it."""
        return self.action is Action.RECEIVE


def buttons(user: User, task: Task) -> list[Button]:
    """The permitted verbs of this moment, and no others."""
    return [Button(action, EFFECTS[action], _style(action)) for action in available(user, task)]


def _style(action: Action) -> str:
    if action in STRONG:
        return "btn-primary"
    return "btn-danger" if action in RISKY else ""


@dataclass(frozen=True, slots=True)
class Beat:
    """One report day on the strip."""

    period: Period
    mark: Mark

    @property
    def word(self) -> str:
        return WORDS[self.mark]


@dataclass(frozen=True, slots=True)
class Part:
    """A department's part: its report days, its reports, how it stands."""

    assignment: Assignment
    beats: list[Beat]
    hidden: int  # report days too far back for the strip
    missing: int
    last_at: datetime | None  # of its reports


def part(assignment: Assignment, *, last_at: datetime | None, today: date) -> Part:
    """The strip ends with the next few days to come and shows all that is missing within its reach."""
    periods = list(assignment.periods.all())
    current = next((p for p in periods if p.filed_at is None and p.due_on >= today), None)
    beats = [Beat(period, mark_of(period, today, is_current=period is current)) for period in periods]
    past = [beat for beat in beats if beat.mark in ("done", "late", "missing")]
    coming = [beat for beat in beats if beat.mark in ("now", "ahead")][:3]
    shown = past[-(SHOWN_PERIODS - len(coming)) :]
    hidden, missing = len(past) - len(shown), missing_of(assignment, today)
    return Part(assignment, shown + coming, hidden, missing, last_at)


def mark_of(period: Period, today: date, *, is_current: bool) -> Mark:
    if period.filed_at is not None:
        return "late" if localdate(period.filed_at) > period.due_on else "done"
    if period.due_on < today:
        return "missing"
    return "now" if is_current else "ahead"


def missing_of(assignment: Assignment, today: date) -> int:
    """Report days past and not filed, of a department that still handles the open item."""
    if assignment.role == Assignment.Role.TRANSFERRED or assignment.task.status not in OPEN:
        return 0
    return sum(period.filed_at is None and period.due_on < today for period in assignment.periods.all())


def light_of_item(task: Task, parts: Iterable[Part], *, today: date, days: WorkCalendar) -> Light:
    """As the ledger lights it: by the most reports any one department owes."""
    return light_of(task, max((p.missing for p in parts), default=0), today=today, days=days)


@dataclass(frozen=True, slots=True)
class Entry:
    """An item on 我的事项, with what the person can do about it right there."""

    task: Task
    own: Assignment
    light: Light
    actions: list[Action]
    last: Feedback | None
    pressing: list[Period]  # report days that must be answered now, the missed ones first
    form: ReportForm | None

    @property
    def may_stay_unchanged(self) -> bool:
        return self.form is not None and self.last is not None


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    label: str
    entries: list[Entry]
    is_urgent: bool = False


GROUPS = (
    ("receive", "待签收", True),
    ("report", "本期要报", True),
    ("overdue", "逾期", True),
    ("soon", "临期", False),
    ("review", "待审核", False),
    ("underway", "其他在办", False),
)
"""Key, heading, whether somebody should act at once; the most pressing first."""


def own_items(tasks: TaskQuerySet, user: User) -> list[Task]:
    """The open items of the person's department, with all that 我的事项 shows of them."""
    handling = Assignment.objects.handling().select_related("department")
    reports = Feedback.objects.order_by("-at", "-pk")
    open_days = Period.objects.filter(filed_at=None)
    found = (
        tasks.open()
        .filter(pk__in=Assignment.objects.handling().filter(department=user.department_id).values("task"))
        .order_by("due_on", "pk")
        .prefetch_related(
            Prefetch("assignments", handling),
            Prefetch("assignments__periods", open_days),
            Prefetch("assignments__feedbacks", reports),
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
            entries[_heading(entry, today)].append(entry)
    return [Group(key, label, entries[key], urgent) for key, label, urgent in GROUPS]


def _entry(task: Task, own: Assignment, user: User, *, today: date, days: WorkCalendar) -> Entry:
    actions = available(user, task)
    periods = open_periods(own, today)
    pressing = [period for period in periods if period.due_on <= today + THIS_WEEK]
    may_report = Action.REPORT in actions
    own_light = light(
        due_on=own.due_on or task.due_on,
        status=task.status,
        today=today,
        missing_reports=missing_of(own, today),
        calendar=days,
    )
    form = ReportForm(periods=periods, today=today, auto_id=f"t{task.pk}_%s") if may_report else None
    return Entry(task, own, own_light, actions, last_report(own), pressing if may_report else [], form)


def _heading(entry: Entry, today: date) -> str:
    if Action.RECEIVE in entry.actions:
        return "receive"
    if entry.task.status == Status.SUBMITTED or entry.own.submitted_at is not None:
        return "review"
    if entry.pressing:
        return "report"
    limit: Any = entry.own.due_on or entry.task.due_on
    if limit is not None and limit < today:
        return "overdue"
    return "soon" if entry.light.colour in ("blue", "yellow", "red") else "underway"
