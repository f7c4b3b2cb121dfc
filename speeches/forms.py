"""What a clerk may type about a speech and its drafts, and what is wrong with it."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.fields import DepartmentsField
from accounts.models import Department
from accounts.naming import joined
from speeches.models import Directive, Speech
from tasks.forms import DayInput, SeveralFilesField, rhythm_choices


class UploadForm(forms.Form):
    files = SeveralFilesField(label="选择文件", required=False)  # type: ignore[assignment]
    title = forms.CharField(label="标题（可不填，系统从正文读取）", max_length=200, required=False)
    text = forms.CharField(label="粘贴讲话全文", required=False, widget=forms.Textarea(attrs={"rows": 12}))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("files") and not (cleaned.get("text") or "").strip():
            raise ValidationError(
                "请选择一个讲话稿文件（如 .docx、.pdf、.txt），或把讲话全文粘贴到文本框中。"
            )
        return cleaned


class SpeechForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable when Django runs
    class Meta:
        model = Speech
        fields = ["title", "speaker", "occasion", "spoken_on", "kind"]
        widgets = {"spoken_on": DayInput}


class DraftForm(forms.Form):
    """The proposal of one draft. `version` tells whether somebody saved in between."""

    title = forms.CharField(label="事项名称", max_length=200)
    requirement = forms.CharField(label="工作要求", widget=forms.Textarea(attrs={"rows": 3}))
    lead = DepartmentsField(label="牵头单位", limit=1)
    parts = DepartmentsField(label="分办单位")
    supports = DepartmentsField(label="配合单位")
    due_on = forms.DateField(label="完成时限", required=False, widget=DayInput)
    report_rule = forms.ChoiceField(label="反馈周期", required=False)
    collect_rule = forms.ChoiceField(label="收集周期", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, directive: Directive, today: date, **kwargs: Any) -> None:
        kwargs = {"initial": initial_of(directive), "prefix": f"d{directive.pk}"} | kwargs
        super().__init__(*args, **kwargs)
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
