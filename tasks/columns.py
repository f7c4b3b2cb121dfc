"""The ledger as a spreadsheet: its columns in the order offices use, safe to open in Excel."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime

from tasks.listing import Row, rows, with_latest
from tasks.models import Assignment, Attachment, Extension, Task, TaskEvent
from tasks.moves import Action
from tasks.querysets import TaskQuerySet
from tasks.rhythm import describe
from tasks.workdays import WorkCalendar

HEADINGS = (
    "序号",
    "编号",
    "来源类别",
    "来源标题",
    "来源日期",
    "原文摘录",
    "提出领导",
    "事项名称",
    "工作要求",
    "交办时间",
    "牵头领导",
    "牵头单位",
    "分办单位",
    "配合单位",
    "责任人",
    "联系电话",
    "完成时限",
    "反馈周期",
    "紧急程度",
    "状态",
    "灯色",
    "灯色说明",
    "最新进展",
    "存在问题",
    "下步思路",
    "实际完成时间",
    "延期次数及原因",
    "退回次数",
    "领导批示",
    "附件数",
)
STARTS_OF_FORMULAS = tuple("=+-@\t\r\n＝＋－＠")  # Excel in China takes the full-width ones too
CHUNK = 500


class Echo:
    """A file for csv.writer that hands back each line."""

    def write(self, line: str) -> str:
        return line


def csv_lines(tasks: TaskQuerySet, *, today: date, days: WorkCalendar) -> Iterator[bytes]:
    """UTF-8 with a mark at the beginning, or Excel in China shows it garbled."""
    writer = csv.writer(Echo())
    yield b"\xef\xbb\xbf" + writer.writerow(HEADINGS).encode()
    for number, row in enumerate(rows(_complete(tasks, today), today=today, days=days), start=1):
        yield writer.writerow([safe(cell) for cell in cells(number, row)]).encode()


def _complete(tasks: TaskQuerySet, today: date) -> Iterable[Task]:
    """The items with everything the columns need; rows are fetched in chunks."""
    handling = Assignment.objects.handling().select_related("department__leader")
    returns = TaskEvent.objects.filter(task=OuterRef("pk"), action=Action.SEND_BACK)
    papers = Attachment.objects.filter(feedback__assignment__task=OuterRef("pk"))
    counted = (
        with_latest(tasks)
        .with_missing(today)
        .annotate(returns=_count(returns, "task"), papers=_count(papers, "feedback__assignment__task"))
    )
    granted = Extension.objects.filter(state=Extension.State.GRANTED)
    instructions = TaskEvent.objects.filter(action=Action.INSTRUCT).order_by("at", "pk")
    found: Iterable[Task] = counted.prefetch_related(
        Prefetch("assignments", handling),
        Prefetch("assignments__extensions", granted),
        Prefetch("events", instructions),
    ).iterator(CHUNK)
    return found


def _count(related: QuerySet[Any], path: str) -> Coalesce:
    """How many rows hang on each item; a join would multiply one by the other."""
    counted = related.order_by().values(path).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def safe(cell: Any) -> str:
    """A cell that a spreadsheet will not take for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(STARTS_OF_FORMULAS) else text


def cells(number: int, row: Row) -> list[Any]:
    """One line; dates as 2026-06-30, which every spreadsheet reads as a date."""
    task: Any = row.task
    lead = task.lead
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
        _day(task.issued_at),
        (lead and lead.leader) or "",
        lead,
        _named(task, Assignment.Role.PART),
        _named(task, Assignment.Role.SUPPORT),
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
        _extended(task),
        task.returns,
        "\n".join(event.note for event in task.events.all()),
        task.papers,
    ]


def _day(moment: Any) -> date | None:
    return localtime(moment).date() if moment else None


def _extended(task: Task) -> str:
    """2次：管线迁改滞后；汛期推迟. Only what was granted moved the limit."""
    granted = [asked.reason for own in task.assignments.all() for asked in own.extensions.all()]
    return f"{len(granted)}次：{'；'.join(granted)}" if granted else ""


def _named(task: Task, role: str) -> str:
    return "、".join(str(a.department) for a in task.assignments.all() if a.role == role)
