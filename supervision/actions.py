"""What people do with letters: send a failed one again, dismiss it, open one."""

import logging
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.models import User
from supervision import announcing, rounds, wording
from supervision.addressing import Addressee, named_liaisons
from supervision.models import Notice

log = logging.getLogger(__name__)


REASON_LIMIT = 200


class RetryRefused(Exception):
    """Not now: the letter has not failed, or it still has nowhere to go. The message says what to do."""


class DismissRefused(Exception):
    """Not now: the letter has not failed. The message says how it stands."""


def may_retry(user: User) -> bool:
    """Who looks after failed letters: sends them again, or dismisses them."""
    return user.is_supervisor or user.is_administrator


@transaction.atomic
def retry(pk: UUID, *, by: User, at: datetime) -> Notice:
    """Put a failed letter back into the queue, same key and same Message-ID, to the address of today.

    A letter that had nobody to go to is replaced by one for each liaison named meanwhile.
    """
    notice = Notice.objects.select_for_update().get(pk=pk)
    if not may_retry(by):
        raise PermissionDenied("只有督查员和系统管理员可以重新发送。")
    if not notice.has_failed:
        raise RetryRefused(f"这封通知现在是“{notice.get_state_display()}”，不需要重新发送。")
    log.info("notice %s: sent again by %s", notice.pk, by.username)
    return _readdress(notice, by, at) if notice.recipient is None else _requeue(notice, by, at)


def _requeue(notice: Notice, by: User, at: datetime) -> Notice:
    reader = Addressee(notice.recipient, notice.department)
    if reader.problem:
        raise RetryRefused(reader.problem)
    notice.address = reader.address
    notice.state = Notice.State.PENDING
    notice.attempts = 0
    notice.try_at = at
    notice.last_error = f"{wording.moment(at)} 由{by}重新发送。上次失败原因：{notice.last_error}"
    notice.save(update_fields=["address", "state", "attempts", "try_at", "last_error"])
    return notice


def _readdress(notice: Notice, by: User, at: datetime) -> Notice:
    if not named_liaisons(notice.department):
        raise RetryRefused(Addressee(None, notice.department).problem)
    if notice.event_id:
        written = announcing.announce(notice.event_id, at, by_hand=True)
    else:
        written = rounds.rewrite(notice, at)
    notice.state = Notice.State.SKIPPED
    notice.last_error = f"{wording.moment(at)} 由{by}改发给该单位的联络员，新生成 {written} 封。"
    notice.save(update_fields=["state", "last_error"])
    return notice


@transaction.atomic
def dismiss(pk: UUID, *, by: User, at: datetime, reason: str) -> Notice:
    """作废: a failed letter that nobody needs any more is off the list of failures; its trail stays."""
    notice = Notice.objects.select_for_update().get(pk=pk)
    if not may_retry(by):
        raise PermissionDenied("只有督查员和系统管理员可以作废通知。")
    if not notice.has_failed:
        raise DismissRefused(f"这封通知现在是“{notice.get_state_display()}”，只有发送失败的通知可以作废。")
    notice.dismissal = _dismissal(reason)
    notice.state, notice.dismissed_by, notice.dismissed_at = Notice.State.DISMISSED, by, at
    notice.save(update_fields=["state", "dismissed_by", "dismissed_at", "dismissal"])
    return notice


def _dismissal(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": "请填写不再发送的理由，例如“已电话告知”。"})
    if len(reason) > REASON_LIMIT:
        raise ValidationError({"reason": f"理由太长（{len(reason)}字），请缩短到{REASON_LIMIT}字以内。"})
    return reason


def open_letter(notice: Notice, *, by: User, at: datetime) -> None:
    """Note the first time its reader followed the link; anybody else following it leaves no trace."""
    if by.pk == notice.recipient_id and notice.opened_at is None:
        Notice.objects.filter(pk=notice.pk, opened_at=None).update(opened_at=at)
