"""From characters with places to lines, from lines to paragraphs: what PDF and OFD have in common.

A page format knows no paragraphs, and draws Chinese and Latin fonts in separate strokes, so that quotation
marks and digits come out of order. Lengths are in any unit, as long as it is one for the whole file.
"""

import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from speeches.readers.lines import Line, Sheet, lines_of, link

_ENDS = "。！？；：…”）』」!?;:)"
_QUOTES = "“”‘’"
_OPENERS = "“‘（《〈「『【〔([{"
_CLOSERS = "，。、；：！？”’）》〉」』】〕…—,.;:!?)]}%％"
_MARK = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)"
    r"|第[一二三四五六七八九十]{1,3}[，,、章节条]|[①-⑳]"
)
_PAGE_NUMBER = re.compile(
    r"[-—–－·•~\s]*\d{1,4}(\s*/\s*\d{1,4})?[-—–－·•~\s]*|第\s*\d+\s*页([\s,，/共]*\d+\s*页?)?"
)
_BROWSER = re.compile(  # what browsers print above and below a page
    r"\d{1,4}[/年.-]\d{1,2}[/月.-]\d{1,4}日?,?\s?([上下]午)?\d{1,2}:\d{2}(\s?[AP]M)?(\s.{1,80})?"
    r"|(https?|file)://\S+(\s\d+/\d+)?"
)
_TOP, _BOTTOM = 0.1, 0.88  # shares of the height of a page, above and below which its furniture stands
_LONGEST_UNIT = 40
_FEW = 12  # lines from which the edges of a kind of page can be measured on it alone


@dataclass(frozen=True, slots=True)
class _Edges:
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the whole document is set."""

    edges: dict[int, _Edges]  # of each page
    pitch: float  # the usual distance of baselines, in sizes
    indents: frozenset[int]  # where paragraphs begin, by `_column`

    def is_indented(self, line: Line) -> bool:
        return line.left > self.edges[line.page].left + 1.2 * line.size


def paragraphs(sheets: Sequence[Sheet]) -> list[tuple[str, int]]:
    """The paragraphs of all pages in order, each with the number of the page it begins on."""
    lines = [line for number, sheet in enumerate(sheets, 1) for line in lines_of(sheet, number)]
    lines = list(_without_furniture(lines, sheets))
    layout = _layout(lines, sheets)
    joined: list[tuple[list[str], int]] = []
    before: Line | None = None
    for line in lines:
        if before is not None and _goes_on(before, line, layout):
            joined[-1][0].append(link(before.text, line.text) + line.text)
        else:
            joined.append(([line.text], line.page))
        before = line
    return [("".join(texts), page) for texts, page in joined]


def _without_furniture(lines: Sequence[Line], sheets: Sequence[Sheet]) -> Iterator[Line]:
    """Without page numbers and without what stands at the same height of many pages."""
    seen: dict[tuple[int, str], set[int]] = defaultdict(set)
    for line in lines:
        seen[_shape(line, sheets)].add(line.page)
    for line in lines:
        height = line.y / (sheets[line.page - 1].height or 1)
        is_outside = height < _TOP or height > _BOTTOM
        pages = len(seen[_shape(line, sheets)])
        is_repeated = pages >= 2 and pages >= 0.4 * len(sheets)
        is_known = _PAGE_NUMBER.fullmatch(line.text) or _BROWSER.fullmatch(line.text)
        if not (is_outside and (is_repeated or is_known)):
            yield line


def _shape(line: Line, sheets: Sequence[Sheet]) -> tuple[int, str]:
    """What a running head has in common with itself on another page: its height and its words but numbers."""
    return round(100 * line.y / (sheets[line.page - 1].height or 1)), re.sub(r"\d+", "#", line.text)


def _layout(lines: Sequence[Line], sheets: Sequence[Sheet]) -> _Layout:
    layout = _Layout(_edges(lines, sheets), _pitch(lines), frozenset())
    indented = Counter(_column(line) for line in lines if layout.is_indented(line))
    opening = Counter(
        _column(line)
        for line, following in pairwise(lines)
        if layout.is_indented(line) and not layout.is_indented(following)
    )
    # Below the first line of a paragraph the text comes back to the edge; a block stays where it is.
    indents = frozenset(column for column, times in indented.items() if opening[column] >= 0.3 * times)
    return replace(layout, indents=indents)


def _column(line: Line) -> int:
    return round(line.left / (line.size or 1))


def _edges(lines: Sequence[Line], sheets: Sequence[Sheet]) -> dict[int, _Edges]:
    """The edges of the type area of each page, measured on pages of one width and, in a book, of one side."""
    by_side: dict[tuple[int, int], list[Line]] = defaultdict(list)
    by_width: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        width = round(sheets[line.page - 1].width)
        by_side[width, line.page % 2].append(line)
        by_width[width].append(line)
    measured: dict[tuple[int, int], _Edges] = {}
    for (width, side), group in by_side.items():
        measured[width, side] = _measured(group if len(group) >= _FEW else by_width[width], width)
    return {line.page: measured[round(sheets[line.page - 1].width), line.page % 2] for line in lines}


def _measured(lines: Sequence[Line], width: float) -> _Edges:
    size = statistics.median(line.size for line in lines) or 1
    counted = Counter(round(line.left / size * 2) for line in lines)
    usual = [left for left, times in counted.items() if times >= max(2, 0.1 * len(lines))]
    left = min(usual or counted) * size / 2
    rights = sorted(line.right for line in lines)
    right = rights[max(0, round(0.95 * len(rights)) - 1)] if len(rights) >= _FEW else rights[-1]
    at_edge = sum(right - 1.5 * size <= line.right for line in lines)
    is_edge = at_edge >= 3 and at_edge >= 0.2 * len(lines)
    # A few short lines show no right edge: then the margins are taken to be alike.
    return _Edges(left, right if is_edge else max(right, width - left - size))


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance of baselines, in sizes; a paragraph set apart by space has more."""
    steps = [
        (line.y - before.y) / line.size
        for before, line in pairwise(lines)
        if before.page == line.page and line.size and abs(before.size - line.size) < 0.15 * line.size
    ]
    return statistics.median(steps) if steps else 1.5


