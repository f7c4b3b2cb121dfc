"""The automatic numbers of OpenDocument lists as text (ODF 1.3 part 3, 16.30–16.34)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from speeches.readers.numbering import shaped
from speeches.readers.ooxml import Element, local

OUTLINE = "\x00outline"  # the key of the numbering of headings; no style can be called so
_LONGEST = 60  # characters of a label
_SHAPES = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "一": "chineseCounting", "壹": "chineseLegalSimplified", "甲": "ideographTraditional",
    "子": "ideographZodiac", "①": "decimalEnclosedCircle", "１": "decimal",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    shape: str = "none"
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1  # how many levels the label names: 1.2.3 has three
    label: str = ""  # the whole label, with %1% for the number of level 1; before prefix, suffix and shown


class Lists:
    """Gives each item, in order, the label an office program prints before it."""

    def __init__(self, *parts: Element) -> None:
        self._styles: dict[str, dict[int, Level]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for part in parts:
            for element in part.iter():
                if local(element) == "list-style":
                    self._styles[named(element, "name")] = dict(_levels(element))
                elif local(element) == "outline-style":
                    self._styles[OUTLINE] = dict(_levels(element))

    def restart(self, style: str) -> None:
        self._counts.pop(style, None)

    def label(self, style: str, depth: int, start: str = "") -> str:
        """The label of the next item on level `depth`, from 1; `start` is a number given to that item."""
        levels = self._styles.get(style, {})
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self._counts.setdefault(style, {})
        counts[depth] = (
            int(start) if re.fullmatch(r"\d{1,6}", start) else counts.get(depth, level.start - 1) + 1
        )
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if level.shape == "none":
            return ""
        if level.label:
            return re.sub(r"%(\d)%", lambda found: self._number(levels, counts, int(found[1])), level.label)
        first = max(1, depth - level.shown + 1)
        numbers = [self._number(levels, counts, other) for other in range(first, depth + 1)]
        return (level.prefix + ".".join(number for number in numbers if number) + level.suffix)[:_LONGEST]

    @staticmethod
    def _number(levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
        level = levels.get(depth)
        return shaped(counts.get(depth, level.start), level.shape) if level is not None else ""


def named(element: Element, name: str) -> str:
    """The attribute of that local name in whatever namespace, empty when missing."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def _levels(style: Element) -> Iterator[tuple[int, Level]]:
    for element in style:
        depth, shown = named(element, "level"), named(element, "display-levels")
        start = named(element, "start-value")
        if not re.fullmatch(r"\d{1,2}", depth):
            continue
        yield (
            int(depth),
            Level(
                _SHAPES.get(named(element, "num-format")[:1], "none"),
                named(element, "num-prefix"),
                named(element, "num-suffix"),
                int(start) if re.fullmatch(r"\d{1,6}", start) else 1,
                int(shown) if re.fullmatch(r"\d{1,2}", shown) else 1,
                named(element, "num-list-format")[:_LONGEST],
            ),
        )
