"""The speech as the review page shows it: paragraphs cut into stretches, each lit by a draft or by none."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from speeches.models import Directive


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of one paragraph that the same drafts cover (mostly one or none)."""

    text: str
    directive: Directive | None = None  # the one that lights it: the shortest of those that cover it
    begins: bool = False  # the draft's first characters: the anchor of its card


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the speech; `start` is the place of its first character in `speech.text`."""

    start: int
    depth: int  # of the heading, 0 for body text
    stretches: tuple[Stretch, ...]


def paragraphs(text: str, directives: Iterable[Directive], depths: dict[int, int]) -> Iterator[Paragraph]:
    """Cut `text` at its lines and at the ends of every draft. `depths`: start of a heading → its depth."""
    shown = [d for d in directives if d.state != Directive.State.MERGED or d.is_joined]
    start = 0
    for line in text.split("\n"):
        if line.strip():
            touching = [d for d in shown if d.start < start + len(line) and d.end > start]
            yield Paragraph(start, depths.get(start, 0), tuple(_stretches(line, start, touching)))
        start += len(line) + 1


def _stretches(line: str, start: int, directives: list[Directive]) -> Iterator[Stretch]:
    cuts = {0, len(line)}
    for directive in directives:
        cuts |= {max(0, directive.start - start), min(len(line), directive.end - start)}
    for begin, end in pairwise(sorted(cuts)):
        covering = [d for d in directives if d.start <= start + begin and d.end >= start + end]
        lit = min(covering, key=lambda d: d.end - d.start, default=None)
        yield Stretch(line[begin:end], lit, lit is not None and lit.start == start + begin)


def cut_points(directive: Directive) -> list[tuple[int, str, str]]:
    """Where a draft can be split, behind each mark: (place in the speech, words before, after)."""
    quote = directive.quote
    places = [i + 1 for i, char in enumerate(quote[:-1]) if char in "。；！;!，,\n"]
    return [(directive.start + i, quote[max(0, i - 14) : i], quote[i : i + 14]) for i in places]
