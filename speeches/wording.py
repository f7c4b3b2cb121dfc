"""The text of a speech as it is cleaned from what was read, with the lines a clerk took back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from speeches import parser
from speeches.models import Speech
from speeches.parser.types import Cleaned, Frame, Span
from speeches.readers import ReadText
from speeches.readers.woven import woven


@dataclass(frozen=True, slots=True)
class Original:
    """Every line of a file, or of a piece of one, as `Speech` stores them; `warnings` of its reader."""

    raw_text: str
    sources: Sequence[Sequence[int]]
    frames: Sequence[Sequence[Any]]
    warnings: Sequence[str] = ()


def original_of(read: ReadText) -> Original:
    """What a reader gave."""
    everything = woven(read)
    return Original(everything.text, everything.sources, everything.frames, read.warnings)


def stored(speech: Speech) -> Original:
    """What was read when the speech was last parsed."""
    return Original(speech.raw_text, speech.sources, speech.frames)


def cleaned(original: Original, restored: Sequence[dict[str, Any]] = ()) -> Cleaned:
    """`original` ready to parse, but for the lines in `restored`, which stay."""
    frames = [Frame(Span(start, end), reason) for start, end, reason in original.frames]
    keep = [Span(line["start"], line["end"]) for line in restored]
    return parser.clean(original.raw_text, frames, keep)


def found_again(restored: Sequence[dict[str, Any]], before: str, after: str) -> list[dict[str, Any]]:
    """`restored` lines of the raw text `before` at their places in `after`; those that are gone are left."""
    found = []
    for line in restored:
        words = before[line["start"] : line["end"]]
        start = nearest(after, words, line["start"])
        if start is not None:
            found.append(line | {"start": start, "end": start + len(words)})
    return found


def nearest(text: str, words: str, near: int) -> int | None:
    """The place of `words` in `text` that is closest to `near`; None where they do not stand in it."""
    if not words or text.startswith(words, near):
        return near if words else None
    behind = text.find(words, near)
    before = text.rfind(words, 0, near + len(words))
    places = [place for place in (before, behind) if place >= 0]
    return min(places, key=lambda place: abs(place - near), default=None)
