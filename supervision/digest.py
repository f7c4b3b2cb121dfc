"""What stands in the weekly letter: per department what it owes, for the office what it must chase."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import Department
from supervision import wording
from supervision.slots import sunday_of
from tasks.holds import hold_of
from tasks.lights import Light, light, thresholds
from tasks.models import Assignment, Period, Task
from tasks.moves import OPEN, Status
from tasks.workdays import WorkCalendar

ROWS_PER_GROUP = 40  # a letter nobody scrolls to the end of helps nobody; the ledger has the rest
WITH_DEPARTMENT = (Status.ISSUED, Status.UNDERWAY)  # the ball is with the department
ANSWERABLE = (Assignment.Role.LEAD, Assignment.Role.PART)  # supporters report, but owe no result


@dataclass(frozen=True, slots=True)
class Row:
    """One item in a group, with why it stands there."""

    task: Task
    light: Light
    due_on: date | None
    reason: str

    @property
    def due(self) -> str:
        return wording.day(self.due_on)


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    rows: tuple[Row, ...]

    @property
    def shown(self) -> tuple[Row, ...]:
        return self.rows[:ROWS_PER_GROUP]

    @property
    def more(self) -> int:
        return len(self.rows) - len(self.shown)


@dataclass(frozen=True, slots=True)
class Digest:
    """One reader's week. `department` is None for the supervision office."""

    department: Department | None
    groups: tuple[Group, ...]

    @property
    def summary(self) -> str:
        """待签收 2 项，逾期 1 项."""
        return "，".join(f"{group.title} {len(group.rows)} 项" for group in self.groups)


@dataclass(frozen=True)
class Scene:
    """Everything the letters of one round are written from, read in two queries."""

    today: date
    calendar: WorkCalendar
    assignments: tuple[Assignment, ...]
    periods: Mapping[int, list[Period]]  # by assignment: not filed, due by Sunday

    @classmethod
    def read(cls, today: date, calendar: WorkCalendar) -> "Scene":
        handling = Assignment.objects.handling().filter(task__status__in=OPEN, task__paused_at=None)
        assignments = handling.select_related("task", "department")
        ordered = assignments.order_by("department__sort_order", "department", "task__due_on", "task")
        asked = Period.objects.filter(
            assignment__in=handling.order_by().values("pk"), filed_at=None, due_on__lte=sunday_of(today)
        )
        periods = defaultdict(list)
        for period in asked.order_by("due_on", "beat", "pk"):
            periods[period.assignment_id].append(period)
        return cls(today, calendar, tuple(ordered), periods)

    def light(self, assignment: Assignment) -> Light:
        return light(
            due_on=limit(assignment),
            status=Status(assignment.task.status),
            today=self.today,
            missing_reports=len(self.open_periods(assignment, missed=True)),
            calendar=self.calendar,
            hold=hold_of(assignment.task, assignment),
        )

    def open_periods(self, assignment: Assignment, *, missed: bool) -> list[Period]:
        """The department's report days not answered: those missed, or those still ahead this week."""
        mine = self.periods.get(assignment.pk, [])
        return [period for period in mine if (period.due_on < self.today) is missed]


def limit(assignment: Assignment) -> date | None:
    """The department's own limit where it has one, else the item's."""
    return assignment.due_on or assignment.task.due_on


def for_departments(scene: Scene) -> list[Digest]:
    """One digest for each department that owes something; nothing of another department is in it."""
    owed: defaultdict[Department, list[Assignment]] = defaultdict(list)
    for assignment in scene.assignments:
        if assignment.task.status in WITH_DEPARTMENT:
            owed[assignment.department].append(assignment)
    digests = (Digest(department, _department_groups(scene, mine)) for department, mine in owed.items())
    return [digest for digest in digests if digest.groups]


def for_office(scene: Scene) -> Digest | None:
    """What the supervision office has to chase, item by item; None when there is nothing."""
    groups = _filled(
        ("待审核", _rows(scene, _leading(scene, Status.SUBMITTED), "单位已申请办结，请审核")),
        ("待签收", _unsigned_for_a_day(scene)),
        ("缺报", _period_rows(scene, scene.assignments, missed=True, with_department=True)),
        ("逾期", _limit_rows(scene, _leading(scene, *WITH_DEPARTMENT), is_over=True)),
        ("临期", _limit_rows(scene, _leading(scene, *WITH_DEPARTMENT), is_over=False)),
    )
    return Digest(None, groups) if groups else None


