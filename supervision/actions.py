"""What people do with letters: send a failed one again, open one."""

import logging
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from supervision import announcing, rounds, wording
from supervision.addressing import Addressee, named_liaisons
from supervision.models import Notice

log = logging.getLogger(__name__)


class RetryRefused(Exception):
    """Not now: the letter has not failed, or it still has nowhere to go. The message says what to do."""


def may_retry(user: User) -> bool:
    return user.is_supervisor or user.is_administrator


@transaction.atomic
def retry(pk: UUID, *, by: User, at: datetime) -> Notice:
    """Put a failed letter back into the queue, same key and same Message-ID, to the address of today.

    A letter that had nobody to go to is replaced by one for each liaison named meanwhile.
    """
    notice = Notice.objects.select_for_update().get(pk=pk)
    if not may_retry(by):
        raise PermissionDenied("只有督查员和系统管理员可以重新发送。")
    if not notice.is_retryable:
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


def open_letter(notice: Notice, *, by: User, at: datetime) -> None:
    """Note the first time its reader followed the link; anybody else following it leaves no trace."""
    if by.pk == notice.recipient_id and notice.opened_at is None:
        Notice.objects.filter(pk=notice.pk, opened_at=None).update(opened_at=at)
