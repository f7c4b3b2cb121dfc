"""The weekly letter: when its slot has opened, one row for each officer who has something to do, once."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from supervision import addressing, composing, digest, heartbeat, wording
from supervision.addressing import Addressee
from supervision.composing import Letter
from supervision.digest import Digest, Scene
from supervision.models import Notice, Round
from supervision.rows import insert, row
from supervision.slots import Slot, weekly_slot
from tasks.workdays import calendar


def queue_weekly(now: datetime) -> int:
    """The letters of the latest weekly slot; the number of rows written."""
    days = calendar()
    since = heartbeat.live_since(now)
    slot = weekly_slot(now, is_workday=days.is_workday, hour=settings.DIGEST_HOUR, since=since)
    if slot is None or Round.objects.filter(key=_key(slot)).exists():
        return 0
    scene = Scene.read(localdate(now), days)
    return _close(slot, _rows(scene, slot, now), now)


def _key(slot: Slot) -> str:
    return f"weekly:{slot.week}"


@transaction.atomic
def _close(slot: Slot, rows: list[Notice], now: datetime) -> int:
    """Write the rows and, with them, that this week has had its letters: they are not asked for again."""
    facts = {
        "due_at": slot.opens_at,
        "written_at": now,
        "letters": len(rows),
        "is_skipped": bool(_why_withheld(slot, now)),
    }
    _, is_ours = Round.objects.get_or_create(key=_key(slot), defaults=facts)
    return insert(rows) if is_ours else 0


def _rows(scene: Scene, slot: Slot, now: datetime) -> list[Notice]:
    withheld = _why_withheld(slot, now)
    return [
        _row(content, reader, slot.week, now=now, due_at=slot.opens_at, withheld=withheld)
        for content, reader in _readers(scene)
    ]


def _row(
    content: Digest, reader: Addressee, week: str, *, now: datetime, due_at: datetime, withheld: str = ""
) -> Notice:
    def compose(notice: Notice, link: str) -> Letter:
        return composing.digest_letter(notice, content, week, link)

    # By person: somebody who changes departments in the middle of the week still gets one letter.
    who = f"user:{reader.user.pk}" if reader.user else reader.key
    key = f"weekly:{week}:{who}"
    return row(Notice.Kind.WEEKLY, key, reader, compose, now=now, due_at=due_at, withheld=withheld)


def _why_withheld(slot: Slot, now: datetime) -> str:
    if not slot.is_late(now, timedelta(days=settings.CATCH_UP_DAYS)):
        return ""
    opened = wording.moment(slot.opens_at)
    return f"应于{opened}发送，已超过 {settings.CATCH_UP_DAYS} 天，只留记录，不再补发。"


def _readers(scene: Scene) -> Iterator[tuple[Digest, Addressee]]:
    """Each digest with each of its readers; whoever has nothing to do does not occur."""
    contents = {content.department: content for content in digest.for_departments(scene)}
    for reader in addressing.liaisons(department for department in contents if department):
        yield contents[reader.department], reader
    for_office = digest.for_office(scene)
    if for_office:
        yield from ((for_office, Addressee(user)) for user in addressing.supervisors())


def rewrite(notice: Notice, now: datetime) -> int:
    """The letter of a department that had no liaison, for those it has now; the number of rows written."""
    week = notice.dedupe_key.split(":")[1]
    contents = digest.for_departments(Scene.read(localdate(now), calendar()))
    mine = (content for content in contents if content.department == notice.department)
    named = addressing.named_liaisons(notice.department)
    return insert([_row(c, reader, week, now=now, due_at=notice.due_at) for c in mine for reader in named])
