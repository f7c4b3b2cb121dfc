"""The example files beside this one: what a clerk would mark, and what a clerk would pass over."""

from datetime import date
from pathlib import Path

import pytest

from speeches.parser import parse
from speeches.parser.organs import parties_at
from speeches.parser.sentences import sealed
from speeches.parser.text import fold
from speeches.parser.types import Context, Directive

HERE = Path(__file__).parent
CONTEXT = Context(spoken_on=date(2024, 6, 3))
ROLES = {"lead": "!牵头", "co": "!配合", "responsible": ""}


def lines_of(file: Path) -> list[str]:
    return [line for line in file.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def examples() -> list[str]:
    return [line for file in sorted((HERE / "examples").glob("*.txt")) for line in lines_of(file)]


def marked(text: str, directives: tuple[Directive, ...]) -> str:
    for directive in reversed(directives):
        text = f"{text[: directive.span.start]}【{directive.quote}】{text[directive.span.end :]}"
    return text


def named(directive: Directive) -> str:
    if not directive.units:
        return "-"
    units = [unit.text + ROLES[unit.role] + ("↑" if directive.inherited else "") for unit in directive.units]
    return " ".join(units)


@pytest.mark.parametrize("line", examples())
def test_the_marked_items_are_found_with_their_parties(line: str) -> None:
    expected, _, parties = line.replace("⏎", "\n").partition(" ⇒ ")
    text = expected.replace("【", "").replace("】", "")
    directives = parse(text, CONTEXT).directives
    assert marked(text, directives) == expected
    assert " ; ".join(named(directive) for directive in directives) == parties


@pytest.mark.parametrize("line", lines_of(HERE / "negatives" / "directives.txt"))
def test_what_cannot_be_struck_off_is_no_item(line: str) -> None:
    found = parse(line.replace("⏎", "\n"), CONTEXT).directives
    assert [directive.quote for directive in found] == []


@pytest.mark.parametrize("line", lines_of(HERE / "negatives" / "parties.txt"))
def test_a_false_friend_is_no_party(line: str) -> None:
    text = sealed(fold(line))
    assert parties_at(text, 0, len(text))[0] == []
