"""Letters and their trail: the list, one letter, a failed one sent again or dismissed, its link followed."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.asking import person
from accounts.models import User
from supervision import actions
from supervision.models import Notice
from supervision.querysets import NoticeQuerySet
from supervision.views.asking import frameable, framed
from tasks.models import Task

ROWS = 30


class FilterForm(forms.Form):
    """What the list may be narrowed by."""

    kind = forms.ChoiceField(label="类别", required=False, choices=[("", "全部类别"), *Notice.Kind.choices])
    q = forms.CharField(
        label="查找",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "主题、收件人、单位、编号"}),
    )

    def narrow(self, notices: NoticeQuerySet) -> NoticeQuerySet:
        if not self.is_valid():
            return notices
        kind, words = self.cleaned_data["kind"], self.cleaned_data["q"].split()
        found = notices.filter(kind=kind) if kind else notices
        for word in words:
            found = found.filter(_mentions(word))
        return found


class DismissForm(forms.Form):
    """Why a failed letter is not needed any more."""

    reason = forms.CharField(
        label="不再发送的理由", max_length=actions.REASON_LIMIT, help_text="例如：已电话告知；会记入留痕"
    )


def _mentions(word: str) -> Q:
    paths = (
        *("subject", "address", "recipient__full_name", "recipient__username"),
        *("department__name", "department__short_name", "task__code"),
    )
    return Q(*((f"{path}__icontains", word) for path in paths), _connector=Q.OR)


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All letters the reader may see, newest first, by state; what waits and what failed is in the tabs."""
    user = person(request)
    form = FilterForm(request.GET)
    found = form.narrow(Notice.objects.visible_to(user))
    counts = dict(found.order_by().values_list("state").annotate(Count("pk")))
    state = request.GET.get("state", "")
    if state in Notice.State.values:
        found = found.filter(state=state)
    rows = found.select_related("recipient", "department", "task").defer("body_text", "body_html")
    return render(
        request,
        "supervision/notices.html",
        {
            "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
            "form": form,
            "state": state,
            "tabs": [(value, label, counts.get(value, 0)) for value, label in Notice.State.choices],
            "total": sum(counts.values()),
            "may_retry": actions.may_retry(user),
        },
    )


@require_safe
def notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One letter: where it stands and what it said."""
    return _show(request, _visible(request, pk))


@frameable
@require_safe
def page_of(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The letter's HTML as its reader sees it."""
    return framed(_visible(request, pk).body_html)


def _visible(request: HttpRequest, pk: UUID) -> Notice:
    rows = Notice.objects.visible_to(person(request)).select_related(
        "recipient", "department", "task", "dismissed_by"
    )
    return get_object_or_404(rows, pk=pk)


def _show(
    request: HttpRequest, letter: Notice, status: int = 200, dismissal: DismissForm | None = None
) -> HttpResponse:
    context = {
        "notice": letter,
        "may_retry": actions.may_retry(person(request)),
        "dismissal": dismissal or DismissForm(),
    }
    return render(request, "supervision/notice.html", context, status=status)


@require_POST
def retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send a failed letter again; 409 when it has not failed or still has nowhere to go."""
    letter = _visible(request, pk)
    try:
        letter = actions.retry(letter.pk, by=person(request), at=timezone.now())
    except actions.RetryRefused as refusal:
        messages.error(request, str(refusal))
        return _show(request, letter, status=409)
    messages.success(
        request, letter.last_error if letter.state == "skipped" else "已重新排队，半分钟内发出。"
    )
    return redirect("supervision:notice", letter.pk)


@require_POST
def dismiss(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Off the list of failures, with a reason; 409 when it has not failed."""
    letter, user, form = _visible(request, pk), person(request), DismissForm(request.POST)
    if not actions.may_retry(user):
        raise PermissionDenied("只有督查员和系统管理员可以作废通知。")
    if not form.is_valid():
        return _show(request, letter, status=400, dismissal=form)
    try:
        actions.dismiss(letter.pk, by=user, at=timezone.now(), reason=form.cleaned_data["reason"])
    except actions.DismissRefused as refusal:
        messages.error(request, str(refusal))
        return _show(request, letter, status=409)
    messages.success(request, "已作废，不再发送。")
    return redirect("supervision:notice", letter.pk)


@require_safe
def open_letter(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where a letter's link leads: notes that its reader came, and goes on to the item."""
    user = person(request)
    letter = _visible(request, pk)
    actions.open_letter(letter, by=user, at=timezone.now())
    code = request.GET.get("item", "").replace("\x00", "") or (letter.task.code if letter.task else "")
    if not code:
        return redirect("tasks:mine" if user.role == User.Role.LIAISON else "supervision:board")
    if Task.objects.visible_to(user).filter(code=code).exists():
        return redirect("tasks:detail", code)
    messages.info(request, f"事项 {code} 现在不在您的可见范围内：可能已转办、退回或撤销。")
    return redirect("supervision:notice", letter.pk)
