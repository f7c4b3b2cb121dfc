"""A look at speeches and drafts. Nothing changes here: changes go through the verbs."""

from django.contrib import admin

from speeches.models import Directive, Speech
from tasks.admin import ReadOnly


@admin.register(Speech)
class SpeechAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["title", "file_name", "status", "spoken_on", "uploaded_by", "uploaded_at"]
    list_filter = ["status", "kind"]
    list_select_related = ["uploaded_by"]
    search_fields = ["title", "file_name", "speaker"]
    date_hierarchy = "uploaded_at"


@admin.register(Directive)
class DirectiveAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["title", "speech", "tier", "state", "lead", "due_on", "task"]
    list_filter = ["state", "tier", "origin"]
    list_select_related = ["speech", "lead", "task"]
    search_fields = ["title", "quote"]
