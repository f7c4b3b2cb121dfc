"""Signing in, and the page of departments and people with its import."""

from typing import Any, TypeGuard
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts import demo
from accounts.directory import grouped, matching
from accounts.forms import ImportForm, SignInForm
from accounts.importing import IMPORTS, Outcome
from accounts.keys import OwnPasswordForm
from accounts.models import Department, DepartmentGroup, User

_sign_in = auth.LoginView.as_view(
    template_name="accounts/login.html",
    authentication_form=SignInForm,
    redirect_authenticated_user=True,
    extra_context={"demo_accounts": demo.ACCOUNTS, "demo_password": demo.PASSWORD},
)


class _ChangePassword(auth.PasswordChangeView):
    """Django's own; its form asks the lock, which must see the request."""

    template_name = "accounts/password.html"
    form_class = OwnPasswordForm
    success_url = "/"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"request": self.request}


_change_password = _ChangePassword.as_view()


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """The form; a part of a page asked for after the session has ended makes the whole page ask again."""
    response = _sign_in(request)
    if getattr(request, "htmx", False):
        response["HX-Refresh"] = "true"
    return response


@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponseBase:
    """Changing one's own password ends every other session, and what tokens opened."""
    response = _change_password(request)
    if response.status_code == 302:
        messages.success(request, "密码已修改，下次登录请用新密码。")
    return response


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Departments by kind, each under its superior, with names, contacts and the people one may see."""
    words, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    departments = matching(request.user, words, kind)
    return render(
        request,
        "accounts/people.html",
        {
            "sections": grouped(departments),
            "count": len(departments),
            "groups": DepartmentGroup.objects.prefetch_related("members") if not (words or kind) else (),
            "unplaced": User.objects.visible_to(request.user).active().filter(department=None),
            "kinds": Department.Kind.choices,
            "words": words,
            "kind": kind,
            "may_import": may_import(request.user),
        },
    )


def may_import(user: User | AnonymousUser) -> TypeGuard[User]:
    """Supervisors and administrators keep the directory."""
    return isinstance(user, User) and (user.is_supervisor or user.is_administrator)


@require_http_methods(["GET", "POST"])
def import_rows(request: HttpRequest) -> HttpResponse:
    """A CSV in; first what it would do or every fault by row and column, then the deed. All or nothing."""
    by = request.user
    if not may_import(by):
        raise PermissionDenied("只有督查员和系统管理员可以导入单位和人员。")
    if request.GET.get("blank") in IMPORTS:
        return _blank(request.GET["blank"])
    form = ImportForm(request.POST or None, request.FILES or None)
    outcome: Outcome | None = None
    if request.method == "POST" and form.is_valid():
        is_preview = "preview" in request.POST
        outcome = form.run(by=by, is_preview=is_preview)
        if not is_preview and not outcome.faults:
            messages.success(request, f"导入完成：{outcome.summary()}。")
            for remark in outcome.remarks[:20]:
                messages.warning(request, str(remark))
            return redirect("accounts:people")
    status = 400 if form.errors or (outcome and outcome.faults) else 200
    context = {"form": form, "outcome": outcome, "tables": IMPORTS.items()}
    return render(request, "accounts/import.html", context, status=status)


def _blank(name: str) -> HttpResponse:
    """The table with its headings only, as Excel opens it: with the mark that tells UTF-8."""
    table = IMPORTS[name]
    content = f"\ufeff{','.join(table.columns)}\r\n"
    disposition = f"attachment; filename*=UTF-8''{quote(table.label)}.csv"
    return HttpResponse(
        content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition}
    )
