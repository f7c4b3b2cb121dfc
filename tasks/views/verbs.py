"""One page for every verb: GET shows what it does and its form, POST does it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.naming import names_for_typing
from tasks import actions
from tasks.forms import ReportForm, VerbForm, last_report, open_periods
from tasks.models import Assignment, Feedback, Task
from tasks.moves import Action
from tasks.permissions import assignment_of, available, may
from tasks.showing import EFFECTS
from tasks.verb_forms import FORMS, AnswerForm
from tasks.views.item import action_named, everything, find_visible


@require_http_methods(["GET", "POST"])
def verb(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Hidden is 404, not yours is 403, the wrong moment is 409 with the present state and what was typed."""
    task, action = find_visible(request.user, code), action_named(verb)
    if action not in actions.VERBS:
        raise Http404(verb)
    user = request.user
    if not isinstance(user, User) or not may(user, action, task):
        raise PermissionDenied(f"事项 {task.code} 的“{action.label}”不由您办理。")
    form = _form(request, task, action)
    if action not in available(user, task):
        return refused(request, task, not_now(task, action), form)
    if request.method == "POST" and form.is_valid():
        try:
            actions.VERBS[action](task.pk, by=user, at=timezone.now(), **form.values())
        except ValidationError as error:
            add_errors(form, error)
        except actions.MoveRefused as refusal:
            return refused(request, find_visible(user, code), str(refusal), form)
        else:
            messages.success(request, f"{task.code} 已{action.label}。")
            return redirect(_next(request, task))
    return _page(request, task, action, form)


def not_now(task: Task, action: Action) -> str:
    return f"{task.code} 目前为“{task.get_status_display()}”，现在不能“{action.label}”。"


def _form(request: HttpRequest, task: Task, action: Action) -> VerbForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    if action is not Action.REPORT:
        return FORMS[action](*sent, task=task)
    own, today = assignment_of(request.user, task), timezone.localdate()
    return ReportForm(*sent, periods=open_periods(own, today) if own else [], today=today)


def _page(request: HttpRequest, task: Task, action: Action, form: VerbForm) -> HttpResponse:
    own = _with_reports(assignment_of(request.user, task))
    context = {
        "task": task,
        "action": action,
        "effect": EFFECTS[action],
        "form": form,
        "last": last_report(own) if own and action in {Action.REPORT, Action.SUBMIT} else None,
        "finals": _finals(task) if action in {Action.CLOSE, Action.SEND_BACK} else (),
        "asked": form.waiting if isinstance(form, AnswerForm) else (),
        "names": names_for_typing() if action in {Action.REFER, Action.SPLIT_OFF} else (),
        "next": _next(request, task),
    }
    template = "tasks/verb.html#form" if getattr(request, "htmx", False) else "tasks/verb.html"
    return render(request, template, context, status=400 if form.errors else 200)


def _with_reports(own: Assignment | None) -> Assignment | None:
    return own and Assignment.objects.prefetch_related("feedbacks").get(pk=own.pk)


def _finals(task: Task) -> Any:
    """What the departments applied with: the reviewer reads it where the decision is made."""
    finals = Feedback.objects.filter(
        assignment__task=task, is_final=True, assignment__submitted_at__isnull=False
    )
    newest: dict[int, Feedback] = {}
    for final in finals.select_related("assignment__department", "by").prefetch_related("files"):
        newest.setdefault(final.assignment_id, final)  # what was sent back before is history
    return list(newest.values())


def refused(request: HttpRequest, task: Task, reason: str, form: Any = None) -> HttpResponse:
    """409: how the item stands now, what can be done, and the words that were typed."""
    typed = [
        (field.label, field.value()) for field in form or () if form.is_bound and _is_words(field.value())
    ]
    context = everything(request.user, task) | {"reason": reason, "typed": typed}
    return render(request, "tasks/refused.html", context, status=409)


def _is_words(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def add_errors(form: Any, error: ValidationError) -> None:
    """What a verb found wrong, beside the field where there is one."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, words in error.message_dict.items():
        form.add_error(name if name in form.fields else None, words)


def _next(request: HttpRequest, task: Task) -> str:
    """Where to go afterwards: where the person came from, if that is on this site; else the item."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if asked and is_ours else reverse("tasks:detail", args=[task.code])
