"""One item with everything that belongs to it, and its files."""

from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.models import User
from tasks import evidence
from tasks.listing import Row, rows, with_departments
from tasks.models import Assignment, Attachment, Extension, Feedback, Task
from tasks.moves import MOVES, Action
from tasks.permissions import Person
from tasks.querysets import SEES_ALL
from tasks.rhythm import describe
from tasks.showing import buttons, light_of_item, part
from tasks.workdays import WorkCalendar, calendar

ENDS = " \n。；;，,"  # what a requirement loses when a clerk takes it over from the speech


def find_visible(user: Person, code: str) -> Task:
    """The item with its departments; 404 when it is not there for this person."""
    departments = Prefetch("assignments", Assignment.objects.select_related("department"))
    tasks = Task.objects.visible_to(user).select_related("created_by").prefetch_related(departments)
    task: Task = get_object_or_404(tasks, code=code)
    return task


@require_GET
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """Source, both clocks, report days, reports, trail, and the verbs the reader may use now."""
    return render(request, "tasks/detail.html", everything(request.user, find_visible(request.user, code)))


def everything(user: Person, task: Task) -> dict[str, Any]:
    """What the item page shows; also after a refused verb."""
    today, days = timezone.localdate(), calendar()
    assignments = Assignment.objects.filter(task=task).select_related("department", "task")
    reports = list(
        Feedback.objects.filter(assignment__task=task)
        .select_related("assignment__department", "period", "by")
        .prefetch_related("files")
    )
    last = {report.assignment_id: report.at for report in reversed(reports)}  # newest first
    parts = [
        part(own, last_at=last.get(own.pk), today=today, days=days)
        for own in assignments.prefetch_related("periods")
    ]
    events = list(task.events.select_related("actor", "department").order_by("-at", "-pk"))
    extensions = Extension.objects.filter(assignment__task=task)
    return {
        "task": task,
        "light": light_of_item(task, parts, today=today, days=days),
        "says_the_same": task.requirement.strip(ENDS) == task.source_quote.strip(ENDS),
        "parts": parts,
        "has_periods": any(p.beats for p in parts),
        "report_rhythm": describe(task.report_rule),
        "collect_rhythm": describe(task.collect_rule),
        "reports": reports,
        "more_sources": list(task.more_sources.select_related("added_by")),
        "extensions": extensions.select_related("assignment__department", "asked_by", "answered_by"),
        "sub_items": _sub_items(user, task, today=today, days=days),
        "parent": Task.objects.visible_to(user).filter(pk=task.parent_id).first() if task.parent_id else None,
        "instructions": [event for event in events if event.action == Action.INSTRUCT],
        "events": events,
        "buttons": buttons(user, task) if isinstance(user, User) else [],
        "may_read_source": getattr(user, "role", "") in SEES_ALL,
        "unknown_year": task.due_on.year if task.due_on and not days.is_known(task.due_on) else None,
    }


def _sub_items(user: Person, task: Task, *, today: date, days: WorkCalendar) -> list[Row]:
    """What was split off and the reader may see, each with its light."""
    children = Task.objects.visible_to(user).filter(parent=task).with_missing(today).order_by("pk")
    return list(rows(with_departments(children), today=today, days=days))


def action_named(verb: str) -> Action:
    """The verb of a URL. Raises Http404."""
    if verb not in Action.values or Action(verb) not in MOVES:
        raise Http404(verb)
    return Action(verb)


@require_GET
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    """A file of evidence, to save."""
    found: Attachment = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    try:
        return evidence.download(found)
    except FileNotFoundError as error:
        raise Http404("文件已不在服务器上或被改动过，请联系系统管理员从备份中恢复。") from error
