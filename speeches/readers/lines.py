"""Characters with their places set together to lines, from left to right and from the top of a page."""

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from speeches.readers.columns import areas, gutters
from speeches.readers.pieces import Cell, Piece, Sheet, baselines
from speeches.readers.rows import row_lines

_COLUMN_GAP = 1.2  # of the size: a wider gap that no space fills is the edge of a column
_WORD_GAP = 0.18
_RAISED = 0.72  # of the size of its line: a smaller sign above the baseline is a mark or an exponent
_MARK_SIGNS = frozenset("0123456789[]〔〕()（）*＊①②③④⑤⑥⑦⑧⑨⑩")


@dataclass(frozen=True, slots=True)
class Line:
    page: int  # from 1
    left: float
    right: float
    y: float
    size: float
    text: str
    in_columns: bool  # a row of a table, or tabulated
    area: str = ""  # the column of the page it stands in, by its path
    cells: tuple[tuple[int, str], ...] = ()  # of a row: left edge and text


def lines_of(sheets: Sequence[Sheet]) -> Iterator[Line]:
    """The lines of all pages in reading order, a row of a table as one."""
    found = gutters([sheet.pieces for sheet in sheets])
    for number, (sheet, gutter) in enumerate(zip(sheets, found, strict=True), 1):
        ranked: list[tuple[float, int, Line]] = []
        for rank, area in enumerate(areas(sheet.pieces, gutter)):
            for line in _set(area.pieces, number):
                height = area.top if area.path else line.y
                ranked.append((height, rank, replace(line, area=area.path)))
        ranked += [(line.y, 0, line) for row in sheet.rows for line in _row(row, number)]
        ranked.sort(key=lambda one: (one[0], one[1], one[2].y))
        yield from (line for _, _, line in ranked)


def _row(row: Sequence[Cell], page: int) -> Iterator[Line]:
    cells = [(round(cell.left), list(_set(cell.pieces, page))) for cell in row]
    lines = [line for _, inside in cells for line in inside]
    if not lines:
        return
    top = min(lines, key=lambda line: line.y)
    texts = [(left, _filled(inside)) for left, inside in cells]
    rows = row_lines([filled for _, filled in texts])
    kept = tuple((left, "".join(filled)) for left, filled in texts) if len(rows) == 1 else ()
    for text in rows:
        yield replace(top, text=text, in_columns=True, cells=kept)


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
    for row in _settled(baselines(pieces)):
        inked = [piece for piece in row if piece.text.strip()]
        if not inked:
            continue
        text, in_columns = _spelled(row[row.index(inked[0]) : len(row) - row[::-1].index(inked[-1])])
        size = statistics.median(piece.size for piece in inked)
        baseline = statistics.median(piece.y for piece in inked)
        right = max(piece.right for piece in inked)
        yield Line(page, inked[0].left, right, baseline, size, text, in_columns)


def _settled(rows: Sequence[list[Piece]]) -> Iterator[list[Piece]]:
    """Small signs above a line put into it, where they are exponents, or left out as marks of notes."""
    raised: list[Piece] = []
    for row, below in zip(rows, [*rows[1:], []], strict=True):
        if below and _is_raised(row, below):
            raised = row
            continue
        if raised:
            row = sorted([*row, *_exponents(raised, row)], key=lambda piece: piece.left)
            raised = []
        yield row


def _is_raised(row: Sequence[Piece], below: Sequence[Piece]) -> bool:
    size = statistics.median(piece.size for piece in below)
    inked = [piece for piece in row if piece.text.strip()]
    left, right = min(piece.left for piece in below), max(piece.right for piece in below)
    return all(
        piece.size <= _RAISED * size
        and set(piece.text) <= _MARK_SIGNS
        and below[0].y - piece.y < 0.75 * size
        and left < piece.left
        and piece.right < right + 3 * size
        for piece in inked
    )


def _exponents(raised: Sequence[Piece], row: Sequence[Piece]) -> Iterator[Piece]:
    """The 2 of m2, not the 1 of a footnote: what stands right behind a letter."""
    for piece in raised:
        before = [one for one in row if one.left < piece.left and one.text.strip()]
        if before and before[-1].text[-1:].isascii() and before[-1].text[-1:].isalpha():
            yield piece._replace(y=before[-1].y, size=before[-1].size)


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
