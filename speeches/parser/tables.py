"""Rows of a task table that a reader flattened to lines: 序号 任务 牵头单位 责任单位 完成时限."""

import re
from dataclasses import dataclass

from .drafting import Draft
from .notes import listed_parties
from .organs import Party
from .types import Role

_CELL = re.compile(r"[^ \t]+")
_UNIT_HEADS: tuple[tuple[re.Pattern[str], Role], ...] = (
    (re.compile("牵头|主办|总牵头"), "lead"),
    (re.compile("配合|协办|协助|参与"), "co"),
    (re.compile("(?:责任|承办|落实|实施|完成)(?:单位|部门|处室|科室|主体|领导|人)"), "responsible"),
)
_TASK_HEAD = re.compile("任务|事项|内容|工作|措施|要求|项目|问题")
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class _Head:
    """What each column of a table holds."""

    roles: tuple[Role | None, ...]
    task: int


def table_drafts(text: str) -> list[Draft]:
    """One draft per row of every task table in a folded text."""
    found: list[Draft] = []
    head: _Head | None = None
    at = 0
    for number, line in enumerate(text.split("\n")):
        cells = [(at + cell.start(), at + cell.end()) for cell in _CELL.finditer(line)]
        if len(cells) >= _FEWEST:
            head = _head([text[start:end] for start, end in cells]) or head
            if head and len(cells) == len(head.roles) and not _is_head(text, cells, head):
                found.append(_row(text, cells, head, number))
        elif line.strip():
            head = None
        at += len(line) + 1
    return found


def _head(words: list[str]) -> _Head | None:
    roles = tuple(_role(word) for word in words)
    tasks = [number for number, word in enumerate(words) if _TASK_HEAD.search(word) and not roles[number]]
    if not any(roles) or not tasks or max(map(len, words)) > 10:
        return None
    return _Head(roles, tasks[-1])


def _role(word: str) -> Role | None:
    return next((role for pattern, role in _UNIT_HEADS if pattern.search(word)), None)


def _is_head(text: str, cells: list[tuple[int, int]], head: _Head) -> bool:
    return _head([text[start:end] for start, end in cells]) == head


def _row(text: str, cells: list[tuple[int, int]], head: _Head, line: int) -> Draft:
    parties: list[tuple[Party, Role]] = []
    for (start, end), role in zip(cells, head.roles, strict=True):
        if role:
            parties += [(party, role) for party in listed_parties(text, start, end)]
    start, end = cells[head.task][0], max(end for _, end in cells)
    return Draft(
        start=min(start, *(party.start for party, _ in parties)) if parties else start,
        end=end,
        stretch=-1,
        line=line,
        parties=parties,
        body=start,
        strength="note",
        rules=["table"],
    )
