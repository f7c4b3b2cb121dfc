"""From draft to item: 立项, with 交办 when asked."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from speeches import same_duty, suggestions
from speeches.actions.joining import follow
from speeches.actions.rules import check_clerk, check_open, check_version, check_words, locked, locked_speech
from speeches.models import Directive
from tasks import actions as ledger
from tasks.models import Task


@transaction.atomic
def adopt(pk: int, *, by: User, at: datetime, issue: bool = False, version: int | None = None) -> Task:
    """Register the draft as an item; a second time gives the same item. `issue`: hand it out at once.

    Raises ValidationError when it is not complete enough, and then nothing is registered.
    """
    check_clerk(by)
    directive = locked(pk)
    if directive.task is not None:
        return directive.task
    check_version(directive, version)
    check_open(directive)
    check_words(directive)
    if issue and (lacking := _lacking(directive)):
        raise ValidationError(lacking)
    task = _registered(directive, by, at)
    directive.task, directive.state, directive.is_touched = task, Directive.State.ADOPTED, True
    directive.version += 1
    directive.save(update_fields=["task", "state", "is_touched", "version"])
    follow(directive, task, by=by, at=at)
    suggestions.learn(directive)
    return ledger.issue(task.pk, by=by, at=at) if issue else task


def _registered(directive: Directive, by: User, at: datetime) -> Task:
    """The item carries its source with it as plain text: letters and departments never need the speech."""
    speech = directive.speech
    return ledger.register(
        by=by,
        at=at,
        title=directive.title,
        requirement=directive.requirement,
        lead=directive.lead,
        parts=list(directive.parts.all()),
        supports=list(directive.supports.all()),
        due_on=directive.due_on,
        due_text=directive.due_text,
        due_is_assumed="due_on" in directive.assumed,
        report_rule=directive.report_rule,
        collect_rule=directive.collect_rule,
        rhythm_text=directive.rhythm_text,
        recipients="、".join(directive.found.get("recipients", []))[:100],
        source_kind=speech.kind,
        source_title=str(speech)[:200],
        source_quote=directive.quote,
        source_url=directive.address,
        source_on=speech.spoken_on,
        raised_by=speech.speaker,
    )


def _lacking(directive: Directive) -> str:
    """What an item needs before it can be handed out, in Chinese; empty when nothing is missing."""
    if directive.lead is None and not directive.parts.exists():
        return f"“{directive.title}”没有承办单位，请先填写牵头单位或分办单位。"
    return ""


def _doubled(directive: Directive, offered: list[same_duty.Offer]) -> str:
    """That the same may have been asked for before, in Chinese; empty when nothing speaks for it."""
    waiting = [offer for offer in offered if not offer.is_over]
    if not waiting:
        return ""
    return f"“{directive.title}”疑与{waiting[0].where}相同，请先核对：合并过去，或标为“不是同一件事”。"


@transaction.atomic
def adopt_tier(
    speech_pk: int, *, by: User, at: datetime, tier: str, issue: bool = False
) -> tuple[list[Task], list[tuple[Directive, str]]]:
    """Register every open draft of `tier` that names who handles it; and those left, each with the reason.

    What may be on the ledger already, or in another speech, is left for a clerk to look at.
    """
    check_clerk(by)
    speech = locked_speech(speech_pk)
    tasks: list[Task] = []
    left: list[tuple[Directive, str]] = []
    drafts = speech.directives.filter(tier=tier, state=Directive.State.OPEN).order_by("start", "pk")
    opened = list(drafts.select_related("speech", "lead").prefetch_related("parts", "supports"))
    offered = same_duty.offers(by, opened, at=at)
    for draft in opened:
        if lacking := _lacking(draft) or _doubled(draft, offered.get(draft.pk, [])):
            left.append((draft, lacking))
            continue
        try:
            with transaction.atomic():
                tasks.append(adopt(draft.pk, by=by, at=at, issue=issue))
        except (ValidationError, ledger.MoveRefused) as error:
            left.append(
                (draft, "；".join(error.messages) if isinstance(error, ValidationError) else str(error))
            )
    return tasks, left
