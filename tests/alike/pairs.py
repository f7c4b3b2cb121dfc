"""The pairs of sentences in the text files beside the tests."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from speeches.alike import Duty, Weights, likeness, sketch, weights
from speeches.alike.words import pairs
from speeches.suggesting.duties import kinds

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences, and whether they ask for the same thing."""

    is_same: bool
    one: Duty
    other: Duty

    def __str__(self) -> str:
        return f"{self.one.text} // {self.other.text}"

    def likeness(self) -> float:
        return likeness(sketch(self.one), sketch(self.other), usual_weights())


def usual_weights() -> Weights:
    return weights(pairs(kind.duties) for kind in kinds())


def read(name: str) -> list[Pair]:
    """The pairs of `pairs_<name>.txt`."""
    lines = (FOLDER / f"pairs_{name}.txt").read_text("utf-8").splitlines()
    words = [line for line in lines if line and not line.startswith("#")]
    blocks = [words[i : i + 3] for i in range(0, len(words), 3)]
    return [_pair(*block) for block in blocks]


def _pair(head: str, one: str, other: str) -> Pair:
    if head not in {"= same", "= other"}:
        raise ValueError(head)
    return Pair(head == "= same", duty(one), duty(other))


def duty(line: str) -> Duty:
    units, due_on, text = (part.strip() for part in line.split("|"))
    names = () if units == "-" else tuple(units.split("、"))
    return Duty(text, frozenset(names), names, None if due_on == "-" else date.fromisoformat(due_on))