def _goes_on(before: Line, line: Line, layout: _Layout) -> bool:
    """Whether `line` continues the paragraph of `before`."""
    if line.in_columns or before.in_columns:
        return False
    is_marked = _MARK.match(line.text) is not None
    is_indented = layout.is_indented(line)
    if before.text[-1:] in {"，", "、"} and not is_indented and not is_marked:
        return True  # nothing ends with a comma, even where the line was broken by hand
    if abs(before.size - line.size) > 0.15 * line.size or not _is_full(before, line, layout):
        return False
    if before.page == line.page and line.y - before.y > 1.35 * layout.pitch * line.size:
        return False
    is_ended = before.text[-1:] in tuple(_ENDS)
    if not is_indented:
        return not (is_ended and is_marked)
    is_block = _column(line) == _column(before) and _column(line) not in layout.indents
    is_hanging = before.left < line.left and _MARK.match(before.text) is not None
    return not is_ended and (is_block or is_hanging)


def _is_full(before: Line, line: Line, layout: _Layout) -> bool:
    """Whether `before` was broken because what comes next did not fit.

    Inside a sentence more room is allowed: writers differ in what they keep together.
    """
    room = (layout.edges[before.page].right - before.right) / (before.size or 1)
    is_ended = before.text[-1:] in tuple(_ENDS)
    return room < max(_width(_first_unit(line.text)) + 0.5, 0 if is_ended else 3.5)


def _first_unit(text: str) -> str:
    """What cannot be parted from the first character: a Latin word, opening and closing marks.

    Quotation marks hold to both sides, as the line breaking of Unicode (UAX 14, class QU) has them.
    """
    end = 1
    while end < min(len(text), _LONGEST_UNIT) and _is_tied(text[end - 1], text[end]):
        end += 1
    return text[:end]


def _is_tied(char: str, following: str) -> bool:
    if char in _OPENERS or following in _CLOSERS or following in _QUOTES:
        return True
    return char.isascii() and following.isascii() and not following.isspace()


def _width(text: str) -> float:
    return sum(0.5 if char.isascii() else 1.0 for char in text)
