"""Many patterns over one text at the price of one: each is tried only where its first characters stand."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .times.late import LatePattern

HAN = "一二两三四五六七八九十百千"


class Sought(NamedTuple):
    """A pattern; its matches begin with one of `firsts`: a character, or a pair where that is too common."""

    name: str
    firsts: Iterable[str]
    pattern: LatePattern


class Scan:
    """Finds what `finditer` of each pattern would, in order; no number is begun in its middle."""

    def __init__(self, sought: Iterable[Sought]) -> None:
        self._worth: dict[str, list[tuple[int, Sought]]] = {}
        for number, one in enumerate(sought):
            for first in dict.fromkeys(one.firsts):
                self._worth.setdefault(first, []).append((number, one))
        chars = re.escape("".join(sorted({first[0] for first in self._worth})))
        self._trigger = re.compile(rf"[{chars}](?<![0-9][0-9])(?<![{HAN}][{HAN}])")

    def matches(self, text: str) -> Iterator[tuple[str, re.Match[str]]]:
        """The name of the pattern and its match; two of one pattern never overlap."""
        ends: dict[int, int] = {}
        for trigger in self._trigger.finditer(text):
            at = trigger.start()
            for number, one in self._at(text, at):
                match = one.pattern.match(text, at) if at >= ends.get(number, 0) else None
                if match is not None and match.end() > at:
                    ends[number] = match.end()
                    yield one.name, match

    def _at(self, text: str, at: int) -> Iterable[tuple[int, Sought]]:
        by_char, by_pair = self._worth.get(text[at], ()), self._worth.get(text[at : at + 2])
        return (*by_char, *by_pair) if by_pair else by_char
