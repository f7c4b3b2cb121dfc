"""Rows of tables as lines, the same in every format that knows tables."""

from collections.abc import Sequence

LONG_CELL = 40  # characters of a paragraph in a cell from which the table is a layout, not a list


def row_lines(cells: Sequence[Sequence[str]]) -> list[str]:
    """One line for the row; a table that only lays out paragraphs gives those."""
    filled = [[line for line in cell if line] for cell in cells]
    if is_layout(filled):
        return [line for cell in filled for line in cell]
    row = " ".join("".join(cell) for cell in filled if cell)
    return [row] if row else []


def is_layout(cells: Sequence[Sequence[str]]) -> bool:
    return len(cells) == 1 or any(len(cell) > 1 and max(map(len, cell)) >= LONG_CELL for cell in cells)
