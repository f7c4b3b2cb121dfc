"""What the review page shows: which drafts a clerk asked for, with the counts of every filter."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.asking import person
from accounts.naming import names_for_typing
from speeches import same_duty, suggestions
from speeches.forms import SpeechForm
from speeches.models import Directive, Speech
from speeches.rendering import paragraphs
from speeches.units import counted, units_of

State = Directive.State
SHOWN = ("open", "adopted", "dropped", "merged", "all")
UNSURE = 0.7  # confidence below which a draft is worth a second look
DOUBTS: dict[str, tuple[str, Callable[[Directive], bool]]] = {
    "unsure": ("把握较低", lambda d: d.origin == Directive.Origin.PARSER and d.confidence < UNSURE),
    "vague": ("职责模糊", lambda d: "职责模糊" in d.flags),
    "assumed": ("有推定项", lambda d: bool(d.assumed)),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; an unknown value asks for nothing."""

    show: str = "open"
    tier: str = ""
    doubt: str = ""
    unit: str = ""

    def keeps(self, draft: Directive, *, but: str = "") -> bool:
        """Whether the draft is among those asked for; `but`: a filter to leave out of it."""
        return (
            self.show in ("all", draft.state)
            and (but == "tier" or self.tier in ("", draft.tier))
            and (but == "doubt" or not self.doubt or DOUBTS[self.doubt][1](draft))
            and (but == "unit" or not self.unit or self.unit in units_of(draft))
        )

    @property
    def query(self) -> QueryDict:
        """As the address of a page has them."""
        words = QueryDict(mutable=True)
        for name in ("show", "tier", "doubt", "unit"):
            if value := getattr(self, name):
                words[name] = value
        return words


def filters_of(request: HttpRequest) -> Filters:
    """Those in force, also when a verb was sent from the page that shows them."""
    asked = {name: str(value) for name, value in asked_of(request).items()}
    return Filters(
        show=asked["show"] if asked.get("show") in SHOWN else "open",
        tier=asked["tier"] if asked.get("tier") in Directive.Tier.values else "",
        doubt=asked["doubt"] if asked.get("doubt") in DOUBTS else "",
        unit=asked.get("unit", "").replace("\x00", "")[:60],
    )


def asked_of(request: HttpRequest) -> QueryDict:
    """The query of the page on the screen: htmx names it; without, a form says where it was sent from."""
    current = getattr(getattr(request, "htmx", None), "current_url", None)
    if not current and request.method == "POST":
        current = request.headers.get("Referer", "")
        if not url_has_allowed_host_and_scheme(current, {request.get_host()}):
            return QueryDict()
    try:
        return QueryDict(urlsplit(current).query) if current else request.GET
    except ValueError:  # the header may hold anything
        return request.GET


def workspace(
    request: HttpRequest, speech: Speech, *, at: datetime, just: int | None = None
) -> dict[str, Any]:
    """What both panes show. `just`: the draft just put aside, in whose place the way back is offered."""
    related = ("lead", "task", "speech", "merged_item", "merged_into__speech")
    everything = [
        draft
        for draft in speech.directives.select_related(*related).prefetch_related("parts", "supports")
        if draft.state != State.MERGED or draft.is_joined
    ]
    asked, filters = asked_of(request), filters_of(request)
    just = just or _number(asked.get("just", ""))
    cards = _chosen(everything, filters, {_number(asked.get("d", "")), just})
    counts = {state: sum(d.state == state for d in everything) for state in State.values}
    user = person(request)
    return {
        "speech": speech,
        "paragraphs": list(paragraphs(speech.text, everything, _depths(speech))),
        "cards": cards,
        "just": just,
        "offers": same_duty.offers(user, cards, at=at) if user.is_supervisor else {},
        "departments": suggestions.offered(cards),
        "counts": counts,
        "total": len(everything),
        "done": len(everything) - counts[State.OPEN],
        **_choices(everything, filters),
        "names": names_for_typing(),
        "is_clerk": user.is_supervisor,
        "about": SpeechForm(instance=speech),
    }


def _choices(drafts: list[Directive], filters: Filters) -> dict[str, Any]:
    """Every filter with how many drafts it would show, the others staying as they are."""

    def number(name: str, fits: Callable[[Directive], bool]) -> int:
        return sum(fits(draft) and filters.keeps(draft, but=name) for draft in drafts)

    units = counted(draft for draft in drafts if filters.keeps(draft, but="unit"))
    chosen = [label for key, label, _ in units if key == filters.unit]
    return {
        "filters": filters,
        "tiers": [
            (value, label, number("tier", lambda d, v=value: d.tier == v))  # type: ignore[misc]
            for value, label in Directive.Tier.choices
        ],
        "doubts": [(name, label, number("doubt", fits)) for name, (label, fits) in DOUBTS.items()],
        "bulk": [(value, label, _waiting(drafts, value)) for value, label in Directive.Tier.choices],
        "units": units,
        "unit_label": chosen[0] if chosen else filters.unit[1:],
    }


def _waiting(drafts: list[Directive], tier: str) -> int:
    """What adopting the whole tier would take, whatever the filters."""
    return sum(draft.tier == tier and draft.state == State.OPEN for draft in drafts)


def _depths(speech: Speech) -> dict[int, int]:
    return {heading["start"]: heading["depth"] for heading in speech.outline}


def _number(typed: str) -> int | None:
    return int(typed) if typed.isdecimal() and len(typed) < 10 else None


def _chosen(drafts: list[Directive], filters: Filters, wanted: set[int | None]) -> list[Directive]:
    """The cards asked for, and those that a link or a verb points at, whatever their state."""
    kept = [draft for draft in drafts if filters.keeps(draft) or draft.pk in wanted]
    by_place = sorted(kept, key=lambda d: (d.start, d.pk))
    return sorted(by_place, key=lambda d: d.confidence) if filters.doubt == "unsure" else by_place
