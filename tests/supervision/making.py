"""Letters, items and clocks for the tests of this floor."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from accounts.models import User
from supervision import heartbeat
from supervision.models import Notice
from supervision.rows import message_id
from tasks import actions
from tasks.models import Task
from tests.factories import NOON, at
from tests.people import Cast

_numbers = count(1)
GONE_LIVE = date(2026, 1, 5)


def live(since: date = GONE_LIVE) -> None:
    """The office has been at work since that day."""
    heartbeat.go_live(at(since), since=since)


def letter(recipient: User | None = None, *, now: datetime = NOON, **fields: Any) -> Notice:
    """A letter that waits."""
    number = next(_numbers)
    notice = Notice(
        kind=Notice.Kind.ISSUED,
        dedupe_key=f"test:{number}",
        recipient=recipient,
        address=f"officer{number}@yunchuan.example",
        subject=f"【落实】交办通知 第{number}号",
        body_text=f"请办理第{number}号事项。\n.以句点开头的一行\n",
        body_html=f"<p>请办理第{number}号事项。</p>",
        due_at=now,
        try_at=now,
        created_at=now,
    )
    for name, value in fields.items():
        setattr(notice, name, value)
    notice.message_id = notice.message_id or message_id(notice)
    notice.save(force_insert=True)
    return notice


def letters(number: int, **fields: Any) -> list[Notice]:
    return [letter(**fields) for _ in range(number)]


def issued(cast: Cast, *, on: datetime = NOON, **fields: Any) -> Task:
    """An item handed out to the cast's departments."""
    words: dict[str, Any] = {
        "title": "城区内涝点整治",
        "requirement": "汛期前完成12处内涝点整治。",
        "lead": cast.lead,
        "parts": [cast.part],
        "supports": [cast.support],
        "source_quote": "汛期之前，12处内涝点要全部整治到位。",
        "source_title": "在防汛工作会议上的讲话",
    } | fields
    draft = actions.register(by=cast.supervisor, at=on, **words)
    return actions.issue(draft.pk, by=cast.supervisor, at=on)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **spans: float) -> datetime:
        self.now += timedelta(**spans)
        return self.now


def ticking(clock: Clock, **step: float) -> Callable[[], datetime]:
    """The clock, moved by `step` each time it is read."""
    return lambda: clock.forward(**step)
