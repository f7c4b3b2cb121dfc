"""Tables without rules: cells told by gaps that stand above each other on line after line.

Running text in columns leaves such gaps too, but fills its columns; a table has one at least that it does
not fill: numbers, names of offices, dates. Where it cannot be told which lines make a row, they stay lines.
"""

import re
import statistics
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

from speeches.readers.pieces import Cell, Piece, Sheet, baselines

_GAP = 0.9  # of the size: blanks inside a cell are narrower
_THIN = 0.4  # of the size: as narrow between cells, where it recurs at one place
_GUTTER = 0.25  # of the size, between columns over all lines
_FEWEST = 3  # lines with their cells above each other
_FAR = 5.0  # sizes between two baselines of one table at the most
_ALIKE = 0.2  # by which the size of a line may differ from that of the one above
_APART = 1.25  # of the pitch inside a cell: more space than this is that between rows
_OPEN = 1.9  # sizes: lines as far apart are not lines of one cell
_SHORT = 1.5  # sizes: a line that ends so far before the edge of its column is the last of its cell
_BESIDE = 0.95  # sizes: lines closer than this stand beside each other
_NARROW, _FULL = 6.0, 0.5  # as `columns` tells running text: characters in a line, share of full lines
_NUMBER = re.compile(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）).．、]?")
_MARK = re.compile(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）).．、]|[①-⑳●•■▪·-]")
Span = tuple[float, float]


@dataclass(slots=True)
class _Line:
    """A baseline with its pieces parted at the gaps."""

    y: float
    size: float
    parts: list[list[Piece]]
    spans: list[Span]
    ruled: float = -inf  # the last line of a row with rules above it: they stand between those without

    def alike(self, other: "_Line") -> bool:
        return abs(self.size - other.size) <= _ALIKE * other.size


@dataclass(slots=True)
class _Run:
    """Lines in the same columns, as far as they go."""

    lines: list[_Line] = field(default_factory=list)
    columns: list[Span] = field(default_factory=list)

    def column(self, span: Span) -> int:
        """The number of the column a stretch stands in."""
        return bisect_right(self.columns, (span[0], inf)) - 1

    def filled(self, line: _Line) -> set[int]:
        return {self.column(span) for span in line.spans}

    def takes(self, line: _Line, above: _Line | None) -> list[Span] | None:
        """The columns with those of `line`; None when it runs across two of them, or stands too far below."""
        if above is None:
            return line.spans if len(line.spans) > 1 else None
        is_far = abs(line.y - max(above.y, line.ruled)) > _FAR * line.size
        if is_far or not line.alike(above):
            return None
        merged = _merged([*self.columns, *line.spans], _GUTTER * line.size)
        own = {bisect_right(merged, (left, inf)) for left, _ in line.spans}
        if len(merged) < len(self.columns) or len(own) < len(line.spans):
            return None
        is_alone = len(line.spans) < 2 and line.y - above.y > _BESIDE * line.size
        return None if len(merged) > len(self.columns) and is_alone else merged


def with_tables(sheet: Sheet) -> Sheet:
    """The page with its tables without rules as rows, their pieces no longer among the others."""
    rows: list[list[Cell]] = []
    for run in _tables(_lines(sheet)):
        rows += _rows(run)
    if not rows:
        return sheet
    inside = {id(piece) for row in rows for cell in row for piece in cell.pieces}
    rest = [piece for piece in sheet.pieces if id(piece) not in inside]
    return sheet._replace(pieces=rest, rows=[*sheet.rows, *rows])


def _lines(sheet: Sheet) -> list[_Line]:
    """The baselines, parted at wide gaps, and at thin ones that stand above each other."""
    rows = baselines([piece for piece in sheet.pieces if piece.text.strip()])
    known = _edges(rows)
    ruled = sorted(piece.y for row in sheet.rows for cell in row for piece in cell.pieces)
    lines = [_line(row, known) for row in rows]
    for line in lines:
        line.ruled = ruled[before - 1] if (before := bisect_right(ruled, line.y)) else -inf
    return lines


