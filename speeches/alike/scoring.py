"""How likely it is that two sentences ask for the same thing, so that who does one has done the other.

Half the share of rare words in common (Dice), half how far the shorter is contained in the longer, less where
the departments, the kind of doing, the names of things or the limits speak against it.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from speeches.alike import words

MARGIN = 0.55  # likeness from which a pair is shown
ENOUGH = 6.5  # weight in common below which nothing is alike, however short: two or three rare pairs
FOREIGN = 0.7  # both name departments, none in common
OTHERWISE = 0.55  # both say what kind of doing, none in common
NAMESAKE = 0.5  # both name a road, a phase, a number, and not the same
FAR_APART = 0.8  # both state a limit, more than FAR_DAYS between
FAR_DAYS = 100
SAME_FIGURE = 0.1  # added for a count in common (12处)
SAME_DEPARTMENT = 0.05


@dataclass(frozen=True, slots=True)
class Duty:
    """A sentence of a speech or of the ledger.

    `units`: keys of who is responsible; `names`: how the text writes them; `due_on`: a limit that is stated.
    """

    text: str
    units: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is compared of a duty, worked out once."""

    duty: Duty
    pairs: frozenset[str]
    acts: frozenset[str]
    figures: frozenset[str]
    own_names: frozenset[str]


def sketch(duty: Duty) -> Sketch:
    text = duty.text
    return Sketch(
        duty, words.pairs(text, duty.names), words.acts(text), words.figures(text), words.own_names(text)
    )


@dataclass(frozen=True, slots=True)
class Weights:
    """How much a pair says: rare ones more. What was never seen weighs most."""

    rarity: Mapping[str, float] = field(default_factory=dict)
    unseen: float = 4.0

    def of(self, pairs: Iterable[str]) -> float:
        return sum(self.rarity.get(pair, self.unseen) for pair in pairs)


def weights(documents: Iterable[frozenset[str]]) -> Weights:
    """Inverse document frequency over `documents`, each a set of pairs."""
    counts: Counter[str] = Counter()
    total = 0
    for document in documents:
        counts.update(document)
        total += 1
    rarity = {pair: math.log(1 + (total - n + 0.5) / (n + 0.5)) for pair, n in counts.items()}
    return Weights(rarity, math.log(1 + (total + 0.5) / 0.5))


def likeness(one: Sketch, other: Sketch, weighed: Weights) -> float:
    """From 0 to 1; from MARGIN on worth a clerk's look."""
    shared = weighed.of(one.pairs & other.pairs)
    if shared < ENOUGH:
        return 0.0
    first, second = weighed.of(one.pairs), weighed.of(other.pairs)
    share = shared / (first + second) + shared / min(first, second) / 2
    return max(0.0, min(1.0, (share + _bonus(one, other)) * _doubt(one, other)))


def _bonus(one: Sketch, other: Sketch) -> float:
    same_units = bool(one.duty.units & other.duty.units)
    return SAME_FIGURE * bool(one.figures & other.figures) + SAME_DEPARTMENT * same_units


def _doubt(one: Sketch, other: Sketch) -> float:
    """The product of what speaks against it."""
    doubt = 1.0
    if _are_apart(one.duty.units, other.duty.units):
        doubt *= FOREIGN
    if _are_apart(one.acts, other.acts):
        doubt *= OTHERWISE
    if _are_apart(one.own_names, other.own_names):
        doubt *= NAMESAKE
    days = _days_between(one.duty.due_on, other.duty.due_on)
    return doubt * FAR_APART if days > FAR_DAYS else doubt


def _are_apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and not one & other


def _days_between(one: date | None, other: date | None) -> int:
    return abs((one - other).days) if one and other else 0
