"""Small words of the review page."""

from typing import Any

from django import template

from accounts.models import Department
from speeches.models import Directive
from speeches.places import place_of
from speeches.same_duty import Offer
from tasks.rhythm import describe

register = template.Library()


@register.filter
def unresolved(directive: Directive) -> list[str]:
    """The units the text names that no department of the database bears."""
    units = directive.found.get("units", []) if directive.state == Directive.State.OPEN else []
    return [] if directive.is_touched else [unit["text"] for unit in units if not unit["organ"]]


@register.filter
def doubts(directive: Directive) -> list[str]:
    """What the parser was unsure of, until a clerk has decided; unknown units are chips of their own."""
    return [] if directive.is_touched else [flag for flag in directive.flags if "单位" not in flag]


@register.filter
def suggestions(directive: Directive, known: dict[int, Department]) -> list[dict[str, Any]]:
    """The departments suggested for a draft that names nobody, with the reason of each; `known` by key."""
    offered = [one for one in directive.suggested if one["department"] in known]
    return [{"department": known[one["department"]], "reason": one["reason"]} for one in offered]


@register.filter
def offered(directive: Directive, offers: dict[int, list[Offer]]) -> list[Offer]:
    """What may ask for the same as this draft."""
    return offers.get(directive.pk, [])


@register.filter
def place(directive: Directive) -> str:
    """第3页第2段 of the original for the first character of the draft; empty where it is not known."""
    return place_of(directive.speech, directive.start)


@register.filter
def as_rhythm(rule: str) -> str:
    """每周五 for FREQ=WEEKLY;BYDAY=FR."""
    return describe(rule)


@register.filter
def as_percent(share: float) -> str:
    """85% for 0.85."""
    return f"{share:.0%}"
