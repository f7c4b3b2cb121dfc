"""Stretches of the raw text that a clerk wants kept, whatever they look like."""

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate

from speeches.parser.types import Span


class Keep:
    """Answers whether a stretch of the raw text touches one of the `spans`."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        known = sorted((span.start, span.end) for span in spans)
        self._starts = [start for start, _ in known]
        self._ends = list(accumulate((end for _, end in known), max))  # the furthest of all up to each

    def holds(self, start: int, end: int) -> bool:
        """Whether `[start, end)` shares a character with a span that is kept."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._ends[before - 1] > start
