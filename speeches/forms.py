"""What a clerk may type about a speech and its drafts, and what is wrong with it."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Department
from accounts.naming import departments_named, joined
from speeches.models import Directive, Speech
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


def rhythm_choices(current: str) -> list[tuple[str, str]]:
    """The rhythms offices use, and the one the text gave when it is another."""
    rules = [*RHYTHMS, *([current] if current and current not in RHYTHMS else [])]
    return [("", "不定期（按时限反馈）"), *((rule, describe(rule)) for rule in rules)]


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Any number of files; cleaned to a list."""

    widget = SeveralFilesInput

    def clean(self, value: Any, initial: Any = None) -> list[Any]:
        files = value if isinstance(value, list | tuple) else [value] if value else []
        return [file for file in files if file]


class UploadForm(forms.Form):
    files = SeveralFilesField(label="选择文件", required=False)
    title = forms.CharField(label="标题（可不填，系统从正文读取）", max_length=200, required=False)
    text = forms.CharField(label="粘贴讲话全文", required=False, widget=forms.Textarea(attrs={"rows": 12}))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("files") and not (cleaned.get("text") or "").strip():
            raise ValidationError("请选择一个 .txt 或 .docx 文件，或把讲话全文粘贴到文本框中。")
        return cleaned


class SpeechForm(forms.ModelForm):
    class Meta:
        model = Speech
        fields = ["title", "speaker", "occasion", "spoken_on", "kind"]
        widgets = {"spoken_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


class DepartmentsField(forms.CharField):
    """Names joined by 、 in, departments out. `limit=1` for the lead."""

    def __init__(self, *, limit: int | None = None, **kwargs: Any) -> None:
        self.limit = limit
        attrs = {"list": "department-names", "autocomplete": "off"}
        super().__init__(required=False, max_length=2000, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> Any:
        departments = departments_named(super().clean(value))
        if self.limit is not None and len(departments) > self.limit:
            raise ValidationError("牵头单位只能有一个，其他单位请填到分办单位或配合单位。")
        return departments


class DraftForm(forms.Form):
    """The proposal of one draft. `version` tells whether somebody saved in between."""

    title = forms.CharField(label="事项名称", max_length=200)
    requirement = forms.CharField(label="工作要求", widget=forms.Textarea(attrs={"rows": 3}))
    lead = DepartmentsField(label="牵头单位", limit=1)
    parts = DepartmentsField(label="分办单位")
    supports = DepartmentsField(label="配合单位")
    due_on = forms.DateField(
        label="完成时限", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    report_rule = forms.ChoiceField(label="反馈周期", required=False)
    collect_rule = forms.ChoiceField(label="收集周期", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, directive: Directive, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", initial_of(directive))
        super().__init__(*args, prefix=f"d{directive.pk}", **kwargs)
        self.directive, self.today = directive, today
        for name in ("report_rule", "collect_rule"):
            self.fields[name].choices = rhythm_choices(getattr(directive, name))  # type: ignore[attr-defined]

    def clean_due_on(self) -> date | None:
        due_on: date | None = self.cleaned_data["due_on"]
        if due_on and due_on < self.today and due_on != self.directive.due_on:
            raise ValidationError("完成时限早于今天，请改为今天或以后的日期。")
        return due_on

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        lead: list[Department] = cleaned.get("lead") or []
        twice = [d for d in cleaned.get("supports") or [] if d in lead or d in (cleaned.get("parts") or [])]
        twice += [d for d in cleaned.get("parts") or [] if d in lead]
        if twice:
            raise ValidationError(f"{joined(twice)}填了两处，一个单位在一个事项中只能有一种分工。")
        return cleaned

    def values(self) -> dict[str, Any]:
        """The fields as `speeches.actions.edit` takes them."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return values | {"lead": next(iter(values["lead"]), None)}


def initial_of(directive: Directive) -> dict[str, Any]:
    """The draft as its form first shows it."""
    return {
        "title": directive.title,
        "requirement": directive.requirement,
        "lead": str(directive.lead or ""),
        "parts": joined(directive.parts.all()),
        "supports": joined(directive.supports.all()),
        "due_on": directive.due_on,
        "report_rule": directive.report_rule,
        "collect_rule": directive.collect_rule,
        "version": directive.version,
    }
