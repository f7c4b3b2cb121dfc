"""The one way a state changes: lock, check the person, check the moment, save, write one event."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Department, User
from tasks.models import Assignment, Task, TaskEvent
from tasks.moves import ANSWERS, FROM_THE_SOURCE, MOVES, Action, Status
from tasks.permissions import assignment_of, is_moment, may, moves_item


class MoveRefused(Exception):
    """The wrong moment (409). The message says, in Chinese, what the item is now and what can be done."""


def locked(pk: int) -> Task:
    """The item, its row locked until the transaction ends; every verb on it waits here for its turn."""
    task: Task = Task.objects.select_for_update().get(pk=pk)
    return task


def check(task: Task, action: Action, by: User, *, reason: str = "") -> None:
    """Person, moment, reason, in this order: who may not act does not learn how the item stands.

    Raises PermissionDenied, MoveRefused, ValidationError.
    """
    check_person(task, action, by)
    if not is_moment(action, task, assignment_of(by, task)):
        raise MoveRefused(_not_now(action, task))
    if MOVES[action].needs_reason and not reason.strip():
        raise ValidationError({"reason": f"请填写{action.label}的理由。"})


def check_person(task: Task, action: Action, by: User) -> None:
    """Raises PermissionDenied, which says whose the verb is."""
    if not may(by, action, task):
        raise PermissionDenied(_not_yours(action))


def part_of(by: User, task: Task) -> Assignment:
    """The person's own part; `check` has made sure that there is one."""
    own = assignment_of(by, task)
    if own is None:
        raise LookupError(task.code)
    return own


def _not_yours(action: Action) -> str:
    if action is Action.INSTRUCT:
        return "只有分管领导可以批示；领导的批示也可以由督查员代为登记。"
    if action is Action.ASK_EXTENSION:
        return "只有牵头单位、分办单位的联络员可以申请延期。"
    if action in {Action.RECEIVE, Action.REPORT}:
        return f"只有本事项承办单位的联络员可以{action.label}。"
    if action in {Action.DECLINE, Action.SUBMIT}:
        return f"只有牵头单位（没有牵头单位的，为各分办单位）的联络员可以{action.label}。"
    return f"只有督查员可以{action.label}。"


def _not_now(action: Action, task: Task) -> str:
    status = Status(task.status)
    now = f"事项{task.code}目前为“{status.label}”" + ("（已暂停）" if task.paused_at else "")
    if action in ANSWERS and status in MOVES[action].sources:
        return f"事项{task.code}没有等待批复的延期申请。"
    if action is Action.RESUME and status in MOVES[action].sources:
        return f"事项{task.code}没有暂停，不需要恢复。"
    if action is Action.SPLIT_OFF and task.parent_id:
        return f"事项{task.code}本身就是子事项，不能再拆；请在上级事项下另拆一项。"
    if action is Action.ASK_EXTENSION and task.due_on is None:
        return f"事项{task.code}没有完成时限，不需要申请延期。"
    if not task.paused_at and status in MOVES[action].sources | MOVES[action].beside:
        return f"{now}，贵单位已经{action.label}，不需要重复办理。"
    shown = [other for other in MOVES if other not in FROM_THE_SOURCE]
    possible = "、".join(other.label for other in shown if is_moment(other, task, None))
    return f"{now}，不能{action.label}。" + (f"现在可以办理：{possible}。" if possible else "事项已终结。")


def _move(
    task: Task,
    action: Action,
    *,
    by: User,
    at: datetime,
    note: str = "",
    department: Department | None = None,
    released: Department | None = None,
    **stamps: Any,
) -> None:
    """Change the state as the table says, save it with the `stamps`, and write the event.

    Call `check` first. `department`: whose doing it is, the person's own where nothing else is said.
    `released`: who led until this.
    """
    was, own = task.status, assignment_of(by, task)
    to = MOVES[action].to
    if to is not None and moves_item(action, task, own):
        task.status = to
    for name, value in stamps.items():
        setattr(task, name, value)
    task.save(update_fields=["status", *stamps])
    whose = department or _home(own)
    record(task, action, by=by, at=at, note=note, was=was, department=whose, released=released)


def _home(own: Assignment | None) -> Department | None:
    return None if own is None else own.department


def record(
    task: Task,
    action: Action,
    *,
    by: User,
    at: datetime,
    was: str,
    note: str = "",
    department: Department | None = None,
    released: Department | None = None,
) -> None:
    """Write the one event of a change."""
    TaskEvent.objects.create(
        task=task,
        action=action,
        actor=by,
        department=department,
        released=released,
        from_status=was,
        to_status=task.status,
        note=note.strip(),
        at=at,
    )
