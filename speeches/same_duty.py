"""What the review page offers for a draft that may ask for the same as another speech's draft or an item."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from accounts.models import Department, User
from speeches import alike, twins
from speeches.models import Directive, Speech, Twin
from tasks.models import Assignment, Task
from tasks.moves import OVER, Action, Status
from tasks.permissions import is_moment

State = Directive.State
MOST = 2  # shown on a card
MOST_LATE = 300  # items compared while a page is made: some milliseconds
LONGEST = 600  # characters of a sentence whose differing words are marked


@dataclass(frozen=True, slots=True)
class Target:
    """An open draft of another speech, or an item; `draft` is also the draft the item came from."""

    task: Task | None
    draft: Directive | None

    @property
    def key(self) -> tuple[str, int]:
        if self.task is not None:
            return "item", self.task.pk
        return "draft", self.draft.pk if self.draft else 0

    @property
    def quote(self) -> str:
        if self.draft is not None:
            return self.draft.quote
        return (self.task.source_quote or self.task.requirement) if self.task else ""

    @property
    def lead(self) -> Department | None:
        subject = self.task or self.draft
        return subject.lead if subject else None

    @property
    def departments(self) -> set[Department]:
        """Who handles it now."""
        if self.task is not None:
            return {
                own.department
                for own in self.task.assignments.all()
                if own.role != Assignment.Role.TRANSFERRED
            }
        draft = self.draft
        return {d for d in (draft.lead, *draft.parts.all(), *draft.supports.all()) if d} if draft else set()

    @property
    def limit(self) -> date | None:
        """The limit that holds there now, also one we assumed."""
        subject = self.task or self.draft
        return subject.due_on if subject else None

    @property
    def stated_limit(self) -> date | None:
        if self.task is not None:
            return None if self.task.due_is_assumed else self.task.due_on
        return twins.stated_limit(self.draft) if self.draft else None

    @property
    def is_unissued(self) -> bool:
        """Its departments may still be changed."""
        return self.task is None or self.task.status == Status.DRAFT

    def takes_limit(self) -> bool:
        return self.is_unissued or (self.task is not None and is_moment(Action.REDATE, self.task, None))


@dataclass(frozen=True, slots=True)
class Added:
    """What the new sentence says beyond the old one: a choice of the clerk, never taken over by itself."""

    limit: date | None = None  # stated, and earlier than what holds there
    lead: Department | None = None  # where nobody leads yet
    supports: list[Department] = field(default_factory=list)

    @property
    def departments(self) -> list[Department]:
        return [*([self.lead] if self.lead else []), *self.supports]


def added_by(draft: Directive, target: Target, *, today: date) -> Added:
    """Compare limit and departments. A limit that has passed is no choice any more."""
    limit = twins.stated_limit(draft)
    held = target.stated_limit
    sooner = limit if limit and limit >= today and (held is None or limit < held) else None
    named = [d for d in (draft.lead, *draft.parts.all(), *draft.supports.all()) if d]
    new = [d for d in dict.fromkeys(named) if d not in target.departments]
    lead = draft.lead if target.lead is None and draft.lead in new else None
    return Added(sooner, lead, [d for d in new if d != lead])


@dataclass(frozen=True, slots=True)
class Offer:
    """One proposal on a card: both sentences side by side, and what may be chosen."""

    target: Target
    number: int  # of the other draft among those of its speech, 0 for an item without a speech
    here: list[alike.Stretch]
    there: list[alike.Stretch]
    added: Added

    @property
    def where(self) -> str:
        """《讲话》第3条, 事项 DB2026-0003."""
        task, draft = self.target.task, self.target.draft
        place = f"《{draft.speech}》第{self.number}条" if draft is not None else ""
        if task is None:
            return place
        return f"事项 {task.code}" + (f"（{place}）" if place else "")

    @property
    def address(self) -> str:
        draft = self.target.draft
        return draft.address if draft is not None else ""

    @property
    def takes_limit(self) -> bool:
        return self.added.limit is not None and self.target.takes_limit()

    @property
    def takes_departments(self) -> bool:
        return bool(self.added.departments) and self.target.is_unissued

    @property
    def is_over(self) -> bool:
        """Ended lately: worth knowing, nothing can be merged into it."""
        return self.target.task is not None and self.target.task.status in OVER


def offers(user: User, drafts: Iterable[Directive], *, at: datetime) -> dict[int, list[Offer]]:
    """For each open draft of one speech (by key) the likest others that `user` may see, if any.

    Two queries; a few more where there is something to offer, whatever the number of drafts.
    """
    opened = {draft.pk: draft for draft in drafts if draft.state == State.OPEN}
    if not opened:
        return {}
    rows = list(_rows(user, opened)) + _late(user, opened, at)
    tasks = _tasks(user, rows, at)
    found: dict[int, list[Offer]] = {}
    speech = next(iter(opened.values())).speech_id
    leads = [(row, _target(row, tasks, speech)) for row in sorted(rows, key=lambda row: -row.likeness)]
    apart = {(row.directive_id, target.key) for row, target in leads if target and row.is_distinct}
    for row, target in leads:
        shown = found.setdefault(row.directive_id, [])
        if target is None or (row.directive_id, target.key) in apart or len(shown) == MOST:
            continue
        if target.key not in {offer.target.key for offer in shown}:
            shown.append(_offer(opened[row.directive_id], target, row, localdate(at)))
    return {pk: shown for pk, shown in found.items() if shown}


def _rows(user: User, opened: dict[int, Directive]) -> QuerySet[Twin]:
    before = Directive.objects.filter(
        Q(start__lte=OuterRef("other__start")), speech=OuterRef("other__speech")
    ).exclude(state=State.MERGED, merged_item=None)
    number = before.order_by().values("speech").annotate(number=Count("pk")).values("number")
    rows = Twin.objects.visible_to(user).filter(directive__in=opened)
    seen = Speech.objects.visible_to(user).order_by().values("pk")
    rows = rows.filter(Q(other=None) | Q(other__speech__in=seen))
    rows = rows.annotate(number=Coalesce(Subquery(number, output_field=IntegerField()), 0))
    others = ("other", "other__merged_into")
    found: QuerySet[Twin] = rows.select_related(
        *(f"{o}__{name}" for o in others for name in ("speech", "lead"))
    ).prefetch_related(*(f"{o}__{name}" for o in others for name in ("parts", "supports")))
    return found


def _late(user: User, opened: dict[int, Directive], at: datetime) -> list[Twin]:
    """Items registered by hand after the speech was parsed, which nobody has compared with it yet."""
    speech = next(iter(opened.values())).speech
    late = twins.current_items(at).filter(
        pk__in=Task.objects.visible_to(user).filter(created_at__gt=speech.parsed_at or at).values("pk")
    )
    candidates = list(twins.items(late, MOST_LATE))
    if not candidates:
        return []
    sketches = {pk: alike.sketch(twins.duty_of(draft)) for pk, draft in opened.items()}
    return [
        Twin(directive_id=pk, task_id=candidate.task, likeness=likeness)
        for pk, candidate, likeness in twins.pairs_alike(sketches, candidates)
    ]


def _tasks(user: User, rows: list[Twin], at: datetime) -> dict[int, Task]:
    """The items the rows lead to, those that go on or ended lately and `user` may see."""
    keys = {key for row in rows if (key := _task_of(row))}
    if not keys:
        return {}
    handling = Assignment.objects.select_related("department")
    seen = Task.objects.visible_to(user).filter(pk__in=keys).order_by().values("pk")
    found = twins.current_items(at).filter(pk__in=seen).prefetch_related(Prefetch("assignments", handling))
    return {task.pk: task for task in found}


def _task_of(row: Twin) -> int | None:
    if row.other is None:
        return row.task_id
    return row.other.task_id if row.other.state == State.ADOPTED else row.other.merged_item_id


def _target(row: Twin, tasks: dict[int, Task], speech: int) -> Target | None:
    """Where the row leads now: the other draft may have become an item, or part of another draft."""
    if (key := _task_of(row)) is not None:
        return Target(tasks[key], row.other) if key in tasks else None
    other = row.other
    if other is not None and other.state == State.MERGED and other.is_joined:
        other = other.merged_into
    if other is None or other.state != State.OPEN or other.speech_id == speech:
        return None
    return Target(None, other)


def _offer(draft: Directive, target: Target, row: Twin, today: date) -> Offer:
    here, there = draft.quote.strip(), target.quote.strip()
    if max(len(here), len(there)) <= LONGEST:
        marked = alike.compared(here, there)
    else:
        marked = [(here, False)], [(there, False)]
    number = getattr(row, "number", 0)
    return Offer(target, number, *marked, added_by(draft, target, today=today))
