"""A letter becomes a row: composed, addressed, numbered, written once."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from supervision.addressing import Addressee
from supervision.composing import Letter
from supervision.models import Notice
from tasks.models import TaskEvent

Compose = Callable[[Notice, str], Letter]


def row(
    kind: Notice.Kind,
    key: str,
    reader: Addressee,
    compose: Compose,
    *,
    now: datetime,
    due_at: datetime,
    withheld: str = "",
    event: TaskEvent | None = None,
) -> Notice:
    """A composed letter, not saved yet. `withheld`: why it is put on record and not sent."""
    notice = Notice(
        kind=kind,
        dedupe_key=key,
        recipient=reader.user,
        department=reader.department,
        task=event.task if event else None,
        event=event,
        address=reader.address,
        state=_first_state(reader, withheld),
        last_error=withheld or reader.problem,
        due_at=due_at,
        try_at=now,
        created_at=now,
    )
    notice.message_id = message_id(notice)
    letter = compose(notice, link_to(notice))
    notice.subject, notice.body_text, notice.body_html = letter.subject, letter.text, letter.html
    return notice


def _first_state(reader: Addressee, withheld: str) -> Notice.State:
    if withheld:
        return Notice.State.SKIPPED
    return Notice.State.DEAD if reader.problem else Notice.State.PENDING


def message_id(notice: Notice) -> str:
    """Stays with the row, so that a mail program folds a letter that arrives twice."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<{notice.dedupe_key.replace(':', '.')}.{notice.number.lower()}@{host}>"


def link_to(notice: Notice) -> str:
    """Opens nothing without signing in; notes that the letter was opened."""
    return f"{settings.SITE_URL}{reverse('supervision:open', args=[notice.pk])}"


def insert(rows: list[Notice]) -> int:
    """Write what is not there yet, all or none; the number of rows that are new."""
    keys = [notice.dedupe_key for notice in rows]
    known = set(Notice.objects.filter(dedupe_key__in=keys).values_list("dedupe_key", flat=True))
    fresh = [notice for notice in rows if notice.dedupe_key not in known]
    Notice.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=200)
    return len(fresh)
