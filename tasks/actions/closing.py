"""Review by the office: sending back, closing, striking off, looking back."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from tasks.actions.moving import MoveRefused, _move, check, locked
from tasks.actions.periods import make_periods
from tasks.models import Task
from tasks.moves import OVER, Action

SHOWN = 5  # numbers of sub-items in a refusal


@transaction.atomic
def send_back(pk: int, *, by: User, at: datetime, reason: str) -> Task:
    """退回重办: not good enough; every department that submitted works on and submits again."""
    task = locked(pk)
    check(task, Action.SEND_BACK, by, reason=reason)
    _move(task, Action.SEND_BACK, by=by, at=at, note=reason, submitted_at=None)
    _work_again(task)
    return task


@transaction.atomic
def close(pk: int, *, by: User, at: datetime, note: str = "") -> Task:
    """办结: the office accepts the result."""
    task = locked(pk)
    check(task, Action.CLOSE, by)
    _check_sub_items(task)
    _move(task, Action.CLOSE, by=by, at=at, note=note, closed_at=at)
    return task


def _check_sub_items(task: Task) -> None:
    left = list(task.children.exclude(status__in=OVER).order_by("pk").values_list("code", flat=True))
    if left:
        raise MoveRefused(
            f"事项{task.code}还有{len(left)}个子事项没有办结（{'、'.join(left[:SHOWN])}"
            f"{'等' if len(left) > SHOWN else ''}），请先办结或撤销子事项。"
        )


@transaction.atomic
def strike_off(pk: int, *, by: User, at: datetime, note: str = "") -> Task:
    """销号: off the ledger."""
    task = locked(pk)
    check(task, Action.STRIKE_OFF, by)
    _move(task, Action.STRIKE_OFF, by=by, at=at, note=note, struck_off_at=at)
    return task


@transaction.atomic
def reopen(pk: int, *, by: User, at: datetime, reason: str) -> Task:
    """回头看重启: what was closed turned out not to be done."""
    task = locked(pk)
    check(task, Action.REOPEN, by, reason=reason)
    cleared = dict.fromkeys(("submitted_at", "closed_at", "struck_off_at"))
    _move(task, Action.REOPEN, by=by, at=at, note=reason, **cleared)
    _work_again(task)
    return task


def _work_again(task: Task) -> None:
    task.assignments.update(submitted_at=None)
    make_periods(task)
