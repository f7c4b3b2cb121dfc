"""Characters with their places set together to lines, from left to right and from the top of a page."""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from speeches.readers.rows import row_lines

_SAME_LINE = 0.5  # of the size of a character: how far baselines on one line may lie apart
_COLUMN_GAP = 1.2  # of the size: a wider gap that no space fills is the edge of a column
_WORD_GAP = 0.18


class Piece(NamedTuple):
    """A character, or a few set together: `y` is the baseline from the top of the page."""

    left: float
    right: float
    y: float
    size: float
    text: str


class Sheet(NamedTuple):
    """A page as it is looked at, upright."""

    width: float
    height: float
    pieces: Sequence[Piece]
    rows: Sequence[Sequence[Sequence[Piece]]] = ()  # of tables: cells of pieces that are not in `pieces`


@dataclass(frozen=True, slots=True)
class Line:
    page: int  # from 1
    left: float
    right: float
    y: float
    size: float
    text: str
    in_columns: bool  # a row of a table, or tabulated


def lines_of(sheet: Sheet, page: int) -> list[Line]:
    """The lines of a page from the top, a row of a table as one."""
    lines = list(_set(sheet.pieces, page))
    for row in sheet.rows:
        lines += _row(row, page)
    return sorted(lines, key=lambda line: line.y)


def _row(row: Sequence[Sequence[Piece]], page: int) -> Iterator[Line]:
    cells = [list(_set(cell, page)) for cell in row]
    lines = [line for cell in cells for line in cell]
    if not lines:
        return
    top = min(lines, key=lambda line: line.y)
    for text in row_lines([_filled(cell) for cell in cells]):
        yield replace(top, text=text, in_columns=True)


def _filled(lines: Sequence[Line]) -> list[str]:
    """The paragraphs of a cell, which ends a line early only where it ends a sentence."""
    texts: list[str] = []
    right = max((line.right for line in lines), default=0.0)
    before: Line | None = None
    for line in lines:
        is_short = before is not None and right - before.right > 1.5 * line.size
        if before is None or (is_short and before.text[-1:] in {"。", "；"}):
            texts.append(line.text)
        else:
            texts[-1] += link(before.text, line.text) + line.text
        before = line
    return texts


def _set(pieces: Sequence[Piece], page: int) -> Iterator[Line]:
    """Pieces of about one baseline, from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.y):
        if rows and piece.y - rows[-1][0].y < _SAME_LINE * min(piece.size, rows[-1][0].size):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        # Stable: a bad writer starts all runs of a line at one place, in the right order.
        row.sort(key=lambda piece: piece.left)
        inked = [piece for piece in row if piece.text.strip()]
        if not inked:
            continue
        text, in_columns = _spelled(row[row.index(inked[0]) : len(row) - row[::-1].index(inked[-1])])
        size = statistics.median(piece.size for piece in inked)
        baseline = statistics.median(piece.y for piece in inked)
        right = max(piece.right for piece in inked)
        yield Line(page, inked[0].left, right, baseline, size, text, in_columns)


def _spelled(row: Sequence[Piece]) -> tuple[str, bool]:
    """The text of a line and whether it stands in columns.

    Blanks are drawn or left out at will, so they are taken from the gaps: one between Latin words, one
    between columns, and between Chinese characters only where one is drawn.
    """
    text, in_columns = "", False
    last: Piece | None = None
    is_blank = False  # whether a space was drawn since `last`
    for piece in row:
        if not piece.text and last is not None:
            last = last._replace(right=max(last.right, piece.right))  # what stood here was struck out
        if not piece.text.strip():
            is_blank = is_blank or bool(piece.text)
            continue
        if last is not None:
            if piece.text == last.text and piece.left - last.left < 0.1 * last.size:
                continue  # drawn twice to look bold
            gap = (piece.left - last.right) / max(last.size, piece.size)
            is_latin = last.text[-1:].isascii() and piece.text[:1].isascii()
            in_columns = in_columns or (gap > _COLUMN_GAP and not is_blank)
            text += " " if gap > _COLUMN_GAP or (gap > _WORD_GAP and (is_blank or is_latin)) else ""
        text += piece.text.strip()
        last, is_blank = piece, False
    return text, in_columns


def link(before: str, after: str) -> str:
    """What the line break stood for: a blank between Latin words, else nothing."""
    return " " if _is_letter(before[-1:]) and _is_letter(after[:1]) else ""


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()
