"""How close the parser's finds come to the marks of the annotation guideline.

Marks and finds have one shape, the keys of `manage.py parse --json`. Places are counted in letters and digits
only, so that white space and punctuation weigh nothing.
"""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from speeches.management.commands.parse import as_json
from speeches.management.files import parsed_file

Item = dict[str, Any]
Stretch = tuple[int, int]
WORD_FIELDS = ("deadlines", "recurrence", "targets")
UNIT_TAILS = ("等", "相关", "职能", "部门", "单位")
SAME_ITEM = 0.5  # of the union of two stretches, shared: they are the same item
SAME_PLACE = 0.3  # of the shorter stretch, shared: their units may be compared


def folded(words: str) -> str:
    """Half-width, lower case, letters and digits only; `*` stays, it stands for a digit."""
    return "".join(c for c in unicodedata.normalize("NFKC", words).casefold() if c.isalnum() or c == "*")


def unit_key(name: str) -> str:
    """发改等部门 and 发改 are one party; a name that is nothing but a tail (部门) keeps it."""
    key = folded(name)
    while key.endswith(UNIT_TAILS):
        shorter = key[: -len(next(tail for tail in UNIT_TAILS if key.endswith(tail)))]
        if not shorter:
            return key
        key = shorter
    return key


@dataclass(frozen=True, slots=True)
class Placed:
    """An item with its stretch of the text; `words` holds the stretches of each field of words."""

    item: Item
    at: Stretch
    words: dict[str, tuple[Stretch, ...]]

    def units(self) -> Counter[str]:
        """Keys of the responsible parties."""
        return Counter(unit_key(unit["text"]) for unit in self.item["units"])

    def row(self) -> tuple[Counter[tuple[str, str]], ...]:
        """What a clerk would have to correct in the ledger row."""
        parties = Counter((unit_key(unit["text"]), unit["role"]) for unit in self.item["units"])
        dates, beats = (Counter((folded(words), "") for words in self.item[name]) for name in WORD_FIELDS[:2])
        return parties, dates, beats


def place(text: str, items: Iterable[Item]) -> Iterator[Placed]:
    """Each item where it stands in the letters of `text`; one whose quote is not there is left out."""
    letters, cursor = folded(text), 0
    for item in items:
        quote = folded(item["quote"])
        start = letters.find(quote, cursor)
        if not quote or start < 0:
            continue
        cursor = start + len(quote)
        words = {name: tuple(places_of(item[name], quote, start)) for name in WORD_FIELDS}
        yield Placed(item, (start, cursor), words)


def places_of(found: Iterable[str], quote: str, start: int) -> Iterator[Stretch]:
    """Where the words of one field stand, in order; the second 每月 is the second one in the quote."""
    cursor = 0
    for words in map(folded, found):
        at = quote.find(words, cursor)
        at = at if at >= 0 else quote.find(words)
        if words and at >= 0:
            cursor = at + len(words)
            yield start + at, start + cursor


