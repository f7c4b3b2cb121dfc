"""What a department does: signing, objecting, reporting, applying for closing."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from tasks import evidence
from tasks.actions.limits import check_objection_in_time, lapse
from tasks.actions.moving import MoveRefused, _move, check, locked, part_of
from tasks.actions.periods import drop_periods
from tasks.models import Assignment, Feedback, Period, Task
from tasks.moves import Action
from tasks.permissions import moves_item

UNCHANGED = "本期无变化。"


@transaction.atomic
def receive(pk: int, *, by: User, at: datetime) -> Task:
    """签收: each department once; the lead's signature (without a lead, the first one) starts the work."""
    task = locked(pk)
    check(task, Action.RECEIVE, by)
    own = part_of(by, task)
    stamps: dict[str, Any] = {"received_at": at} if moves_item(Action.RECEIVE, task, own) else {}
    _move(task, Action.RECEIVE, by=by, at=at, **stamps)
    _sign(own, at)
    return task


def _sign(own: Assignment, at: datetime) -> None:
    if own.received_at is None:
        own.received_at = at
        own.save(update_fields=["received_at"])


@transaction.atomic
def decline(pk: int, *, by: User, at: datetime, reason: str) -> Task:
    """退回交办 (异议): “not ours”, before signing; the office decides anew."""
    task = locked(pk)
    check(task, Action.DECLINE, by, reason=reason)
    check_objection_in_time(task, today=localdate(at))
    lapse(task, at=at)
    _move(task, Action.DECLINE, by=by, at=at, note=reason, declined_at=at)
    drop_periods(task, since=localdate(at))
    return task


@transaction.atomic
def report(
    pk: int,
    *,
    by: User,
    at: datetime,
    progress: str,
    problems: str = "",
    next_steps: str = "",
    period: int | None = None,
    is_unchanged: bool = False,
    files: Sequence[evidence.Upload] = (),
) -> Feedback:
    """反馈: for one report day (`period`, its key) or in between. Who reports has received.

    `is_unchanged`: 本期无变化; then `progress` may be empty, but not in the first report.
    """
    task = locked(pk)
    check(task, Action.REPORT, by)
    own = part_of(by, task)
    words = {"problems": problems.strip(), "next_steps": next_steps.strip(), "is_unchanged": is_unchanged}
    feedback = Feedback(
        assignment=own,
        period=_open_period(own, period),
        progress=_progress(own, progress, is_unchanged),
        by=by,
        at=at,
        **words,
    )
    _file(feedback, files)
    _move(task, Action.REPORT, by=by, at=at, note=feedback.progress)
    _sign(own, at)
    return feedback


def _progress(own: Assignment, progress: str, is_unchanged: bool) -> str:
    if is_unchanged and not own.feedbacks.exists():
        raise ValidationError({"is_unchanged": "这是第一次反馈，请写明落实情况。"})
    if not progress.strip() and not is_unchanged:
        raise ValidationError({"progress": "请填写落实情况；没有变化的，请选“本期无变化”。"})
    return progress.strip() or UNCHANGED


def _open_period(own: Assignment, key: int | None) -> Period | None:
    """The department's own report day, still open. Raises ValidationError, MoveRefused."""
    if key is None:
        return None
    period: Period | None = own.periods.filter(pk=key).first()
    if period is None:
        raise ValidationError({"period": "没有找到这个反馈日，请刷新页面后重新选择。"})
    if period.filed_at is not None:
        raise MoveRefused(f"{period}已反馈，不需要重复填报；要补充情况，请不选反馈日再填一次。")
    return period


def _file(feedback: Feedback, files: Sequence[evidence.Upload]) -> None:
    """Store the report with its evidence; it closes its own report day and no other."""
    papers = evidence.checked(files)
    feedback.save(force_insert=True)
    evidence.attach(feedback, papers)
    if feedback.period is not None:
        feedback.period.filed_at = feedback.at
        feedback.period.save(update_fields=["filed_at"])


@transaction.atomic
def submit(pk: int, *, by: User, at: datetime, result: str, files: Sequence[evidence.Upload] = ()) -> Task:
    """申请办结: with the result. Without a lead, the last part department's application moves the item.

    Report days to come are taken back from whoever has applied; sending back makes them anew.
    """
    task = locked(pk)
    check(task, Action.SUBMIT, by)
    own, result = part_of(by, task), result.strip()
    if not result:
        raise ValidationError({"result": "请填写办理结果。"})
    _file(Feedback(assignment=own, progress=result, is_final=True, by=by, at=at), files)
    is_last = moves_item(Action.SUBMIT, task, own)
    lapse(task, at=at, assignment=None if _leads(own) else own)
    stamps: dict[str, Any] = {"submitted_at": at} if is_last else {}
    _move(task, Action.SUBMIT, by=by, at=at, note=result, result=_joined_result(own, result), **stamps)
    own.submitted_at = at
    own.save(update_fields=["submitted_at"])
    drop_periods(task, since=localdate(at), assignment=None if _leads(own) else own)
    _sign(own, at)
    return task


def _leads(own: Assignment) -> bool:
    return own.role == Assignment.Role.LEAD


def _joined_result(own: Assignment, result: str) -> str:
    """The lead's result; without a lead, what each part department achieved, one line each."""
    if _leads(own):
        return result
    finals = Feedback.objects.filter(
        assignment__task=own.task, assignment__submitted_at__isnull=False, is_final=True
    )
    latest = {
        f.assignment.department: f.progress
        for f in finals.order_by("at", "pk").select_related("assignment__department")
    }
    return "\n".join(
        f"{department}：{text}" for department, text in (latest | {own.department: result}).items()
    )
