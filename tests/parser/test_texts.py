"""Whole texts of every kind, marked by hand: how near the parser comes, and that it stays there."""

from datetime import date
from pathlib import Path

import pytest

from speeches.parser import clean, parse
from speeches.parser.types import Context

from .marked import Tally, item_of, read_marked

TEXTS = sorted((Path(__file__).parent / "texts").glob("*.txt"))
FLOORS = {"items": 0.95, "units": 0.95, "deadlines": 0.95, "beats": 0.95, "targets": 0.9}
CONTEXT = Context(spoken_on=date(2024, 6, 3))


@pytest.fixture(scope="module")
def tally() -> Tally:
    counted = Tally()
    for file in TEXTS:
        text, marked = read_marked(file.read_text("utf-8"))
        counted.add(marked, [item_of(directive) for directive in parse(text, CONTEXT).directives])
    return counted


@pytest.mark.parametrize("name", FLOORS)
def test_the_parser_marks_what_a_clerk_marks(name: str, tally: Tally) -> None:
    assert tally.f1(name) >= FLOORS[name], f"{name}: {tally.f1(name):.3f}"


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.stem)
def test_cleaning_takes_nothing_a_clerk_marks(file: Path) -> None:
    text, marked = read_marked(file.read_text("utf-8"))
    cleaned = clean(text).text
    assert all(text[item.start : item.end] in cleaned for item in marked)
