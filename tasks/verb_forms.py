"""The form of each verb: what it asks of the person, filled in from the item where that is known."""

from typing import Any

from django import forms

from accounts.fields import DepartmentsField
from accounts.models import Department
from tasks.forms import (
    DayInput,
    NoteForm,
    ReasonForm,
    ReferForm,
    ReportForm,
    SubmitForm,
    VerbForm,
    lines,
    rhythm_choices,
)
from tasks.models import Extension, Task
from tasks.moves import Action

KEPT = "会记入办理记录，并通知有关单位"


class ExtensionForm(VerbForm):
    due_on = forms.DateField(label="申请延至", widget=DayInput)
    reason = forms.CharField(label="延期理由", widget=lines(3))
    progress = forms.CharField(label="目前进展", widget=lines(3))


class AnswerForm(VerbForm):
    """Names the department only where more than one waits for an answer."""

    department = forms.ModelChoiceField(label="哪个单位的申请", queryset=Department.objects.none())

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, task=task, **kwargs)
        self.waiting = list(
            Extension.objects.filter(assignment__task=task, state=Extension.State.ASKED).select_related(
                "assignment__department", "asked_by"
            )
        )
        asking = [asked.assignment.department_id for asked in self.waiting]
        if len(asking) > 1:
            self.fields["department"].queryset = Department.objects.filter(pk__in=asking)  # type: ignore[attr-defined]
        else:
            del self.fields["department"]


class GrantForm(AnswerForm):
    due_on = forms.DateField(
        label="批准延至", required=False, widget=DayInput, help_text="不填即按单位申请的日期"
    )
    note = forms.CharField(label="批复意见", required=False, widget=lines(3), help_text=KEPT)


class RefuseForm(AnswerForm):
    reason = forms.CharField(label="理由", widget=lines(3), help_text=KEPT)


class RedateForm(VerbForm):
    due_on = forms.DateField(label="新的时限", widget=DayInput)
    department = forms.ModelChoiceField(
        label="调整谁的时限", required=False, queryset=Department.objects.none(), empty_label="整个事项"
    )
    reason = forms.CharField(label="理由", widget=lines(3), help_text=KEPT)

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, task=task, **kwargs)
        handling = task.assignments.handling().order_by().values("department")
        self.fields["department"].queryset = Department.objects.filter(pk__in=handling)  # type: ignore[attr-defined]
        self.fields["due_on"].initial = task.due_on


class ResumeForm(VerbForm):
    due_on = forms.DateField(
        label="新的完成时限", required=False, widget=DayInput, help_text="不填即维持原时限"
    )
    note = forms.CharField(label="说明", required=False, widget=lines(3), help_text=KEPT)


class InstructForm(VerbForm):
    text = forms.CharField(label="批示内容", widget=lines(4), help_text=KEPT)
    voice = forms.CharField(
        label="批示领导", required=False, max_length=60, help_text="领导本人批示不用填；代为登记时必填"
    )
    due_on = forms.DateField(
        label="要求完成时限", required=False, widget=DayInput, help_text="批示没有提出时限的不填"
    )


class SplitForm(VerbForm):
    title = forms.CharField(label="子事项名称", max_length=200)
    requirement = forms.CharField(label="工作要求", widget=lines(4))
    lead = DepartmentsField(label="牵头单位", limit=1, help_text="各单位分头办的可以不填")
    parts = DepartmentsField(label="分办单位", help_text="多个单位用顿号隔开")
    supports = DepartmentsField(label="配合单位", help_text="多个单位用顿号隔开")
    due_on = forms.DateField(label="完成时限", required=False, widget=DayInput)
    report_rule = forms.ChoiceField(label="反馈周期", required=False, choices=rhythm_choices)

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, task=task, **kwargs)
        self.fields["due_on"].initial = task.due_on
        if task.due_on:
            day = f"{task.due_on.year}年{task.due_on.month}月{task.due_on.day}日"
            self.fields["due_on"].help_text = f"不晚于上级事项的时限{day}"

    def values(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        return values | {"lead": next(iter(values["lead"]), None)}


FORMS: dict[Action, type[VerbForm]] = {
    Action.ISSUE: NoteForm,
    Action.RECEIVE: VerbForm,
    Action.DECLINE: ReasonForm,
    Action.REFER: ReferForm,
    Action.REPORT: ReportForm,
    Action.SUBMIT: SubmitForm,
    Action.SEND_BACK: ReasonForm,
    Action.CLOSE: NoteForm,
    Action.STRIKE_OFF: NoteForm,
    Action.REOPEN: ReasonForm,
    Action.WITHDRAW: ReasonForm,
    Action.ASK_EXTENSION: ExtensionForm,
    Action.GRANT_EXTENSION: GrantForm,
    Action.REFUSE_EXTENSION: RefuseForm,
    Action.REDATE: RedateForm,
    Action.PAUSE: ReasonForm,
    Action.RESUME: ResumeForm,
    Action.INSTRUCT: InstructForm,
    Action.SPLIT_OFF: SplitForm,
}
"""The form of each verb that `/tasks/<code>/<verb>/` knows; 修改 has the page of registering."""
