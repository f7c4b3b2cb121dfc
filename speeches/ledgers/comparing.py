"""Against the ledger and within the file: what is there already, what differs, what says the same twice."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

from accounts.models import User
from speeches.ledgers.fields import fields
from speeches.ledgers.plans import Planned
from tasks.columns import COLUMNS, lines
from tasks.models import Assignment, Task
from tasks.moves import Status
from tasks.spreadsheets import bare, fitting
from tasks.workdays import calendar

ROLES = {"lead": Assignment.Role.LEAD, "parts": Assignment.Role.PART, "supports": Assignment.Role.SUPPORT}
_SPACE = re.compile(r"\s+")
_MARKS = re.compile(r"[\W_]+")


def compare(planned: list[Planned], columns: dict[str, set[str]], by: User, today: date) -> None:
    """Set state, task and differences. `columns`: of each sheet the fields it has."""
    _same_number(planned, columns, by, today)
    fresh = [one for one in planned if one.state == "new"]
    _twins(fresh, by)
    _repeated(fresh)


def _same_number(planned: list[Planned], columns: dict[str, set[str]], by: User, today: date) -> None:
    codes = {code for one in planned if (code := one.entry.text("code"))}
    found = Task.objects.visible_to(by).filter(code__in=codes)
    tasks = {task.code: task for task in found.prefetch_related("assignments")}
    names = [column.name for column in COLUMNS]
    written = {
        line[1]: dict(zip(names, line, strict=True)) for line in lines(found, today=today, days=calendar())
    }
    for one in planned:
        task = tasks.get(one.entry.text("code"))
        if task is not None:
            one.task, one.problems, one.is_taken = task, [], False
            one.differences = list(_differences(one, task, written[task.code], columns[one.sheet]))
            one.state = "differs" if one.differences else "same"


def _differences(
    one: Planned, task: Task, written: dict[str, Any], columns: set[str]
) -> Iterable[tuple[str, str, str]]:
    """Heading, words of the file, words of the ledger, where they do not mean the same."""
    for column in COLUMNS:
        if column.name not in columns or fields()[column.name].use == "ours":
            continue
        theirs, ours = one.entry.text(column.name), _written(written[column.name])
        if _SPACE.sub("", theirs) != _SPACE.sub("", ours) and not _means_same(one, column.name, task):
            yield column.heading, theirs, ours


def _written(cell: Any) -> str:
    """A cell of the export as it comes back."""
    return "" if cell is None else bare(fitting(cell.isoformat() if isinstance(cell, date) else str(cell)))


def _means_same(one: Planned, name: str, task: Task) -> bool:
    """Another way to write it: 2026年6月30日, the full name of a department, 每周五 for the same rule."""
    if name in ROLES:
        assigned = {a.department_id for a in task.assignments.all() if a.role == ROLES[name]}
        value = one.details[name]
        units = value if isinstance(value, list) else [value]
        return {unit.pk for unit in units if unit} == assigned and bool(assigned)
    if name in {"due_on", "source_on", "report_rule", "urgency", "source_kind"} and one.entry.text(name):
        return bool(one.details[name] == getattr(task, name))
    return False


def _twins(planned: list[Planned], by: User) -> None:
    """Items of the ledger that say the same under another number; withdrawn ones may come again."""
    titles = {one.details["title"] for one in planned}
    there = Task.objects.visible_to(by).exclude(status=Status.WITHDRAWN).filter(title__in=titles)
    known = {_key(task.title, task.requirement): task for task in there.order_by("pk")}
    for one in planned:
        one.task = known.get(_key(one.details["title"], one.details["requirement"]))
        if one.task is not None:
            one.state, one.is_taken = "twin", False


def _repeated(planned: list[Planned]) -> None:
    first: dict[tuple[str, str], Planned] = {}
    for one in planned:
        key = _key(one.details["title"], one.details["requirement"])
        before = first.setdefault(key, one)
        if before is not one and any(key) and one.state == "new":
            one.state, one.is_taken, one.same_as = "repeated", False, before.row


def _key(title: str, requirement: str) -> tuple[str, str]:
    """Two texts are the same when only spaces and punctuation tell them apart."""
    return _plain(title), _plain(requirement)


def _plain(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFKC", text))
