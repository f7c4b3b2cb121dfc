"""The door to letters: queue what is due, claim, send, settle. See docs/decisions/0002 and 0005."""

from datetime import datetime

from supervision.announcing import queue_events
from supervision.heartbeat import go_live
from supervision.outbox import claim, deliver, drain, release, settle
from supervision.rounds import queue_weekly

__all__ = [
    "claim",
    "deliver",
    "drain",
    "go_live",
    "queue_all",
    "queue_events",
    "queue_weekly",
    "release",
    "settle",
]


def queue_all(now: datetime) -> int:
    """Everything that is due by `now` becomes rows; their number."""
    return queue_events(now) + queue_weekly(now)
