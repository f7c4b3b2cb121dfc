"""Text that remembers where each of its characters came from."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from speeches.parser.times.late import AnyPattern


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch `[start, end)` of a strand to take out, and what stands in its place (mostly nothing)."""

    start: int
    end: int
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Strand:
    """`offsets[i]` is the place in the raw text of character i of `text`; offsets never go down."""

    text: str
    offsets: tuple[int, ...]

    def place(self, index: int) -> int:
        """The place in the raw text of character `index`; of the end, one behind the last."""
        if index < len(self.offsets):
            return self.offsets[index]
        return self.offsets[-1] + 1 if self.offsets else 0

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where `[start, end)`, which is not empty, came from: the same kind of stretch of the raw text."""
        return self.place(start), self.place(end - 1) + 1

    def swapped(self, text: str) -> "Strand":
        """The same places with other characters, one for one."""
        if len(text) != len(self.text):
            raise ValueError("a swap must not change the length")
        return Strand(text, self.offsets)

    def edited(self, cuts: Iterable[Cut]) -> "Strand":
        """Without the `cuts` (in order, not overlapping); what stands instead maps to the cut's start."""
        words: list[str] = []
        places: list[int] = []
        last = 0
        for cut in cuts:
            words += (self.text[last : cut.start], cut.instead)
            places += self.offsets[last : cut.start]
            places += [self.place(cut.start)] * len(cut.instead)
            last = cut.end
        words.append(self.text[last:])
        places += self.offsets[last:]
        return Strand("".join(words), tuple(places))

    def replaced(self, pattern: AnyPattern, instead: "str | Callable[[re.Match[str]], str]") -> "Strand":
        """Every match of `pattern` replaced by the literal `instead`, or by what it returns for the match."""
        cuts = [
            Cut(found.start(), found.end(), instead if isinstance(instead, str) else instead(found))
            for found in pattern.finditer(self.text)
        ]
        return self.edited(cuts) if cuts else self


def strand(raw: str) -> Strand:
    return Strand(raw, tuple(range(len(raw))))
