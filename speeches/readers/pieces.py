"""What a page format gives: characters with their places, and those on about one baseline."""

from collections.abc import Sequence
from typing import NamedTuple

_SAME_LINE = 0.5  # of the size of a character: how far baselines on one line may lie apart


class Piece(NamedTuple):
    """A character, or a few set together: `y` is the baseline from the top of the page."""

    left: float
    right: float
    y: float
    size: float
    text: str


class Cell(NamedTuple):
    """A cell of a table with its left edge."""

    left: float
    pieces: Sequence[Piece]


class Sheet(NamedTuple):
    """A page as it is looked at, upright."""

    width: float
    height: float
    pieces: Sequence[Piece]
    rows: Sequence[Sequence[Cell]] = ()  # of tables, whose pieces are not in `pieces`


def baselines(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces line by line from the top, each line from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.y):
        if rows and piece.y - rows[-1][0].y < _SAME_LINE * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        # Stable: a bad writer starts all runs of a line at one place, in the right order.
        row.sort(key=lambda piece: piece.left)
    return rows
