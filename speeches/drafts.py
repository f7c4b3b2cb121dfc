"""Pages of drafts: one small view per verb. Htmx gets the workspace back, everybody else the review page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.asking import person
from accounts.models import Department
from accounts.naming import names_for_typing
from speeches import actions, same_duty, suggestions, twins
from speeches.forms import DraftForm
from speeches.models import Directive, Speech
from speeches.rendering import cut_points
from speeches.reviewing import filters_of
from speeches.views import workspace
from tasks.models import Task


def _visible(request: HttpRequest, pk: int) -> Directive:
    drafts = Directive.objects.visible_to(request.user).select_related("speech", "lead", "task")
    found: Directive = get_object_or_404(drafts.prefetch_related("parts", "supports"), pk=pk)
    return found


def _for_clerks(request: HttpRequest) -> None:
    """Before a form is shown: who may not save it must not fill it in. Raises PermissionDenied."""
    if not person(request).is_supervisor:
        raise PermissionDenied("只有督查员可以处理讲话和任务草稿。")


def _is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _workspace(
    request: HttpRequest, speech: Speech, status: int = 200, just: int | None = None
) -> HttpResponse:
    """Both panes, put in place of the old ones whatever part of the page asked."""
    context = workspace(request, speech, just)
    response = render(request, "speeches/review.html#workspace", context, status=status)
    response["HX-Retarget"], response["HX-Reswap"] = "#workspace", "outerHTML"
    return response


def _back(
    request: HttpRequest, directive: Directive, *, status: int = 200, just: bool = False
) -> HttpResponse:
    """The whole workspace for htmx; otherwise the review page at this draft, filtered as it was.

    `just`: the draft was put aside; in its place stands the way back.
    """
    if _is_htmx(request):
        speech = Speech.objects.get(pk=directive.speech_id)
        return _workspace(request, speech, status, directive.pk if just else None)
    query = filters_of(request).query
    query["just" if just else "d"] = str(directive.pk)
    page = reverse("speeches:review", args=[directive.speech_id])
    return redirect(f"{page}?{query.urlencode()}#d{directive.pk}")


def _attempt(
    request: HttpRequest,
    directive: Directive,
    act: Callable[[], Any],
    done: str | Callable[[Any], str],
    *,
    just: bool = False,
) -> HttpResponse:
    """Do it and say so, or say what stands in the way: 400 what is missing, 409 somebody was faster."""
    try:
        made = act()
    except ValidationError as error:
        messages.error(request, "；".join(error.messages))
        return _refused(request, directive, 400)
    except (actions.EditConflict, actions.MoveRefused) as error:
        messages.error(request, str(error))
        return _refused(request, directive, 409)
    messages.success(request, done if isinstance(done, str) else done(made))
    return _back(request, directive, just=just)


def _refused(request: HttpRequest, directive: Directive, status: int) -> HttpResponse:
    if _is_htmx(request):
        return _back(request, directive, status=status)
    speech = Speech.objects.get(pk=directive.speech_id)
    return render(request, "speeches/review.html", workspace(request, speech), status=status)


@require_GET
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """One card, as read."""
    directive = _visible(request, pk)
    if not _is_htmx(request):
        return _back(request, directive)
    is_clerk = person(request).is_supervisor
    offered = same_duty.offers(person(request), [directive], at=timezone.now()) if is_clerk else {}
    card = {"d": directive, "is_clerk": is_clerk, "departments": suggestions.offered([directive])}
    return render(request, "speeches/review.html#card", card | {"offers": offered})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of one draft; a version that is not the latest is refused and nothing typed is lost."""
    directive = _visible(request, pk)
    _for_clerks(request)
    form = DraftForm(request.POST or None, directive=directive, today=timezone.localdate())
    if request.method != "POST" or not form.is_valid():
        return _form(request, directive, form, 400 if form.errors else 200)
    try:
        actions.edit(pk, by=person(request), version=form.cleaned_data["version"], **form.values())
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _form(request, directive, form, 400)
    except (actions.EditConflict, actions.MoveRefused) as error:
        form.add_error(None, str(error))
        return _form(request, _visible(request, pk), form, 409)
    if "adopt" in request.POST or "issue" in request.POST:
        return _adopt(request, directive, issue="issue" in request.POST)
    messages.success(request, "草稿已保存。")
    return _back(request, directive)


