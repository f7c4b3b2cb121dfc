"""One draft: edit it, put it aside, take it back."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Department, User
from speeches.actions.rules import (
    EditConflict,
    check_clerk,
    check_open,
    check_version,
    check_words,
    locked,
    touch,
)
from speeches.models import Directive
from tasks import rhythm


class Proposal(TypedDict, total=False):
    """The fields a clerk decides; those left out stay as they are."""

    title: str
    requirement: str
    lead: Department | None
    parts: Iterable[Department]
    supports: Iterable[Department]
    due_on: date | None
    report_rule: str
    collect_rule: str


SIMPLE = ("title", "requirement", "lead", "due_on", "report_rule", "collect_rule")
WORDS = {"due_on": "due_text", "report_rule": "rhythm_text", "collect_rule": "rhythm_text"}


@transaction.atomic
def edit(pk: int, *, by: User, version: int, **fields: Unpack[Proposal]) -> Directive:
    """Save what the clerk decided. Raises EditConflict when somebody saved since `version` was shown."""
    check_clerk(by)
    directive = locked(pk)
    check_version(directive, version)
    check_open(directive)
    parts = list(fields.pop("parts", directive.parts.all()))
    supports = list(fields.pop("supports", directive.supports.all()))
    changed = [name for name in SIMPLE if name in fields and getattr(directive, name) != fields[name]]  # type: ignore[literal-required]
    for name in changed:
        _set(directive, name, fields[name])  # type: ignore[literal-required]
    directive.assumed = [name for name in directive.assumed if name not in changed]
    check_words(directive)
    _check_rules(directive)
    _check_once(directive.lead, parts, supports)
    touch(directive)
    directive.save()
    directive.parts.set(parts)
    directive.supports.set(supports)
    return directive


def _set(directive: Directive, name: str, value: Any) -> None:
    """A decided value; the words of the text that said otherwise no longer explain it."""
    setattr(directive, name, value)
    if name in WORDS:
        setattr(directive, WORDS[name], "")


def _check_rules(directive: Directive) -> None:
    for name in ("report_rule", "collect_rule"):
        try:
            rhythm.check(getattr(directive, name))
        except ValueError as error:
            raise ValidationError({name: str(error)}) from error


def _check_once(lead: Department | None, parts: list[Department], supports: list[Department]) -> None:
    everybody = [*([lead] if lead else []), *parts, *supports]
    twice = [d for number, d in enumerate(everybody) if d in everybody[:number]]
    if twice:
        raise ValidationError(f"{twice[0]}填了两处，一个单位在一个事项中只能有一种分工。")


@transaction.atomic
def drop(pk: int, *, by: User, version: int | None = None) -> Directive:
    """Not a task: put aside. A second time changes nothing."""
    check_clerk(by)
    directive = locked(pk)
    if directive.state == Directive.State.DROPPED:
        return directive
    check_version(directive, version)
    check_open(directive)
    _check_alone(directive)
    return _turn(directive, Directive.State.DROPPED)


def _check_alone(directive: Directive) -> None:
    """What was joined to it would go with it unseen."""
    joined = directive.merged.exclude(speech=directive.speech_id).select_related("speech").first()
    if joined is not None:
        raise EditConflict(f"《{joined.speech}》的一条要求已并入这条草稿。请先在那里拆开，再标为不采纳。")


@transaction.atomic
def restore(pk: int, *, by: User) -> Directive:
    """Take back what was put aside."""
    check_clerk(by)
    directive = locked(pk)
    if directive.state == Directive.State.OPEN:
        return directive
    if directive.state != Directive.State.DROPPED:
        raise EditConflict("只有标为“不采纳”的草稿可以恢复。")
    return _turn(directive, Directive.State.OPEN)


def _turn(directive: Directive, state: Directive.State) -> Directive:
    directive.state = state
    touch(directive)
    directive.save(update_fields=["state", "is_touched", "version"])
    return directive
