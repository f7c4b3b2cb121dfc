"""Patterns and word lists tried only where one of their first characters stands.

Most places of a text begin nothing: one look at a character says so for a tenth of the price of a match.
A test holds the first characters given here against those the pattern itself can begin with.
"""

import re
import sys
from collections.abc import Collection, Iterable

from .times.late import Try

_ANYWHERE = sys.maxsize


class Opening:
    """Stands for `re.compile(source)` whose matches begin with one of `firsts`; compiled when first tried."""

    __slots__ = ("_match", "_search", "firsts", "source")

    _match: Try
    _search: Try

    def __init__(self, firsts: Iterable[str], source: str) -> None:
        self.firsts = frozenset(firsts)
        self.source = source
        self._match = self._first_match
        self._search = self._first_search

    def match(self, text: str, at: int = 0, end: int = _ANYWHERE) -> re.Match[str] | None:
        """What `re.Pattern.match` gives."""
        return self._match(text, at, end) if text[at : at + 1] in self.firsts else None

    def seen_in(self, text: str, at: int = 0, end: int = _ANYWHERE) -> bool:
        """Whether `re.Pattern.search` would find it."""
        return self._search(text, at, end) is not None

    def _first_match(self, text: str, at: int, end: int) -> re.Match[str] | None:
        self._match = re.compile(self.source).match
        return self._match(text, at, end)

    def _first_search(self, text: str, at: int, end: int) -> re.Match[str] | None:
        # A search skips to a class of characters that is read first; it does not look ahead for one
        chars = re.escape("".join(sorted(self.firsts)))
        self._search = re.compile(f"[{chars}](?<=(?={self.source}).)").search
        return self._search(text, at, end)

    def count(self, text: str) -> int:
        """How many `re.Pattern.findall` would find."""
        return sum(1 for _ in re.finditer(self.source, text)) if self.seen_in(text) else 0


class Longest:
    """The longest of some words that begins at a place."""

    __slots__ = ("_lengths", "_words")

    def __init__(self, entries: Iterable[str]) -> None:
        self._words = frozenset(entries)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {first: tuple(sorted(some, reverse=True)) for first, some in lengths.items()}

    @property
    def firsts(self) -> Collection[str]:
        return self._lengths.keys()

    def match(self, text: str, at: int = 0, end: int = -1) -> int:
        """The place behind the word, 0 where none begins."""
        if end < 0:
            end = len(text)
        for length in self._lengths.get(text[at : at + 1], ()):
            stop = at + length
            if stop <= end and text[at:stop] in self._words:
                return stop
        return 0

    def seen_in(self, text: str, at: int = 0) -> bool:
        """Whether one begins anywhere from `at` on."""
        return any(self.match(text, place) for place in range(at, len(text)))


class Fronts:
    """Which of some openings may begin at a place, in the order given: one look for all of them."""

    __slots__ = ("_openings",)

    def __init__(self, *openings: Opening | Longest) -> None:
        chars = {char for opening in openings for char in opening.firsts}
        self._openings = {char: tuple(one for one in openings if char in one.firsts) for char in chars}

    def at(self, text: str, at: int) -> tuple[Opening | Longest, ...]:
        """Those that are worth trying at `at`, a place of the text."""
        return self._openings.get(text[at], ())
