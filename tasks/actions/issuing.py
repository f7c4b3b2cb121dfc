"""The office hands out: registering, amending, issuing, referring on, withdrawing."""

from datetime import datetime
from typing import Any, Unpack

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import Department, User
from tasks.actions.details import (
    Changes,
    Details,
    Role,
    assign,
    check_departments,
    check_fields,
    current_departments,
    split,
    transfer,
)
from tasks.actions.limits import lapse
from tasks.actions.moving import _move, check, locked, record
from tasks.actions.periods import drop_periods, make_periods
from tasks.models import Assignment, Task
from tasks.moves import Action
from tasks.numbering import next_code
from tasks.permissions import may

SOURCE = ("source_kind", "source_title", "source_quote", "source_url", "source_on", "raised_by", "recipients")


@transaction.atomic
def register(
    *, by: User, at: datetime, title: str, requirement: str, note: str = "", **details: Unpack[Details]
) -> Task:
    """立项: a new draft with its number; `note` goes into the trail.

    Raises PermissionDenied, ValidationError.
    """
    if not may(by, Action.REGISTER):
        raise PermissionDenied("只有督查员可以立项。")
    return _enter(by, at, {"title": title, "requirement": requirement, **details}, note=note)


def _enter(
    by: User, at: datetime, details: dict[str, Any], *, parent: Task | None = None, note: str = ""
) -> Task:
    """A new draft on the ledger, checked, numbered, with its departments and its first event."""
    fields, departments = split(details)
    task = Task(created_by=by, created_at=at, parent=parent, **fields)
    check_fields(task)
    check_departments(department for chosen in departments.values() for department in chosen)
    task.code = next_code(localdate(at).year)
    task.save(force_insert=True)
    assign(task, departments, today=localdate(at))
    record(task, Action.REGISTER, by=by, at=at, was="", note=note)
    return task


@transaction.atomic
def split_off(
    pk: int, *, by: User, at: datetime, title: str, requirement: str, **details: Unpack[Details]
) -> Task:
    """拆解: a draft of its own under the item, with its own departments and clocks; its source is the item's.

    So is its limit where none is given; it may not lie behind the item's.
    The item cannot be closed before its sub-items.
    """
    task = locked(pk)
    check(task, Action.SPLIT_OFF, by)
    due_on = details.get("due_on")
    if due_on and task.due_on and due_on > task.due_on:
        raise ValidationError({"due_on": f"子事项的时限不能晚于上级事项的时限{task.due_on:%Y-%m-%d}。"})
    taken_over = {name: getattr(task, name) for name in (*SOURCE, "due_on")}
    words = taken_over | {"title": title, "requirement": requirement, **details}
    part = _enter(by, at, words, parent=task, note=f"由{task.code}拆解")
    _move(task, Action.SPLIT_OFF, by=by, at=at, note=f"拆出{part.code} {part.title}")
    return part


@transaction.atomic
def amend(pk: int, *, by: User, at: datetime, **changes: Unpack[Changes]) -> Task:
    """修改: the given fields of `register`, while 拟办. Nothing that differs: nothing is written."""
    task = locked(pk)
    check(task, Action.AMEND, by)
    fields, departments = split(dict(changes))
    changed = {name: value for name, value in fields.items() if getattr(task, name) != value}
    handling = current_departments(task)
    shifted = {role: chosen for role, chosen in departments.items() if set(chosen) != set(handling[role])}
    if not changed and not shifted:
        return task
    for name, value in changed.items():
        setattr(task, name, value)
    check_fields(task)
    _move(
        task,
        Action.AMEND,
        by=by,
        at=at,
        note=_said(changed, shifted),
        **{n: getattr(task, n) for n in changed},
    )
    if shifted:
        assign(task, handling | shifted, today=localdate(at))
    return task


def _said(changed: dict[str, Any], shifted: dict[str, list[Department]]) -> str:
    """Which fields were changed, by their labels."""
    verbose = {field.name: str(field.verbose_name) for field in Task._meta.fields}
    labels = [verbose[name] for name in changed]
    return "、".join([*labels, *(Role(role).label for role in shifted)])


@transaction.atomic
def issue(pk: int, *, by: User, at: datetime, note: str = "") -> Task:
    """交办: out to the departments, whose clocks begin. Needs a lead or at least one part department."""
    task = locked(pk)
    check(task, Action.ISSUE, by)
    if not task.assignments.filter(role__in=(Role.LEAD, Role.PART)).exists():
        raise ValidationError(
            {"lead": f"事项{task.code}还没有承办单位，请先填写牵头单位或分办单位，再交办。"}
        )
    task.assignments.update(received_at=None, submitted_at=None)
    cleared = dict.fromkeys(("received_at", "submitted_at", "declined_at"))
    stamps: dict[str, Any] = {"issued_at": at, **cleared}
    _move(task, Action.ISSUE, by=by, at=at, note=note, **stamps)
    make_periods(task)
    return task


@transaction.atomic
def refer(pk: int, *, by: User, at: datetime, to: Department, reason: str) -> Task:
    """转办: another department leads and signs anew; the old lead keeps its trail and owes nothing more."""
    task = locked(pk)
    check(task, Action.REFER, by, reason=reason)
    check_departments([to])
    old = task.assignments.filter(role=Role.LEAD).select_related("department").first()
    if old is not None and old.department == to:
        raise ValidationError({"to": f"{to}已经是牵头单位，请改选其他单位。"})
    if old is not None:
        lapse(task, at=at, assignment=old)
        transfer(old, today=localdate(at))
    Assignment.objects.update_or_create(
        task=task, department=to, defaults={"role": Role.LEAD, "received_at": None, "submitted_at": None}
    )
    way = f"由{old.department}转{to}" if old else f"转{to}牵头"
    stamps = dict.fromkeys(("received_at", "submitted_at"))
    note, released = f"{way}：{reason.strip()}", old.department if old else None
    _move(task, Action.REFER, by=by, at=at, note=note, department=to, released=released, **stamps)
    make_periods(task)
    return task


@transaction.atomic
def withdraw(pk: int, *, by: User, at: datetime, reason: str) -> Task:
    """撤销: no longer pursued; report days to come are taken back."""
    task = locked(pk)
    check(task, Action.WITHDRAW, by, reason=reason)
    lapse(task, at=at)
    _move(task, Action.WITHDRAW, by=by, at=at, note=reason, declined_at=None, paused_at=None)
    drop_periods(task, since=localdate(at))
    return task
