"""Tables on a page: the rules drawn on it make cells, and the characters in a row of cells make a row."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_NEAR = 2.0  # points: rules closer than this are one, drawn twice or as a thin box
_MOST = 150  # rules of a direction on a page; more are a drawing, not a table
RAISED = 0.35  # of the size: the middle of a character above its baseline


class Rule(NamedTuple):
    """A straight line across the page: at `at` on one axis, from `start` to `end` on the other."""

    at: float
    start: float
    end: float


class Placed(NamedTuple):
    """Something on the page by the middle of its box; `number` tells it from the others."""

    number: int
    x: float
    y: float


Cell = tuple[float, float, float, float]  # top, bottom, left, right


def rows(
    placed: Iterable[Placed], across: Sequence[Rule], down: Sequence[Rule]
) -> list[list[tuple[float, list[int]]]]:
    """Rows of cells from the top: the left edge and the indexes of each that holds something.

    What stands in no column of a row of two or more cells is in none.
    """
    across, down = _merged(across), _merged(down)
    if len(across) < 2 or len(down) < 3 or max(len(across), len(down)) > _MOST:
        return []
    cells: dict[Cell, list[int]] = defaultdict(list)
    for one in placed:
        cell = _cell(one, across, down)
        if cell is not None:
            cells[cell].append(one.number)
    by_top: dict[float, list[Cell]] = defaultdict(list)
    for cell in cells:
        by_top[cell[0]].append(cell)
    # A row that goes on from the page before has often but one cell with anything in it.
    columns = {cell[2:] for row in by_top.values() if len(row) > 1 for cell in row}
    return [
        [(cell[2], cells[cell]) for cell in sorted(row, key=lambda cell: cell[2])]
        for _, row in sorted(by_top.items())
        if len(row) > 1 or row[0][2:] in columns
    ]


def _cell(one: Placed, across: Sequence[Rule], down: Sequence[Rule]) -> Cell | None:
    """The cell around a place: four rules that meet, not an underline here and a bar in the margin there."""
    levels = [rule for rule in across if rule.start - _NEAR <= one.x <= rule.end + _NEAR]
    walls = [rule for rule in down if rule.start - _NEAR <= one.y <= rule.end + _NEAR]
    above, below = [rule for rule in levels if rule.at <= one.y], [rule for rule in levels if rule.at > one.y]
    before, after = [rule for rule in walls if rule.at <= one.x], [rule for rule in walls if rule.at > one.x]
    if not (above and below and before and after):
        return None
    top, bottom, left, right = above[-1], below[0], before[-1], after[0]
    if not (_spans((top, bottom), left.at, right.at) and _spans((left, right), top.at, bottom.at)):
        return None
    return top.at, bottom.at, left.at, right.at


def _spans(rules: Iterable[Rule], start: float, end: float) -> bool:
    return all(rule.start <= start + 2 * _NEAR and rule.end >= end - 2 * _NEAR for rule in rules)


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Pieces of one rule as one, in the order of their places."""
    merged: list[Rule] = []
    open_at: list[int] = []  # of `merged`, those near the place reached
    for rule in sorted(rules):
        open_at = [index for index in open_at if rule.at - merged[index].at <= _NEAR]
        for index in open_at:
            other = merged[index]
            if rule.start <= other.end + _NEAR and other.start <= rule.end + _NEAR:
                merged[index] = Rule(other.at, min(other.start, rule.start), max(other.end, rule.end))
                break
        else:
            open_at.append(len(merged))
            merged.append(rule)
    return merged
