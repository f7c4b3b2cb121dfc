"""Registering an item by hand, and amending it while it is a draft."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.naming import names_for_typing
from tasks import actions
from tasks.forms import TaskForm
from tasks.models import Task
from tasks.moves import Action
from tasks.permissions import available, may
from tasks.views.item import find_visible
from tasks.views.verbs import add_errors, refused


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A demand that comes from no speech: from a document, a note, a telephone call."""
    user = request.user
    if not isinstance(user, User) or not may(user, Action.REGISTER):
        raise PermissionDenied("只有督查员可以立项。")
    form = TaskForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            task = actions.register(by=user, at=timezone.now(), **form.values())
        except ValidationError as error:
            add_errors(form, error)
        else:
            return _registered(request, user, task)
    return _page(request, form, None)


def _registered(request: HttpRequest, user: User, task: Task) -> HttpResponse:
    """With 立项并交办 it goes out at once; what hinders that leaves it registered and says why."""
    if "issue" not in request.POST:
        messages.success(request, f"已立项，编号 {task.code}。核对后请交办。")
        return redirect("tasks:detail", task.code)
    try:
        actions.issue(task.pk, by=user, at=timezone.now())
    except ValidationError as error:
        messages.warning(request, f"已立项，编号 {task.code}，但没有交办：{'；'.join(error.messages)}")
    else:
        messages.success(request, f"已立项并交办，编号 {task.code}。")
    return redirect("tasks:detail", task.code)


@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, code: str) -> HttpResponse:
    """The same form, filled; only while 拟办."""
    user, task = request.user, find_visible(request.user, code)
    if not isinstance(user, User) or not may(user, Action.AMEND, task):
        raise PermissionDenied("只有督查员可以修改事项。")
    form = TaskForm(request.POST or None, today=timezone.localdate(), task=task)
    if Action.AMEND not in available(user, task):
        return refused(request, task, "交办以后不能直接修改；确需改的，请撤销后重新立项，或者转办。", form)
    if request.method == "POST" and form.is_valid():
        try:
            actions.amend(task.pk, by=user, at=timezone.now(), **form.values())
        except ValidationError as error:
            add_errors(form, error)
        except actions.MoveRefused as refusal:
            return refused(request, find_visible(user, code), str(refusal), form)
        else:
            messages.success(request, f"{task.code} 已保存。")
            return redirect("tasks:detail", task.code)
    return _page(request, form, task)


def _page(request: HttpRequest, form: TaskForm, task: Task | None) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "task": task, "names": names_for_typing()}
    return render(request, "tasks/form.html", context, status=400 if form.errors else 200)
