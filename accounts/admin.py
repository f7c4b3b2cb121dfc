"""The stock admin for people, departments and the names they go by."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest

from accounts.keys import OthersPasswordForm
from accounts.models import Department, DepartmentAlias, DepartmentGroup, User


class AliasInline(admin.TabularInline):  # type: ignore[type-arg]
    model = DepartmentAlias
    extra = 1


@admin.register(Department)
class DepartmentAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "short_name", "kind", "parent", "leader", "contact_name", "phone", "is_active"]
    list_filter = ["kind", "is_active"]
    list_select_related = ["parent", "leader"]
    search_fields = ["name", "short_name", "aliases__name"]
    autocomplete_fields = ["parent", "leader"]
    inlines = [AliasInline]


@admin.register(DepartmentGroup)
class DepartmentGroupAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["name", "aliases"]
    filter_horizontal = ["members"]


@admin.register(User)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]
    """Role and department decide everything, so Django's groups and permissions are not offered."""

    change_password_form = OthersPasswordForm
    list_display = ["username", "full_name", "role", "department", "email", "is_active", "last_login"]
    list_filter = ["role", "is_active"]
    list_select_related = ["department"]
    search_fields = ["username", "full_name", "department__name"]
    autocomplete_fields = ["department"]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("人员", {"fields": ["full_name", "role", "department", "post", "mobile", "email"]}),
        ("登录", {"fields": ["is_active", "last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2"]}),
        ("人员", {"fields": ["full_name", "role", "department", "post", "mobile", "email"]}),
    ]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        obj.align_admin_rights()
        super().save_model(request, obj, form, change)
