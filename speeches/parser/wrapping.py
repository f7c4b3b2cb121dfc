"""Lines cut where the page ended, not where the paragraph did: copies of scans, PDFs and old mails."""

import re
from collections.abc import Sequence
from typing import Protocol

_STOPS = "。！？!?；;：:”）)…"
_HEADING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、]|第[一二三四五六七八九十]{1,3}[，,、章节条]"
    r"|[①-⑳]|附件|[（(]?\d{4}年)"
)
_NARROWEST, _WIDEST = 18, 60  # characters of a printed line; a longer one is a paragraph
_FEWEST = 8  # lines from which a common width is no chance
_BODY = 15  # characters from which a line cut by a page number is running text


class Row(Protocol):
    """What must be known of a line: its words, and whether spaces stood before them."""

    @property
    def text(self) -> str: ...

    @property
    def is_indented(self) -> bool: ...


def width(text: str) -> float:
    """In full-width characters; a letter or digit counts half."""
    return sum(0.5 if char.isascii() else 1 for char in text)


def continued(rows: Sequence[Row], page_ends: set[int]) -> set[int]:
    """The numbers of rows that go on the row before; `page_ends`: those behind a page number."""
    full = _printed_width(rows)
    has_indents = any(row.is_indented for row in rows)
    return {
        number
        for number in range(1, len(rows))
        if not _HEADING.match(rows[number].text)
        and not rows[number].is_indented
        and (
            (number in page_ends and _is_cut(rows[number - 1].text))
            or (full and _runs_on(rows[number - 1].text, full, has_indents=has_indents))
        )
    }


def _is_cut(text: str) -> bool:
    return len(text) >= _BODY and text[-1] not in _STOPS


def _runs_on(text: str, full: float, *, has_indents: bool) -> bool:
    """A full line goes on; one that also ends a sentence only where indents mark the paragraphs."""
    return width(text) >= full - 2 and (has_indents or text[-1] not in _STOPS)


def _printed_width(rows: Sequence[Row]) -> float:
    """The width that most lines fill, 0 where lines are paragraphs."""
    widths = [width(row.text) for row in rows]
    widest = max(widths, default=0)
    filled = [one for one in widths if one >= widest - 2]
    is_printed = _NARROWEST <= widest <= _WIDEST and len(widths) >= _FEWEST and 2 * len(filled) >= len(widths)
    return widest if is_printed else 0
