"""Reads the word lists beside the parser and turns them into patterns that fail fast."""

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from .openings import Longest

LEXICON = Path(__file__).parent / "lexicon"

Trie = dict[str, "Trie"]


@lru_cache
def words(name: str) -> frozenset[str]:
    """The entries of `lexicon/<name>.txt`; # begins a comment."""
    lines = (LEXICON / f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(entry for line in lines for entry in line.split("#")[0].split())


def any_of(entries: Iterable[str]) -> str:
    """A pattern for the longest of `entries` at a place, factored by common beginnings.

    A plain alternation tries every entry in turn; this one tries every first character.
    """
    trie: Trie = {}
    for entry in entries:
        node = trie
        for char in entry:
            node = node.setdefault(char, {})
        node[""] = {}
    return _pattern(trie)


def listed(*names: str) -> str:
    """The pattern for any entry of the lists."""
    return any_of(entry for name in names for entry in words(name))


def firsts(*names: str) -> frozenset[str]:
    """The first characters of all entries of the lists."""
    return frozenset(entry[0] for name in names for entry in words(name))


def longest(*names: str) -> Longest:
    """Finds the longest entry of the lists at a place."""
    return Longest(entry for name in names for entry in words(name))


def _pattern(node: Trie) -> str:
    branches = [re.escape(char) + _pattern(below) for char, below in sorted(node.items()) if char]
    if not branches:
        return ""
    if len(branches) == 1 and "" not in node:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if '' in node else ''}"


@lru_cache
def pairs(name: str) -> dict[str, str]:
    """The entries of a list of two columns."""
    lines = (LEXICON / f"{name}.txt").read_text("utf-8").splitlines()
    rows = [line.split("#")[0].split() for line in lines]
    return {row[0]: row[1] for row in rows if len(row) == 2}
