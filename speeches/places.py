"""Where the words of a cleaned text stand in the file they came from: page and paragraph."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Protocol

from speeches.parser.types import Cleaned
from speeches.readers.types import ReadText, place_words

Place = tuple[int, int, int]  # first character in the cleaned text, page (0: none), number of the paragraph


class Placed(Protocol):
    """What keeps its places: a speech, whose `places` are what `placed` gave when it was parsed."""

    @property
    def places(self) -> Sequence[Sequence[int]]: ...


def placed(read: ReadText, cleaned: Cleaned) -> list[Place]:
    """The place of every paragraph that `cleaned` kept something of, in the order of its text.

    `cleaned` is the cleaned `read.text`. A list of plain numbers, to be stored as JSON.
    """
    return list(_changes(read, cleaned))


def _changes(read: ReadText, cleaned: Cleaned) -> Iterator[Place]:
    begins = list(accumulate((len(text) + 1 for text in read.paragraphs), initial=0))
    places = read.places
    last: tuple[int, int] | None = None
    for at, (char, origin) in enumerate(zip(cleaned.text, cleaned.offsets, strict=True)):
        if char.isspace():
            continue
        place = places[min(bisect_right(begins, origin), len(places)) - 1]
        if place != last:
            yield at, *place
        last = place


def place_of(speech: Placed, start: int) -> str:
    """“第3页第2段” for the character `start` of the cleaned text; empty for a speech without places."""
    known = bisect_right([at for at, _, _ in speech.places], start)
    if not known:
        return ""
    _, page, number = speech.places[known - 1]
    return place_words(page, number)
