"""From what the parser found to what the clerk is offered: who, by when, how often, and what was assumed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.models import Department
from speeches import suggestions
from speeches.context import Office
from speeches.models import Directive, Speech
from speeches.parser.types import Directive as Found
from speeches.rebasing import put_back

SAME = 0.5  # share of the shorter of two stretches from which they are the same requirement


@dataclass(slots=True)
class Handlers:
    """Who handles it. `assumed`: the lead is our guess, the text names nobody as leading."""

    lead: Department | None = None
    parts: list[Department] = field(default_factory=list)
    supports: list[Department] = field(default_factory=list)
    assumed: bool = False
    unknown: dict[str, str] = field(default_factory=dict)  # as written → why it resolves to nobody


def handlers(units: Iterable[dict[str, Any]], office: Office) -> Handlers:
    """Roles for the `units` of `Directive.found`: 牵头 leads, 配合 supports, a group stands for its members.

    Of those just named the first leads: an assumption, unless it stands alone. Nobody has two roles.
    """
    listed = list(units)
    chosen = Handlers(unknown={unit["text"]: unit.get("blank", "") for unit in listed if not unit["organ"]})
    resolved = [unit for unit in listed if unit["organ"] in office.departments]
    leads = [unit for unit in resolved if unit["role"] == "lead"]
    named = [unit for unit in resolved if unit["role"] == "responsible"]
    first = next(iter(leads or named), None)
    if first is not None:
        chosen.lead = office.departments[first["organ"]]
        chosen.assumed = not leads and len(listed) > 1
    for unit in listed:
        rest = chosen.supports if unit["role"] == "co" else chosen.parts
        rest += _departments(unit["organ"], office)
    chosen.parts = _without(chosen.parts, [chosen.lead])
    chosen.supports = _without(chosen.supports, [chosen.lead, *chosen.parts])
    return chosen


def _departments(key: str, office: Office) -> list[Department]:
    department = office.departments.get(key)
    return [department] if department else office.members.get(key, [])


def _without(departments: list[Department], taken: list[Department | None]) -> list[Department]:
    keys = {department.pk for department in taken if department}
    return [d for d in dict.fromkeys(departments) if d.pk not in keys]


def found_by(directive: Found, shift: int = 0) -> dict[str, Any]:
    """What the parser found as `Directive.found` keeps it; `shift`: where the parsed text begins."""

    def place(item: Any) -> dict[str, Any]:
        return {"text": item.text, "start": item.span.start + shift, "end": item.span.end + shift}

    return {
        "units": [
            place(unit) | {"role": unit.role, "organ": unit.organ, "blank": unit.blank}
            for unit in directive.units
        ],
        "inherited": directive.inherited,
        "deadlines": [place(d) | {"due_on": d.due_on and d.due_on.isoformat()} for d in directive.deadlines],
        "recurrences": [place(r) | {"rrule": r.rrule, "beat": r.beat} for r in directive.recurrences],
        "targets": [place(target) for target in directive.targets],
        "recipients": list(directive.recipients),
    }


def assumed_due(speech: Speech) -> date:
    """The office's usual limit, counted from the day it was said; from the upload where that day is past."""
    limits: dict[str, int] = settings.DEFAULT_LIMITS
    limit = timedelta(days=limits.get(speech.kind, limits["speech"]))
    uploaded_on = timezone.localdate(speech.uploaded_at)
    due_on = (speech.spoken_on or uploaded_on) + limit
    return due_on if due_on > uploaded_on else uploaded_on + limit


def fill(draft: Directive, found: Found, office: Office, shift: int = 0) -> Handlers:
    """Put what the parser found into an unsaved or untouched draft. The handlers are set by `save`."""
    draft.start, draft.end = found.span.start + shift, found.span.end + shift
    draft.quote, draft.tier, draft.section = found.quote, found.tier, found.section[:200]
    draft.found = found_by(found, shift)
    draft.confidence, draft.reasons = found.confidence, list(found.reasons)
    draft.title = (found.title or found.quote[:40]).replace("\n", "")[:200]
    draft.requirement = found.quote.replace("\n", "")
    chosen = handlers(draft.found["units"], office)
    draft.lead, draft.assumed = chosen.lead, ["lead"] if chosen.assumed else []
    draft.flags = [*found.flags, *_unknown(chosen)]
    _fill_times(draft, found)
    return chosen


def _unknown(chosen: Handlers) -> list[str]:
    """One flag for each reason, with the names it holds for."""
    reasons: dict[str, list[str]] = {}
    for name, reason in chosen.unknown.items():
        reasons.setdefault(reason or "没有登记这个单位", []).append(name)
    return [f"{reason}：{'、'.join(names)}" for reason, names in reasons.items()]


def _fill_times(draft: Directive, found: Found) -> None:
    draft.due_on = found.due_on
    draft.due_text = "、".join(deadline.text for deadline in found.deadlines)[:100]
    draft.report_rule, draft.collect_rule = found.rrule[:200], found.collect_rrule[:200]
    draft.rhythm_text = "、".join(recurrence.text for recurrence in found.recurrences)[:100]
    # Words that cannot be resolved (x月底前, an undated speech) are asked about, never replaced by a guess.
    # Without the day of the speech no limit is counted either: the page asks for the day first.
    if draft.due_on is None and not draft.due_text and draft.speech.spoken_on:
        draft.due_on = assumed_due(draft.speech)
        draft.assumed = [*draft.assumed, "due_on"]


def save(draft: Directive, chosen: Handlers) -> Directive:
    draft.save()
    draft.parts.set(chosen.parts)
    draft.supports.set(chosen.supports)
    return draft


def renew(speech: Speech, found: Iterable[Found], office: Office) -> None:
    """Bring the drafts in line with a new parse; what a clerk has touched or decided stays as it is."""
    existing = list(speech.directives.all())
    put_back(speech.text, existing)
    untouched = {(d.start, d.end): d for d in existing if is_untouched(d)}
    settled = [d for d in existing if not is_untouched(d)]
    ranking = suggestions.index(office.departments.values(), suggestions.precedents())
    for directive in found:
        draft = untouched.pop((directive.span.start, directive.span.end), None)
        if draft is None and any(_is_same(directive, other) for other in settled):
            continue
        draft = draft or Directive(speech=speech)
        draft.speech = speech
        chosen = fill(draft, directive, office)
        suggestions.fill([draft], ranking)
        save(draft, chosen)
    speech.directives.filter(pk__in=[draft.pk for draft in untouched.values()]).delete()


def is_untouched(draft: Directive) -> bool:
    """Whether nobody but the parser had a hand in it: a newer parse may replace it."""
    is_open = draft.state == Directive.State.OPEN
    return is_open and not draft.is_touched and draft.origin == Directive.Origin.PARSER


def _is_same(found: Found, draft: Directive) -> bool:
    shared = min(found.span.end, draft.end) - max(found.span.start, draft.start)
    return shared >= SAME * min(found.span.end - found.span.start, draft.end - draft.start)
