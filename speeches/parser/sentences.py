"""Text → stretches (sentence or half-sentence, enumerator taken off) and their clauses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

_HAN = "一二三四五六七八九十"
# Depth 1 一、 2 （一） 3 1. （1） 4 ①
_LINE_MARKS = (
    (1, re.compile(rf"(?:[{_HAN}]{{1,3}}、|第[{_HAN}]{{1,3}}[章部]分?)\s*")),
    (2, re.compile(rf"（[{_HAN}]{{1,3}}）[、，]?\s*")),
    (3, re.compile(r"(?:\d{1,2}[.．、](?!\d)|（\d{1,2}）[、，]?)\s*")),
    (4, re.compile(r"(?:[①-⑳]|\d{1,2}）)\s*")),
)
# The cue word 要 stays with what it asks for
_INLINE_MARK = re.compile(
    rf"(?:第[{_HAN}]{{1,3}}(?:[，、：]|是(?:要)?(?=.))|[{_HAN}]{{1,2}}(?:是(?:[，：])?|(?=[要应须])|[，、：](?!{_HAN}))"
    rf"|其[{_HAN}](?:[，、]|是)|(?:首先|其次|再次|再者|最后)(?:[，：]|是|(?=要)))\s*"
)
_MARK_FIRSTS = frozenset(f"{_HAN}第（0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳其首再最")
_PIECE = re.compile(r"[^。！？；\n…]+[。！？；\n…]*[”’]?")
# 各级各部门, 各责任单位 … behind their 各
_EVERYBODY = "级各部门|级各有关部门|责任单位|有关部门|级领导干部"
# Where a new numbered point starts within a piece: ，二是 ：一要 （四）. Its first character is read before
# anything else, so that the search skips to it.
_INNER = re.compile(
    rf"[{_HAN}第（\d“各](?:(?<=[，：][{_HAN}])(?=[{_HAN}]?(?:是|要(?!素)))|(?<=[，：]第)(?=[{_HAN}]{{1,2}}[，、：])"
    rf"|(?<=[^第见〔]（)(?=[{_HAN}]{{1,3}}）[^，。；、])|(?<=[：。；]（)(?=\d{{1,2}}）[^，。；、])"
    rf"|(?<=[：”）… ][{_HAN}])(?=[{_HAN}]?、[^{_HAN}])"
    r"|(?:(?<=[：。；]\d)|(?<=[：。；] \d))(?=\d?[.．、](?!\d))"
    rf"|(?<=我们[{_HAN}])(?=是要)"
    r"|(?<=[批指]示：“)|(?<=要求：“)|(?<=强调：“)|(?<=指出：“)"
    # A heading whose line break got lost: …营商环境|各级各部门要…
    rf"|(?<=[\u4e00-\u9fff”）]各)(?<![请由让使对与和及、的给把为向市县区省州]各)(?=(?:{_EVERYBODY})(?:要|务必|必须|应|都)))"
)
_CLAUSE = re.compile(r"[^，：]+[，：]?")
_BRACKET = re.compile(r"（[^（）\n]{0,300}）|“[^“”\n]{0,120}”|《[^《》\n]{0,80}》")
# 市长批示：“……。……。”: a quotation that gives orders is read like the text around it
_ORDERS = re.compile("(?:批示|指示|要求|强调|指出|部署|提出|明确)[^“”。；\n]{0,8}：$")
_STOPS = re.compile("[。；！？，：、]")
_SKIP = re.compile(r"[\s“”·•●■◆★▲—\-~*_]*")


class Clause(NamedTuple):
    """Between two commas or colons; `end` is before the mark."""

    start: int
    end: int
    mark: str


@dataclass(slots=True)
class Stretch:
    """From one stop or enumerator to the next; `start` is behind the enumerator, `end` before the stop."""

    start: int
    end: int
    stop: str
    line: int
    depth: int  # 0: no enumerator, 1–4: numbered line, 5: 一是, 二要, 第三
    opens_line: bool
    closes_line: bool = False
    clauses: tuple[Clause, ...] = ()


def sealed(folded: str) -> str:
    """`folded` with the stops and commas inside brackets and quotation marks blanked: they end nothing.

    A comma in a quotation joins list members, so it reads as 、; same length.
    """
    return _BRACKET.sub(lambda found: found[0] if _stays_open(folded, found) else _closed(found[0]), folded)


def _closed(words: str) -> str:
    return _STOPS.sub("、", words)


def _stays_open(folded: str, found: re.Match[str]) -> bool:
    if len(found[0]) <= 3:
        return True
    at = found.start()
    return found[0].endswith("。”") and _ORDERS.search(folded, max(at - 16, 0), at) is not None


def stretches(folded: str) -> list[Stretch]:
    """Every stretch of a folded, sealed text, in order."""
    found: list[Stretch] = []
    at = 0
    for number, line in enumerate(folded.split("\n")):
        first = len(found)
        for start, end in _pieces(folded, at, at + len(line)):
            stretch = _stretch(folded, start, end, number)
            if stretch is not None:
                stretch.opens_line = len(found) == first
                found.append(stretch)
        if len(found) > first:
            found[-1].closes_line = True
        at += len(line) + 1
    return found


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for piece in _PIECE.finditer(text, start, end):
        cut = piece.start()
        for inner in _INNER.finditer(text, piece.start() + 1, piece.end()):
            yield cut, inner.start()
            cut = inner.start()
        yield cut, piece.end()


def _stretch(text: str, start: int, end: int, line: int) -> Stretch | None:
    body_end = end
    while body_end > start and text[body_end - 1] in "。！？；\n…，：”’ ":
        body_end -= 1
    # A closing quotation mark belongs to the words it closes
    if body_end < end and text[body_end] in "”’" and "“" in text[start:body_end]:
        body_end += 1
    start = min(_SKIP.match(text, start, body_end).end(), body_end)  # type: ignore[union-attr]
    if start >= body_end:
        return None
    depth, at = _enumerator(text, start, body_end)
    if at >= body_end:
        return None
    stop = text[body_end] if body_end < end else "\n"
    made = Stretch(at, body_end, stop, line, depth, opens_line=False)
    made.clauses = tuple(_clauses(text, at, body_end))
    return made


def _enumerator(text: str, start: int, end: int) -> tuple[int, int]:
    """The depth of the mark at `start` (0 when there is none) and the place behind it."""
    depth = 0
    if text[start] not in _MARK_FIRSTS:
        return depth, start
    for level, mark in _LINE_MARKS:
        found = mark.match(text, start, end)
        if found:
            depth, start = level, found.end()
            break
    inner = _INLINE_MARK.match(text, start, end)
    if inner and inner.end() < end:
        return depth or 5, inner.end()
    return depth, start


def _clauses(text: str, start: int, end: int) -> Iterator[Clause]:
    for found in _CLAUSE.finditer(text, start, end):
        stop = found.end()
        mark = text[stop - 1]
        if mark in "，：":
            stop -= 1
        else:
            mark = ""
        at = found.start()
        while at < stop and text[at] in " ":
            at += 1
        if at < stop:
            yield Clause(at, stop, mark)
