"""Who is suggested for the drafts that name nobody: from duties, and from what was confirmed before."""

from collections.abc import Iterable

from accounts.models import Department
from speeches.models import Directive
from speeches.suggesting import Index, Precedent, usual_duties

MOST_PRECEDENTS = 600  # the latest; older practice is read from the duties
OFFICES = (Department.Kind.COUNTY, Department.Kind.TOWN)  # they do everything: no duty tells them apart


def index(departments: Iterable[Department], precedents: Iterable[Precedent] = ()) -> Index:
    """`departments`: the active ones; what an office wrote as duties goes before what is usual."""
    duties = {str(d.pk): _duties(d) for d in departments if d.kind not in OFFICES}
    return Index(duties, precedents)


def _duties(department: Department) -> str:
    names = f"{department.name}、{department.short_name}"
    return f"{department.duties or usual_duties(department.name, department.short_name)}。{names}"


def precedents() -> list[Precedent]:
    """The requirements that a clerk gave to a department though the text named nobody."""
    confirmed = Directive.objects.filter(
        state=Directive.State.ADOPTED, tier=Directive.Tier.UNASSIGNED, task__isnull=False, lead__isnull=False
    )
    latest = confirmed.select_related("task").order_by("-task_id")[:MOST_PRECEDENTS]
    return [_precedent(directive) for directive in latest]


def _precedent(directive: Directive) -> Precedent:
    code = directive.task.code if directive.task else ""
    return Precedent(str(directive.lead_id), directive.quote, f"{directive.title}（{code}）")


def fill(drafts: Iterable[Directive], ranking: Index) -> None:
    """Set `suggested` of drafts that name nobody, unsaved. Never a lead: a suggestion is not in the text."""
    for draft in drafts:
        draft.suggested = []
        if draft.tier == Directive.Tier.UNASSIGNED and draft.lead_id is None:
            draft.suggested = [
                {"department": int(one.key), "score": one.score, "reason": one.reason}
                for one in ranking.suggested(draft.quote)
            ]


def offered(drafts: Iterable[Directive]) -> dict[int, Department]:
    """The active departments that `drafts` suggest, by key, in one query (none when nothing is suggested)."""
    keys = {one["department"] for draft in drafts for one in draft.suggested}
    return Department.objects.active().in_bulk(keys) if keys else {}


def learn(adopted: Directive) -> None:
    """Ask again for the open drafts that are like the one just confirmed."""
    if adopted.tier != Directive.Tier.UNASSIGNED or adopted.lead_id is None:
        return
    waiting = Directive.objects.filter(
        state=Directive.State.OPEN, tier=Directive.Tier.UNASSIGNED, lead__isnull=True
    ).order_by("-pk")[:MOST_PRECEDENTS]
    departments = Department.objects.active()
    lesson = index(departments, [_precedent(adopted)])
    alike = [draft for draft in waiting if lesson.has_precedent(draft.quote)]
    if alike:
        fill(alike, index(departments, precedents()))
        Directive.objects.bulk_update(alike, ["suggested"])
