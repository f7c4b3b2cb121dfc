"""A file that holds several speeches: divided into one speech each, or left whole, or put together again."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from speeches import context, parser, proposals, rebasing, twins, wording
from speeches.actions.rules import EditConflict, check_clerk, locked_speech
from speeches.jobs import ring
from speeches.models import Directive, Speech
from speeches.parser.types import Cleaned

_LABEL = 8  # characters before a title in its line that are its label: 标题：


@transaction.atomic
def divide(pk: int, *, by: User) -> list[Speech]:
    """A speech for each of those in the file, with its own day and speaker, parsed by itself.

    The file stays as it is, with the whole text; drafts a clerk has touched go with their sentences. A second
    time gives the same speeches.
    """
    check_clerk(by)
    whole = locked_speech(pk)
    if made := list(whole.pieces.order_by("cut_at")):
        return made
    _check_parsed(whole)
    if whole.parent_id:
        raise EditConflict("这一篇已经是从文件里拆出来的，不能再拆。")
    cleaned = wording.cleaned(wording.stored(whole), whole.restored)
    parts = parser.parts_of(cleaned.text)
    if not parts:
        raise ValidationError("这个文件里没有认出几篇讲话，请按一篇处理。")
    begins = _cuts(whole.raw_text, cleaned, [part.span.start for part in parts])
    pieces = [
        _piece(whole, cut, end, part.title, cleaned.text[part.span.start : part.span.end])
        for part, (cut, end) in zip(parts, pairwise([*begins, len(whole.raw_text)]), strict=True)
    ]
    _hand_over(whole, pieces, [part.span.start for part in parts])
    whole.is_whole = False
    whole.save(update_fields=["is_whole"])
    for piece in pieces:
        ring(piece.pk)
    return pieces


def _check_parsed(speech: Speech) -> None:
    if speech.status != Speech.Status.PARSED:
        raise EditConflict("讲话还没有解析完成，请稍候再试。")


def _cuts(raw: str, cleaned: Cleaned, begins: Sequence[int]) -> list[int]:
    """Where to cut the raw text for pieces that begin there in the cleaned one; nothing is left between."""
    cuts = [0]
    for begin in begins[1:]:
        place = cleaned.offsets[begin]
        line = raw.rfind("\n", 0, place) + 1
        cuts.append(line if place - line <= _LABEL and line > cuts[-1] else place)
    return cuts


def _piece(whole: Speech, cut: int, end: int, title: str, text: str) -> Speech:
    """The stretch of the raw text as a speech that waits to be parsed; `text` is what its drafts count by."""
    head = parser.read_header(text)
    return Speech.objects.create(
        parent=whole,
        cut_at=cut,
        kind=whole.kind,
        title=(head.title or title)[:200],
        speaker=head.speaker[:60],
        occasion=head.occasion[:200],
        spoken_on=head.spoken_on,
        sha256=whole.sha256,
        file=whole.file.name,
        file_name=whole.file_name,
        size=whole.size,
        raw_text=whole.raw_text[cut:end].rstrip("\n"),
        sources=_sources(whole, cut, end),
        frames=[[a - cut, b - cut, why] for a, b, why in whole.frames if cut <= a and b <= end],
        restored=[
            line | {"start": line["start"] - cut, "end": line["end"] - cut}
            for line in whole.restored
            if cut <= line["start"] and line["end"] <= end
        ],
        text=text,
        uploaded_by=whole.uploaded_by,
        uploaded_at=whole.uploaded_at,
    )


def _sources(whole: Speech, cut: int, end: int) -> list[list[int]]:
    """Those of the lines in `[cut, end)`, the first of which may begin before."""
    first = max(bisect_left([begin for begin, _, _ in whole.sources], cut + 1) - 1, 0)
    return [
        [max(begin - cut, 0), page, number] for begin, page, number in whole.sources[first:] if begin < end
    ]


def _hand_over(whole: Speech, pieces: Sequence[Speech], begins: Sequence[int]) -> None:
    """Drafts a clerk has touched go to the speech of their sentence; the others are made there anew."""
    for draft in whole.directives.all():
        if proposals.is_untouched(draft):
            draft.delete()
            continue
        number = max(index for index, begin in enumerate(begins) if begin <= draft.start)
        rebasing.hand_over(draft, pieces[number], -begins[number])


@transaction.atomic
def treat_as_one(pk: int, *, by: User) -> Speech:
    """Do not offer again to divide the file."""
    check_clerk(by)
    speech = locked_speech(pk)
    if speech.pieces.exists():
        raise EditConflict("这个文件已经拆开。如要按一篇处理，请先合回一篇。")
    speech.is_whole = True
    speech.save(update_fields=["is_whole"])
    return speech


@transaction.atomic
def reunite(pk: int, *, by: User, at: datetime) -> Speech:
    """Put the speeches of a file together again, while none of their drafts has become an item.

    Raises EditConflict naming the items otherwise: they carry the title and the day of their speech.
    """
    check_clerk(by)
    whole = locked_speech(pk)
    pieces = list(whole.pieces.select_for_update().order_by("cut_at"))
    if not pieces:
        return whole
    _check_unconfirmed(pieces)
    cleaned = wording.cleaned(wording.stored(whole), whole.restored)
    for piece in pieces:
        _take_back(whole, piece, bisect_left(cleaned.offsets, piece.cut_at))
        piece.delete()
    rebasing.put_back(whole.text, whole.directives.all())
    office = context.office()
    found = parser.parse(whole.text, office.context(whole.spoken_on))
    proposals.renew(whole, found.directives, office)
    twins.seek(whole.directives.all(), at=at)
    return whole


def _check_unconfirmed(pieces: Sequence[Speech]) -> None:
    confirmed = Directive.objects.filter(speech__in=pieces).exclude(task=None, merged_item=None)
    tasks = (draft.task or draft.merged_item for draft in confirmed.select_related("task", "merged_item"))
    codes = [task.code for task in tasks if task is not None][:5]
    if codes:
        raise EditConflict(f"拆出的讲话已经立项（{'、'.join(codes)}），不能再合回一篇。")


def _take_back(whole: Speech, piece: Speech, begin: int) -> None:
    for draft in piece.directives.all():
        if not proposals.is_untouched(draft):
            rebasing.hand_over(draft, whole, begin)
