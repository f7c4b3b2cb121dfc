"""From an entry to the item it would become: every word of it, or what is wrong with it and what to do."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

from speeches.context import Office
from speeches.ledgers.fields import KEPT, fields
from speeches.ledgers.heads import Column
from speeches.ledgers.rows import Entry, kept_lines
from speeches.ledgers.times import Due, read_due
from speeches.ledgers.units import COLUMN_ROLES, read_units
from speeches.parser.resolving import Register
from speeches.parser.types import Context
from speeches.parsing import KINDS
from speeches.readers.sheets import ERROR
from tasks.forms import RHYTHMS
from tasks.models import Task
from tasks.rhythm import describe

State = Literal["new", "same", "differs", "twin", "repeated"]
LIMITS = {
    "title": 200,
    "deliverable": 200,
    "source_title": 200,
    "raised_by": 60,
}  # characters, as the columns of Task have
LONGEST_MADE_TITLE = 40
URGENCIES = {label: value for value, label in Task.Urgency.choices} | {
    "急": "urgent", "加急": "urgent", "急件": "urgent", "特急件": "critical",
    "普通": "normal", "平件": "normal", "平": "normal", "常规": "normal",
}  # fmt: skip
SOURCES = {label: value for value, label in Task.Source.choices}
RULES = {describe(rule): rule for rule in RHYTHMS}
_FIRST_SENTENCE = re.compile(r"[。；;！\n]")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell, or worth knowing: `column` is its letter, empty for the whole row."""

    row: int
    column: str
    heading: str
    words: str
    is_error: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """What every entry of a sheet is read with. `base`: the day from which 月底 and 年底 are counted."""

    office: Office
    register: Register
    context: Context
    columns: tuple[Column, ...]
    sheet: str
    file: str
    source_title: str
    today: date

    def at(self, name: str) -> tuple[str, str]:
        """Letter and heading of the column of a field."""
        found = next((column for column in self.columns if column.field == name), None)
        return (found.letter, found.heading) if found else ("", "")


@dataclass(slots=True)
class Planned:
    """An entry as the item it would become: `details` are what `tasks.actions.register` takes.

    `task`: the item of the same number, or the one that says the same. `differences`: of the item of the
    same number, heading, words of the file, words of the ledger.
    """

    ref: str
    entry: Entry
    sheet: str
    details: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    state: State = "new"
    task: Task | None = None
    same_as: int = 0  # row of the file that says the same
    differences: list[tuple[str, str, str]] = field(default_factory=list)
    is_taken: bool = True

    @property
    def row(self) -> int:
        return self.entry.row

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.is_error]

    @property
    def remarks(self) -> list[Problem]:
        return [problem for problem in self.problems if not problem.is_error]


def plan(entry: Entry, ref: str, given: Given) -> Planned:
    """Everything a cell says, put where it belongs; nothing is guessed, nothing is lost."""
    entry = replace(entry, cells=dict(entry.cells))
    planned = Planned(ref, entry, given.sheet, {})
    for problem in _wrong_cells(entry, given):
        planned.problems.append(problem)
    for problem in [*_words(planned, given), *_times(planned, given), *_handlers(planned, given)]:
        planned.problems.append(problem)
    planned.details["note"] = _note(entry, given)
    return planned


def _problem(planned: Planned, given: Given, name: str, words: str, *, is_error: bool = False) -> Problem:
    return Problem(planned.row, *given.at(name), words, is_error)


def _wrong_cells(entry: Entry, given: Given) -> Iterator[Problem]:
    """#REF! and such: the cell counts as empty."""
    for name, cells in list(entry.cells.items()):
        if ERROR in cells:
            entry.cells[name] = [cell for cell in cells if cell != ERROR]
            if fields()[name].use == "item":
                words = "单元格是公式错误（如 #REF!、#N/A），请在表里改好后重新上传"
                yield Problem(entry.row, *given.at(name), words, is_error=True)


def _words(planned: Planned, given: Given) -> Iterator[Problem]:
    entry, details = planned.entry, planned.details
    for name in ("title", "requirement", "deliverable", "source_title", "source_quote", "raised_by"):
        details[name] = entry.text(name)
        if name in LIMITS and len(details[name]) > LIMITS[name]:
            words = f"有{len(details[name])}个字，最多{LIMITS[name]}个字，请缩短"
            yield _problem(planned, given, name, words, is_error=True)
    yield from _subject(planned, given)
    details["source_title"] = details["source_title"].replace("\n", " ") or given.source_title
    yield from _choice(planned, given, "urgency", URGENCIES, Task.Urgency.NORMAL)
    usual = next(
        (
            kind
            for word, kind in (*KINDS, ("会议", Task.Source.MEETING), ("讲话", Task.Source.SPEECH))
            if word in details["source_title"]
        ),
        Task.Source.DOCUMENT,
    )
    yield from _choice(planned, given, "source_kind", SOURCES, usual)


