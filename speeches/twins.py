"""Drafts that may ask for the same as a draft of another speech or an item: looked for when drafts are made.

What is found is kept in `Twin` rows, so that a page reads them in one query; `same_duty` shows them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet

from accounts.models import Department
from speeches import alike
from speeches.models import Directive, Twin
from speeches.suggesting.duties import kinds
from tasks.models import Assignment, Task, TaskEvent
from tasks.moves import OVER, Action, Status

State = Directive.State
LIVE = tuple(status for status in Status if status not in OVER)
ENDS = (Action.CLOSE, Action.STRIKE_OFF, Action.WITHDRAW)
MOST = 3  # twins kept of each draft
MOST_COMPARED = 5000  # the latest drafts, and as many items
FEWEST = 2  # pairs in common below which likeness is not worked out


@dataclass(frozen=True, slots=True)
class Candidate:
    """A draft of another speech, or an item without one."""

    other: int | None
    task: int | None
    sketch: alike.Sketch


def current_items(at: datetime) -> QuerySet[Task]:
    """Items that go on, and those that ended lately; a sub-item has the sentence of the whole."""
    since = at - timedelta(days=settings.SAME_DUTY_DAYS)
    ended = TaskEvent.objects.filter(action__in=ENDS, at__gte=since).order_by().values("task")
    return Task.objects.filter(Q(status__in=LIVE) | Q(status__in=OVER, pk__in=ended), parent=None)


@transaction.atomic
def seek(drafts: Iterable[Directive], *, at: datetime) -> None:
    """Look again for the twins of open drafts of one speech; what a clerk has decided stays."""
    asked = with_departments(Directive.objects.filter(pk__in=[d.pk for d in drafts], state=State.OPEN))
    mine = list(asked)
    if not mine:
        return
    keys = [d.pk for d in mine]
    undecided = Twin.objects.filter(is_distinct=False)
    undecided.filter(Q(directive__in=keys) | Q(other__in=keys)).delete()
    _keep(_found(mine, [*_drafts(mine[0].speech_id, at), *items(current_items(at))]))


def _keep(found: list[Twin]) -> None:
    """Store them, those between drafts both ways."""
    others = {twin.other_id for twin in found if twin.other_id}
    # Held until we are done: a new parse of the other speech may be about to replace its drafts. Not so
    # fast that the other speech, looking for its own twins now, could not refer to what we hold.
    held = Directive.objects.select_for_update(no_key=True).filter(pk__in=others).order_by("pk")
    known = {None, *held.values_list("pk", flat=True)}
    found = [twin for twin in found if twin.other_id in known]
    back = [(t.other_id, t.directive_id, t.likeness) for t in found if t.other_id]
    found += [Twin(directive_id=one, other_id=other, likeness=likeness) for one, other, likeness in back]
    # In one order for everybody, or two speeches parsed at once would wait for each other for ever.
    found.sort(key=lambda twin: (twin.directive_id, twin.other_id or 0, twin.task_id or 0))
    Twin.objects.bulk_create(found, ignore_conflicts=True)


def with_departments(drafts: QuerySet[Directive]) -> QuerySet[Directive]:
    keys = Department.objects.only("pk").order_by()
    return drafts.prefetch_related(Prefetch("parts", keys), Prefetch("supports", keys))


def _drafts(speech: int, at: datetime) -> Iterator[Candidate]:
    """Of other speeches: still open, or the sentence of an item that goes on or ended lately."""
    items_now = current_items(at).order_by().values("pk")
    lives = Q(state=State.OPEN) | Q(state=State.ADOPTED, task__in=items_now)
    others = Directive.objects.filter(lives | Q(state=State.MERGED, merged_item__in=items_now))
    latest = with_departments(others.exclude(speech=speech).order_by("-pk"))[:MOST_COMPARED]
    for draft in latest:
        yield Candidate(draft.pk, None, alike.sketch(duty_of(draft)))


def items(tasks: QuerySet[Task], most: int = MOST_COMPARED) -> Iterator[Candidate]:
    """The latest of `tasks` that come from no draft."""
    handling = Assignment.objects.handling().select_related("department")
    alone = tasks.filter(directive=None).order_by("-pk").prefetch_related(Prefetch("assignments", handling))
    for task in alone[:most]:
        yield Candidate(None, task.pk, alike.sketch(duty_of_item(task)))


def duty_of(draft: Directive) -> alike.Duty:
    """Needs `with_departments`."""
    departments = {draft.lead_id, *(d.pk for d in draft.parts.all()), *(d.pk for d in draft.supports.all())}
    return alike.Duty(
        draft.quote,
        frozenset(str(pk) for pk in departments if pk),
        tuple(unit["text"] for unit in draft.found.get("units", [])),
        stated_limit(draft),
    )


def stated_limit(draft: Directive) -> date | None:
    """The limit the draft states; not one we assumed."""
    return None if "due_on" in draft.assumed else draft.due_on


def duty_of_item(task: Task) -> alike.Duty:
    """By its source sentence where there is one. Needs its assignments with departments."""
    departments = [own.department for own in task.assignments.all()]
    return alike.Duty(
        task.source_quote or task.requirement,
        frozenset(str(d.pk) for d in departments),
        tuple(name for d in departments for name in (d.name, d.short_name) if name),
        None if task.due_is_assumed else task.due_on,
    )


def _found(mine: list[Directive], candidates: list[Candidate]) -> list[Twin]:
    """The likest of each draft, unsaved."""
    sketches = {draft.pk: alike.sketch(duty_of(draft)) for draft in mine}
    found: dict[int, list[Twin]] = {pk: [] for pk in sketches}
    for pk, candidate, likeness in pairs_alike(sketches, candidates):
        found[pk].append(
            Twin(
                directive_id=pk, other_id=candidate.other, task_id=candidate.task, likeness=round(likeness, 3)
            )
        )
    return [twin for twins in found.values() for twin in sorted(twins, key=lambda t: -t.likeness)[:MOST]]


def pairs_alike(
    sketches: dict[int, alike.Sketch], candidates: list[Candidate]
) -> Iterator[tuple[int, Candidate, float]]:
    """Each draft with each candidate that is like it; only those that share some words are compared."""
    usual = [alike.sketch(alike.Duty(kind.duties)).pairs for kind in kinds()]
    known = [*usual, *(s.pairs for s in sketches.values()), *(c.sketch.pairs for c in candidates)]
    weighed = alike.weights(known)
    holders: dict[str, list[int]] = {}
    for pk, sketch in sketches.items():
        for pair in sketch.pairs:
            holders.setdefault(pair, []).append(pk)
    for candidate in candidates:
        shared = Counter(pk for pair in candidate.sketch.pairs for pk in holders.get(pair, ()))
        for pk, common in shared.items():
            likeness = alike.likeness(sketches[pk], candidate.sketch, weighed) if common >= FEWEST else 0.0
            if likeness >= alike.MARGIN:
                yield pk, candidate, likeness
