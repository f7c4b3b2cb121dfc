"""Changes of items become letters: the office hears of departments, the departments hear of the office."""

import logging
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from django.db.models import Q

from accounts.models import Department
from supervision import addressing, composing, heartbeat, wording
from supervision.addressing import Addressee
from supervision.composing import Letter
from supervision.models import Notice
from supervision.rows import insert, row
from supervision.slots import SHANGHAI
from tasks.models import Assignment, TaskEvent
from tasks.moves import Action, Status
from tasks.querysets import EventQuerySet

log = logging.getLogger(__name__)

CATCH_UP = timedelta(days=7)  # what is older is put on record, not sent
LOOK_BACK = timedelta(days=90)
KINDS = {
    Action.ISSUE: Notice.Kind.ISSUED,
    Action.DECLINE: Notice.Kind.DECLINED,
    Action.REFER: Notice.Kind.REFERRED,
    Action.SUBMIT: Notice.Kind.SUBMITTED,
    Action.SEND_BACK: Notice.Kind.SENT_BACK,
    Action.CLOSE: Notice.Kind.CLOSED,
    Action.REOPEN: Notice.Kind.REOPENED,
    Action.WITHDRAW: Notice.Kind.WITHDRAWN,
    Action.ASK_EXTENSION: Notice.Kind.EXTENSION_ASKED,
    Action.GRANT_EXTENSION: Notice.Kind.EXTENSION_GRANTED,
    Action.REFUSE_EXTENSION: Notice.Kind.EXTENSION_REFUSED,
    Action.REDATE: Notice.Kind.REDATED,
    Action.PAUSE: Notice.Kind.PAUSED,
    Action.RESUME: Notice.Kind.RESUMED,
    Action.INSTRUCT: Notice.Kind.INSTRUCTED,
}
TO_OFFICE = {Notice.Kind.DECLINED, Notice.Kind.SUBMITTED, Notice.Kind.EXTENSION_ASKED}
TO_ONE = {Notice.Kind.EXTENSION_GRANTED, Notice.Kind.EXTENSION_REFUSED, Notice.Kind.REDATED}
ASKS_FOR_WORK = {Notice.Kind.ISSUED, Notice.Kind.REFERRED, Notice.Kind.SENT_BACK, Notice.Kind.REOPENED}
AWAY = {Status.DRAFT, Status.WITHDRAWN}


def queue_events(now: datetime) -> int:
    """A row for each reader of each change that has none yet; the number written."""
    written = 0
    failures = []
    for pk in unannounced(now).values_list("pk", flat=True):
        try:
            written += announce(pk, now)
        except Exception as failure:  # one event that cannot be told must not silence the others
            log.exception("event %s could not be turned into letters", pk)
            failures.append(failure)
    if failures:
        raise ExceptionGroup("events without letters", failures)
    return written


def unannounced(now: datetime) -> EventQuerySet:
    """Changes that somebody must hear of and nobody has, since the office went live: by anti-join.

    No cursor: a change whose transaction commits late, after a younger one was told, is found all the same.
    """
    went_live = datetime.combine(heartbeat.live_since(now), time.min, tzinfo=SHANGHAI)
    earliest = max(went_live, now - LOOK_BACK)
    told_to_nobody = Q(action=Action.WITHDRAW, from_status=Status.DRAFT)
    found: EventQuerySet = TaskEvent.objects.filter(action__in=KINDS, notices=None, at__range=(earliest, now))
    return found.exclude(told_to_nobody).order_by("at", "pk")


def announce(pk: int, now: datetime, *, by_hand: bool = False) -> int:
    """The rows of one event; the number written. `by_hand`: a person asks for it, however late it is."""
    event = (
        TaskEvent.objects.select_related("task__created_by", "actor", "department", "released")
        .prefetch_related("task__assignments__department")
        .get(pk=pk)
    )
    kind = KINDS[Action(event.action)]
    withheld = "" if by_hand else _why_withheld(event, kind, now)

    def compose(notice: Notice, link: str) -> Letter:
        return composing.event_letter(notice, event, notice.department, link)

    return insert(
        [
            row(
                kind,
                f"event:{event.pk}:{reader.key}",
                reader,
                compose,
                now=now,
                due_at=event.at,
                withheld=withheld,
                event=event,
            )
            for reader in readers(event, kind)
        ]
    )


def readers(event: TaskEvent, kind: Notice.Kind) -> list[Addressee]:
    if kind in TO_OFFICE:
        return addressing.office_for(event.task)
    if kind in TO_ONE and event.department is not None:
        return addressing.liaisons([event.department])
    if kind == Notice.Kind.INSTRUCTED:
        return addressing.liaisons(_departments(event, kind)) + _office_told_of(event)
    return addressing.liaisons(_departments(event, kind))


def _office_told_of(event: TaskEvent) -> list[Addressee]:
    """A leader's words reach the office too, unless the office itself put them on record."""
    return [] if event.actor.is_supervisor else addressing.office_for(event.task)


def _departments(event: TaskEvent, kind: Notice.Kind) -> Iterator[Department]:
    handling = list(composing.handling(event.task))
    if kind == Notice.Kind.SENT_BACK:
        leads = [a for a in handling if a.role == Assignment.Role.LEAD]
        handling = leads or [a for a in handling if a.role == Assignment.Role.PART]
    yield from (assignment.department for assignment in handling)
    if kind == Notice.Kind.REFERRED:
        yield from _released(event, {assignment.department_id for assignment in handling})


def _released(event: TaskEvent, handling: set[int]) -> list[Department]:
    """Who led until this referral, unless it has got another part in the item since."""
    return [event.released] if event.released and event.released_id not in handling else []


def _why_withheld(event: TaskEvent, kind: Notice.Kind, now: datetime) -> str:
    if event.at < now - CATCH_UP:
        return f"应于{wording.moment(event.at)}发送，已超过 {CATCH_UP.days} 天，只留记录，不再补发。"
    if kind in ASKS_FOR_WORK and event.task.status in AWAY:
        return f"生成通知时事项已是“{event.task.get_status_display()}”，不再发送。"
    return ""