def _form(request: HttpRequest, directive: Directive, form: DraftForm, status: int) -> HttpResponse:
    """The form with what was typed; after a conflict with the new version, so that a second save wins."""
    template = "speeches/edit.html#form" if _is_htmx(request) else "speeches/edit.html"
    if status == 409:
        form.data = {name: form.data[name] for name in form.data} | {
            form.add_prefix("version"): directive.version
        }
    context = {"d": directive, "form": form, "names": names_for_typing(), "is_stale": status == 409}
    return render(request, template, context, status=status)


@require_POST
def adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """立项; with `issue` in the form also 交办."""
    return _adopt(request, _visible(request, pk), issue="issue" in request.POST)


def _adopt(request: HttpRequest, directive: Directive, *, issue: bool) -> HttpResponse:
    words = "已立项并交办。" if issue else "已立项，可在台账中交办。"
    return _attempt(
        request,
        directive,
        lambda: actions.adopt(directive.pk, by=person(request), at=timezone.now(), issue=issue),
        lambda task: f"{task.code} {words}",
    )


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """A suggested department becomes the lead, by the clerk's choice."""
    directive = _visible(request, pk)
    _for_clerks(request)
    chosen, version = (_place_of(request.POST.get(name, "")) for name in ("department", "version"))
    department = Department.objects.active().filter(pk=chosen).first() if chosen is not None else None

    def act() -> None:
        if department is None or version is None:
            raise ValidationError("这个单位已停用或不存在，请点“编辑”另选牵头单位。")
        actions.edit(pk, by=person(request), version=version, lead=department)

    return _attempt(request, directive, act, f"已将牵头单位设为{department}。")


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Not a task: put aside, can be taken back."""
    directive = _visible(request, pk)
    return _attempt(
        request, directive, lambda: actions.drop(pk, by=person(request)), "已标为不采纳。", just=True
    )


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a dropped draft back."""
    directive = _visible(request, pk)
    return _attempt(request, directive, lambda: actions.restore(pk, by=person(request)), "已恢复为待处理。")


@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Join this draft with the next open one."""
    directive = _visible(request, pk)
    following = directive.speech.directives.filter(
        state=Directive.State.OPEN, start__gte=directive.end
    ).first()
    if following is None:
        messages.error(request, "后面没有可以合并的草稿。")
        return _refused(request, directive, 400)
    return _attempt(
        request,
        directive,
        lambda: actions.merge(following.pk, into=pk, by=person(request)),
        "已与下一条合并。",
    )


@require_http_methods(["GET", "POST"])
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a place to cut a draft in two, then cut it."""
    directive = _visible(request, pk)
    _for_clerks(request)
    offset = _place_of(request.POST.get("offset", ""))
    if request.method == "POST" and offset is not None:
        return _attempt(request, directive, lambda: _split(request, pk, offset), "已拆分为两条。")
    template = "speeches/split.html#form" if _is_htmx(request) else "speeches/split.html"
    status = 400 if request.method == "POST" else 200
    return render(request, template, {"d": directive, "points": cut_points(directive)}, status=status)


