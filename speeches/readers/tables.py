"""Tables that run over pages: the head that is printed anew goes, and a row cut in two is one again."""

from collections.abc import Sequence
from dataclasses import replace

from speeches.readers.lines import Line, link


def over_pages(lines: Sequence[Line]) -> list[Line]:
    """`lines` with the rows of a table that goes on put together."""
    kept: list[Line] = []
    heads: set[str] = set()
    page = 0  # of the line before
    is_top = False  # whether nothing but a head stands above on this page
    for line in lines:
        last = kept[-1] if kept else None
        goes_on = bool(line.cells and last is not None and last.cells)
        is_top = goes_on and (line.page == page + 1 or (is_top and line.page == page))
        page = line.page
        if last is not None and is_top:
            if line.text in heads:
                continue
            is_top = False
            if (whole := _continued(last, line)) is not None:
                kept[-1] = whole
                continue
        if line.cells and not goes_on:
            heads.add(line.text)
        kept.append(line)
    return kept


def _continued(row: Line, rest: Line) -> Line | None:
    """`row` with what the next page holds of it; None when `rest` is a row of its own, with a first cell."""
    cells = dict(row.cells)
    edges = {edge: _nearest(edge, cells) for edge, _ in rest.cells}
    if min(cells) in edges.values() or None in edges.values() or len(cells) < 2:
        return None
    for edge, text in rest.cells:
        cell = edges[edge]
        if cell is not None:
            cells[cell] += link(cells[cell], text) + text
    text = " ".join(text for _, text in sorted(cells.items()))
    return replace(row, text=text, cells=tuple(sorted(cells.items())))


def _nearest(edge: int, cells: dict[int, str]) -> int | None:
    near = min(cells, key=lambda other: abs(other - edge))
    return near if abs(near - edge) <= 3 else None
