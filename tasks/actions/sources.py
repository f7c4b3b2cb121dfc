"""The same thing asked for again: the item keeps every sentence, each with its place."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from tasks.actions.moving import MoveRefused, _move, check, locked
from tasks.models import Task, TaskSource
from tasks.moves import Action

LONGEST_NOTE = 300  # characters of a sentence in the trail; the source keeps it whole


class Origin(TypedDict, total=False):
    """What is known of the speech or paper the sentence stands in."""

    kind: str
    title: str
    said_on: date | None
    raised_by: str


@transaction.atomic
def add_source(
    pk: int, *, by: User, at: datetime, quote: str, url: str, **origin: Unpack[Origin]
) -> TaskSource:
    """补充来源: one more sentence that asks for this item. The same place a second time changes nothing."""
    task = locked(pk)
    check(task, Action.ADD_SOURCE, by)
    known: TaskSource | None = task.more_sources.filter(url=url).first()
    if known is not None:
        return known
    if not quote.strip():
        raise ValidationError({"quote": "请给出原文。"})
    added: TaskSource = TaskSource.objects.create(
        task=task, quote=quote, url=url, added_by=by, added_at=at, **origin
    )
    _move(task, Action.ADD_SOURCE, by=by, at=at, note=_said(added))
    return added


@transaction.atomic
def remove_source(pk: int, *, by: User, at: datetime, url: str) -> Task:
    """撤回来源: the sentence of that place turned out to ask for something else."""
    task = locked(pk)
    check(task, Action.REMOVE_SOURCE, by)
    known: TaskSource | None = task.more_sources.filter(url=url).first()
    if known is None:
        raise MoveRefused(f"事项{task.code}没有这条来源，可能刚被撤回，请刷新页面。")
    note = _said(known)
    known.delete()
    _move(task, Action.REMOVE_SOURCE, by=by, at=at, note=note)
    return task


def _said(source: TaskSource) -> str:
    """《讲话》（2026年7月6日）：“原句”."""
    day = source.said_on
    on = f"（{day.year}年{day.month}月{day.day}日）" if day else ""
    quote = source.quote.replace("\n", "")
    return f"{source}{on}：“{quote[:LONGEST_NOTE]}{'…' if len(quote) > LONGEST_NOTE else ''}”"
