"""Pages about the file behind a speech: divide it, keep it whole, restore lines, cancel its reading."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.asking import person
from speeches import actions, parser
from speeches.models import Speech
from speeches.offers import offer
from speeches.parser.several import is_notice

_DIGITS = 10  # of the place of a line: no text is as long


def frame(speech: Speech) -> dict[str, Any]:
    """What the page shows of the file: speeches in it, where it comes from, what was taken out."""
    offered = [] if speech.is_whole or speech.parent_id else offer(speech.text)
    is_told = bool(offered) or speech.is_whole  # the offer says it better
    return {
        "speech": speech,
        "offered": offered,
        "could_divide": speech.is_whole and len(parser.parts_of(speech.text)),
        "warnings": [words for words in speech.warnings if not (is_told and is_notice(words))],
        "beside": by_reason(speech.removed),
        "restored": speech.restored,
    }


def by_reason(removed: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Removed lines under the reason each was taken out for, both in the order of the file."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for line in removed:
        groups.setdefault(line["reason"], []).append(line)
    return list(groups.items())


def divided(request: HttpRequest, speech: Speech) -> HttpResponse | None:
    """The page of a file that was divided; None for any other. A link to a draft leads to where it is now."""
    pieces = list(speech.pieces.order_by("cut_at").defer("raw_text", "sources", "frames"))
    if not pieces:
        return None
    asked = request.GET.get("d", "")
    for piece in pieces if asked.isdecimal() and len(asked) < _DIGITS else []:
        if piece.directives.filter(pk=int(asked)).exists():
            return redirect(f"{reverse('speeches:review', args=[piece.pk])}?d={asked}#d{asked}")
    is_waiting = any(piece.is_waiting for piece in pieces)
    words = {"speech": speech, "pieces": pieces, "is_waiting": is_waiting}
    words["is_clerk"] = person(request).is_supervisor
    return render(request, "speeches/divided.html", words)


def _attempt(
    request: HttpRequest, pk: int, act: Callable[[Speech], str], *, anchor: str = ""
) -> HttpResponse:
    """Do it and say so, or say what stands in the way; then the page of the speech again."""
    speech = get_object_or_404(Speech.objects.visible_to(request.user), pk=pk)
    if not person(request).is_supervisor:
        raise PermissionDenied("只有督查员可以处理讲话和任务草稿。")
    try:
        messages.success(request, act(speech))
    except ValidationError as error:
        messages.error(request, "；".join(error.messages))
    except actions.EditConflict as conflict:
        messages.error(request, str(conflict))
    return redirect(reverse("speeches:review", args=[pk]) + anchor)


@require_POST
def divide(request: HttpRequest, pk: int) -> HttpResponse:
    """A speech for each of those in the file."""

    def act(speech: Speech) -> str:
        pieces = actions.divide(speech.pk, by=person(request))
        return f"已拆成 {len(pieces)} 篇，正在分别解析。"

    return _attempt(request, pk, act)


@require_POST
def treat_as_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave the file whole."""

    def act(speech: Speech) -> str:
        actions.treat_as_one(speech.pk, by=person(request))
        return "按一篇处理。"

    return _attempt(request, pk, act)


@require_POST
def reunite(request: HttpRequest, pk: int) -> HttpResponse:
    """The speeches of a divided file as one again."""

    def act(speech: Speech) -> str:
        actions.reunite(speech.pk, by=person(request), at=timezone.now())
        return "已合回一篇。"

    return _attempt(request, pk, act)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a reading that takes too long."""

    def act(speech: Speech) -> str:
        actions.cancel(speech.pk, by=person(request))
        return "已取消解析，原文件仍在，可以随时重新解析。"

    return _attempt(request, pk, act)


@require_POST
def restore_lines(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a removed line back (start), or all of them (all)."""

    def act(speech: Speech) -> str:
        actions.restore_lines(speech.pk, by=person(request), at=timezone.now(), starts=_starts(request))
        return "已恢复，草稿已按新的正文更新；您改过和立过项的不变。"

    return _attempt(request, pk, act, anchor="?lines=1#lines")


@require_POST
def remove_lines(request: HttpRequest, pk: int) -> HttpResponse:
    """Let go again of a restored line (start), or of all of them (all)."""

    def act(speech: Speech) -> str:
        actions.remove_lines(speech.pk, by=person(request), at=timezone.now(), starts=_starts(request))
        return "已再次去掉。"

    return _attempt(request, pk, act, anchor="?lines=1#lines")


def _starts(request: HttpRequest) -> set[int] | None:
    if "all" in request.POST:
        return None
    return {int(word) for word in request.POST.getlist("start") if word.isdecimal() and len(word) < _DIGITS}