def _edges(rows: Sequence[Sequence[Piece]]) -> set[int]:
    """Where something begins behind a thin gap on several lines, and no line between them runs across."""
    places: dict[int, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for left in {round(left) for left, gap in _gaps(row) if gap > _THIN}:
            places[left].append(number)
    return {
        left
        for left, numbers in places.items()
        if len(numbers) >= _FEWEST
        and not any(_crosses(row, left - 1) for row in rows[numbers[0] : numbers[-1] + 1])
    }


def _crosses(row: Sequence[Piece], x: float) -> bool:
    return any(piece.left < x - 1 and piece.right > x + 1 for piece in row)


def _gaps(row: Sequence[Piece]) -> Iterator[tuple[float, float]]:
    """Where a piece begins behind a gap, and how wide that is, in sizes."""
    right = row[0].right
    for piece in row[1:]:
        yield piece.left, (piece.left - right) / (piece.size or 1.0)
        right = max(right, piece.right)


def _line(row: Sequence[Piece], known: set[int]) -> _Line:
    parts = [[row[0]]]
    for piece, (left, gap) in zip(row[1:], _gaps(row), strict=True):
        if gap > _GAP or (gap > _THIN and known & {round(left) - 1, round(left), round(left) + 1}):
            parts.append([])
        parts[-1].append(piece)
    spans = [(part[0].left, max(piece.right for piece in part)) for part in parts]
    return _Line(row[0].y, statistics.median(piece.size for piece in row) or 1.0, parts, spans)


def _merged(spans: Sequence[Span], gutter: float) -> list[Span]:
    merged: list[Span] = []
    for left, right in sorted(spans):
        if merged and left - merged[-1][1] < gutter:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    return merged


def _tables(lines: Sequence[_Line]) -> Iterator[_Run]:
    """Lines that go on in the columns of those above, where they make a table."""
    begin = 0
    while begin < len(lines):
        run, end = _run(lines, begin)
        if _is_table(run):
            _look_above(run, lines[:begin])
            yield run
        begin = max(end, begin + 1)


def _run(lines: Sequence[_Line], begin: int) -> tuple[_Run, int]:
    """The longest run from line `begin` on, and the number of the line behind it."""
    run, end = _Run(), begin
    for line in lines[begin:]:
        columns = run.takes(line, run.lines[-1] if run.lines else None)
        if columns is None:
            break
        run.lines.append(line)
        run.columns, end = columns, end + 1
    pitch = _pitch(run)
    while len(run.lines) > 1 and len(run.lines[-1].spans) == 1:
        last, before = run.lines[-1], run.lines[-2]
        if pitch <= _OPEN * last.size and last.y - before.y <= _APART * pitch:
            break
        run.lines.pop()
        end -= 1
    return run, end


def _look_above(run: _Run, lines: Sequence[_Line]) -> None:
    """Take what opens a page above the first line: the end of a row that began on the page before."""
    above, first = list(lines), run.lines[0]
    taken: list[_Line] = []
    near = 2 * _pitch(run)
    while above and first.alike(above[-1]) and (taken or run.lines)[0].y - above[-1].y <= near:
        columns = run.takes(above[-1], (taken or run.lines)[0])
        if columns is None or len(columns) != len(run.columns) or near > 2 * _OPEN * first.size:
            return  # text stands above it
        taken.insert(0, above.pop())
    run.lines[:0] = taken


def _is_table(run: _Run) -> bool:
    wide = [line for line in run.lines if len(line.spans) > 1]
    if len(wide) < _FEWEST or len(run.columns) < 2:
        return False
    if all(_is_running(run, number) for number in range(len(run.columns))):
        return False
    return len(run.columns) > 2 or _is_register(run)


def _is_running(run: _Run, number: int) -> bool:
    """Whether a column is filled as running text fills it."""
    spans = [span for line in run.lines for span in line.spans if run.column(span) == number]
    size = statistics.median(line.size for line in run.lines)
    edge = max((right for _, right in spans), default=0.0)
    full = sum(edge - right <= 2 * size for _, right in spans)
    width = statistics.mean(right - left for left, right in spans) if spans else 0.0
    return len(spans) > _FEWEST and width >= _NARROW * size and full >= _FULL * len(spans)


def _is_register(run: _Run) -> bool:
    """Two columns are a table when the first holds names, not marks, and rows are set apart by space."""
    first = [_text(line.parts[0]) for line in run.lines if 0 in run.filled(line)]
    size, pitch = statistics.median(line.size for line in run.lines), _pitch(run)
    if any(_MARK.match(text) for text in first) or run.columns[0][1] - run.columns[0][0] > 2 * _NARROW * size:
        return False
    gaps = [below.y - above.y for above, below in pairwise(run.lines)]
    return pitch <= _OPEN * size and sum(gap > _APART * pitch for gap in gaps) >= _FEWEST - 1


def _pitch(run: _Run) -> float:
    """The least distance of two lines in one column."""
    last: dict[int, float] = {}
    least = inf
    for line in run.lines:
        for number in run.filled(line):
            least = min(least, line.y - last.get(number, -inf))
            last[number] = line.y
    return least


def _rows(run: _Run) -> Iterator[list[Cell]]:
    apart = list(_apart(run))
    is_spaced = len(apart) >= _FEWEST
    for lines in (part for group in apart for part in _numbered(run, group, is_spaced=is_spaced)):
        cells: dict[int, list[Piece]] = {}
        for line in lines:
            for span, pieces in zip(line.spans, line.parts, strict=True):
                cells.setdefault(run.column(span), []).extend(pieces)
        yield [Cell(run.columns[number][0], cells[number]) for number in sorted(cells)]


def _apart(run: _Run) -> Iterator[list[_Line]]:
    """The lines between spaces that are wider than those inside a cell."""
    pitch = _pitch(run)
    is_open = pitch > _OPEN * statistics.median(line.size for line in run.lines)
    group: list[_Line] = []
    for line in run.lines:
        if group and (is_open or line.y - group[-1].y > _APART * pitch):
            yield group
            group = []
        group.append(line)
    yield group


def _numbered(run: _Run, group: list[_Line], *, is_spaced: bool) -> Iterator[list[_Line]]:
    """Rows set as close as the lines of a cell: they fill all cells on every line, or begin with a number."""
    if not is_spaced and all(len(run.filled(line)) == len(run.columns) for line in group):
        yield from ([line] for line in group)
        return
    begins = [at for at, line in enumerate(group) if 0 in run.filled(line)]
    numbers = [at for at in begins if _NUMBER.fullmatch(_text(group[at].parts[0]))]
    heads, is_split = begins[: len(begins) - len(numbers)], len(begins) > 1
    if not numbers or begins != [*heads, *numbers] or not is_split:
        yield group
        return
    if _are_topped(run, group, numbers):
        ends = [0, *numbers, len(group)] if numbers[0] else [*numbers, len(group)]
        yield from (group[begin:end] for begin, end in pairwise(ends))
    else:
        head = [statistics.mean(group[at].y for at in heads)] if heads else []
        yield from _centred(group, [*head, *(group[at].y for at in numbers)])


def _are_topped(run: _Run, group: Sequence[_Line], numbers: Sequence[int]) -> bool:
    """Whether numbers stand at the top of their rows: above them the widest cell has ended in a short line.

    In the middle of a row a full line stands above the number, since the cell goes on.
    """
    widest = max(range(len(run.columns)), key=lambda number: run.columns[number][1] - run.columns[number][0])
    edge, size = run.columns[widest][1], group[0].size
    ends = []
    for at in numbers:
        above = group[at - 1] if at and at - 1 not in numbers else None
        spans = [span for span in above.spans if run.column(span) == widest] if above else []
        ends += [edge - right > _SHORT * size for _, right in spans]
    return 2 * sum(ends) >= len(ends)


def _centred(group: Sequence[_Line], middles: Sequence[float]) -> Iterator[list[_Line]]:
    """Each line with the number that stands in the middle of its row."""
    rows: list[list[_Line]] = [[] for _ in middles]
    for line in group:
        rows[min(range(len(middles)), key=lambda row: abs(middles[row] - line.y))].append(line)
    yield from (row for row in rows if row)


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces).strip()
