"""What the API takes for each verb."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from accounts.models import Department
from tasks.evidence import MOST_FILES
from tasks.models import Task


class DetailsInput(serializers.ModelSerializer[Task]):
    """The fields of `register`; department keys must be of departments in use."""

    lead = serializers.PrimaryKeyRelatedField(
        queryset=Department.objects.active(), required=False, allow_null=True, label="牵头单位"
    )
    parts = serializers.PrimaryKeyRelatedField(
        queryset=Department.objects.active(), many=True, required=False, label="分办单位"
    )
    supports = serializers.PrimaryKeyRelatedField(
        queryset=Department.objects.active(), many=True, required=False, label="配合单位"
    )

    class Meta:
        model = Task
        fields = [
            "title",
            "requirement",
            "lead",
            "parts",
            "supports",
            "due_on",
            "due_text",
            "due_is_assumed",
            "report_rule",
            "collect_rule",
            "rhythm_text",
            "recipients",
            "deliverable",
            "urgency",
            "source_kind",
            "source_title",
            "source_quote",
            "source_on",
            "raised_by",
        ]

    def validate_due_on(self, due_on: Any) -> Any:
        if due_on is not None and due_on < timezone.localdate():
            raise serializers.ValidationError("完成时限早于今天，请改为今天或以后的日期。")
        return due_on


class NothingInput(serializers.Serializer[Any]):
    pass


class NoteInput(serializers.Serializer[Any]):
    note = serializers.CharField(required=False, allow_blank=True, max_length=2000, label="说明")


class ReasonInput(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=2000, label="理由")


class ReferInput(ReasonInput):
    to = serializers.PrimaryKeyRelatedField(queryset=Department.objects.active(), label="新牵头单位")


class ExtensionInput(ReasonInput):
    due_on = serializers.DateField(label="申请延至")
    progress = serializers.CharField(max_length=20000, label="目前进展")


class GrantInput(NoteInput):
    due_on = serializers.DateField(required=False, allow_null=True, label="批准延至")
    department = serializers.PrimaryKeyRelatedField(
        queryset=Department.objects.all(), required=False, allow_null=True, label="哪个单位的申请"
    )


class RefuseInput(ReasonInput):
    department = serializers.PrimaryKeyRelatedField(
        queryset=Department.objects.all(), required=False, allow_null=True, label="哪个单位的申请"
    )


class RedateInput(ReasonInput):
    due_on = serializers.DateField(label="新的时限")
    department = serializers.PrimaryKeyRelatedField(
        queryset=Department.objects.all(), required=False, allow_null=True, label="调整谁的时限"
    )


class ResumeInput(NoteInput):
    due_on = serializers.DateField(required=False, allow_null=True, label="新的完成时限")


class InstructInput(serializers.Serializer[Any]):
    text = serializers.CharField(max_length=2000, label="批示内容")
    voice = serializers.CharField(required=False, allow_blank=True, max_length=60, label="批示领导")
    due_on = serializers.DateField(required=False, allow_null=True, label="要求完成时限")


class FilesInput(serializers.Serializer[Any]):
    files = serializers.ListField(
        child=serializers.FileField(), required=False, max_length=MOST_FILES, label="佐证材料"
    )


class ReportInput(FilesInput):
    progress = serializers.CharField(required=False, allow_blank=True, default="", max_length=20000)
    problems = serializers.CharField(required=False, allow_blank=True, max_length=20000)
    next_steps = serializers.CharField(required=False, allow_blank=True, max_length=20000)
    period = serializers.IntegerField(required=False, allow_null=True, label="反馈日")
    is_unchanged = serializers.BooleanField(required=False, default=False, label="本期无变化")


class SubmitInput(FilesInput):
    result = serializers.CharField(max_length=20000, label="办理结果")
