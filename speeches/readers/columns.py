"""Pages set in two or more columns: what stands in which, in the order it is read.

A gutter is a strip that no line crosses, with running text on both sides of it. The cells of a table leave
strips too, but do not fill their columns as text does.
"""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from speeches.readers.pieces import Piece, baselines

_GAP = 0.9  # of the size: blanks inside a line are narrower than a gutter
_FEWEST = 4  # lines on either side of a gutter
_NARROWEST = 6.0  # characters in the lines of a column, on the average
_FULL = 0.5  # of the lines of a column must reach its edge
_HINTED = 3  # lines that make a column where another page has shown the gutter
_STEPS = 60  # places tried across a page
_DEEPEST = 2  # a page of three columns is cut twice


class Area(NamedTuple):
    """Pieces that are read from the top to the bottom. `path` tells a column from others: "", "L", "RL"."""

    top: float
    path: str
    pieces: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class _Row:
    """A baseline across the page, as stretches without a gap."""

    pieces: Sequence[Piece]
    stretches: Sequence[tuple[float, float]]

    def crosses(self, x: float) -> bool:
        return any(left < x < right for left, right in self.stretches)

    def beside(self, x: float, *, is_left: bool) -> tuple[float, float] | None:
        """What stands on one side of `x`, from its first to its last character."""
        there = [one for one in self.stretches if (one[1] <= x) == is_left]
        return (there[0][0], there[-1][1]) if there else None


def gutters(pages: Sequence[Sequence[Piece]]) -> list[float | None]:
    """The place of the gutter of each page, None for one of a single column.

    A page that fills only its first column shows no gutter: it is taken to be set as the others are.
    """
    found = [_gutter(_rows(pieces)) for pieces in pages]
    known = [x for x in found if x is not None]
    if not known:
        return found
    usual = statistics.median_low(known)
    return [
        usual if x is None and all(piece.right <= usual for piece in pieces if piece.text.strip()) else x
        for x, pieces in zip(found, pages, strict=True)
    ]


def areas(pieces: Sequence[Piece], gutter: float | None, path: str = "") -> Iterator[Area]:
    """The areas of a page in reading order; lines across the gutter part what is above from what is below."""
    rows = _rows(pieces)
    if gutter is None or not rows:
        if rows:
            yield Area(_top(rows), path, pieces)
        return
    for run in _runs(rows, gutter):
        if run[0].crosses(gutter) or not (_is_set(run, gutter) or len(run) >= _HINTED):
            yield Area(_top(run), path, [piece for row in run for piece in row.pieces])
            continue
        for side in "LR":
            inside = [
                piece for row in run for piece in row.pieces if (_middle(piece) <= gutter) == (side == "L")
            ]
            deeper = _gutter(_rows(inside)) if len(path) + 1 < _DEEPEST else None
            for area in areas(inside, deeper, path + side):
                yield area._replace(top=_top(run))


def _rows(pieces: Sequence[Piece]) -> list[_Row]:
    rows = []
    for line in baselines(pieces):
        stretches: list[tuple[float, float]] = []
        last: Piece | None = None
        for piece in (piece for piece in line if piece.text.strip()):
            if last is not None and piece.left - stretches[-1][1] <= _GAP * max(piece.size, last.size):
                stretches[-1] = (stretches[-1][0], max(stretches[-1][1], piece.right))
            else:
                stretches.append((piece.left, piece.right))
            last = piece
        if stretches:
            rows.append(_Row(line, stretches))
    return rows


def _gutter(rows: Sequence[_Row]) -> float | None:
    """The place with most rows in columns on both sides of it, None where there is no such place."""
    if len(rows) < _FEWEST:
        return None
    left = min(row.stretches[0][0] for row in rows)
    width = max(row.stretches[-1][1] for row in rows) - left
    # In a single column all lines begin at the left and have no gap.
    if sum(len(row.stretches) > 1 or row.stretches[0][0] > left + 0.3 * width for row in rows) < _FEWEST:
        return None
    places = [left + width * step / _STEPS for step in range(_STEPS // 6, _STEPS - _STEPS // 6)]
    counted = [_columned(rows, x) for x in places]
    most = max(counted)
    if not most:
        return None
    best = [x for x, times in zip(places, counted, strict=True) if times == most]
    return best[len(best) // 2]


def _columned(rows: Sequence[_Row], x: float) -> int:
    """How many rows stand in columns if there were a gutter at `x`."""
    if sum(row.crosses(x) for row in rows) > len(rows) - _FEWEST:
        return 0
    return sum(len(run) for run in _runs(rows, x) if not run[0].crosses(x) and _is_set(run, x))


def _runs(rows: Sequence[_Row], x: float) -> Iterator[list[_Row]]:
    """Rows that cross `x` and rows that do not, in turn."""
    run: list[_Row] = []
    for row in rows:
        if run and row.crosses(x) != run[0].crosses(x):
            yield run
            run = []
        run.append(row)
    if run:
        yield run


def _is_set(run: Sequence[_Row], x: float) -> bool:
    """Whether running text stands on both sides of `x`."""
    size = statistics.median(row.pieces[0].size for row in run) or 1.0
    for is_left in (True, False):
        lines = [line for row in run if (line := row.beside(x, is_left=is_left)) is not None]
        if len(lines) < _FEWEST:
            return False
        edge = max(right for _, right in lines)
        full = sum(edge - right <= 2 * size for _, right in lines)
        widths = statistics.mean(right - left for left, right in lines)
        if widths < _NARROWEST * size or full < _FULL * len(lines):
            return False
    return True


def _top(rows: Sequence[_Row]) -> float:
    return min(piece.y for row in rows for piece in row.pieces)


def _middle(piece: Piece) -> float:
    return (piece.left + piece.right) / 2
