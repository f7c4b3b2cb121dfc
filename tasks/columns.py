"""The columns of the ledger as offices keep it, in their order, and what an item says in each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, islice
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime

from accounts.models import Department
from accounts.naming import joined
from tasks.listing import Row, rows, with_latest
from tasks.models import Assignment, Attachment, Extension, TaskEvent
from tasks.moves import Action
from tasks.querysets import TaskQuerySet
from tasks.rhythm import describe
from tasks.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in code, its heading, its width in characters (a Chinese one takes two)."""

    name: str
    heading: str
    width: int


COLUMNS = (
    Column("number", "序号", 6),
    Column("code", "编号", 13),
    Column("source_kind", "来源类别", 9),
    Column("source_title", "来源标题", 20),
    Column("source_on", "来源日期", 11),
    Column("source_quote", "原文摘录", 32),
    Column("raised_by", "提出领导", 10),
    Column("title", "事项名称", 24),
    Column("requirement", "工作要求", 36),
    Column("deliverable", "完成形式", 12),
    Column("issued_on", "交办时间", 11),
    Column("lead_leader", "牵头领导", 10),
    Column("lead", "牵头单位", 14),
    Column("parts", "分办单位", 14),
    Column("supports", "配合单位", 14),
    Column("contact", "责任人", 10),
    Column("phone", "联系电话", 14),
    Column("due_on", "完成时限", 11),
    Column("report_rule", "反馈周期", 11),
    Column("urgency", "紧急程度", 9),
    Column("status", "状态", 8),
    Column("light", "灯色", 7),
    Column("light_reason", "灯色说明", 16),
    Column("progress", "最新进展", 32),
    Column("problems", "存在问题", 20),
    Column("next_steps", "下步思路", 20),
    Column("closed_on", "实际完成时间", 12),
    Column("extended", "延期次数及原因", 16),
    Column("returns", "退回次数", 9),
    Column("instructions", "领导批示", 20),
    Column("papers", "附件数", 8),
)
HEADINGS = tuple(column.heading for column in COLUMNS)
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Beside:
    """What hangs on the items of a chunk, by the key of the item."""

    units: dict[tuple[int, str], list[Department]]
    extended: dict[int, list[str]]  # reasons of what was granted: only that moved the limit
    instructed: dict[int, list[str]]


def lines(tasks: TaskQuerySet, *, today: date, days: WorkCalendar) -> Iterator[list[Any]]:
    """The cells of each item in the order of COLUMNS, numbered from 1; rows are fetched in chunks."""
    departments = Department.objects.select_related("leader").in_bulk()
    found = rows(_counted(tasks, today).iterator(CHUNK), today=today, days=days)
    numbers = count(1)
    while chunk := list(islice(found, CHUNK)):
        beside = _beside([row.task.pk for row in chunk], departments)
        for row in chunk:
            yield cells(next(numbers), row, beside)


def _beside(keys: list[int], departments: dict[int, Department]) -> Beside:
    """By values and not by prefetch: a hundred thousand items are half a million objects less."""
    units: dict[tuple[int, str], list[Department]] = defaultdict(list)
    handling = Assignment.objects.handling().filter(task__in=keys)
    for task, role, department in handling.values_list("task", "role", "department"):
        units[task, role].append(departments[department])
    granted = Extension.objects.filter(assignment__task__in=keys, state=Extension.State.GRANTED)
    granted = granted.exclude(assignment__role=Assignment.Role.TRANSFERRED)
    instructions = TaskEvent.objects.filter(task__in=keys, action=Action.INSTRUCT).order_by("at", "pk")
    extended = _listed(granted.values_list("assignment__task", "reason"))
    return Beside(units, extended, _listed(instructions.values_list("task", "note")))


def _listed(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    listed: dict[int, list[str]] = defaultdict(list)
    for key, words in pairs:
        listed[key].append(words)
    return listed


def _counted(tasks: TaskQuerySet, today: date) -> TaskQuerySet:
    """The items with their last report, what is missing, returns and papers."""
    returns = TaskEvent.objects.filter(task=OuterRef("pk"), action=Action.SEND_BACK)
    papers = Attachment.objects.filter(feedback__assignment__task=OuterRef("pk"))
    counts = {"returns": _count(returns, "task"), "papers": _count(papers, "feedback__assignment__task")}
    counted: TaskQuerySet = with_latest(tasks).with_missing(today).annotate(**counts)
    return counted


def _count(related: QuerySet[Any], path: str) -> Coalesce:
    """How many rows hang on each item; a join would multiply one by the other."""
    counted = related.order_by().values(path).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def cells(number: int, row: Row, beside: Beside) -> list[Any]:
    """One line: text, numbers, dates, None for what is not there."""
    task: Any = row.task
    role = Assignment.Role
    lead = next(iter(beside.units.get((task.pk, role.LEAD), ())), None)
    return [
        number,
        task.code,
        task.get_source_kind_display(),
        task.source_title,
        task.source_on,
        task.source_quote,
        task.raised_by,
        task.title,
        task.requirement,
        task.deliverable,
        _day(task.issued_at),
        (lead and lead.leader) or "",
        lead,
        joined(beside.units.get((task.pk, role.PART), ())),
        joined(beside.units.get((task.pk, role.SUPPORT), ())),
        lead and lead.contact_name,
        lead and lead.phone,
        task.due_on,
        describe(task.report_rule),
        task.get_urgency_display(),
        task.get_status_display(),
        row.light.word if row.light.colour != "none" else "",
        row.light.reason,
        task.latest_progress,
        task.latest_problems,
        task.latest_next_steps,
        _day(task.closed_at),
        _extended(beside.extended.get(task.pk, ())),
        task.returns,
        "\n".join(beside.instructed.get(task.pk, ())),
        task.papers,
    ]


def _day(moment: Any) -> date | None:
    return localtime(moment).date() if moment else None


def _extended(reasons: Sequence[str]) -> str:
    """2次：管线迁改滞后；汛期推迟."""
    return f"{len(reasons)}次：{'；'.join(reasons)}" if reasons else ""
