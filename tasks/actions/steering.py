"""The office and the leaders steer: pausing, resuming, instructing."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from tasks.actions.limits import set_limit
from tasks.actions.moving import _move, check, locked
from tasks.actions.periods import drop_periods, make_periods
from tasks.models import Task
from tasks.moves import Action


@transaction.atomic
def pause(pk: int, *, by: User, at: datetime, reason: str) -> Task:
    """暂停: nothing is asked until the office resumes; what was missed before stays on the record."""
    task = locked(pk)
    check(task, Action.PAUSE, by, reason=reason)
    _move(task, Action.PAUSE, by=by, at=at, note=reason, paused_at=at)
    drop_periods(task, since=localdate(at))
    return task


@transaction.atomic
def resume(pk: int, *, by: User, at: datetime, due_on: date | None = None, note: str = "") -> Task:
    """恢复: the rhythm goes on from the next day; `due_on` sets a new limit, else the old one stands."""
    task = locked(pk)
    check(task, Action.RESUME, by)
    stamps: dict[str, Any] = {"paused_at": None}
    if due_on is not None:
        stamps |= set_limit(task, None, _not_past(due_on, at))
        note = f"完成时限定为{due_on.year}年{due_on.month}月{due_on.day}日。{note}"
    _move(task, Action.RESUME, by=by, at=at, note=note, **stamps)
    make_periods(task)
    return task


@transaction.atomic
def instruct(
    pk: int, *, by: User, at: datetime, text: str, voice: str = "", due_on: date | None = None
) -> Task:
    """批示: a leader's words on the item, told to everybody who handles it; `due_on` sets the limit.

    A leader speaks for himself; the office names the leader (`voice`) whose words it puts on record.
    """
    task = locked(pk)
    check(task, Action.INSTRUCT, by)
    text, voice = text.strip(), str(by) if by.is_leader else voice.strip()
    if not text:
        raise ValidationError({"text": "请填写批示内容。"})
    if not voice:
        raise ValidationError({"voice": "请填写批示领导的姓名或职务。"})
    note, stamps = f"{voice}批示：{text}", {}
    if due_on is not None:
        stamps = set_limit(task, None, _not_past(due_on, at))
        note += f"（完成时限定为{due_on.year}年{due_on.month}月{due_on.day}日）"
    _move(task, Action.INSTRUCT, by=by, at=at, note=note, **stamps)
    return task


def _not_past(due_on: date, at: datetime) -> date:
    if due_on < localdate(at):
        raise ValidationError({"due_on": "新的时限早于今天，请改为今天或以后的日期。"})
    return due_on
