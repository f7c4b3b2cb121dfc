"""Every line of `examples/*.txt`: the marked words are found, no others, and mean what is written."""

from datetime import date
from pathlib import Path

import pytest

from speeches.parser.dates import RULES, find_times
from speeches.parser.times.moments import HEADS
from speeches.parser.times.parts import PARTS
from speeches.parser.times.tails import TAILS
from speeches.parser.types import Context, TimeFind

HERE = Path(__file__).parent
SPOKEN_ON = date(2024, 6, 3)


def lines_of(folder: str) -> list[str]:
    """The examples of a folder, without comments, each with its file name in front."""
    return [
        f"{path.stem}: {line}"
        for path in sorted((HERE / folder).glob("*.txt"))
        for line in path.read_text("utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]


def context_of(words: str) -> Context:
    """`2024-06-03`, `-` for an undated speech, empty for the usual day."""
    return Context(spoken_on=None if words == "-" else date.fromisoformat(words) if words else SPOKEN_ON)


def meaning(find: TimeFind) -> str:
    """A find in the notation of the example files."""
    if find.kind == "recurrence":
        return find.rrule or "频次不明"
    mark = "时限 " if find.is_deadline else ""
    if find.start is None and find.end is None:
        return mark + "?"
    if find.start == find.end:
        return f"{mark}{find.start}"
    return f"{mark}{find.start or ''}..{find.end or ''}"


def split(line: str) -> tuple[str, str, str]:
    """Marked text, day, meanings."""
    left, _, meanings = line.partition(": ")[2].partition(" ⇒ ")
    marked, _, on = left.partition(" @ ")
    return marked, on.strip(), meanings.strip()


@pytest.mark.parametrize("line", lines_of("examples"))
def test_the_marked_words_are_found_and_mean_what_the_example_says(line: str) -> None:
    marked, on, meanings = split(line)
    text = marked.replace("【", "").replace("】", "")
    finds = find_times(text, context_of(on))
    again = text
    for find in reversed(finds):
        again = f"{again[: find.span.start]}【{find.text}】{again[find.span.end :]}"
    assert again == marked
    assert " ; ".join(map(meaning, finds)) == meanings


@pytest.mark.parametrize("line", lines_of("negatives"))
def test_words_that_only_look_like_time_are_left_alone(line: str) -> None:
    text, _, rule = line.partition(": ")[2].partition(" ≠ ")
    finds = find_times(text.replace("【", "").replace("】", ""), Context(spoken_on=SPOKEN_ON))
    assert [find.text for find in finds if rule in find.rules] == []
    assert [find.text for find in finds] == [part.partition("】")[0] for part in text.split("【")[1:]]


def rule_names() -> set[str]:
    names = {head.name for heads in HEADS.firsts.values() for head in heads}
    names |= {part.name for parts in PARTS.values() for part in parts}
    names |= {tail.name for tail in TAILS}
    return names | {rule.name for rules in RULES.firsts.values() for rule in rules}


def test_every_rule_has_an_example_that_uses_it() -> None:
    used: set[str] = set()
    for line in lines_of("examples"):
        marked, on, _ = split(line)
        for find in find_times(marked.replace("【", "").replace("】", ""), context_of(on)):
            used.update(find.rules)
    assert rule_names() - used == set()


def test_every_rule_has_a_negative_example() -> None:
    assert rule_names() - {line.partition(" ≠ ")[2] for line in lines_of("negatives")} == set()


def test_there_are_enough_examples_to_trust() -> None:
    assert len(lines_of("examples")) >= 150
    assert len(lines_of("negatives")) >= 80
