"""Pages of speeches: the list, the upload, the review with its progress."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.asking import person
from speeches import actions, files, intake, originals, reviewing
from speeches.allowance import TooMuch, check_session
from speeches.forms import SpeechForm, UploadForm
from speeches.models import HEAVY, Directive, Speech


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """All speeches, newest first, with how far each has been worked through."""
    words = request.GET.get("q", "").replace("\x00", " ").strip()
    found = Speech.objects.visible_to(request.user).defer(*HEAVY)
    if words:
        found = found.filter(
            Q(title__icontains=words) | Q(speaker__icontains=words) | Q(file_name__icontains=words)
        )
    counted = found.annotate(
        waiting=Count("directives", filter=Q(directives__state=Directive.State.OPEN)),
        adopted=Count("directives", filter=Q(directives__state=Directive.State.ADOPTED)),
        is_divided=Exists(Speech.objects.filter(parent=OuterRef("pk"))),
    ).order_by("-uploaded_at", "-pk")
    page = Paginator(counted, 30).get_page(request.GET.get("page"))
    return render(request, "speeches/list.html", {"page": page, "words": words})


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Files and pasted text in; the review page (one) or the list (several) out."""
    if not person(request).is_supervisor:
        raise PermissionDenied("只有督查员可以导入讲话。")
    form = UploadForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            _check_allowance(request)
        except TooMuch as refused:
            form.add_error(None, refused)
            status = 429
    if request.method == "POST" and form.is_valid():
        speeches, errors = _accept_all(request, form.cleaned_data)
        for error in errors:
            form.add_error(None, error)
        if speeches and not errors:
            return (
                redirect("speeches:review", speeches[0].pk)
                if len(speeches) == 1
                else redirect("speeches:list")
            )
    limit = settings.MAX_UPLOAD_BYTES // 1024 // 1024
    if form.errors and status == 200:
        status = 400
    return render(request, "speeches/upload.html", {"form": form, "limit_mb": limit}, status=status)


def _check_allowance(request: HttpRequest) -> None:
    check_session(request.session, by=person(request), at=timezone.now())


def _accept_all(request: HttpRequest, cleaned: dict[str, Any]) -> tuple[list[Speech], list[str]]:
    """Take in every source by itself: one bad file does not hold up the others."""
    accepted: list[Speech] = []
    errors: list[str] = []
    for file in cleaned["files"]:
        taken, refused = intake.accept_uploads(file, by=person(request), at=timezone.now())
        errors += refused
        for speech, created in taken:
            accepted.append(speech)
            _tell(request, speech, created)
    if cleaned["text"].strip():
        try:
            speech, created = intake.accept_text(
                text=cleaned["text"], title=cleaned["title"], by=person(request), at=timezone.now()
            )
        except ValidationError as error:
            return accepted, [*errors, *error.messages]
        accepted.append(speech)
        _tell(request, speech, created)
    return accepted, errors


def _tell(request: HttpRequest, speech: Speech, created: bool) -> None:
    if created:
        messages.success(request, f"《{speech}》已导入，正在解析。")
    else:
        messages.info(request, f"《{speech}》以前已经导入过，这里打开的是原来的那一份。")


@require_GET
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The speech with its drafts lit, beside their cards; while it is being parsed, the progress."""
    speech = get_object_or_404(Speech.objects.visible_to(request.user), pk=pk)
    if speech.status != Speech.Status.PARSED:
        return render(request, "speeches/waiting.html", {"speech": speech})
    if (page := files.divided(request, speech)) is not None:
        return page
    return render(request, "speeches/review.html", workspace(request, speech))


def workspace(request: HttpRequest, speech: Speech, just: int | None = None) -> dict[str, Any]:
    """What both panes of the review page show now."""
    return files.frame(speech) | reviewing.workspace(request, speech, at=timezone.now(), just=just)


@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress bar, asked for every second; a finished speech makes the page load its review."""
    speech = get_object_or_404(Speech.objects.visible_to(request.user), pk=pk)
    response = render(request, "speeches/waiting.html#progress", {"speech": speech})
    if not speech.is_waiting:
        response["HX-Refresh"] = "true"
    return response


@require_POST
def retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Parse a failed speech once more."""
    speech = get_object_or_404(Speech.objects.visible_to(request.user), pk=pk)
    try:
        actions.retry(speech.pk, by=person(request), at=timezone.now())
    except actions.EditConflict as conflict:
        messages.info(request, str(conflict))
    else:
        messages.success(request, "已重新提交解析。")
    return redirect("speeches:review", pk)


@require_GET
def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it was uploaded; one that is gone or changed is not handed out."""
    speech = get_object_or_404(Speech.objects.visible_to(request.user), pk=pk)
    try:
        return originals.download(speech)
    except ValidationError as error:
        messages.error(request, "；".join(error.messages))
        return redirect("speeches:review", pk)


@require_POST
def about(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct title, speaker, occasion, date, kind; a new date resolves the untouched drafts again."""
    speech = get_object_or_404(Speech.objects.visible_to(request.user), pk=pk)
    form = SpeechForm(request.POST, instance=Speech(pk=speech.pk))
    if form.is_valid():
        try:
            actions.update_speech(pk, by=person(request), at=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
    if form.errors:
        context = workspace(request, speech) | {"about": form}
        return render(request, "speeches/review.html", context, status=400)
    messages.success(request, "讲话信息已保存。")
    return redirect("speeches:review", pk)
