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
_PERSON_HEAD = re.compile("领导|责任人|负责人|联系人")
_OFFICE = re.compile(
    "[局委办部厅院室组处科所站队中心司社会团校]$|公司|银行|乡镇|街道|单位|部门|[县市区镇乡村]$"
)
# 一、产业发展: a row that only names the group of rows below it
_GROUP = re.compile(r" *(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)[^，。；]{2,20} *")
_FEWEST = 3
_SHORTEST_TASK = 6  # characters; a shorter cell is a number or a name


@dataclass(frozen=True, slots=True)
class _Head:
    """What each column of a table holds."""

    words: tuple[str, ...]
    roles: tuple[Role | None, ...]
    task: int

    def columns(self, words: list[str]) -> list[int] | None:
        """The column of each cell of a row; None when it cannot be told which cells are left empty."""
        if len(words) == len(self.roles):
            return list(range(len(words)))
        if len(words) > len(self.roles):
            return None
        return self._beside_gaps(words)

    def _beside_gaps(self, words: list[str]) -> list[int] | None:
        """A reader leaves empty cells out: names go to offices, persons to leaders, from the left."""
        lead = (
            self.task if len(words) > self.task and len(words[self.task]) >= _SHORTEST_TASK else self.task - 1
        )
        if lead < 0 or len(words) < lead + 2:
            return None
        columns, at = list(range(self.task - lead, self.task + 1)), self.task
        for word in words[lead + 1 :]:
            at = next((n for n in range(at + 1, len(self.words)) if self._may_hold(n, word)), -1)
            if at < 0:
                return None
            columns.append(at)
        return columns

    def _may_hold(self, column: int, word: str) -> bool:
        name = word.split("、")[0]
        is_office = _OFFICE.search(name) is not None
        if not self.roles[column]:
            return not is_office
        return is_office is not (_PERSON_HEAD.search(self.words[column]) is not None)


def table_drafts(text: str) -> list[Draft]:
    """One draft per row of every task table in a folded text."""
    found: list[Draft] = []
    head: _Head | None = None
    at = 0
    for number, line in enumerate(text.split("\n")):
        cells = _cells(line, at)
        if len(cells) >= _FEWEST:
            head = _head([text[start:end] for start, end in cells]) or head
            row = head and not _is_head(text, cells, head) and _row(text, cells, head, number)
            if row:
                found.append(row)
        elif line.strip() and not _GROUP.fullmatch(line):
            head = None
        at += len(line) + 1
    return found


def _cells(line: str, at: int) -> list[tuple[int, int]]:
    """The places of what stands between spaces and tabs; none for a line too short to be a row."""
    if line.count(" ") + line.count("\t") < _FEWEST - 1:
        return []
    return [(at + cell.start(), at + cell.end()) for cell in _CELL.finditer(line)]


def _head(words: list[str]) -> _Head | None:
    roles = tuple(_role(word) for word in words)
    tasks = [number for number, word in enumerate(words) if _TASK_HEAD.search(word) and not roles[number]]
    if not any(roles) or not tasks or max(map(len, words)) > 10:
        return None
    return _Head(tuple(words), roles, tasks[-1])


def _role(word: str) -> Role | None:
    return next((role for pattern, role in _UNIT_HEADS if pattern.search(word)), None)


def _is_head(text: str, cells: list[tuple[int, int]], head: _Head) -> bool:
    return _head([text[start:end] for start, end in cells]) == head


def _row(text: str, cells: list[tuple[int, int]], head: _Head, line: int) -> Draft | None:
    columns = head.columns([text[start:end] for start, end in cells])
    if columns is None:
        return None
    parties: list[tuple[Party, Role]] = []
    for (start, end), column in zip(cells, columns, strict=True):
        role = head.roles[column]
        if role:
            parties += [(party, role) for party in listed_parties(text, start, end)]
    start, end = cells[columns.index(head.task)][0], max(end for _, end in cells)
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
