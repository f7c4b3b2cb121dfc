"""The speech itself: what it is called, when it was spoken, and another try at parsing it."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from speeches import context, parser, proposals, twins
from speeches.actions.rules import EditConflict, check_clerk, locked_speech
from speeches.jobs import ring
from speeches.models import Speech
from speeches.parsing import MAX_ATTEMPTS

FOUNDED = 1949  # no office keeps an older speech


class About(TypedDict, total=False):
    """What a clerk may correct about a speech; what is left out stays as it is."""

    title: str
    speaker: str
    occasion: str
    spoken_on: date | None
    kind: str


@transaction.atomic
def update_speech(pk: int, *, by: User, at: datetime, **fields: Unpack[About]) -> Speech:
    """Correct the head. Another day or kind resolves the dates again of drafts that nobody has touched."""
    check_clerk(by)
    speech = locked_speech(pk)
    if "title" in fields and not fields["title"].strip():
        raise ValidationError({"title": "请填写标题。"})
    _check_day(fields.get("spoken_on"), localdate(at))
    before = speech.spoken_on, speech.kind
    for name, value in fields.items():
        setattr(speech, name, value)
    speech.save(update_fields=[*fields])
    if (speech.spoken_on, speech.kind) != before and _has_drafts(speech):
        office = context.office()
        found = parser.parse(speech.text, office.context(speech.spoken_on))
        proposals.renew(speech, found.directives, office)
        twins.seek(speech.directives.all(), at=at)
    return speech


def _has_drafts(speech: Speech) -> bool:
    """Whether its drafts stand for the text: those of a divided file are with its pieces."""
    return speech.status == Speech.Status.PARSED and not speech.pieces.exists()


def _check_day(spoken_on: date | None, today: date) -> None:
    """A mistyped year would carry every limit counted from it off the calendar."""
    if spoken_on is not None and not FOUNDED <= spoken_on.year <= today.year + 1:
        raise ValidationError({"spoken_on": "讲话日期的年份不对，请检查后重新填写。"})


@transaction.atomic
def retry(pk: int, *, by: User, at: datetime) -> Speech:
    """Queue a failed speech once more with all its attempts; a parsed one is read again from its file."""
    check_clerk(by)
    speech = locked_speech(pk)
    if speech.status == Speech.Status.PARSING and (speech.lease_until or at) > at:
        raise EditConflict("这篇讲话正在解析，请稍候。")
    # A worker that has not noticed yet that it was cancelled must not take the next claim for its own.
    is_left = speech.status == Speech.Status.CANCELLED and speech.attempts < MAX_ATTEMPTS - 1
    speech.attempts = speech.attempts if is_left else 0
    speech.status, speech.error = Speech.Status.RECEIVED, ""
    speech.stage, speech.percent, speech.lease_until, speech.parser_version = "", 0, None, ""
    speech.save(
        update_fields=["status", "attempts", "error", "stage", "percent", "lease_until", "parser_version"]
    )
    ring(pk)
    return speech


@transaction.atomic
def cancel(pk: int, *, by: User) -> Speech:
    """Stop the reading of a speech: the worker notices at the next page, and stores nothing.

    One that was read before keeps that reading. A second time changes nothing.
    """
    check_clerk(by)
    speech = locked_speech(pk)
    if speech.status == Speech.Status.CANCELLED:
        return speech
    if not speech.is_waiting:
        raise EditConflict("这篇讲话已经解析完毕，不需要取消。")
    speech.status = Speech.Status.PARSED if speech.parsed_at else Speech.Status.CANCELLED
    speech.stage, speech.percent, speech.lease_until = "", 0, None
    speech.save(update_fields=["status", "stage", "percent", "lease_until"])
    return speech
