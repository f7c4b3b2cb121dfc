"""From the rows below the headings to entries: merged cells filled down, and what is no item told apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from speeches.ledgers.heads import Column, Head
from speeches.readers.sheets import Area, Cell, Sheet
from tasks.spreadsheets import bare

TOTALS = re.compile(r"(?:合|总|小|共)\s*计|累\s*计")
NOTE = re.compile(
    r"(?:备?注|说明|填表人?|填报人?|填报单位|填报时间|填表时间|填报日期|填表日期|制表人?|审核人?|审签人?|负责人|联系人|联系电话"
    r"|单位负责人|分管领导|主要领导|签发人?|附件|抄送)(?:（[^）]*）)?\s*[:：]|(?:备注|注|说明)\s*\d?\s*[.．、]"
)
CAPTION = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]{1,3}[部分类章]"
)
NUMERAL = re.compile(r"[一二三四五六七八九十]{1,3}、?")
WIDE = 3  # columns over which a line that is no item is merged


@dataclass(slots=True)
class Entry:
    """One item of a ledger, of one row or of several that a merge holds together.

    `row` is the first. `cells` by field. `kept`: heading and words of what has no field.
    """

    row: int
    cells: dict[str, list[Cell]] = field(default_factory=dict)
    kept: list[tuple[str, str]] = field(default_factory=list)
    last_row: int = 0

    def text(self, name: str) -> str:
        """The words of a field, those of several rows a line each."""
        return "\n".join(dict.fromkeys(filter(None, map(text_of, self.cells.get(name, ())))))


@dataclass(frozen=True, slots=True)
class Passed:
    """A row that is no item, its words, and what it was taken for."""

    row: int
    words: str
    reason: str


def text_of(cell: Cell) -> str:
    """3.0 is 3; a day is written 2026-06-30; what our own export guarded against formulas is as it was."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return bare(str(cell)).replace("\r\n", "\n").strip()


def entries(sheet: Sheet, head: Head, columns: Sequence[Column]) -> tuple[list[Entry], list[Passed]]:
    """The items below the headings in order, and the rows that are none."""
    below = [(number, cells) for number, cells in sheet.rows if number > head.last_row]
    areas = Areas(sheet.merged, head.last_row, dict(below))
    found: list[Entry] = []
    passed: list[Passed] = []
    for number, cells in below:
        if reason := _no_item(number, cells, columns, areas):
            passed.append(
                Passed(number, " ".join(text_of(cell) for cell in cells if cell != "")[:100], reason)
            )
            continue
        entry = _entry(number, cells, columns, areas)
        if found and _goes_on(number, columns, areas):
            _join(found[-1], entry)
        else:
            found.append(entry)
    return found, passed


class Areas:
    """The merged cells below the headings."""

    def __init__(self, merged: Sequence[Area], after: int, rows: dict[int, tuple[Cell, ...]]) -> None:
        self._rows = rows
        self._tall: dict[int, list[tuple[int, int]]] = {}  # column → (first row, last row), counted from 1
        self._wide: dict[tuple[int, int], int] = {}  # (row, column) → how many columns
        for top, left, bottom, right in merged:
            if top < after:
                continue
            self._wide[top + 1, left] = right - left + 1
            if bottom > top:
                self._tall.setdefault(left, []).append((top + 1, bottom + 1))

    def top(self, row: int, column: int) -> int:
        """The row where the merged cell begins that covers this one; the row itself where there is none."""
        spans = self._tall.get(column, ())
        return next((first for first, last in spans if first <= row <= last), row)

    def value(self, row: int, column: int) -> Cell:
        """The cell; for one covered from above, what stands at the top."""
        cells = self._rows.get(self.top(row, column), ())
        return cells[column] if column < len(cells) else ""

    def width(self, row: int, column: int) -> int:
        return self._wide.get((row, column), 1)


def _entry(number: int, cells: Sequence[Cell], columns: Sequence[Column], areas: Areas) -> Entry:
    entry = Entry(number, last_row=number)
    for column in columns:
        value = areas.value(number, column.place)
        if value == "" or not column.field:
            continue
        if column.field == "kept":
            entry.kept.append((column.heading, text_of(value)))
        else:
            entry.cells[column.field] = [value]
    return entry


def _goes_on(number: int, columns: Sequence[Column], areas: Areas) -> bool:
    """Whether the row belongs to the item above: what says what is to be done is merged down into it."""
    subjects = [column for column in columns if column.field in {"title", "requirement"}]
    filled = [column for column in subjects if areas.value(number, column.place) != ""]
    return bool(filled) and all(areas.top(number, column.place) < number for column in filled)


def _join(entry: Entry, more: Entry) -> None:
    entry.last_row = more.row
    for name, values in more.cells.items():
        own = entry.cells.setdefault(name, [])
        own += [value for value in values if value not in own]
    entry.kept += [pair for pair in more.kept if pair not in entry.kept]


def _no_item(number: int, cells: Sequence[Cell], columns: Sequence[Column], areas: Areas) -> str:
    """Why the row is no item: 合计行, 小标题, 表尾说明, 重复的表头; empty when it may be one."""
    filled = [(place, text_of(cell)) for place, cell in enumerate(cells) if cell != ""]
    place, first = filled[0]
    if any(TOTALS.match(text) for _, text in filled[:3] if len(text) < 20):
        return "合计行"
    if NOTE.match(first):
        return "表尾说明"
    if _is_repeated_head(cells, columns):
        return "重复的表头"
    if len(filled) == 1 and (areas.width(number, place) >= WIDE or CAPTION.match(first)):
        return "小标题"
    numbered = {column.place for column in columns if column.field == "number"}
    if len(filled) == 2 and place in numbered and NUMERAL.fullmatch(first):
        return "小标题"
    return "只有序号" if {place for place, _ in filled} <= numbered else ""


def _is_repeated_head(cells: Sequence[Cell], columns: Sequence[Column]) -> bool:
    same = [
        column
        for column in columns
        if column.place < len(cells)
        and cells[column.place]
        and str(cells[column.place]).replace("\n", "") in column.heading.split("／")
    ]
    return len(same) >= WIDE


def kept_lines(entry: Entry, labels: dict[str, str]) -> Iterator[str]:
    """What has no field on an item, a line each: 进展情况：已完成8处. `labels`: field → its heading."""
    for name, heading in labels.items():
        if words := entry.text(name):
            yield f"{heading}：{words}"
    for heading, words in entry.kept:
        if words:
            yield f"{heading}：{words}"
