"""What the API shows of speeches and drafts."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from speeches.models import Directive, Speech
from speeches.offers import offer
from tasks.rhythm import describe

HEAD = [
    "id",
    "title",
    "kind",
    "kind_label",
    "speaker",
    "occasion",
    "spoken_on",
    "file_name",
    "size",
    "sha256",
    "status",
    "status_label",
    "stage",
    "percent",
    "error",
    "warnings",
    "parent",
    "is_whole",
    "uploaded_by",
    "uploaded_at",
    "parsed_at",
    "parser_version",
]


class SpeechRow(serializers.ModelSerializer[Speech]):
    kind_label = serializers.CharField(source="get_kind_display", read_only=True)
    status_label = serializers.CharField(source="get_status_display", read_only=True)
    uploaded_by = serializers.CharField(read_only=True)

    class Meta:
        model = Speech
        fields = HEAD


class OfferedPart(serializers.Serializer[Any]):
    title = serializers.CharField()
    opening = serializers.CharField()
    length = serializers.IntegerField()


class SpeechDetail(SpeechRow):
    """With the cleaned text (drafts count its characters), its headings, and what was left out.

    `parts`: the speeches in the file, when it could be divided; `pieces`: what it was divided into.
    """

    parts = serializers.SerializerMethodField()
    pieces = serializers.SerializerMethodField()

    class Meta(SpeechRow.Meta):
        fields = [*HEAD, "text", "outline", "removed", "restored", "parts", "pieces"]

    @extend_schema_field(OfferedPart(many=True))
    def get_parts(self, speech: Speech) -> list[dict[str, Any]]:
        return [] if speech.parent_id or speech.pieces.exists() else offer(speech.text)

    def get_pieces(self, speech: Speech) -> list[int]:
        return list(speech.pieces.order_by("cut_at").values_list("pk", flat=True))


class BundleMember(serializers.Serializer[Any]):
    """What became of one file of a zip: its speech, or why there is none."""

    name = serializers.CharField()
    speech = SpeechRow(allow_null=True)
    created = serializers.BooleanField()
    error = serializers.CharField(allow_blank=True)


class BundleResult(serializers.Serializer[Any]):
    """One answer for each file; `error` says what is wrong with the zip itself."""

    files = BundleMember(many=True)
    error = serializers.CharField(allow_blank=True)


class DirectiveRow(serializers.ModelSerializer[Directive]):
    """A draft: what was found in the text, and what is proposed."""

    tier_label = serializers.CharField(source="get_tier_display", read_only=True)
    state_label = serializers.CharField(source="get_state_display", read_only=True)
    rhythm = serializers.SerializerMethodField()
    task = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    merged_item = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)

    class Meta:
        model = Directive
        fields = [
            "id",
            "speech",
            "start",
            "end",
            "quote",
            "tier",
            "tier_label",
            "origin",
            "section",
            "found",
            "confidence",
            "reasons",
            "flags",
            "title",
            "requirement",
            "lead",
            "parts",
            "supports",
            "due_on",
            "due_text",
            "report_rule",
            "collect_rule",
            "rhythm_text",
            "rhythm",
            "assumed",
            "state",
            "state_label",
            "is_touched",
            "version",
            "merged_into",
            "merged_item",
            "task",
        ]

    def get_rhythm(self, directive: Directive) -> str:
        return describe(directive.report_rule)


class OfferRow(serializers.Serializer[Any]):
    """What may ask for the same: an item, or an open draft of another speech, and what this one adds."""

    where = serializers.CharField()
    item = serializers.CharField(source="target.task.code", default=None)
    draft = serializers.IntegerField(source="target.draft.pk", default=None)
    quote = serializers.CharField(source="target.quote")
    is_over = serializers.BooleanField()
    limit = serializers.DateField(source="added.limit")
    departments = serializers.ListField(source="added.departments", child=serializers.CharField())
    takes_limit = serializers.BooleanField()
    takes_departments = serializers.BooleanField()