def _split(request: HttpRequest, pk: int, offset: int) -> None:
    twins.seek(actions.split(pk, by=person(request), offset=offset), at=timezone.now())


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A new draft from selected text (start, end) or from a pasted sentence (quote)."""
    speech = get_object_or_404(Speech.objects.visible_to(request.user), pk=pk)
    try:
        start, end = _place(speech, request)
        directive = actions.add(pk, by=person(request), start=start, end=end)
        twins.seek([directive], at=timezone.now())
    except ValidationError as error:
        messages.error(request, "；".join(error.messages))
        if _is_htmx(request):
            return _workspace(request, speech, 400)
        return render(request, "speeches/review.html", workspace(request, speech), status=400)
    messages.success(request, "已添加草稿，请核对后立项。")
    return _back(request, directive)


def _place_of(typed: str) -> int | None:
    """A number of characters; None for what no text can have (int() refuses thousands of digits)."""
    return int(typed) if typed.isdecimal() and len(typed) < 10 else None


def _place(speech: Speech, request: HttpRequest) -> tuple[int, int]:
    """Where in the speech the clerk points. Raises ValidationError when it cannot be told."""
    start, end = (_place_of(request.POST.get(name, "")) for name in ("start", "end"))
    if start is not None and end is not None:
        if _place_of(request.POST.get("length", "")) not in (None, len(speech.text)):
            raise ValidationError("正文刚刚更新过，选中的位置已经不对。请在更新后的正文中重新选择。")
        return start, end
    quote = request.POST.get("quote", "").strip()
    if not quote:
        raise ValidationError("请在左侧正文中选中一句话，或把原句粘贴到“手工添加”中。")
    if speech.text.count(quote) != 1:
        raise ValidationError("正文中没有找到这句话，或不止一处。请原样粘贴正文中的完整句子。")
    at = speech.text.index(quote)
    return at, at + len(quote)


@require_POST
def adopt_tier(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept every open draft of a tier; what lacks a lead is left and named."""
    speech = get_object_or_404(Speech.objects.visible_to(request.user), pk=pk)
    tier = request.POST.get("tier", "")
    if tier not in Directive.Tier.values:
        messages.error(request, "请选择要批量立项的层级。")
        return redirect("speeches:review", pk)
    tasks, left = actions.adopt_tier(
        speech.pk, by=person(request), at=timezone.now(), tier=tier, issue="issue" in request.POST
    )
    done = "立项并交办" if "issue" in request.POST else "立项"
    messages.success(request, f"已{done} {len(tasks)} 条。")
    if left:
        messages.warning(request, f"还有 {len(left)} 条没有立项：{left[0][1]}")
    return redirect("speeches:review", pk)


@require_POST
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """The same was asked for before: into that item (`item`: its number) or that draft (`draft`: its key)."""
    directive = _visible(request, pk)
    _for_clerks(request)
    version = _place_of(request.POST.get("version", ""))
    choices = {name: name in request.POST for name in ("limit", "departments")}

    def act() -> str:
        item, draft = _joined_to(request)
        who: dict[str, Any] = {"by": person(request), "at": timezone.now(), "version": version} | choices
        if item is not None:
            actions.join_item(pk, item.pk, **who)
            return f"已合并到事项 {item.code}，两处原文都已保留。"
        actions.join_draft(pk, draft.pk if draft else 0, **who)
        return "已合并到那一条草稿，立项时两处原文都会保留。"

    return _attempt(request, directive, act, str, just=True)


def _joined_to(request: HttpRequest) -> tuple[Task | None, Directive | None]:
    """What the form names, if this person may see it. Raises ValidationError."""
    code, key = request.POST.get("item", "").strip(), _place_of(request.POST.get("draft", ""))
    item = Task.objects.visible_to(request.user).filter(code=code.replace("\x00", "")).first()
    draft = Directive.objects.visible_to(request.user).filter(pk=key).first() if key is not None else None
    if item is None and draft is None:
        raise ValidationError(
            f"没有找到编号为“{code}”的事项，请核对编号。" if code else "请填写要并入的事项编号。"
        )
    return item, draft


@require_POST
def unjoin(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it out again: the draft is open, the item loses the sentence, the trail keeps both."""
    directive = _visible(request, pk)
    return _attempt(
        request,
        directive,
        lambda: actions.unjoin(pk, by=person(request), at=timezone.now()),
        "已拆开，恢复为待处理。",
    )


@require_POST
def apart(request: HttpRequest, pk: int) -> HttpResponse:
    """Not the same: remembered, and not proposed again."""
    directive = _visible(request, pk)
    _for_clerks(request)

    def act() -> None:
        item, draft = _joined_to(request)
        which = {"item": item.pk if item else None, "draft": draft.pk if draft else None}
        actions.tell_apart(pk, by=person(request), at=timezone.now(), **which)

    return _attempt(request, directive, act, "已记下不是同一件事，不再提示。")
