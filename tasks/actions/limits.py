"""The completion clock: more time asked for and answered, a limit set anew, the clock of objections."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import Department, User
from tasks.actions.moving import MoveRefused, _move, check, locked, part_of
from tasks.models import Assignment, Extension, Task
from tasks.moves import Action
from tasks.workdays import calendar

State = Extension.State


@transaction.atomic
def ask_extension(pk: int, *, by: User, at: datetime, due_on: date, reason: str, progress: str) -> Extension:
    """申请延期: the department asks for a later limit, while there is still time to ask."""
    task = locked(pk)
    check(task, Action.ASK_EXTENSION, by, reason=reason)
    own = part_of(by, task)
    was_due_on = _limit_to_extend(own, task)
    _check_asked(was_due_on, due_on, progress)
    _check_asked_in_time(was_due_on, today=localdate(at))
    asked: Extension = Extension.objects.create(
        assignment=own,
        was_due_on=was_due_on,
        due_on=due_on,
        reason=reason.strip(),
        progress=progress.strip(),
        asked_by=by,
        asked_at=at,
    )
    own.extension_asked_at = at
    own.save(update_fields=["extension_asked_at"])
    note = f"申请由{_day(was_due_on)}延至{_day(due_on)}：{asked.reason}"
    _move(task, Action.ASK_EXTENSION, by=by, at=at, note=note, **_awaited(task))
    return asked


def _limit_to_extend(own: Assignment, task: Task) -> date:
    limit: date | None = own.due_on or task.due_on
    if limit is None:
        raise ValidationError({"due_on": "本事项没有完成时限，不需要申请延期。"})
    return limit


def _check_asked(was_due_on: date, due_on: date, progress: str) -> None:
    if due_on <= was_due_on:
        raise ValidationError({"due_on": f"延期后的时限应晚于现在的时限{_day(was_due_on)}。"})
    if not progress.strip():
        raise ValidationError({"progress": "请填写目前进展，供督查室研究。"})


def _check_asked_in_time(was_due_on: date, *, today: date) -> None:
    ahead = settings.EXTENSION_WORKDAYS
    if calendar().workdays_between(today, was_due_on) >= ahead:
        return
    raise MoveRefused(
        f"延期应在时限（{_day(was_due_on)}）前至少{ahead}个工作日提出，现在已经晚了。"
        "请在反馈中写明原因和打算，由督查室决定是否调整时限。"
    )


@transaction.atomic
def grant_extension(
    pk: int,
    *,
    by: User,
    at: datetime,
    due_on: date | None = None,
    department: Department | None = None,
    note: str = "",
) -> Extension:
    """同意延期: to the day asked for, or to `due_on`. `department`: whose request; by default the oldest."""
    task = locked(pk)
    check(task, Action.GRANT_EXTENSION, by)
    asked = _waiting(task, department)
    asked.granted_on = due_on or asked.due_on
    if asked.granted_on <= asked.was_due_on:
        raise ValidationError({"due_on": f"批准的时限应晚于原时限{_day(asked.was_due_on)}。"})
    _answer(asked, State.GRANTED, by=by, at=at, answer=note)
    stamps = set_limit(task, asked.assignment, asked.granted_on) | _awaited(task)
    words = f"由{_day(asked.was_due_on)}延至{_day(asked.granted_on)}" + (f"：{note.strip()}" if note else "")
    whose = asked.assignment.department
    _move(task, Action.GRANT_EXTENSION, by=by, at=at, note=words, department=whose, **stamps)
    return asked


@transaction.atomic
def refuse_extension(
    pk: int, *, by: User, at: datetime, reason: str, department: Department | None = None
) -> Extension:
    """不同意延期: the limit stands."""
    task = locked(pk)
    check(task, Action.REFUSE_EXTENSION, by, reason=reason)
    asked = _waiting(task, department)
    _answer(asked, State.REFUSED, by=by, at=at, answer=reason)
    whose = asked.assignment.department
    _move(task, Action.REFUSE_EXTENSION, by=by, at=at, note=reason, department=whose, **_awaited(task))
    return asked


def _waiting(task: Task, department: Department | None) -> Extension:
    """The request to answer. Raises MoveRefused when the department has none."""
    waiting = Extension.objects.filter(assignment__task=task, state=State.ASKED)
    if department is not None:
        waiting = waiting.filter(assignment__department=department)
    found: Extension | None = waiting.select_related("assignment__department").first()
    if found is None:
        raise MoveRefused(f"{department}没有等待批复的延期申请。")
    return found


def _answer(asked: Extension, state: State, *, by: User | None, at: datetime, answer: str = "") -> None:
    asked.state, asked.answered_by, asked.answered_at, asked.answer = state, by, at, answer.strip()
    asked.save(update_fields=["state", "answered_by", "answered_at", "answer", "granted_on"])
    asked.assignment.extension_asked_at = None
    asked.assignment.save(update_fields=["extension_asked_at"])


def lapse(task: Task, *, at: datetime, assignment: Assignment | None = None) -> None:
    """Requests that nobody needs answered any more; of one department, or all. Call before `_move`."""
    waiting = Extension.objects.filter(assignment__task=task, state=State.ASKED)
    for asked in waiting.select_related("assignment"):
        if assignment is None or asked.assignment == assignment:
            _answer(asked, State.LAPSED, by=None, at=at)
    for name, value in _awaited(task).items():
        if getattr(task, name) != value:
            setattr(task, name, value)
            task.save(update_fields=[name])


def _awaited(task: Task) -> dict[str, Any]:
    """Since when the oldest request waits, for the lights."""
    waiting = Extension.objects.filter(assignment__task=task, state=State.ASKED)
    return {"extension_asked_at": waiting.values_list("asked_at", flat=True).first()}


def set_limit(task: Task, own: Assignment | None, due_on: date) -> dict[str, Any]:
    """Of a department; of the item when the lead's, or nobody's, is meant. Returns what `_move` must save."""
    if own is None or own.role == Assignment.Role.LEAD:
        return {"due_on": due_on, "due_is_assumed": False}
    own.due_on = due_on
    own.save(update_fields=["due_on"])
    return {}


@transaction.atomic
def redate(
    pk: int, *, by: User, at: datetime, due_on: date, reason: str, department: Department | None = None
) -> Task:
    """调整时限: of the item, or of one department of it."""
    task = locked(pk)
    check(task, Action.REDATE, by, reason=reason)
    if due_on < localdate(at):
        raise ValidationError({"due_on": "新的时限早于今天，请改为今天或以后的日期。"})
    own = _handling(task, department) if department else None
    was = (own and own.due_on) or task.due_on
    note = f"{_day(was)}调整为{_day(due_on)}：{reason.strip()}"
    whose = own.department if own else None
    _move(task, Action.REDATE, by=by, at=at, note=note, department=whose, **set_limit(task, own, due_on))
    return task


def _handling(task: Task, department: Department) -> Assignment:
    own: Assignment | None = task.assignments.handling().filter(department=department).first()
    if own is None:
        raise ValidationError({"department": f"{department}不是本事项的承办单位。"})
    return own


def objection_until(task: Task) -> date | None:
    """The last day on which “not ours” can be said: so many working days after issuing or referring.

    None: at any time before signing (the office has set no limit), or not issued.
    """
    started = task.events.filter(action__in=(Action.ISSUE, Action.REFER)).order_by("at", "pk").last()
    if not settings.OBJECTION_WORKDAYS or started is None:
        return None
    return calendar().after(localdate(started.at), settings.OBJECTION_WORKDAYS)


def check_objection_in_time(task: Task, *, today: date) -> None:
    """Raises MoveRefused when the day has passed."""
    until = objection_until(task)
    if until is not None and today > until:
        raise MoveRefused(
            f"异议应在交办后{settings.OBJECTION_WORKDAYS}个工作日内（{_day(until)}以前）提出，现在已经晚了。"
            "请先签收，确不属本单位职责的，与督查室联系转办。"
        )


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "未定"
