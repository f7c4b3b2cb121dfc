"""The stock admin for people, departments and the names they go by."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from rest_framework.authtoken import admin as stock  # noqa: F401  # registers what is taken back below
from rest_framework.authtoken.models import TokenProxy

from accounts import keys
from accounts.keys import OthersPasswordForm
from accounts.models import Department, DepartmentAlias, DepartmentGroup, User

# The stock pages and their log show every key in clear; tokens are given in the list of people instead.
admin.site.unregister(TokenProxy)
admin.site.unregister(Group)  # the role decides; Django's own groups mean nothing here


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


class HasToken(admin.EmptyFieldListFilter):
    """Who holds a key to the interface."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = "接口令牌"

    def choices(self, changelist: Any) -> Any:
        """全部, 未发放, 已发放 for the stock's empty and not empty."""
        words = iter(("全部", "未发放", "已发放"))
        return [choice | {"display": next(words)} for choice in super().choices(changelist)]


@admin.register(User)
class PersonAdmin(UserAdmin):  # type: ignore[type-arg]
    """Role and department decide everything, so Django's groups and permissions are not offered."""

    change_password_form = OthersPasswordForm
    list_display = [
        *("username", "full_name", "role", "department", "email", "is_active", "last_login", "token")
    ]
    list_filter = ["role", "is_active", ("auth_token", HasToken)]
    list_select_related = ["department", "auth_token"]
    actions = ["renew_tokens", "revoke_tokens"]
    search_fields = ["username", "full_name", "department__name"]
    autocomplete_fields = ["department"]
    readonly_fields = ["last_login", "date_joined", "token"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("人员", {"fields": ["full_name", "role", "department", "post", "mobile", "email"]}),
        ("登录", {"fields": ["is_active", "last_login", "date_joined", "token"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "usable_password", "password1", "password2"]}),
        ("人员", {"fields": ["full_name", "role", "department", "post", "mobile", "email"]}),
    ]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        obj.align_admin_rights()
        super().save_model(request, obj, form, change)

    @admin.display(description="接口令牌")
    def token(self, person: User) -> str:
        return keys.masked(person) or "未发放"

    @admin.action(description="发放接口令牌（已有的作废，换成新的）")
    def renew_tokens(self, request: HttpRequest, people: QuerySet[User]) -> None:
        """Each key is shown in the message that follows, and never again."""
        for person in people:
            if not person.is_active:
                messages.error(request, f"{person}的账号已停用，没有发放接口令牌。")
                continue
            key = keys.renew(person)
            self.log_change(request, person, "发放接口令牌")
            messages.warning(request, f"{person}的接口令牌：{key}（只显示这一次，请立即复制并妥善交给本人）")

    @admin.action(description="收回接口令牌")
    def revoke_tokens(self, request: HttpRequest, people: QuerySet[User]) -> None:
        holders = list(people.exclude(auth_token=None))
        for person in holders:
            keys.forget(person)
            self.log_change(request, person, "收回接口令牌")
        messages.success(request, f"已收回 {len(holders)} 个接口令牌。")
