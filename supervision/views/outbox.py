"""The letters of a site without a mail server, as they lie in its folder."""

from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from supervision import letterbox
from supervision.letterbox import Stored
from supervision.views.asking import frameable, framed, office

ROWS = 30


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Newest first."""
    office(request)
    folder = _folder()
    page = Paginator(letterbox.names(folder), ROWS).get_page(request.GET.get("page"))
    letters = [letter for name in page if (letter := letterbox.read(folder, name))]
    context = {"page": page, "letters": letters, "folder": folder.name}
    return render(request, "supervision/outbox.html", context)


@require_safe
def letter(request: HttpRequest, name: str) -> HttpResponse:
    """One letter with its head, its text and its HTML."""
    office(request)
    return render(request, "supervision/outbox_letter.html", {"letter": _letter(name)})


@frameable
@require_safe
def page_of(request: HttpRequest, name: str) -> HttpResponse:
    """The letter's HTML as its reader sees it."""
    office(request)
    return framed(_letter(name).html)


def _folder() -> Path:
    folder: Path | None = settings.MAIL_OUTBOX
    if folder is None:
        raise Http404("已设置邮件服务器，没有文件发件箱。")
    return folder


def _letter(name: str) -> Stored:
    found = letterbox.read(_folder(), name)
    if found is None:
        raise Http404("没有这封邮件。")
    return found
