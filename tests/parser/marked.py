"""Texts with marks in them, 【quote】{units；时限 …；频次 …；目标 …}, and how near the parser comes."""

import re
from collections import Counter
from dataclasses import dataclass, field

from speeches.parser.types import Directive

_MARK = re.compile(r"【(?P<quote>[^【】]*)】\{(?P<fields>[^{}]*)\}")
_ROLES = {"!牵头": "lead", "!配合": "co", "": "responsible"}


@dataclass(frozen=True, slots=True)
class Item:
    """What a clerk, or the parser, marks: a stretch, its units with roles, its words of time, its figures."""

    start: int
    end: int
    units: tuple[tuple[str, str], ...] = ()
    deadlines: tuple[str, ...] = ()
    beats: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


def read_marked(source: str) -> tuple[str, list[Item]]:
    """The plain text and the items marked in it."""
    text, items, at = "", [], 0
    for mark in _MARK.finditer(source):
        text += source[at : mark.start()]
        items.append(_item(len(text), mark["quote"], mark["fields"]))
        text += mark["quote"]
        at = mark.end()
    return text + source[at:], items


def _item(start: int, quote: str, fields: str) -> Item:
    units, *rest = fields.split("；")
    found = dict(part.split(" ", 1) for part in rest)
    words = {
        label: tuple(found.get(label, "").split(" / ")) if label in found else ()
        for label in ("时限", "频次", "目标")
    }
    return Item(start, start + len(quote), _units(units), words["时限"], words["频次"], words["目标"])


def _units(words: str) -> tuple[tuple[str, str], ...]:
    pairs = [re.fullmatch(r"(.*?)(!牵头|!配合|)", word) for word in words.split() if word not in {"-", "↑"}]
    return tuple((pair[1], _ROLES[pair[2]]) for pair in pairs if pair)


def item_of(directive: Directive) -> Item:
    return Item(
        directive.span.start,
        directive.span.end,
        tuple((unit.text, unit.role) for unit in directive.units),
        tuple(deadline.text for deadline in directive.deadlines),
        tuple(beat.text for beat in directive.recurrences),
        tuple(target.text for target in directive.targets),
    )


@dataclass(slots=True)
class Tally:
    """Hits, marked and found, by what is counted."""

    hits: Counter[str] = field(default_factory=Counter)
    marked: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    def add(self, marked: list[Item], found: list[Item]) -> None:
        """Items pair at half their common reach; the fields of paired items are compared word by word."""
        for items, counts in ((marked, self.marked), (found, self.found)):
            for item in items:
                self._count(item, counts)
        for item in marked:
            twin = next((other for other in found if _same(item, other)), None)
            if twin:
                self._compare(item, twin)

    def _count(self, item: Item, counts: Counter[str]) -> None:
        counts["items"] += 1
        for name in ("units", "deadlines", "beats", "targets"):
            counts[name] += len(getattr(item, name))

    def _compare(self, item: Item, twin: Item) -> None:
        self.hits["items"] += 1
        self.hits["units"] += len(set(item.units) & set(twin.units))
        for name in ("deadlines", "beats", "targets"):
            theirs = getattr(twin, name)
            self.hits[name] += sum(
                any(ours in other or other in ours for other in theirs) for ours in getattr(item, name)
            )

    def f1(self, name: str) -> float:
        return 2 * self.hits[name] / max(1, self.marked[name] + self.found[name])


def _same(a: Item, b: Item) -> bool:
    shared = max(0, min(a.end, b.end) - max(a.start, b.start))
    return shared >= 0.5 * (max(a.end, b.end) - min(a.start, b.start))
