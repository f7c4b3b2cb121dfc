"""What a person may type on the ledger's pages, and what is wrong with it."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.fields import DepartmentsField
from accounts.models import Department
from accounts.naming import joined
from tasks.evidence import MOST_FILES
from tasks.models import Assignment, Feedback, Period, Task
from tasks.rhythm import describe

RHYTHMS = (
    "FREQ=DAILY",
    "FREQ=WEEKLY;BYDAY=MO",
    "FREQ=WEEKLY;BYDAY=TU",
    "FREQ=WEEKLY;BYDAY=WE",
    "FREQ=WEEKLY;BYDAY=TH",
    "FREQ=WEEKLY;BYDAY=FR",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
    "FREQ=MONTHLY;BYMONTHDAY=10,20,-1",
    "FREQ=MONTHLY;BYMONTHDAY=5",
    "FREQ=MONTHLY;BYMONTHDAY=25",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
    "FREQ=MONTHLY;BYMONTH=6,12;BYMONTHDAY=-1",
)
PERIODS_AHEAD = timedelta(days=14)


def rhythm_choices(current: str = "") -> list[tuple[str, str]]:
    """The rhythms offices use, and the item's own where it is another."""
    rules = [*RHYTHMS, *([current] if current and current not in RHYTHMS else [])]
    return [("", "不定期（按时限反馈）"), *((rule, describe(rule)) for rule in rules)]


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Any number of files; cleaned to a list. What they are is judged by `tasks.evidence`."""

    widget = SeveralFilesInput

    def clean(self, value: Any, initial: Any = None) -> list[Any]:
        files = value if isinstance(value, list | tuple) else [value] if value else []
        return [file for file in files if file]


def lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def files_field() -> SeveralFilesField:
    hint = f"可选，最多 {MOST_FILES} 个：PDF、OFD、Word、Excel、PPT、图片、txt"
    return SeveralFilesField(label="佐证材料", required=False, help_text=hint)


class TaskForm(forms.Form):
    """Registering by hand, and amending while 拟办."""

    title = forms.CharField(label="事项名称", max_length=200)
    requirement = forms.CharField(label="工作要求", widget=lines(4))
    deliverable = forms.CharField(
        label="完成形式", max_length=200, required=False, help_text="拿什么算办成：报告、方案、建成的工程……"
    )
    lead = DepartmentsField(label="牵头单位", limit=1, help_text="各单位分头办的可以不填")
    parts = DepartmentsField(label="分办单位", help_text="多个单位用顿号隔开；可填“各镇（街道）”这样的集合")
    supports = DepartmentsField(label="配合单位", help_text="多个单位用顿号隔开")
    due_on = forms.DateField(label="完成时限", required=False, widget=DayInput)
    report_rule = forms.ChoiceField(label="反馈周期", required=False)
    collect_rule = forms.ChoiceField(
        label="收集周期", required=False, help_text="“周一收集、周五汇报”这类要求才需要填"
    )
    recipients = forms.CharField(label="汇报对象", max_length=100, required=False)
    urgency = forms.ChoiceField(label="紧急程度", choices=Task.Urgency.choices)
    source_kind = forms.ChoiceField(label="来源类别", choices=Task.Source.choices)
    source_title = forms.CharField(label="来源标题", max_length=200, required=False)
    source_on = forms.DateField(label="来源日期", required=False, widget=DayInput)
    raised_by = forms.CharField(label="提出领导", max_length=60, required=False)
    source_quote = forms.CharField(label="原文摘录", required=False, widget=lines(3))

    def __init__(self, *args: Any, today: date, task: Task | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", initial_of(task) if task else {"source_kind": Task.Source.DOCUMENT})
        super().__init__(*args, **kwargs)
        self.task, self.today = task, today
        for name in ("report_rule", "collect_rule"):
            self.fields[name].choices = rhythm_choices(getattr(task, name, ""))  # type: ignore[attr-defined]

    def clean_due_on(self) -> date | None:
        due_on: date | None = self.cleaned_data["due_on"]
        was = self.task.due_on if self.task else None
        if due_on and due_on < self.today and due_on != was:
            raise ValidationError("完成时限早于今天，请改为今天或以后的日期。")
        return due_on

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = [d for name in ("lead", "parts", "supports") for d in cleaned.get(name) or []]
        twice = {department for department in chosen if chosen.count(department) > 1}
        if twice:
            raise ValidationError(f"{joined(twice)}填了两处，一个单位在一个事项中只能有一种分工。")
        return cleaned

    def values(self) -> dict[str, Any]:
        """The fields as `tasks.actions.register` takes them. A typed limit is assumed no more."""
        values = dict(self.cleaned_data)
        values["lead"] = next(iter(values["lead"]), None)
        if self.task is not None and values["due_on"] != self.task.due_on:
            values |= {"due_is_assumed": False, "due_text": ""}
        return values


def initial_of(task: Task) -> dict[str, Any]:
    """The item as its form first shows it."""
    by_role: dict[str, list[Department]] = {}
    for assignment in task.assignments.all():
        by_role.setdefault(assignment.role, []).append(assignment.department)
    names = {"lead": Assignment.Role.LEAD, "parts": Assignment.Role.PART, "supports": Assignment.Role.SUPPORT}
    fields = [name for name in TaskForm.base_fields if name not in names]
    return {name: getattr(task, name) for name in fields} | {
        name: joined(by_role.get(role, [])) for name, role in names.items()
    }


class VerbForm(forms.Form):
    """A verb without words (签收). `values()` is what the verb takes beside the item, person and moment."""

    def __init__(self, *args: Any, task: Task | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.task = task

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class NoteForm(VerbForm):
    note = forms.CharField(label="说明", required=False, widget=lines(3), help_text="可不填，会记入办理记录")


class ReasonForm(VerbForm):
    reason = forms.CharField(label="理由", widget=lines(4), help_text="会记入办理记录，并通知有关单位")


class ReferForm(VerbForm):
    to = DepartmentsField(label="转给哪个单位牵头", limit=1, required=True)
    reason = forms.CharField(label="理由", widget=lines(3), help_text="会记入办理记录，并通知有关单位")

    def values(self) -> dict[str, Any]:
        return {"to": self.cleaned_data["to"][0], "reason": self.cleaned_data["reason"]}


class SubmitForm(VerbForm):
    result = forms.CharField(label="办理结果", widget=lines(6), help_text="对照工作要求逐条写明办成了什么")
    files = files_field()  # type: ignore[assignment]


class ReportForm(VerbForm):
    """落实情况, 存在问题, 下步思路; for a report day or in between. The unchanged-button needs no words."""

    period = forms.TypedChoiceField(label="对应反馈日", required=False, coerce=int, empty_value=None)
    progress = forms.CharField(label="落实情况", required=False, widget=lines(5))
    problems = forms.CharField(label="存在问题", required=False, widget=lines(2))
    next_steps = forms.CharField(label="下步思路", required=False, widget=lines(2))
    files = files_field()  # type: ignore[assignment]
    is_unchanged = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, periods: list[Period], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(period.pk, _period_words(period, today)) for period in periods]
        self.fields["period"].choices = [*choices, ("", "不对应反馈日，补充情况")]  # type: ignore[attr-defined]
        self.fields["period"].initial = default_period(periods, today)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("is_unchanged") and not cleaned.get("progress"):
            self.add_error("progress", "请填写落实情况；没有变化的，请按“本期无变化”。")
        return cleaned


def _period_words(period: Period, today: date) -> str:
    day = f"{period.due_on.month}月{period.due_on.day}日 {period.get_beat_display()}"
    if period.due_on < today:
        return f"{day}（已过期，补报）"
    return f"{day}（今天）" if period.due_on == today else day


def default_period(periods: list[Period], today: date) -> int | str:
    """Today's report day; else the oldest one missed; else the next; else none."""
    for period in sorted(periods, key=lambda period: (period.due_on != today, period.due_on)):
        return period.pk
    return ""


def open_periods(assignment: Assignment, today: date) -> list[Period]:
    """What a report can answer: every missed day, those of the next two weeks, at least one to come."""
    waiting = [period for period in assignment.periods.all() if period.filed_at is None]
    near = [period for period in waiting if period.due_on <= today + PERIODS_AHEAD]
    return near or waiting[:1]


def last_report(assignment: Assignment) -> Feedback | None:
    """What the department said last, to be shown where it is asked again."""
    return next(iter(assignment.feedbacks.all()), None)