def _subject(planned: Planned, given: Given) -> Iterator[Problem]:
    """Name and demand: one stands for the other where only one is there."""
    details = planned.details
    title, requirement = details["title"].replace("\n", ""), details["requirement"]
    if not title and not requirement:
        words = "没有事项名称，也没有工作要求。与上一行是同一事项的，请合并单元格；不是事项的，请勾选“不导入”"
        yield _problem(planned, given, "title", words, is_error=True)
    elif not title:
        title = _FIRST_SENTENCE.split(requirement, maxsplit=1)[0][:LONGEST_MADE_TITLE]
        yield _problem(planned, given, "requirement", f"没有事项名称，取工作要求的开头“{title}”，请核对")
    details["title"], details["requirement"] = title, requirement or details["title"]


def _choice(
    planned: Planned, given: Given, name: str, choices: dict[str, str], usual: str
) -> Iterator[Problem]:
    words = planned.entry.text(name)
    planned.details[name] = choices.get(words, usual)
    if words and words not in choices:
        label = next(label for label, value in choices.items() if value == usual)
        listed = "、".join(list(choices)[:4])
        yield _problem(planned, given, name, f"没有“{words}”这一项，暂按“{label}”；可以填：{listed}")


def _times(planned: Planned, given: Given) -> Iterator[Problem]:
    """The day of the source first: what follows is counted from it."""
    details = planned.details
    source = _due(planned, "source_on", given.context)
    details["source_on"] = source.on
    context = replace(given.context, spoken_on=source.on) if source.on else given.context
    due, rhythm = _due(planned, "due_on", context), _due(planned, "report_rule", context)
    named = RULES.get(planned.entry.text("report_rule"), "")
    details["due_on"], details["due_text"] = due.on, due.text.replace("\n", " ")[:100]
    details["report_rule"] = named or rhythm.rule or due.rule
    details["rhythm_text"] = "" if named else (rhythm.text or (due.text if due.rule else ""))[:100]
    for name, found in (("source_on", source), ("due_on", due)):
        if found.problem:
            hint = "" if found.is_wrong else "，已留空，立项后再填"
            yield _problem(planned, given, name, found.problem + hint, is_error=found.is_wrong)
    if planned.entry.text("report_rule") and not (named or rhythm.rule):
        words = f"看不懂“{rhythm.text or rhythm.on}”是多久报一次，已留空；请写成“每周五”“每月5日”这样的话"
        yield _problem(planned, given, "report_rule", words)
    if due.on and due.on < given.today:
        yield _problem(planned, given, "due_on", f"{due.on}已经过了，请核对是否要调整")


def _due(planned: Planned, name: str, context: Context) -> Due:
    """One cell; of several rows joined into an item the words of all."""
    cells = planned.entry.cells.get(name, [])
    return read_due(cells[0] if len(cells) == 1 else planned.entry.text(name), context)


def _handlers(planned: Planned, given: Given) -> Iterator[Problem]:
    words = {name: planned.entry.text(name) for name in COLUMN_ROLES}
    handling = read_units(words, given.office, given.register, given.register.why_blank)
    planned.details |= {
        "lead": handling.lead,
        "parts": handling.parts,
        "supports": handling.supports,
    }
    for name, remark in handling.remarks:
        yield _problem(planned, given, name, remark)
    if not any(words.values()):
        yield Problem(planned.row, "", "", "没有写承办单位，交办前要补上")


def _note(entry: Entry, given: Given) -> str:
    """Where the item comes from, and what the ledger has no field for."""
    labels = {
        column.field: column.heading
        for column in given.columns
        if column.field not in {"", KEPT} and fields()[column.field].use == "kept"
    }
    code = entry.text("code")
    lines = [f"由《{given.file}》“{given.sheet}”第{entry.row}行导入", *([f"原编号：{code}"] if code else [])]
    return "\n".join([*lines, *kept_lines(entry, labels)])


def refs(planned: Sequence[Planned]) -> dict[str, Planned]:
    return {one.ref: one for one in planned}
