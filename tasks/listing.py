"""The ledger as a list: which items a reader asked for, in which order, with what each row shows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django import forms
from django.db.models import F, OuterRef, Prefetch, QuerySet, Subquery

from accounts.models import Department
from tasks.forms import DayInput
from tasks.holds import hold_of
from tasks.lights import WORDS, Hold, Light, light, thresholds
from tasks.models import Assignment, Feedback, Task
from tasks.moves import Status
from tasks.permissions import Person
from tasks.querysets import SEES_ALL, TaskQuerySet
from tasks.workdays import WorkCalendar

OPEN_CHOICE = ("open", "未办结")
SORTS = {
    "code": "code",
    "due": "due_on",
    "issued": "issued_at",
    "latest": "latest_at",
}
DEFAULT_SORT = "-code"


class LedgerFilter(forms.Form):
    """The filter row. What cannot be understood is left out of the query and told beside its field."""

    q = forms.CharField(
        label="查找",
        required=False,
        widget=forms.SearchInput(attrs={"placeholder": "编号、名称、原文、单位"}),
    )
    status = forms.ChoiceField(label="状态", required=False)
    light = forms.ChoiceField(
        label="灯色",
        required=False,
        choices=[("", "全部"), *((c, WORDS[c]) for c in ("red", "yellow", "blue", "green", "grey"))],
    )
    department = forms.ModelChoiceField(
        label="承办单位", required=False, queryset=Department.objects.none(), empty_label="全部"
    )
    source = forms.ChoiceField(label="来源", required=False, choices=[("", "全部"), *Task.Source.choices])
    due_from = forms.DateField(label="时限自", required=False, widget=DayInput)
    due_to = forms.DateField(label="时限至", required=False, widget=DayInput)
    missing = forms.BooleanField(label="只看缺报", required=False)
    issued_until = forms.DateField(label="交办不晚于", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, reader: Person, **kwargs: Any) -> None:
        kwargs["auto_id"] = "f_%s"
        super().__init__(*args, **kwargs)
        sees_all = getattr(reader, "role", "") in SEES_ALL
        states = [choice for choice in Status.choices if sees_all or choice[0] != Status.DRAFT]
        self.fields["status"].choices = [("", "全部"), OPEN_CHOICE, *states]  # type: ignore[attr-defined]
        if sees_all:
            self.fields["department"].queryset = Department.objects.active()  # type: ignore[attr-defined]
        else:
            del self.fields["department"]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the whole ledger is asked for."""
        return self.is_valid() and any(self.cleaned_data.values())

    def apply(self, tasks: TaskQuerySet, *, today: date, days: WorkCalendar) -> TaskQuerySet:
        self.is_valid()
        asked: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if value}
        exact = {"source": "source_kind", "due_from": "due_on__gte", "due_to": "due_on__lte"}
        tasks = tasks.filter(**{path: asked[name] for name, path in exact.items() if name in asked})
        if "q" in asked:
            tasks = tasks.search(asked["q"])
        if "status" in asked:
            tasks = tasks.open() if asked["status"] == "open" else tasks.filter(status=asked["status"])
        if "light" in asked:
            tasks = tasks.lit(asked["light"], thresholds(today, days))
        if "department" in asked:
            tasks = tasks.for_department(asked["department"])
        if "issued_until" in asked:
            tasks = tasks.filter(issued_at__date__lte=asked["issued_until"])
        if "missing" in asked:
            tasks = tasks.with_missing(today).filter(missing_reports__gte=1)
        return tasks


def ordered(tasks: TaskQuerySet, sort: str) -> TaskQuerySet:
    """By one of SORTS, `-` for descending; what has no value comes last."""
    name = sort.removeprefix("-")
    if name not in SORTS:
        return ordered(tasks, DEFAULT_SORT)
    column = F(SORTS[name])
    order = column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)
    return tasks.order_by(order, "-pk")


def with_latest(tasks: TaskQuerySet) -> TaskQuerySet:
    """Adds what was reported last: `latest_at`, `latest_progress`, `latest_problems`, `latest_next_steps`."""
    reports = Feedback.objects.filter(assignment__task=OuterRef("pk")).order_by("-at", "-pk")
    named = ("at", "progress", "problems", "next_steps")
    found: TaskQuerySet = tasks.annotate(
        **{f"latest_{name}": Subquery(reports.values(name)[:1]) for name in named}
    )
    return found


def with_departments(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Brings along who handles each item, in one query."""
    handling = Assignment.objects.handling().select_related("department")
    return tasks.prefetch_related(Prefetch("assignments", handling))


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the ledger."""

    task: Task
    light: Light


def rows(tasks: Iterable[Any], *, today: date, days: WorkCalendar) -> Iterator[Row]:
    """Each item with its light; needs `with_missing`."""

    @cache
    def lit(due_on: date | None, status: str, missing: int, hold: Hold | None) -> Light:
        return light(
            due_on=due_on, status=status, today=today, missing_reports=missing, calendar=days, hold=hold
        )

    return (Row(t, lit(t.due_on, t.status, t.missing_reports, hold_of(t))) for t in tasks)


def light_of(task: Task, missing: int, *, today: date, days: WorkCalendar) -> Light:
    return light(
        due_on=task.due_on,
        status=task.status,
        today=today,
        missing_reports=missing,
        calendar=days,
        hold=hold_of(task),
    )
