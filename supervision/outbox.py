"""The table as a queue: claim with a lease, send, settle by token. One commit for each letter.

Nothing here trusts the broker or a lock that outlives a statement: a sender may be killed between any two
lines and the row comes back after its lease. What may then go out twice is one letter, with one Message-ID.
"""

import logging
import secrets
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils.timezone import localtime

from config.checks import SAFE_SHARE
from supervision.models import Notice
from supervision.smtp import Fate, Mailer, Outcome, mailer

log = logging.getLogger(__name__)

TURN = timedelta(
    seconds=25
)  # one job's turn; what is left goes to the next, so that a stop is never waited for
LONGEST_PAUSE = timedelta(hours=1)
UNCERTAIN_LIMIT = 6  # copies that may have arrived, before a person decides
SETTLE_PATIENCE = 60  # seconds to keep telling the database that a letter is out


def lease() -> timedelta:
    return timedelta(seconds=settings.OUTBOX_LEASE)


def claim(now: datetime, limit: int | None = None, lease_time: timedelta | None = None) -> list[Notice]:
    """Take waiting letters for one sender; nobody else gets them before the lease runs out.

    What a dead sender left is taken singly and last: a letter that kills its sender takes no other with it.
    """
    with transaction.atomic():
        size = limit or settings.OUTBOX_BATCH
        free = Notice.objects.select_for_update(skip_locked=True)
        rows = list(free.waiting(now)[:size]) or list(free.abandoned(now)[:1])
        claimed: dict[str, Any] = {
            "state": Notice.State.SENDING,
            "lease_token": secrets.token_hex(16),
            "lease_until": now + (lease_time or lease()),
        }
        Notice.objects.filter(pk__in=[row.pk for row in rows]).update(**claimed)
    for row in rows:
        for name, value in claimed.items():
            setattr(row, name, value)
    return rows


def may_start(notice: Notice, now: datetime) -> bool:
    """Whether the lease surely outlasts this letter, were it started now: a share of it must be left.

    config/checks.py refuses settings under which that share is shorter than the slowest letter.
    """
    return notice.lease_until is not None and now <= notice.lease_until - lease() * SAFE_SHARE


def drain(clock: Callable[[], datetime], turn: timedelta = TURN) -> Counter[Fate]:
    """Send what waits until nothing does, the server is gone or the turn is over; what became of each."""
    fates: Counter[Fate] = Counter()
    end = clock() + turn
    with mailer() as way_out:
        while way_out.is_usable and clock() < end:
            batch = claim(clock())
            if not batch:
                break
            fates += _send(batch, way_out, clock, end)
    return fates


def _send(
    batch: Sequence[Notice], way_out: Mailer, clock: Callable[[], datetime], end: datetime
) -> Counter[Fate]:
    fates: Counter[Fate] = Counter()
    for place, notice in enumerate(batch):
        if not way_out.is_usable or clock() >= end or not may_start(notice, clock()):
            release(batch[place:])
            break
        outcome = deliver(notice, way_out)
        fates[outcome.fate] += 1
        settle(notice, outcome, clock())
        if outcome.fate is Fate.UNREACHABLE:
            postpone(batch[place + 1 :], outcome, clock())
            break
    return fates


def deliver(notice: Notice, way_out: Mailer) -> Outcome:
    """Send one letter, outside any transaction."""
    try:
        return way_out.send(letter_of(notice))
    except ValueError as fault:  # a header or address that may not be sent as it is
        return Outcome(Fate.REFUSED, f"信件内容不能作为邮件发出：{fault}")


def letter_of(notice: Notice) -> EmailMultiAlternatives:
    """The stored letter as a mail. Sent again it has the same Message-ID and Date."""
    letter = EmailMultiAlternatives(
        notice.subject,
        notice.body_text,
        to=[notice.address],
        headers={
            "Message-ID": notice.message_id,
            "Date": format_datetime(localtime(notice.created_at)),
            "Auto-Submitted": "auto-generated",
        },
    )
    if notice.body_html:
        letter.attach_alternative(notice.body_html, "text/html")
    return letter


def settle(notice: Notice, outcome: Outcome, now: datetime) -> bool:
    """Write down what became of a letter; False when the lease was lost to another sender meanwhile.

    The process that knows the letter is out keeps trying for a minute while the database restarts: nobody
    else knows, and not telling means sending again.
    """
    changes = consequences(notice, outcome, now)
    give_up_at = time.monotonic() + SETTLE_PATIENCE
    while True:
        try:
            kept = _mine([notice]).update(**changes)
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block or time.monotonic() > give_up_at:
                raise
            connection.close()
            time.sleep(1)
            continue
        if not kept:
            log.warning("notice %s: lease lost before it was settled as %s", notice.pk, outcome.fate.value)
        return bool(kept)


def consequences(notice: Notice, outcome: Outcome, now: datetime) -> dict[str, Any]:
    """The columns that change with an outcome."""
    free: dict[str, Any] = {"lease_until": None, "lease_token": "", "last_error": outcome.words}
    attempts = notice.attempts + 1
    if outcome.fate is Fate.SENT:
        return free | {"state": Notice.State.SENT, "attempts": attempts, "sent_at": now}
    if outcome.fate is Fate.UNREACHABLE:
        words = f"连不上邮件服务器：{outcome.words}"
        return free | {"state": Notice.State.PENDING, "try_at": now + pause(notice, now), "last_error": words}
    if outcome.fate is Fate.REFUSED:
        return free | {"state": Notice.State.DEAD, "attempts": attempts}
    is_uncertain = notice.is_uncertain or outcome.fate is Fate.UNKNOWN
    limit = UNCERTAIN_LIMIT if is_uncertain else settings.OUTBOX_MAX_ATTEMPTS
    again = Notice.State.DEAD if attempts >= limit else Notice.State.PENDING
    return free | {
        "state": again,
        "attempts": attempts,
        "is_uncertain": is_uncertain,
        "try_at": now + back_off(attempts, is_uncertain=is_uncertain),
    }


def back_off(attempts: int, *, is_uncertain: bool = False) -> timedelta:
    """2 s, 4 s, … 1 h; from a minute on where the letter may have arrived, so that few copies go out."""
    first = timedelta(minutes=1) if is_uncertain else timedelta(seconds=2)
    doublings: int = 2 ** min(attempts - 1, 20)
    return min(first * doublings, LONGEST_PAUSE)


def pause(notice: Notice, now: datetime) -> timedelta:
    """How long to leave a server alone that is away or refuses us: as long as the letter is late, ½–10 min.

    It is not the letter's fault, so it costs no attempt; a hub that is asked too often shuts its door.
    """
    return min(max(now - notice.due_at, timedelta(seconds=30)), timedelta(minutes=10))


def release(batch: Sequence[Notice]) -> None:
    """Give back what was claimed and not started."""
    _mine(batch).update(state=Notice.State.PENDING, lease_until=None, lease_token="")


def postpone(batch: Sequence[Notice], outcome: Outcome, now: datetime) -> None:
    """Give back, and leave the server alone for a while."""
    for notice in batch:
        _mine([notice]).update(**consequences(notice, outcome, now))


def _mine(batch: Sequence[Notice]) -> Any:
    """The rows that this sender still holds."""
    tokens = {notice.lease_token for notice in batch}
    return Notice.objects.filter(pk__in=[notice.pk for notice in batch], lease_token__in=tokens - {""})
