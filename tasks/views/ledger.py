"""The ledger, its export, and a liaison's own items."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from accounts.models import User
from tasks.columns import lines
from tasks.desk import grouped, own_items
from tasks.listing import DEFAULT_SORT, LedgerFilter, ordered, rows, with_departments, with_latest
from tasks.models import Task
from tasks.moves import Action
from tasks.permissions import may
from tasks.spreadsheets import csv_lines, write_workbook
from tasks.workdays import calendar

PAGE = 50


@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    """The table with its filter row; with htmx the answer is the table alone."""
    today, days = timezone.localdate(), calendar()
    asked = LedgerFilter(request.GET, reader=request.user)
    sort = request.GET.get("sort", DEFAULT_SORT)
    found = asked.apply(Task.objects.visible_to(request.user), today=today, days=days)
    shown = with_departments(ordered(with_latest(found).with_missing(today), sort))
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": asked,
        "page": page,
        "rows": list(rows(page.object_list, today=today, days=days)),
        "sort": sort,
        "may_register": may(request.user, Action.REGISTER),
        "unknown_year": None if days.is_known(today) else today.year,
    }
    template = "tasks/ledger.html#rows" if getattr(request, "htmx", False) else "tasks/ledger.html"
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_GET
def export(request: HttpRequest) -> StreamingHttpResponse:
    """What the reader sees of the ledger, in the same order, as CSV."""
    response = StreamingHttpResponse(csv_lines(_lines(request)), content_type="text/csv; charset=utf-8")
    name = f"督办台账{timezone.localdate():%Y%m%d}.csv"
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


@require_GET
def workbook(request: HttpRequest) -> FileResponse:
    """The same as .xlsx. It is put together on the disk: a workbook is a zip, which has its end first."""
    today = timezone.localdate()
    file = TemporaryFile()  # noqa: SIM115 (the answer closes it)
    write_workbook(file, _lines(request), today=today)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"督办台账{today:%Y%m%d}.xlsx")


def _lines(request: HttpRequest) -> Iterator[list[Any]]:
    """The rows of the filter in the order of the page."""
    today, days = timezone.localdate(), calendar()
    asked = LedgerFilter(request.GET, reader=request.user)
    found = asked.apply(Task.objects.visible_to(request.user), today=today, days=days)
    sort = request.GET.get("sort", DEFAULT_SORT)
    return lines(ordered(with_latest(found), sort), today=today, days=days)


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """What the department of a liaison must sign, report or finish, the pressing first."""
    user = request.user
    if not isinstance(user, User) or not user.is_liaison:
        return redirect("tasks:ledger")
    today = timezone.localdate()
    items = own_items(Task.objects.visible_to(user), user)
    groups = grouped(items, user, today=today, days=calendar())
    return render(request, "tasks/mine.html", {"groups": groups, "today": today, "count": len(items)})
