"""The way in, and the office's board."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.asking import person
from accounts.models import User
from supervision import board as shelving
from supervision.health import examine
from tasks.listing import rows as lit
from tasks.querysets import SEES_ALL
from tasks.workdays import calendar

ROWS = 20
EVENTS = 12


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """A liaison's own items; for everybody else the board."""
    user = person(request)
    return redirect("tasks:mine" if user.role == User.Role.LIAISON else "supervision:board")


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The piles with their numbers, one of them opened; this week's report days; what happened last."""
    user = person(request)
    if user.role not in SEES_ALL:
        raise PermissionDenied("工作台供督查室和领导使用，请打开“我的事项”。")
    now = timezone.now()
    view = shelving.View(user, timezone.localdate(now), calendar())
    shelves = shelving.shelves(view)
    opened = chosen(shelves, request.GET.get("show", ""))
    page = Paginator(opened.rows, ROWS).get_page(request.GET.get("page"))
    return render(
        request,
        "supervision/board.html",
        {
            "shelves": shelves,
            "opened": opened,
            "page": page,
            "rows": lit(page, today=view.today, days=view.calendar) if opened.holds == "task" else (),
            "today": view.today,
            "week": shelving.week(view),
            "mailing": shelving.last_mailing(),
            "events": shelving.recent_events(view)[:EVENTS],
            "trouble": examine(now).trouble if user.is_supervisor or user.is_administrator else (),
        },
    )


def chosen(shelves: list[shelving.Shelf], key: str) -> shelving.Shelf:
    """The pile asked for; without a question the first that holds something."""
    named = (shelf for shelf in shelves if shelf.key == key)
    filled = (shelf for shelf in shelves if shelf.count)
    return next(named, None) or next(filled, None) or shelves[0]
