"""The import of a ledger: choose a file, see what it would make and put right how it is read, import."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.asking import person
from speeches.allowance import TooMuch, check_session
from speeches.ledgers import actions
from speeches.ledgers.forms import LedgerForm, OptionsForm, column_choices, options_of
from speeches.ledgers.models import LedgerFile
from speeches.ledgers.reading import Reading


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """A file in, its preview out. Nothing is imported yet."""
    by = person(request)
    actions.check_clerk(by)
    form = LedgerForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        at = timezone.now()
        try:
            check_session(request.session, by=by, at=at)
            kept = actions.accept(file_name=file.name, content=file.read(), by=by, at=at)
        except ValidationError as refused:
            form.add_error("file", refused)
            status = 429 if isinstance(refused, TooMuch) else 400
        else:
            return redirect("ledgers:preview", kept.pk)
    status = 400 if form.errors and status == 200 else status
    return render(request, "ledgers/upload.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Every item as it would be made. What is chosen here is kept with the file; no second choosing."""
    by = person(request)
    file = get_object_or_404(LedgerFile.objects.visible_to(by), pk=pk)
    if file.imported_at:
        return _imported(request, file.codes, is_new=False)
    try:
        reading = actions.preview(file, by=by, at=timezone.now())
    except ValidationError as gone:
        messages.error(request, "；".join(gone.messages))
        return redirect("ledgers:upload")
    if request.method != "POST":
        return _page(request, reading, OptionsForm(initial=_initial(reading)))
    form = OptionsForm(request.POST)
    if not form.is_valid():
        return _page(request, reading, form, status=400)
    actions.choose(pk, by=by, options=options_of(request.POST, reading, form))
    return _import(request, pk) if "import" in request.POST else redirect("ledgers:preview", pk)


def _import(request: HttpRequest, pk: int) -> HttpResponse:
    """Refused, the page comes back with everything chosen, and says why."""
    try:
        tasks = actions.import_file(pk, by=person(request), at=timezone.now())
    except actions.NotReady as refused:
        form = OptionsForm(initial=_initial(refused.reading))
        return _page(request, refused.reading, form, status=400, refusal="；".join(refused.messages))
    except ValidationError as gone:
        messages.error(request, "；".join(gone.messages))
        return redirect("ledgers:preview", pk)
    return _imported(request, [task.code for task in tasks], is_new=True)


def _imported(request: HttpRequest, codes: list[str], *, is_new: bool) -> HttpResponse:
    """To the drafts in the ledger; a second click imports nothing twice."""
    span = codes[0] if len(codes) == 1 else f"{codes[0]} 至 {codes[-1]}"
    if is_new:
        messages.success(request, f"已导入 {len(codes)} 项，编号 {span}，都是“拟办”，核对后请逐项交办。")
    else:
        messages.info(request, f"这份文件已经导入过了：{len(codes)} 项，编号 {span}。")
    return redirect(f"{reverse('tasks:ledger')}?status=draft")


def _initial(reading: Reading) -> dict[str, Any]:
    return {"base": reading.base, "source_title": reading.source_title}


def _page(
    request: HttpRequest, reading: Reading, form: OptionsForm, *, status: int = 200, refusal: str = ""
) -> HttpResponse:
    context = {
        "reading": reading,
        "form": form,
        "choices": column_choices(),
        "errors": [(one, problem) for one in reading.faulty for problem in one.errors],
        "passed": [(sheet, passed) for sheet in reading.sheets for passed in sheet.passed],
        "refusal": refusal,
    }
    return render(request, "ledgers/preview.html", context, status=status)
