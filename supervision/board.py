"""What needs the office today. A shelf's number and its list are one queryset."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import User
from speeches.models import Directive
from supervision.models import Notice, Round
from supervision.slots import SHANGHAI, days_of_week
from tasks.lights import thresholds
from tasks.listing import with_departments
from tasks.models import Assignment, Period, Task, TaskEvent
from tasks.moves import Status
from tasks.workdays import WorkCalendar

WITH_DEPARTMENT = (Status.ISSUED, Status.UNDERWAY)


@dataclass(frozen=True, slots=True)
class View:
    """Who looks, and when."""

    user: User
    today: date
    calendar: WorkCalendar

    def tasks(self, *statuses: Status) -> QuerySet[Task]:
        found = Task.objects.visible_to(self.user).filter(status__in=statuses)
        return with_departments(found.with_missing(self.today))


@dataclass(frozen=True)
class Shelf:
    """One pile of work. `holds` names the kind of row: task, period, draft or notice."""

    key: str
    title: str
    hint: str
    holds: str
    tone: str
    rows: QuerySet[Any]

    @cached_property
    def count(self) -> int:
        return self.rows.count()


@dataclass(frozen=True, slots=True)
class Plan:
    """How a shelf is filled, and who has it."""

    key: str
    title: str
    hint: str
    holds: str
    tone: str
    fill: Callable[[View], QuerySet[Any]]
    for_office_only: bool = False


def shelves(view: View) -> list[Shelf]:
    """The piles that this reader has, in the order of work."""
    return [
        Shelf(plan.key, plan.title, plan.hint, plan.holds, plan.tone, plan.fill(view))
        for plan in PLANS
        if not plan.for_office_only or view.user.is_supervisor or view.user.is_administrator
    ]


def drafts(view: View) -> QuerySet[Directive]:
    found: QuerySet[Directive] = Directive.objects.visible_to(view.user).filter(state=Directive.State.OPEN)
    return found.select_related("speech", "lead").order_by("-speech__uploaded_at", "start", "pk")


def unissued(view: View) -> QuerySet[Task]:
    return view.tasks(Status.DRAFT).order_by("created_at", "pk")


def unsigned(view: View) -> QuerySet[Task]:
    """Issued before the last working day began, and not signed for: more than one working day has passed."""
    yesterday = view.calendar.previous_workday(view.today)
    before = datetime.combine(yesterday, time.min, tzinfo=SHANGHAI)
    return view.tasks(Status.ISSUED).filter(paused_at=None, issued_at__lt=before).order_by("issued_at", "pk")


def submitted(view: View) -> QuerySet[Task]:
    return view.tasks(Status.SUBMITTED).order_by("submitted_at", "pk")


def undecided(view: View) -> QuerySet[Task]:
    asked = view.tasks(Status.DRAFT, *WITH_DEPARTMENT).filter(
        Q(status=Status.DRAFT, declined_at__isnull=False)
        | Q(status__in=WITH_DEPARTMENT, extension_asked_at__isnull=False, paused_at=None)
    )
    return asked.order_by(Coalesce("declined_at", "extension_asked_at"), "pk")


def overdue(view: View) -> QuerySet[Task]:
    running = view.tasks(*WITH_DEPARTMENT).filter(paused_at=None)
    return running.filter(due_on__lt=view.today).order_by("due_on", "pk")


def due_soon(view: View) -> QuerySet[Task]:
    until = thresholds(view.today, view.calendar).blue_until
    running = view.tasks(*WITH_DEPARTMENT).filter(paused_at=None)
    return running.filter(due_on__range=(view.today, until)).order_by("due_on", "pk")


def missing(view: View) -> QuerySet[Period]:
    periods: QuerySet[Period] = Period.objects.visible_to(view.user).missing(view.today)
    return periods.select_related("assignment__task", "assignment__department").order_by("due_on", "pk")


def failed(view: View) -> QuerySet[Notice]:
    found: QuerySet[Notice] = Notice.objects.visible_to(view.user).dead()
    return found.select_related("recipient", "department", "task")


PLANS = (
    Plan("drafts", "待立项草稿", "从讲话中识别、尚未处理的工作要求", "draft", "", drafts, True),
    Plan("unissued", "待交办", "已立项、尚未交办，含单位退回的", "task", "", unissued, True),
    Plan("unsigned", "待签收超 1 日", "交办已超过 1 个工作日仍未签收", "task", "yellow", unsigned),
    Plan("submitted", "待审核", "单位已申请办结，等待审核", "task", "", submitted),
    Plan("undecided", "待裁定", "单位提出的异议和延期申请，等待答复", "task", "yellow", undecided),
    Plan("overdue", "逾期", "已过完成时限、尚未申请办结", "task", "red", overdue),
    Plan("due_soon", "临期", "距完成时限不超过 7 个工作日", "task", "yellow", due_soon),
    Plan("missing", "缺报", "反馈日已过、仍未反馈", "period", "red", missing),
    Plan("failed", "发送失败", "没有发出去的通知，需要处理", "notice", "red", failed, True),
)


# --- this week ---


@dataclass(frozen=True, slots=True)
class Day:
    """The report days that fall on one day of this week."""

    on: date
    is_workday: bool
    is_today: bool
    due: int
    filed: int

    @property
    def missing(self) -> int:
        return self.due - self.filed


def week(view: View) -> list[Day]:
    """Monday to Sunday: how many reports are due, how many are in."""
    days = days_of_week(view.today - timedelta(days=view.today.weekday()))
    asked: QuerySet[Period] = Period.objects.visible_to(view.user).filter(due_on__range=(days[0], days[-1]))
    asked = asked.exclude(assignment__role=Assignment.Role.TRANSFERRED)
    asked = asked.exclude(assignment__task__status=Status.WITHDRAWN)
    rows = asked.values("due_on").annotate(due=Count("pk"), filed=Count("pk", Q(filed_at__isnull=False)))
    counts = {row["due_on"]: (row["due"], row["filed"]) for row in rows.order_by("due_on")}
    return [
        Day(
            on=day,
            is_workday=view.calendar.is_workday(day),
            is_today=day == view.today,
            due=counts.get(day, (0, 0))[0],
            filed=counts.get(day, (0, 0))[1],
        )
        for day in days
    ]


@dataclass(frozen=True, slots=True)
class Mailing:
    """What became of the last weekly letter."""

    round: Round
    states: dict[str, int]
    opened: int


def last_mailing() -> Mailing | None:
    latest = Round.objects.first()
    if latest is None:
        return None
    letters = Notice.objects.filter(dedupe_key__startswith=f"{latest.key}:")
    counts = dict(letters.order_by().values_list("state").annotate(Count("pk")))
    return Mailing(latest, counts, letters.exclude(opened_at=None).count())


def recent_events(view: View) -> QuerySet[TaskEvent]:
    events: QuerySet[TaskEvent] = TaskEvent.objects.visible_to(view.user)
    return events.select_related("task", "actor", "department").order_by("-at", "-pk")
