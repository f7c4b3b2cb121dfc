"""Where the words of a cleaned text stand in the file they came from: page and paragraph."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Protocol

from speeches.parser.types import Cleaned
from speeches.readers.types import place_words

Place = tuple[int, int, int]  # first character in the cleaned text, page (0: none), number of the paragraph


class Placed(Protocol):
    """What keeps its places: a speech, whose `places` are what `placed` gave when it was parsed."""

    @property
    def places(self) -> Sequence[Sequence[int]]: ...


def placed(sources: Sequence[Sequence[int]], cleaned: Cleaned) -> list[Place]:
    """The place of every paragraph that `cleaned` kept something of, in the order of its text.

    `sources` are those of the text that was cleaned (`readers.woven`). A list of plain numbers, to be stored.
    """
    return list(_changes(sources, cleaned)) if sources else []


def _changes(sources: Sequence[Sequence[int]], cleaned: Cleaned) -> Iterator[Place]:
    begins = [begin for begin, _, _ in sources]
    last: tuple[int, int] | None = None
    for at, (char, origin) in enumerate(zip(cleaned.text, cleaned.offsets, strict=True)):
        if char.isspace():
            continue
        _, page, number = sources[max(bisect_right(begins, origin) - 1, 0)]
        if (page, number) != last:
            yield at, page, number
        last = page, number


def place_of(speech: Placed, start: int) -> str:
    """“第3页第2段” for the character `start` of the cleaned text; empty for a speech without places."""
    known = bisect_right([at for at, _, _ in speech.places], start)
    if not known:
        return ""
    _, page, number = speech.places[known - 1]
    return place_words(page, number)
