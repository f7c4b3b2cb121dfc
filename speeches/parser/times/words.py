"""Reads the word lists beside the parser: a line an entry, # begins a comment."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

LEXICON = Path(__file__).parent.parent / "lexicon"


def rows(file: str) -> Iterator[list[str]]:
    """The columns of each entry of a list."""
    for line in (LEXICON / file).read_text("utf-8").splitlines():
        columns = line.split("#")[0].split()
        if columns:
            yield columns


def one_of(names: Iterable[str]) -> str:
    """A pattern for any of `names`, the longest first."""
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
