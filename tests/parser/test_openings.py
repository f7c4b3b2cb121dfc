"""The first characters given for a pattern are all it can begin with."""

import importlib
import pkgutil
import re
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as reader  # type: ignore[attr-defined]
from typing import Any

import pytest

from speeches import parser
from speeches.parser.openings import Longest, Opening

MODULES = [
    importlib.import_module(found.name)
    for found in pkgutil.walk_packages(parser.__path__, "speeches.parser.")
]
OPENINGS = {
    f"{module.__name__}.{name}": value
    for module in MODULES
    for name, value in vars(module).items()
    if isinstance(value, Opening)
}
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT)
LOOKS = (codes.ASSERT, codes.ASSERT_NOT, codes.AT)


@pytest.mark.parametrize("name", OPENINGS)
def test_a_pattern_is_tried_wherever_it_may_begin(name: str) -> None:
    opening = OPENINGS[name]
    may_begin, is_empty = firsts_of(reader.parse(opening.source))
    assert may_begin - opening.firsts == set()
    assert not is_empty or name in MAY_BE_EMPTY


# Also match nothing at the end of a clause, which whoever calls them sees to
MAY_BE_EMPTY = {"speeches.parser.following._FOLLOW"}


def firsts_of(parts: Any) -> tuple[set[str], bool]:
    """The characters a parsed pattern can begin with, and whether it may match nothing at all."""
    found: set[str] = set()
    for code, given in parts:
        if code in LOOKS:
            continue
        begins, may_be_empty = _firsts_of_one(code, given)
        found |= begins
        if not may_be_empty:
            return found, False
    return found, True


def _firsts_of_one(code: Any, given: Any) -> tuple[set[str], bool]:
    if code is codes.LITERAL:
        return {chr(given)}, False
    if code is codes.IN:
        return {char for one in given for char in _members(*one)}, False
    if code is codes.SUBPATTERN:
        return firsts_of(given[-1])
    if code is codes.BRANCH:
        branches = [firsts_of(branch) for branch in given[1]]
        return set().union(*(begins for begins, _ in branches)), any(is_empty for _, is_empty in branches)
    assert code in REPEATS, f"{code} begins with anything"
    begins, is_empty = firsts_of(given[-1])
    return begins, is_empty or given[0] == 0


def _members(code: Any, given: Any) -> set[str]:
    assert code in (codes.LITERAL, codes.RANGE), f"{code} begins with anything"
    if code is codes.LITERAL:
        return {chr(given)}
    return {chr(number) for number in range(given[0], given[1] + 1)}


def test_what_is_seen_is_what_a_search_finds() -> None:
    opening = Opening("把将的", "(?:把|将)[^，]{1,4}完$|的(?!话)")
    for text in ("把数摸完", "将报表填完了", "数，把它摸完", "说的话", "说的是", "", "我的"):
        assert opening.seen_in(text) == (re.search(opening.source, text) is not None)


def test_the_longest_word_within_the_end_is_found() -> None:
    words = Longest(("推进", "推进会", "推"))
    assert words.match("推进会上", 0) == 3
    assert words.match("推进会上", 0, 2) == 2
    assert words.match("不推进", 0) == 0
    assert words.match("不推进", 1) == 3
    assert words.match("推", 1) == 0