def _department_groups(scene: Scene, mine: list[Assignment]) -> tuple[Group, ...]:
    unsigned = [a for a in mine if a.received_at is None and a.role in ANSWERABLE]
    answerable = [a for a in mine if a.role in ANSWERABLE and a.submitted_at is None]
    return _filled(
        ("待签收", _rows(scene, unsigned, "请签收")),
        ("本周要报", _period_rows(scene, mine, missed=False)),
        ("缺报", _period_rows(scene, mine, missed=True)),
        ("逾期", _limit_rows(scene, answerable, is_over=True)),
        ("临期", _limit_rows(scene, answerable, is_over=False)),
    )


def _filled(*groups: tuple[str, Iterable[Row]]) -> tuple[Group, ...]:
    made = (Group(title, tuple(rows)) for title, rows in groups)
    return tuple(group for group in made if group.rows)


def _rows(scene: Scene, assignments: Iterable[Assignment], reason: str) -> list[Row]:
    return [Row(a.task, scene.light(a), limit(a), reason) for a in assignments]


def _period_rows(
    scene: Scene, assignments: Iterable[Assignment], *, missed: bool, with_department: bool = False
) -> list[Row]:
    """A row for each open report day of items underway, by day."""
    underway = [a for a in assignments if a.task.status == Status.UNDERWAY]
    days = [(period, a) for a in underway for period in scene.open_periods(a, missed=missed)]
    rows = []
    for period, assignment in sorted(days, key=lambda day: day[0].due_on):
        who = f"{assignment.department}：" if with_department else ""
        words = f"{period.get_beat_display()}日 {wording.short_day(period.due_on)}{'未报' if missed else ''}"
        rows.append(Row(assignment.task, scene.light(assignment), limit(assignment), who + words))
    return rows


def _limit_rows(scene: Scene, assignments: Iterable[Assignment], *, is_over: bool) -> list[Row]:
    """Items past their limit, or with at most seven working days left."""
    soon_until = thresholds(scene.today, scene.calendar).blue_until
    rows = []
    for assignment in assignments:
        due_on = limit(assignment)
        if due_on is None or (due_on < scene.today) is not is_over:
            continue
        if not is_over and due_on > soon_until:
            continue
        reason = _time_left(due_on, scene)
        rows.append(Row(assignment.task, scene.light(assignment), due_on, reason))
    return rows


def _time_left(due_on: date, scene: Scene) -> str:
    if due_on < scene.today:
        return f"已逾期 {(scene.today - due_on).days} 天"
    if due_on == scene.today:
        return "今天到期"
    return f"还有 {scene.calendar.workdays_between(scene.today, due_on)} 个工作日"


def _leading(scene: Scene, *statuses: Status) -> list[Assignment]:
    """One assignment for each item in one of the states: the lead's, or the first part department's."""
    chosen: dict[int, Assignment] = {}
    for assignment in scene.assignments:
        if assignment.task.status not in statuses or assignment.role not in ANSWERABLE:
            continue
        if assignment.role == Assignment.Role.LEAD or assignment.task_id not in chosen:
            chosen[assignment.task_id] = assignment
    return sorted(chosen.values(), key=lambda a: (a.task.due_on or date.max, a.task_id))


def _unsigned_for_a_day(scene: Scene) -> list[Row]:
    rows = _rows(scene, _leading(scene, Status.ISSUED), "交办已超过 1 个工作日仍未签收")
    return [row for row in rows if is_unsigned_too_long(row.task.issued_at, scene.today, scene.calendar)]


def is_unsigned_too_long(issued_at: datetime | None, today: date, calendar: WorkCalendar) -> bool:
    """Whether the working day after the issuing has passed as well."""
    if issued_at is None:
        return False
    return calendar.next_workday(wording.local_date(issued_at) + timedelta(days=1)) < today
