"""What an import did or would do, and the frame in which every import runs: all of it, or nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from accounts.models import User
from accounts.tables import Fault, Row, TableRefused, read_rows


@dataclass(slots=True)
class Outcome:
    """Counts of rows, what is wrong with them (then nothing was done), and what is worth knowing."""

    noun: str  # 单位, 人员, 集合
    created: int = 0
    changed: int = 0
    same: int = 0
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Fault] = field(default_factory=list)

    def fault(self, row: Row, column: str, words: str) -> None:
        self.faults.append(Fault(row.number, column, words))

    def remark(self, row: Row, column: str, words: str) -> None:
        self.remarks.append(Fault(row.number, column, words))

    def count(self, *, is_new: bool, is_changed: bool) -> None:
        if is_new:
            self.created += 1
        elif is_changed:
            self.changed += 1
        else:
            self.same += 1

    def summary(self) -> str:
        return f"{self.noun}新增 {self.created} 个、更新 {self.changed} 个、没有变化 {self.same} 个"


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of CSV. `fill` writes the rows and notes faults; `by` is None on the command line."""

    label: str
    noun: str
    columns: tuple[str, ...]
    required: tuple[str, ...]
    fill: Callable[[list[Row], Outcome, User | None], None]

    def run(self, content: bytes, *, by: User | None = None, is_preview: bool = False) -> Outcome:
        """Import; any fault, or a preview, leaves the database as it was."""
        outcome = Outcome(self.noun)
        try:
            rows = read_rows(content, columns=self.columns, required=self.required)
        except TableRefused as refusal:
            outcome.faults.append(Fault(0, "", str(refusal)))
            return outcome
        with transaction.atomic():
            self.fill(rows, outcome, by)
            if outcome.faults or is_preview:
                transaction.set_rollback(True)
        outcome.faults.sort(key=lambda fault: fault.row)
        return outcome


def only_once(rows: list[Row], column: str, outcome: Outcome) -> list[Row]:
    """The rows whose key is there and not taken by an earlier row; the others become faults."""
    first: dict[str, int] = {}
    kept = []
    for row in rows:
        key = row[column]
        if not key:
            outcome.fault(row, column, "不能为空。")
        elif key in first:
            outcome.fault(row, column, f"“{key}”与第 {first[key]} 行重复，请只留一行。")
        else:
            first[key] = row.number
            kept.append(row)
    return kept


def assign(instance: Model, values: dict[str, object]) -> bool:
    """Set the attributes; whether any of them was another before."""
    changed = {name: value for name, value in values.items() if getattr(instance, name) != value}
    for name, value in changed.items():
        setattr(instance, name, value)
    return bool(changed)


def check_fields(instance: Model, columns: dict[str, str], row: Row, outcome: Outcome) -> bool:
    """Whether the model accepts its plain fields; `columns`: field → heading of the faults."""
    others = {field.name for field in instance._meta.fields} - set(columns)
    try:
        instance.clean_fields(exclude=others)
    except ValidationError as error:
        for name, words in error.message_dict.items():
            outcome.fault(row, columns[name], "".join(words))
        return False
    return True


def split_names(cell: str) -> list[str]:
    """Names joined by 、 (or ；;), once each, in order."""
    parts: Sequence[str] = cell.replace("；", "、").replace(";", "、").split("、")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))
