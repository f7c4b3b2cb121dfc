"""Background work of speeches. Every job may run twice; arguments are keys of rows."""

import logging
from datetime import datetime, timedelta

from celery import shared_task
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from speeches import parsing
from speeches.models import Speech

logger = logging.getLogger(__name__)
GRACE = timedelta(minutes=1)  # a fresh upload's own ring gets this long
AGAIN = timedelta(minutes=2)  # between two rings for one row


@shared_task
def parse_speech(pk: int) -> None:
    try:
        parsing.parse(pk, at=timezone.now())
    except Speech.DoesNotExist:
        logger.info("speech %s is gone: there is nothing to parse", pk)


def ring(pk: int) -> None:
    """Wake a worker once the row is committed; the row is the queue, without a broker the tick finds it."""

    def wake() -> None:  # robust hooks are logged by name: a partial has none
        parse_speech.delay(pk)

    transaction.on_commit(wake, robust=True)


def waiting(now: datetime) -> list[int]:
    """The speeches nobody works on: never started, or left behind by a worker that died."""
    unheld = Q(lease_until=None) | Q(lease_until__lte=now)
    fresh = Q(status=Speech.Status.RECEIVED, uploaded_at__lt=now - GRACE)
    left = Q(status=Speech.Status.PARSING)
    return list(Speech.objects.filter(unheld, fresh | left).order_by("pk").values_list("pk", flat=True))


def requeue(now: datetime) -> list[int]:
    """Ring again for every speech that waits."""
    keys = waiting(now)
    Speech.objects.filter(pk__in=keys, status=Speech.Status.RECEIVED).update(lease_until=now + AGAIN)
    for pk in keys:
        ring(pk)
    return keys