def shared(a: Stretch, b: Stretch) -> int:
    """Letters two stretches have in common."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def is_same_item(a: Stretch, b: Stretch) -> bool:
    """Disjoint stretches cannot both share more than half of a third, so the pairing is one to one."""
    common = shared(a, b)
    return common > 0 and common / (a[1] - a[0] + b[1] - b[0] - common) >= SAME_ITEM


def is_same_place(a: Stretch, b: Stretch) -> bool:
    """Enough in common to compare who is responsible."""
    common = shared(a, b)
    return common > 0 and common >= SAME_PLACE * min(a[1] - a[0], b[1] - b[0])


@dataclass(slots=True)
class Tally:
    """Hits among the marks and hits among the finds."""

    marked: int = 0
    marked_hit: int = 0
    found: int = 0
    found_hit: int = 0

    def add(self, *, marked: Sequence[bool] = (), found: Sequence[bool] = ()) -> None:
        """Count some marks and some finds, True where the other side has the same."""
        self.marked += len(marked)
        self.marked_hit += sum(marked)
        self.found += len(found)
        self.found_hit += sum(found)

    def f1(self) -> float:
        """The harmonic mean of recall over marks and precision over finds; 1.0 when there is nothing."""
        if not self.marked and not self.found:
            return 1.0
        recall = self.marked_hit / self.marked if self.marked else 0.0
        precision = self.found_hit / self.found if self.found else 0.0
        return 2 * recall * precision / (recall + precision) if recall + precision else 0.0


@dataclass(slots=True)
class Score:
    """Sums over texts. `figures()` gives shares between 0 and 1, and `ungrounded` as a count."""

    items: dict[str, Tally] = field(
        default_factory=lambda: {name: Tally() for name in ("assigned", "all", "units", *WORD_FIELDS)}
    )
    roles: Tally = field(default_factory=Tally)
    untouched: Tally = field(default_factory=Tally)
    ungrounded: int = 0

    def add(self, text: str, gold: Sequence[Item], finds: Sequence[Item]) -> None:
        """Count one text."""
        marks, placed = list(place(text, gold)), list(place(text, finds))
        self.ungrounded += len(finds) - len(placed)
        self._count_items(marks, placed)
        self._count_units(marks, placed)
        for name in WORD_FIELDS:
            self._count_words(name, marks, placed)

    def _count_items(self, marks: list[Placed], placed: list[Placed]) -> None:
        partner = {id(mark): find for mark in marks for find in placed if is_same_item(mark.at, find.at)}
        paired = {id(find) for find in partner.values()}
        self.items["all"].add(
            marked=[id(mark) in partner for mark in marks], found=[id(find) in paired for find in placed]
        )
        assigned = [mark for mark in marks if mark.item["tier"] != "unassigned"]
        claimed = [find for find in placed if find.item["units"]]
        self.items["assigned"].add(
            marked=[id(mark) in partner for mark in assigned], found=[id(find) in paired for find in claimed]
        )
        self.untouched.add(
            marked=[id(mark) in partner and partner[id(mark)].row() == mark.row() for mark in marks]
        )

    def _count_units(self, marks: list[Placed], placed: list[Placed]) -> None:
        self.items["units"].add(
            marked=[hit for mark in marks for hit in links(mark, placed)],
            found=[hit for find in placed for hit in links(find, marks)],
        )
        for mark in marks:
            near = [find for find in placed if is_same_place(mark.at, find.at)]
            written = [(unit_key(unit["text"]), unit["role"]) for find in near for unit in find.item["units"]]
            known = {key for key, _ in written}
            for unit in mark.item["units"]:
                if unit_key(unit["text"]) in known:
                    self.roles.add(marked=[(unit_key(unit["text"]), unit["role"]) in written])

    def _count_words(self, name: str, marks: list[Placed], placed: list[Placed]) -> None:
        gold = [at for mark in marks for at in mark.words[name]]
        finds = [at for find in placed for at in find.words[name]]
        self.items[name].add(
            marked=[any(shared(at, other) for other in finds) for at in gold],
            found=[any(shared(at, other) for other in gold) for at in finds],
        )

    def figures(self) -> dict[str, float]:
        """One row of the table, in the order it is printed."""
        rows = {name: tally.f1() for name, tally in self.items.items()}
        rows["roles"] = share(self.roles)
        rows["untouched"] = share(self.untouched)
        rows["ungrounded"] = float(self.ungrounded)
        return rows


def share(tally: Tally) -> float:
    """Hits among the marks; 1.0 when there are none."""
    return tally.marked_hit / tally.marked if tally.marked else 1.0


def links(item: Placed, others: list[Placed]) -> list[bool]:
    """For each party of the item: does an item of the other side, in the same place, name it too?"""
    named = {key for other in others if is_same_place(item.at, other.at) for key in other.units()}
    return [key in named for key in item.units().elements()]


def texts_of(folder: Path) -> Iterator[tuple[Path, list[Item]]]:
    """Every text in `folder` with its marks, by name."""
    for path in sorted((folder / "texts").glob("*.txt")):
        yield path, json.loads((folder / "gold" / f"{path.stem}.json").read_text("utf-8"))


def finds_in(path: Path) -> list[Item]:
    """What `manage.py parse` finds in the file, in the shape of the marks."""
    return [as_json(directive) for directive in parsed_file(str(path), None).directives]


def score_folder(folder: Path) -> Score:
    """The parser over all texts of a folder, summed."""
    score = Score()
    for path, marks in texts_of(folder):
        score.add(path.read_text("utf-8"), marks, finds_in(path))
    return score
