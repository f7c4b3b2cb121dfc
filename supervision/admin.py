"""See, never edit: letters and their trail are a record."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from supervision.models import Heartbeat, Notice, Round


class RecordAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A list that nobody writes into."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Notice)
class NoticeAdmin(RecordAdmin):
    list_display = (
        "subject",
        "kind",
        "recipient",
        "department",
        "state",
        "attempts",
        "created_at",
        "sent_at",
    )
    list_filter = ("state", "kind")
    search_fields = ("subject", "address", "dedupe_key", "task__code")
    date_hierarchy = "created_at"
    list_select_related = ("recipient", "department")


@admin.register(Round)
class RoundAdmin(RecordAdmin):
    list_display = ("key", "due_at", "written_at", "letters", "is_skipped")


@admin.register(Heartbeat)
class HeartbeatAdmin(RecordAdmin):
    list_display = ("name", "at", "since_on")
