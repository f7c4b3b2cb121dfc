"""What the API takes for each verb of speeches and drafts."""

from datetime import date
from typing import Any

from django.utils import timezone
from rest_framework import serializers

from accounts.models import Department
from speeches.models import Directive, Speech
from tasks.models import Task


class UploadInput(serializers.Serializer[Any]):
    """A file, or the words themselves."""

    file = serializers.FileField(required=False, allow_empty_file=True, max_length=1000, label="文件")
    text = serializers.CharField(required=False, allow_blank=True, label="讲话全文")
    title = serializers.CharField(required=False, allow_blank=True, max_length=200, label="标题")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("file") is None and not attrs.get("text", "").strip():
            raise serializers.ValidationError("请在 file 中上传文件，或在 text 中给出讲话全文。")
        return attrs


class AboutInput(serializers.ModelSerializer[Speech]):
    class Meta:
        model = Speech
        fields = ["title", "speaker", "occasion", "spoken_on", "kind"]


class BundleInput(serializers.Serializer[Any]):
    file = serializers.FileField(allow_empty_file=True, max_length=1000, label="压缩包")


class LinesInput(serializers.Serializer[Any]):
    """Which lines, by the `start` that `removed` or `restored` gives for each; none given: all of them."""

    starts = serializers.ListField(
        child=serializers.IntegerField(min_value=0), required=False, allow_empty=False, label="行的起点"
    )


class AddInput(serializers.Serializer[Any]):
    start = serializers.IntegerField(min_value=0, label="起点")
    end = serializers.IntegerField(min_value=1, label="终点")


class TierInput(serializers.Serializer[Any]):
    tier = serializers.ChoiceField(choices=Directive.Tier.choices, label="层级")
    issue = serializers.BooleanField(required=False, default=False, label="同时交办")


class EditInput(serializers.ModelSerializer[Directive]):
    """`version` is the one you read: if somebody has saved since, the answer is 409, nothing changes."""

    version = serializers.IntegerField(min_value=1, label="版本")
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
        model = Directive
        fields = [
            "version",
            "title",
            "requirement",
            "lead",
            "parts",
            "supports",
            "due_on",
            "report_rule",
            "collect_rule",
        ]
        extra_kwargs = {"title": {"required": False}, "requirement": {"required": False}}

    def validate_due_on(self, due_on: date | None) -> date | None:
        if due_on is not None and due_on < timezone.localdate():
            raise serializers.ValidationError("完成时限早于今天，请改为今天或以后的日期。")
        return due_on


class AdoptInput(serializers.Serializer[Any]):
    issue = serializers.BooleanField(required=False, default=False, label="同时交办")
    version = serializers.IntegerField(required=False, min_value=1, label="版本")


class DropInput(serializers.Serializer[Any]):
    version = serializers.IntegerField(required=False, min_value=1, label="版本")


class MergeInput(serializers.Serializer[Any]):
    into = serializers.PrimaryKeyRelatedField(queryset=Directive.objects.all(), label="合并到")


class OtherInput(serializers.Serializer[Any]):
    """An item by its number, or a draft of another speech by its key."""

    item = serializers.SlugRelatedField(
        slug_field="code", queryset=Task.objects.none(), required=False, label="事项编号"
    )
    draft = serializers.PrimaryKeyRelatedField(
        queryset=Directive.objects.none(), required=False, label="另一篇讲话的草稿"
    )

    def get_fields(self) -> dict[str, Any]:
        """What the person who asks may see; the description of the API has nobody who asks."""
        fields: dict[str, Any] = super().get_fields()
        if (request := self.context.get("request")) is not None:
            fields["item"].queryset = Task.objects.visible_to(request.user)
            fields["draft"].queryset = Directive.objects.visible_to(request.user)
        return fields

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("item" in attrs) == ("draft" in attrs):
            raise serializers.ValidationError("请在 item 中给出事项编号，或在 draft 中给出另一篇讲话的草稿。")
        return attrs


class JoinInput(OtherInput):
    """`limit`, `departments`: also take over the earlier limit, the further departments."""

    version = serializers.IntegerField(required=False, min_value=1, label="版本")
    limit = serializers.BooleanField(required=False, default=False, label="采用更早的时限")
    departments = serializers.BooleanField(required=False, default=False, label="列入新增的单位")


class SplitInput(serializers.Serializer[Any]):
    offset = serializers.IntegerField(min_value=0, label="拆分位置")
