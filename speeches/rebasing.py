"""Drafts carried along when the text under them moves: their stretch, and every find inside it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Any

from speeches.models import Directive, Speech
from speeches.parser.types import Cleaned
from speeches.wording import nearest

GONE = "重新解析后正文中找不到这句话，请对照原件"
WIDENED = "恢复的文字在这句话中间，原句已随正文更新，请核对"
_LISTS = ("units", "deadlines", "recurrences", "targets")


def move(draft: Directive, by: int) -> None:
    """Shift a draft and what was found in it by so many characters."""
    draft.start, draft.end = draft.start + by, draft.end + by
    draft.found = _shifted(draft.found, by)


def hand_over(draft: Directive, to: Speech, by: int) -> None:
    """Save a draft as one of speech `to`, in whose text it stands `by` characters further."""
    move(draft, by)
    draft.speech = to
    draft.save(update_fields=["speech", "start", "end", "found"])


def _shifted(found: dict[str, Any], by: int) -> dict[str, Any]:
    return found | {
        name: [find | {"start": find["start"] + by, "end": find["end"] + by} for find in found[name]]
        for name in _LISTS
        if name in found
    }


def put_back(text: str, drafts: Iterable[Directive]) -> None:
    """Where cleaning has moved the `text`, find each quote again, next to where it stood; else say so."""
    for draft in drafts:
        if text[draft.start : draft.end] == draft.quote:
            continue
        at = nearest(text, draft.quote, draft.start)
        if at is not None:
            move(draft, at - draft.start)
        else:
            _mark(draft, GONE)
        draft.save(update_fields=["start", "end", "found", "flags"])


def carry(drafts: Iterable[Directive], old: Cleaned, new: Cleaned) -> None:
    """Bring drafts of the `old` text to the same characters of the file in the `new` one.

    A draft with a line put into its middle goes on around it: its quote is always its stretch.
    """
    for draft in drafts:
        if old.text[draft.start : draft.end] != draft.quote:
            continue  # lost before: nobody knows which characters were meant
        start = bisect_left(new.offsets, old.offsets[draft.start])
        if not new.text.startswith(draft.quote, start):
            end = bisect_right(new.offsets, old.offsets[draft.end - 1])
            _widen(draft, new.text, start, end)
        move(draft, start - draft.start)
        draft.end = draft.start + len(draft.quote)
        draft.save(update_fields=["start", "end", "quote", "found", "flags"])


def _widen(draft: Directive, text: str, start: int, end: int) -> None:
    if start < end:
        draft.quote = text[start:end]
    _mark(draft, WIDENED if start < end else GONE)


def _mark(draft: Directive, flag: str) -> None:
    if flag not in draft.flags:
        draft.flags = [*draft.flags, flag]
