"""Lines taken out of a speech: put back where a clerk sees that they belong to it, and out again."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from speeches import context, parser, parsing, proposals, rebasing, twins, wording
from speeches.actions.rules import EditConflict, check_clerk, locked_speech
from speeches.jobs import ring
from speeches.models import Speech
from speeches.parser.types import Cleaned


@transaction.atomic
def restore_lines(pk: int, *, by: User, at: datetime, starts: Collection[int] | None = None) -> Speech:
    """Keep the removed lines that begin at `starts` of the raw text (None: all): the text is cleaned anew.

    Drafts move along with their sentences; what a clerk has touched or decided stays.
    """
    speech = _open(pk, by)
    chosen = _chosen(speech.removed, starts)
    known = {(line["start"], line["end"]) for line in speech.restored}
    added = [line for line in chosen if (line["start"], line["end"]) not in known]
    return _reword(speech, [*speech.restored, *added], at)


@transaction.atomic
def remove_lines(pk: int, *, by: User, at: datetime, starts: Collection[int] | None = None) -> Speech:
    """Let go again of restored lines (None: of all of them)."""
    speech = _open(pk, by)
    chosen = _chosen(speech.restored, starts)
    return _reword(speech, [line for line in speech.restored if line not in chosen], at)


def _open(pk: int, by: User) -> Speech:
    check_clerk(by)
    speech = locked_speech(pk)
    if speech.status != Speech.Status.PARSED:
        raise EditConflict("讲话还没有解析完成，请稍候再试。")
    if speech.pieces.exists():
        raise EditConflict("这个文件已拆成几篇，请到各篇里恢复去掉的行。")
    return speech


def _chosen(lines: Sequence[dict[str, Any]], starts: Collection[int] | None) -> list[dict[str, Any]]:
    chosen = [line for line in lines if starts is None or line["start"] in starts]
    if not chosen:
        raise ValidationError("没有找到这一行，可能刚被别人处理过。请刷新页面后重试。")
    return chosen


def _reword(speech: Speech, restored: list[dict[str, Any]], at: datetime) -> Speech:
    """Clean and parse the stored original anew; one stored before places were kept is read from its file."""
    if not speech.sources:
        speech.restored, speech.status, speech.parser_version = restored, Speech.Status.RECEIVED, ""
        speech.save(update_fields=["restored", "status", "parser_version"])
        ring(speech.pk)
        return speech
    original = wording.stored(speech)
    before, after = wording.cleaned(original, speech.restored), wording.cleaned(original, restored)
    is_known = before.text == speech.text
    said = [warning for warning in speech.warnings if warning not in before.warnings]
    office = context.office()
    found = parser.parse(after.text, office.context(speech.spoken_on))
    parsing.take_text(speech, original, after, restored)
    parsing.take_outline(speech, found.sections)
    speech.warnings = [*said, *after.warnings]
    speech.save()
    if is_known:
        _carry(speech, before, after)
    proposals.renew(speech, found.directives, office)
    twins.seek(speech.directives.all(), at=at)
    return speech


def _carry(speech: Speech, before: Cleaned, after: Cleaned) -> None:
    rebasing.carry(speech.directives.filter(end__lte=len(before.text)), before, after)
