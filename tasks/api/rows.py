"""What the API shows of items, reports, evidence and changes."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from tasks.listing import light_of
from tasks.models import (
    Assignment,
    Attachment,
    Extension,
    Feedback,
    Period,
    Task,
    TaskEvent,
    TaskSource,
)
from tasks.permissions import available
from tasks.rhythm import describe


class PeriodRow(serializers.ModelSerializer[Period]):
    beat_label = serializers.CharField(source="get_beat_display", read_only=True)
    shift_reason = serializers.CharField(read_only=True)

    class Meta:
        model = Period
        fields = ["id", "beat", "beat_label", "nominal_on", "due_on", "shift_reason", "filed_at"]


class AssignmentRow(serializers.ModelSerializer[Assignment]):
    department_name = serializers.CharField(source="department.name", read_only=True)
    role_label = serializers.CharField(source="get_role_display", read_only=True)

    class Meta:
        model = Assignment
        fields = [
            "department",
            "department_name",
            "role",
            "role_label",
            "due_on",
            "received_at",
            "submitted_at",
            "extension_asked_at",
        ]


class AssignmentWithPeriods(AssignmentRow):
    periods = PeriodRow(many=True, read_only=True)

    class Meta(AssignmentRow.Meta):
        fields = [*AssignmentRow.Meta.fields, "periods"]


class AttachmentRow(serializers.ModelSerializer[Attachment]):
    content_url = serializers.SerializerMethodField()

    class Meta:
        model = Attachment
        fields = ["id", "name", "size", "sha256", "content_url"]

    def get_content_url(self, attachment: Attachment) -> str:
        return reverse("attachment-content", args=[attachment.pk], request=self.context.get("request"))


class FeedbackRow(serializers.ModelSerializer[Feedback]):
    department = serializers.IntegerField(source="assignment.department_id", read_only=True)
    by = serializers.CharField(read_only=True)
    files = AttachmentRow(many=True, read_only=True)

    class Meta:
        model = Feedback
        fields = [
            "id",
            "department",
            "period",
            "progress",
            "problems",
            "next_steps",
            "is_unchanged",
            "is_final",
            "by",
            "at",
            "files",
        ]


class EventRow(serializers.ModelSerializer[TaskEvent]):
    action_label = serializers.CharField(source="get_action_display", read_only=True)
    actor = serializers.CharField(read_only=True)
    department = serializers.CharField(read_only=True, allow_null=True)

    class Meta:
        model = TaskEvent
        fields = [
            "id",
            "action",
            "action_label",
            "actor",
            "department",
            "from_status",
            "to_status",
            "note",
            "at",
        ]


class ExtensionRow(serializers.ModelSerializer[Extension]):
    department = serializers.IntegerField(source="assignment.department_id", read_only=True)
    state_label = serializers.CharField(source="get_state_display", read_only=True)
    asked_by = serializers.CharField(read_only=True)
    answered_by = serializers.CharField(read_only=True, allow_null=True)

    class Meta:
        model = Extension
        fields = [
            "id",
            "department",
            "state",
            "state_label",
            "was_due_on",
            "due_on",
            "reason",
            "progress",
            "asked_by",
            "asked_at",
            "granted_on",
            "answer",
            "answered_by",
            "answered_at",
        ]


class LightRow(serializers.Serializer[Any]):
    colour = serializers.CharField()
    word = serializers.CharField()
    reason = serializers.CharField()


class SourceRow(serializers.ModelSerializer[TaskSource]):
    """A further sentence that asks for the item; the first is in the fields `source_…`."""

    kind_label = serializers.CharField(source="get_kind_display", read_only=True)
    added_by = serializers.CharField(read_only=True)

    class Meta:
        model = TaskSource
        fields = ["kind", "kind_label", "title", "quote", "said_on", "raised_by", "added_by", "added_at"]


class TaskRow(serializers.ModelSerializer[Task]):
    """One line of the ledger. Needs `with_missing`, and `today` and `calendar` in the context."""

    status_label = serializers.CharField(source="get_status_display", read_only=True)
    light = serializers.SerializerMethodField()
    rhythm = serializers.SerializerMethodField()
    assignments = AssignmentRow(many=True, read_only=True)
    parent_code = serializers.CharField(source="parent.code", read_only=True, default=None)

    class Meta:
        model = Task
        fields = [
            "code",
            "parent_code",
            "title",
            "requirement",
            "deliverable",
            "status",
            "status_label",
            "light",
            "urgency",
            "due_on",
            "due_text",
            "due_is_assumed",
            "report_rule",
            "collect_rule",
            "rhythm",
            "recipients",
            "source_kind",
            "source_title",
            "source_quote",
            "source_on",
            "raised_by",
            "created_at",
            "issued_at",
            "received_at",
            "submitted_at",
            "closed_at",
            "struck_off_at",
            "declined_at",
            "extension_asked_at",
            "paused_at",
            "result",
            "assignments",
        ]

    @extend_schema_field(LightRow)
    def get_light(self, task: Task) -> Any:
        missing: int = task.missing_reports  # type: ignore[attr-defined]
        shown = light_of(task, missing, today=self.context["today"], days=self.context["calendar"])
        return LightRow(shown).data

    def get_rhythm(self, task: Task) -> str:
        return describe(task.report_rule)


class TaskDetail(TaskRow):
    """One item with its report days, reports, trail, and the verbs open to this person now."""

    assignments = AssignmentWithPeriods(many=True, read_only=True)
    events = EventRow(many=True, read_only=True)
    more_sources = SourceRow(many=True, read_only=True)
    feedbacks = serializers.SerializerMethodField()
    extensions = serializers.SerializerMethodField()
    children = serializers.SerializerMethodField()
    available = serializers.SerializerMethodField()

    class Meta(TaskRow.Meta):
        added = ["more_sources", "events", "feedbacks", "extensions", "children", "available"]
        fields = [*TaskRow.Meta.fields, *added]

    @extend_schema_field(ExtensionRow(many=True))
    def get_extensions(self, task: Task) -> Any:
        found = [asked for assignment in task.assignments.all() for asked in assignment.extensions.all()]
        return ExtensionRow(sorted(found, key=lambda asked: (asked.asked_at, asked.pk)), many=True).data

    @extend_schema_field(FeedbackRow(many=True))
    def get_feedbacks(self, task: Task) -> Any:
        found = [feedback for assignment in task.assignments.all() for feedback in assignment.feedbacks.all()]
        found.sort(key=lambda feedback: (feedback.at, feedback.pk), reverse=True)
        return FeedbackRow(found, many=True, context=self.context).data

    def get_children(self, task: Task) -> list[str]:
        """Numbers of the sub-items that this person may see."""
        seen = Task.objects.visible_to(self.context["request"].user).filter(parent=task)
        return list(seen.order_by("pk").values_list("code", flat=True))

    def get_available(self, task: Task) -> list[str]:
        return [action.value for action in available(self.context["request"].user, task)]
