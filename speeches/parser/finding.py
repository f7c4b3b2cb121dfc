"""Many words in one pass: an Aho-Corasick automaton over word lists, in C speed whatever their number."""

from collections.abc import Iterable, Mapping

from ahocorasick_rs import AhoCorasick, MatchKind

Spot = tuple[int, int]


class Endings:
    """What `finditer` of all the words together would find: the leftmost, of those the longest."""

    def __init__(self, entries: Iterable[str]) -> None:
        self._automaton = AhoCorasick(entries, matchkind=MatchKind.LeftmostLongest, store_patterns=False)

    def within(self, text: str, start: int, end: int) -> list[Spot]:
        """Where they stand, in order, not overlapping."""
        found = self._automaton.find_matches_as_indexes(text[start:end])
        return [(start + first, start + stop) for _, first, stop in found]


class Kinds:
    """Words of several kinds, looked for at once; each kind is found as if it were looked for alone."""

    def __init__(self, entries: Mapping[str, Iterable[str]]) -> None:
        self._kind_of: list[str] = []
        words: list[str] = []
        for kind, some in entries.items():
            for word in some:
                words.append(word)
                self._kind_of.append(kind)
        self._automaton = AhoCorasick(words, matchkind=MatchKind.Standard, store_patterns=False)

    def within(self, text: str) -> dict[str, list[Spot]]:
        """By kind, its leftmost longest words, not overlapping; a kind that does not occur is left out."""
        found: dict[str, list[Spot]] = {}
        for number, start, stop in self._automaton.find_matches_as_indexes(text, overlapping=True):
            found.setdefault(self._kind_of[number], []).append((start, stop))
        return {kind: spots if len(spots) == 1 else _apart(spots) for kind, spots in found.items()}


def _apart(spots: list[Spot]) -> list[Spot]:
    spots.sort(key=lambda spot: (spot[0], -spot[1]))
    kept: list[Spot] = []
    end = 0
    for spot in spots:
        if spot[0] >= end:
            kept.append(spot)
            end = spot[1]
    return kept
