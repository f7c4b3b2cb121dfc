"""A look at the ledger. Nothing of it changes here: changes go through the verbs, which leave a trail."""

from django.contrib import admin
from django.http import HttpRequest

from tasks.models import Assignment, Task, TaskEvent, WorkDay


class ReadOnly:
    """No adding, changing or deleting."""

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class AssignmentInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = Assignment


class EventInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = TaskEvent


@admin.register(Task)
class TaskAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["code", "title", "status", "due_on", "created_by", "created_at"]
    list_filter = ["status", "urgency", "source_kind"]
    list_select_related = ["created_by"]
    search_fields = ["code", "title"]
    date_hierarchy = "created_at"
    inlines = [AssignmentInline, EventInline]


@admin.register(WorkDay)
class WorkDayAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["on", "is_workday", "name"]
    list_filter = ["is_workday"]
    date_hierarchy = "on"
