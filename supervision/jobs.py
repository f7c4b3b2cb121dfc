"""Background work of supervision. Every job may run twice; the tables say what is left to do."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from celery import shared_task
from django.utils import timezone
from django.utils.timezone import localdate

from speeches import jobs as reading
from supervision import heartbeat, notices
from supervision.models import Notice
from supervision.smtp import Fate
from tasks import actions
from tasks.models import Task

log = logging.getLogger(__name__)

RING_EXPIRES = 25  # seconds; the next tick rings again
PERIODS_AHEAD = timedelta(days=35)  # as far as issuing an item makes them


@shared_task
def tick() -> None:
    """Every 30 seconds: turn what is due into rows and ring for a sender. One failing step stops no other."""
    now = timezone.now()
    notices.go_live(now)
    failures = [failure for step in STEPS if (failure := _attempt(step, now))]
    if failures:
        # No heartbeat: /readyz turns red and the log says why.
        raise ExceptionGroup("the tick had failing steps", failures)
    heartbeat.beat(heartbeat.TICK, now)


@shared_task
def drain() -> None:
    """Send for one turn; while letters get out, the next turn is rung for at once."""
    fates = notices.drain(timezone.now)
    if fates[Fate.SENT] and not fates[Fate.UNREACHABLE]:
        ring(timezone.now())


def ring(now: datetime) -> None:
    """Wake a sender when there is something to send. A broker that is away loses a ring, never a letter."""
    waiting = Notice.objects.waiting(now).exists() or Notice.objects.abandoned(now).exists()
    if waiting:
        drain.apply_async(expires=RING_EXPIRES)


def extend_periods(now: datetime) -> None:
    """Once a day: report days ahead for every open item with a rhythm."""
    last = heartbeat.last_beat(heartbeat.PERIODS)
    if last and localdate(last) >= localdate(now):
        return
    rhythmic = Task.objects.open().exclude(report_rule="", collect_rule="")
    for pk in rhythmic.values_list("pk", flat=True):
        actions.extend_periods(pk, until=localdate(now) + PERIODS_AHEAD)
    heartbeat.beat(heartbeat.PERIODS, now)


def _attempt(step: Callable[[datetime], object], now: datetime) -> Exception | None:
    try:
        step(now)
    except Exception as failure:  # whatever it is, the other steps must run
        log.exception("tick: %s failed", step.__name__)
        return failure
    return None


STEPS: tuple[Callable[[datetime], object], ...] = (
    extend_periods,
    notices.queue_events,
    notices.queue_weekly,
    reading.requeue,
    ring,
)
