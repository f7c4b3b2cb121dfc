"""From characters with places to lines, from lines to paragraphs: what PDF and OFD have in common.

A page format knows no paragraphs, and draws Chinese and Latin fonts in separate strokes, so that quotation
marks and digits come out of order. Lengths are in any unit, as long as it is one for the whole file.
"""

import re
import statistics
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from speeches.readers.lines import Line, lines_of, link
from speeches.readers.margins import furniture, shape, without_notes
from speeches.readers.pieces import Sheet
from speeches.readers.tables import over_pages
from speeches.readers.types import Left
from speeches.readers.unruled import with_tables

_ENDS = "。！？；：…”）』」!?;:)"
_QUOTES = "“”‘’"
_OPENERS = "“‘（《〈「『【〔([{"
_CLOSERS = "，。、；：！？”’）》〉」』】〕…—,.;:!?)]}%％"
_MARK = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)"
    r"|第[一二三四五六七八九十]{1,3}[，,、章节条]|[①-⑳]"
)
_LONGEST_UNIT = 40
_FEW = 12  # lines from which the edges of a kind of page can be measured on it alone


class _Edges(NamedTuple):
    left: float
    right: float


class Joined(NamedTuple):
    """The paragraphs with the pages they begin on, and the notes at the foot of pages."""

    texts: Sequence[str]
    pages: Sequence[int]
    notes: Sequence[Left]
    heads: Sequence[Left]  # what was printed around the text of pages, once for all pages that repeat it

    @property
    def left(self) -> list[Left]:
        return sorted([*self.notes, *self.heads], key=lambda line: (line.page, line.before))

    def warnings(self) -> list[str]:
        if not self.notes:
            return []
        return [f"页下脚注{len(self.notes)}条没有读入正文：“{self.notes[0].text[:30]}”。"]


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the whole document is set."""

    edges: dict[tuple[int, str], _Edges]  # of each page and its columns
    pitch: float  # the usual distance of baselines, in sizes
    indents: frozenset[int]  # where paragraphs begin, by `_column`
    is_listed: bool = (
        False  # most lines that seem full end a sentence: they are short items of about one length
    )

    def of(self, line: Line) -> _Edges:
        return self.edges[line.page, line.area]

    def is_indented(self, line: Line) -> bool:
        return line.left > self.of(line).left + 1.2 * line.size

    def is_centred(self, line: Line) -> bool:
        edges = self.of(line)
        return abs((line.left + line.right) - (edges.left + edges.right)) < 2 * line.size


def paragraphs(sheets: Sequence[Sheet]) -> Joined:
    """The paragraphs of all pages in order."""
    sheets = [with_tables(sheet) for sheet in sheets]
    found = list(lines_of(sheets))
    gone = furniture(found, sheets)
    lines, notes = without_notes([line for index, line in enumerate(found) if index not in gone], sheets)
    lines = over_pages(lines)
    layout = _layout(lines, sheets)
    texts: list[list[str]] = []
    pages: list[int] = []
    before: Line | None = None
    for line in lines:
        if before is not None and _goes_on(before, line, layout):
            texts[-1].append(link(before.text, line.text) + line.text)
        else:
            texts.append([line.text])
            pages.append(line.page)
        before = line
    ends = [bisect_right(pages, page) for page in range(len(sheets) + 1)]  # of the paragraphs of each page
    below = [Left(ends[note.page], note.text, "页下脚注", note.page) for note in notes]
    return Joined(["".join(parts) for parts in texts], pages, below, _heads(found, gone, sheets, ends))


def _heads(
    found: Sequence[Line], gone: Iterable[int], sheets: Sequence[Sheet], ends: Sequence[int]
) -> list[Left]:
    """What stands around the text, of each kind the first, where its page begins or ends."""
    kinds: dict[tuple[int, str], list[Line]] = defaultdict(list)
    for index in sorted(gone):
        kinds[shape(found[index], sheets)].append(found[index])
    heads = []
    for first, *others in kinds.values():
        is_top = first.y < 0.5 * sheets[first.page - 1].height
        reason = f"页眉页脚，{len(others) + 1}页相同" if others else "页眉页脚"
        heads.append(Left(ends[first.page - is_top], first.text, reason, first.page))
    return heads


def _layout(lines: Sequence[Line], sheets: Sequence[Sheet]) -> _Layout:
    edges = _edges(lines, sheets)
    layout = _Layout(edges, _pitch(lines, edges), frozenset())
    indented = Counter(_column(line) for line in lines if layout.is_indented(line))
    opening = Counter(
        _column(line)
        for line, following in pairwise(lines)
        if layout.is_indented(line) and not layout.is_indented(following) and not _MARK.match(following.text)
    )
    # Below the first line of a paragraph the text comes back to the edge; a block stays where it is, and
    # behind the block of an item comes the mark of the next.
    indents = frozenset(column for column, times in indented.items() if opening[column] >= 0.3 * times)
    layout = replace(layout, indents=indents)
    return replace(layout, is_listed=_is_listed(lines, layout))


def _is_listed(lines: Sequence[Line], layout: _Layout) -> bool:
    """Whether each line is a paragraph, in a document that shows them by neither indents nor space."""
    full = [line for line in lines if line.right > layout.of(line).right - 2 * line.size]
    ended = sum(line.text[-1:] in tuple(_ENDS) for line in full)
    spaced = sum(_is_apart(before, line, layout.pitch, is_ended=True) for before, line in pairwise(lines))
    return ended >= 4 and ended > 0.6 * len(full) and not layout.indents and spaced < 2


def _column(line: Line) -> int:
    return round(line.left / (line.size or 1))


def _edges(lines: Sequence[Line], sheets: Sequence[Sheet]) -> dict[tuple[int, str], _Edges]:
    """The edges of the type area of each page and column, measured on those of one width and side."""
    by_side: dict[tuple[int, str, int], list[Line]] = defaultdict(list)
    by_width: dict[tuple[int, str], list[Line]] = defaultdict(list)
    for line in lines:
        width = round(sheets[line.page - 1].width)
        by_side[width, line.area, line.page % 2].append(line)
        by_width[width, line.area].append(line)
    measured: dict[tuple[int, str, int], _Edges] = {}
    for (width, area, side), group in by_side.items():
        usual = group if len(group) >= _FEW else by_width[width, area]
        measured[width, area, side] = _measured(usual, 0 if area else width)
    return {
        (line.page, line.area): measured[round(sheets[line.page - 1].width), line.area, line.page % 2]
        for line in lines
    }


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


def _pitch(lines: Sequence[Line], edges: Mapping[tuple[int, str], _Edges]) -> float:
    """The usual distance of baselines inside a paragraph, in sizes: of those behind a line that is full."""
    within = [
        (before, line)
        for before, line in pairwise(lines)
        if (before.page, before.area) == (line.page, line.area)
        and line.size
        and abs(before.size - line.size) < 0.15 * line.size
    ]
    full = [
        (before, line)
        for before, line in within
        if before.right > edges[before.page, before.area].right - 2 * before.size
    ]
    steps = [(line.y - before.y) / line.size for before, line in full or within]
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
    is_ended = before.text[-1:] in tuple(_ENDS)
    if _is_apart(before, line, layout.pitch, is_ended=is_ended):
        return False
    was_marked = _MARK.match(before.text) is not None
    if (is_ended and (is_marked or layout.is_listed)) or (is_marked and was_marked):
        return False
    if not is_indented:
        return True
    is_block = _column(line) == _column(before) and _column(line) not in layout.indents
    is_hanging = was_marked and before.left < line.left
    if is_hanging and _column(line) not in layout.indents:
        return True
    is_title = not was_marked and layout.is_centred(before) and layout.is_centred(line)
    is_title = is_title and _column(line) not in layout.indents
    return not is_ended and (is_block or is_hanging or is_title)


def _is_apart(before: Line, line: Line, pitch: float, *, is_ended: bool) -> bool:
    """Whether more space than between lines parts two on one page; inside a sentence it must be plain."""
    if (before.page, before.area) != (line.page, line.area):
        return False
    return line.y - before.y > (min(1.35 * pitch, pitch + 0.35) if is_ended else 1.35 * pitch) * line.size


def _is_full(before: Line, line: Line, layout: _Layout) -> bool:
    """Whether `before` was broken because what comes next did not fit.

    Inside a sentence more room is allowed: writers differ in what they keep together.
    """
    room = (layout.of(before).right - before.right) / (before.size or 1)
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
