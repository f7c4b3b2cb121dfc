"""A ledger file read with a clerk's choices: its sheets, its columns, and every item it would make."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath

from accounts.models import User
from speeches import context
from speeches.ledgers.comparing import compare
from speeches.ledgers.heads import Column, Head, chosen, find_head
from speeches.ledgers.options import Options
from speeches.ledgers.plans import Given, Planned, plan
from speeches.ledgers.rows import Passed, entries
from speeches.parser import find_times
from speeches.parser.resolving import resolver
from speeches.parser.types import Context
from speeches.readers.sheets import Sheet, read_sheets

MOST_ITEMS = 2_000
NO_HEAD = (
    "没有找到表头。表头要在前20行内，至少有“事项名称”（或“工作任务”“工作要求”等）和另一个认识的列名"
    "（如“责任单位”“完成时限”）。请补上表头后重新上传。"
)
_YEAR = re.compile(r"(?<!\d)(20\d{2})\s*年?(?!\d)")


@dataclass(slots=True)
class ReadSheet:
    """A sheet as it was understood. `head` None: no ledger. `trouble`: what hinders its import."""

    index: int
    name: str
    is_hidden: bool
    head: Head | None
    columns: tuple[Column, ...] = ()
    is_taken: bool = False
    trouble: str = ""
    passed: list[Passed] = field(default_factory=list)
    count: int = 0


@dataclass(slots=True)
class Reading:
    """`base`: the day from which words of time are counted. `source_title`: for items that name no source."""

    file_name: str
    base: date
    source_title: str
    sheets: list[ReadSheet] = field(default_factory=list)
    planned: list[Planned] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    @property
    def taken(self) -> list[Planned]:
        """What would be registered."""
        return [one for one in self.planned if one.is_taken]

    @property
    def faulty(self) -> list[Planned]:
        """What hinders the import: entries with errors that were not left out."""
        return [one for one in self.taken if one.errors]

    @property
    def same(self) -> list[Planned]:
        return [one for one in self.planned if one.state == "same"]

    @property
    def differing(self) -> list[Planned]:
        return [one for one in self.planned if one.state == "differs"]

    @property
    def doubles(self) -> list[Planned]:
        return [one for one in self.planned if one.state in {"twin", "repeated"}]

    @property
    def is_ready(self) -> bool:
        return bool(self.taken) and not self.faulty and not self.troubles


def read(content: bytes, file_name: str, options: Options, *, by: User, today: date) -> Reading:
    """Raises ReadRefused where the file is no table at all; everything else is told in the reading."""
    stem = PurePath(file_name).stem
    sheets = [_found(index, sheet, options) for index, sheet in enumerate(read_sheets(content, stem))]
    reading = _begun(file_name, stem, [sheet for _, sheet in sheets], options, today)
    office = context.office()
    dated = office.context(reading.base)
    register = resolver(dated)
    for sheet, found in sheets:
        if found.is_taken and found.head is not None:
            given = Given(
                office, register, dated, found.columns, found.name, file_name, reading.source_title, today
            )
            reading.planned += _plans(sheet, found, found.head, given)
    if len(reading.planned) > MOST_ITEMS:
        reading.troubles.append(f"一次最多导入{MOST_ITEMS}项，请按工作表或按类别分几次导入。")
    fields = {found.name: {column.field for column in found.columns} for _, found in sheets}
    compare(reading.planned, fields, by, today)
    _choose(reading.planned, options)
    return reading


def _found(index: int, sheet: Sheet, options: Options) -> tuple[Sheet, ReadSheet]:
    """The sheet with its head; hidden ones and those without a head are not taken unasked."""
    head = find_head(sheet)
    wanted = not sheet.is_hidden if options.sheets is None else index in options.sheets
    found = ReadSheet(index, sheet.name, sheet.is_hidden, head, is_taken=wanted and head is not None)
    if head is not None:
        found.columns = head.columns
        try:
            found.columns = chosen(head.columns, options.columns.get(str(index), {}))
        except ValueError as refused:
            found.trouble = str(refused)
    return sheet, found


def _begun(file_name: str, stem: str, sheets: list[ReadSheet], options: Options, today: date) -> Reading:
    """The reading before its items. The line above the headings is its title, else the file's name."""
    above = [line for sheet in sheets if sheet.head for line in sheet.head.above]
    title = next(iter(above), "") or stem
    base = options.base or _base([*above, file_name], today)
    reading = Reading(file_name, base, (options.source_title or title)[:200], sheets)
    reading.troubles += [f"“{sheet.name}”：{sheet.trouble}" for sheet in sheets if sheet.trouble]
    if not any(sheet.head for sheet in sheets):
        reading.troubles.append(NO_HEAD)
    return reading


def _base(lines: list[str], today: date) -> date:
    """The day named above the headings; else the first of the year named there, if that is another."""
    for line in lines:
        for find in find_times(line, Context()):
            if find.kind == "date" and find.end:
                return find.end
    named = next((found for line in lines if (found := _YEAR.search(line))), None)
    return today if named is None or int(named[1]) == today.year else date(int(named[1]), 1, 1)


def _plans(sheet: Sheet, found: ReadSheet, head: Head, given: Given) -> Iterator[Planned]:
    listed, found.passed = entries(sheet, head, found.columns)
    found.count = len(listed)
    return (plan(entry, f"{found.index}:{entry.row}", given) for entry in listed)


def _choose(planned: list[Planned], options: Options) -> None:
    """As the clerk wants it; what has a number in the ledger is never registered again."""
    for one in planned:
        if one.ref in options.leave:
            one.is_taken = False
        elif one.ref in options.also and one.state in {"twin", "repeated"}:
            one.is_taken = True
