"""What stands around the text of pages: page numbers, running heads, what browsers print, footnotes."""

import re
import statistics
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import groupby, takewhile
from typing import NamedTuple

from speeches.readers.lines import Line
from speeches.readers.pieces import Sheet

_PAGE_NUMBER = re.compile(
    r"[-—–－·•~\s]*\d{1,4}(\s*/\s*\d{1,4})?[-—–－·•~\s]*|第\s*\d+\s*页([\s,，/共]*\d+\s*页?)?"
)
_BROWSER = re.compile(  # what browsers print above and below a page
    r"\d{1,4}[/年.-]\d{1,2}[/月.-]\d{1,4}日?,?\s?([上下]午)?\d{1,2}:\d{2}(\s?[AP]M)?(\s.{1,80})?"
    r"|(https?|file)://\S+(\s\d+/\d+)?"
)
_NOTE = re.compile(r"[①-⑳]|[〔\[【(（]?\d{1,2}[〕\]】)）]?(?![\d.．、%年月日])|[*＊]")
_SMALL = 0.75  # of the usual size: small print
_MARGIN = 0.065  # of the height of a page: no office prints text so near its edge
_TOP, _BOTTOM = 0.1, 0.88  # shares of the height of a page, above and below which its furniture stands


def furniture(lines: Sequence[Line], sheets: Sequence[Sheet]) -> set[int]:
    """The indexes of page numbers, and of what stands apart at the same height of many pages.

    A page is peeled from its edges: what has text outside of it is text.
    """
    seen: dict[tuple[int, str], set[int]] = defaultdict(set)
    for line in lines:
        seen[shape(line, sheets)].add(line.page)
    by_page: dict[int, list[int]] = defaultdict(list)
    for index in sorted(range(len(lines)), key=lambda index: lines[index].y):
        by_page[lines[index].page].append(index)
    gone: set[int] = set()
    for order in by_page.values():
        size = statistics.median(lines[index].size for index in order)
        likely = {index: _is_likely(lines[index], sheets, seen, size) for index in order}
        for way in (order, order[::-1]):
            edge = list(takewhile(likely.__getitem__, way))
            text = lines[way[len(edge)]] if len(edge) < len(way) else None
            gone.update(
                index
                for index in edge
                if text is None or _is_known(lines[index]) or _is_set_off(lines[index], text)
            )
    return gone


def _is_likely(
    line: Line, sheets: Sequence[Sheet], seen: Mapping[tuple[int, str], set[int]], size: float
) -> bool:
    """Whether a line may be furniture: outside, and known or repeated, or in small print in the margin."""
    height = line.y / (sheets[line.page - 1].height or 1)
    if _TOP <= height <= _BOTTOM:
        return False
    is_marginal = not _MARGIN <= height <= 1 - _MARGIN and line.size < 0.85 * size
    pages = len(seen[shape(line, sheets)])
    return _is_known(line) or (pages >= 2 and pages >= 0.4 * len(sheets)) or is_marginal


def _is_known(line: Line) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(line.text) or _BROWSER.fullmatch(line.text))


def _is_set_off(line: Line, text: Line) -> bool:
    """Whether a line at the edge of a page is told from the text by its size or by space."""
    return abs(line.size - text.size) > 0.1 * text.size or abs(line.y - text.y) > 2.2 * text.size


class Note(NamedTuple):
    page: int
    text: str


def without_notes(lines: Sequence[Line], sheets: Sequence[Sheet]) -> tuple[list[Line], list[Note]]:
    """The lines, and apart from them the small print that ends a page and begins with the mark of a note."""
    size = statistics.median(line.size for line in lines) if lines else 0
    kept: list[Line] = []
    notes: list[Note] = []
    for _, page in groupby(lines, key=lambda line: line.page):
        on_page = list(page)
        begins = len(on_page)
        while begins and on_page[begins - 1].size <= _SMALL * size and not on_page[begins - 1].in_columns:
            begins -= 1
        low = 0.5 * sheets[on_page[0].page - 1].height
        while begins < len(on_page) and not (on_page[begins].y > low and _NOTE.match(on_page[begins].text)):
            begins += 1
        kept += on_page[:begins]
        for line in on_page[begins:]:
            if _NOTE.match(line.text):
                notes.append(Note(line.page, line.text))
            else:
                notes[-1] = notes[-1]._replace(text=notes[-1].text + line.text)
    return kept, notes


def shape(line: Line, sheets: Sequence[Sheet]) -> tuple[int, str]:
    """What a running head has in common with itself on another page: its height and its words but numbers."""
    return round(100 * line.y / (sheets[line.page - 1].height or 1)), re.sub(r"\d+", "#", line.text)
