"""Where a file or a pasted text comes in: checked, stored under its hash, one row for the same bytes."""

import hashlib
import re
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile

from accounts.models import User
from speeches.jobs import ring
from speeches.models import Speech
from speeches.originals import original, safe_name, stored
from speeches.readers import ReadRefused, bundle, check, txt
from speeches.readers.names import is_document_name
from tasks import viruses

__all__ = ["Taken", "accept", "accept_bundle", "accept_text", "accept_upload", "accept_uploads", "original"]


def accept_upload(file: "UploadedFile[Any]", *, by: User, at: datetime) -> tuple[Speech, bool]:
    """As `accept`; a file over the limit is refused before it is read into memory."""
    return accept(file_name=file.name or "", content=_uploaded(file), by=by, at=at)


class Taken(NamedTuple):
    """What became of one file of a bundle: its speech and whether that is new, or why there is none."""

    name: str
    speech: Speech | None = None
    created: bool = False
    error: str = ""


def accept_uploads(
    file: "UploadedFile[Any]", *, by: User, at: datetime
) -> tuple[list[tuple[Speech, bool]], list[str]]:
    """A file, or each of those in a zip: what was taken in, and for the others why not. One bad file does
    not hold up the rest."""
    name = file.name or ""
    try:
        content = _uploaded(file)
        if is_document_name(name) or not bundle.is_bundle(content):
            return [accept(file_name=name, content=content, by=by, at=at)], []
    except ValidationError as error:
        return [], [f"《{name}》没有导入：{'；'.join(error.messages)}"]
    answers, failure = _each(content, by, at)
    errors = [f"压缩包里的《{one.name}》没有导入：{one.error}" for one in answers if one.error]
    taken = [(one.speech, one.created) for one in answers if one.speech is not None]
    return taken, [*errors, *([f"《{name}》：{failure}"] if failure else [])]


def accept_bundle(file: "UploadedFile[Any]", *, by: User, at: datetime) -> tuple[list[Taken], str]:
    """An answer for each file of a zip, and what is wrong with the zip as such (empty: nothing).

    Raises ValidationError for what is no zip of files.
    """
    content = _uploaded(file)
    if not bundle.is_bundle(content):
        raise ValidationError("这不是装有多个文件的 .zip 压缩包。单个文件请直接上传。")
    return _each(content, by, at)


def _each(content: bytes, by: User, at: datetime) -> tuple[list[Taken], str]:
    answers: list[Taken] = []
    try:
        for member in bundle.members(content):
            answers.append(_taken(member, by, at))
    except ReadRefused as refused:
        return answers, refused.message
    return answers, ""


def _taken(member: bundle.Member, by: User, at: datetime) -> Taken:
    name = safe_name(member.name)
    if member.error:
        return Taken(name, error=member.error)
    try:
        speech, created = accept(file_name=member.name, content=member.content, by=by, at=at)
    except ValidationError as error:
        return Taken(name, error="；".join(error.messages))
    return Taken(name, speech, created)


def _uploaded(file: "UploadedFile[Any]") -> bytes:
    size = file.size or 0
    if size > settings.MAX_UPLOAD_BYTES:
        limit = settings.MAX_UPLOAD_BYTES // 1024 // 1024
        raise ValidationError(
            f"文件有{size / 1024 / 1024:.0f}MB，超过{limit}MB的上限。请删去图片后另存，或直接粘贴全文。"
        )
    content: bytes = file.read()
    return content


def accept_text(*, text: str, title: str = "", by: User, at: datetime) -> tuple[Speech, bool]:
    """A pasted text, kept as a UTF-8 file of its own."""
    words = text.strip()
    if not words:
        raise ValidationError("没有粘贴任何文字。请复制讲话全文后粘贴。")
    name = title.strip() or re.split(r"[\n。！？；]", words, maxsplit=1)[0].strip()[:40]
    speech, created = accept(file_name=f"{name}.txt", content=words.encode(), by=by, at=at)
    if created and title.strip():
        Speech.objects.filter(pk=speech.pk).update(title=title.strip()[:200])
    return speech, created


def accept(*, file_name: str, content: bytes, by: User, at: datetime) -> tuple[Speech, bool]:
    """The speech made of `content`, and whether it is new. Raises ValidationError saying what to do.

    A failed speech that comes again is queued again.
    """
    if not by.is_supervisor:
        raise PermissionDenied("只有督查员可以导入讲话。")
    _check(content)
    digest = hashlib.sha256(content).hexdigest()
    speech, created = Speech.objects.get_or_create(
        sha256=digest,
        parent=None,
        defaults={
            "file": stored(digest, content),
            "file_name": safe_name(file_name),
            "size": len(content),
            "uploaded_by": by,
            "uploaded_at": at,
        },
    )
    if speech.status in (Speech.Status.FAILED, Speech.Status.CANCELLED):
        speech.status, speech.attempts, speech.error = Speech.Status.RECEIVED, 0, ""
        speech.save(update_fields=["status", "attempts", "error"])
    if speech.status == Speech.Status.RECEIVED:
        ring(speech.pk)
    return speech, created


def _check(content: bytes) -> None:
    """What can be told without opening a document; those are opened by the worker, in a child process."""
    if words := viruses.trouble(content):
        raise ValidationError(words)
    try:
        if check(content) == "txt":
            txt.read(content)
    except ReadRefused as refused:
        raise ValidationError(refused.message) from refused
