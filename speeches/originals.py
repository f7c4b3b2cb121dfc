"""The original files: stored under their hash, checked whenever they are read, never changed."""

import hashlib
import io
import re
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import FileResponse

from speeches.models import Speech
from speeches.readers import ReadRefused

_UNSAFE = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069<>:\"|?*]")
_LONGEST_NAME = 120
_NOT_STORED = "文件没有保存成功，可能是服务器磁盘已满。请联系系统管理员后重试。"


def stored(digest: str, content: bytes) -> str:
    """The name in the storage: the hash, never what the sender called it. Written once."""
    name = f"speeches/{digest[:2]}/{digest}"
    if default_storage.exists(name):
        return name
    try:
        return default_storage.save(name, ContentFile(content))
    except OSError as error:
        raise ValidationError(_NOT_STORED) from error


def safe_name(file_name: str) -> str:
    """The sender's file name without folders and invisible characters, to show and offer for download."""
    base = _UNSAFE.sub("", re.split(r"[/\\]", file_name)[-1]).strip(" .")
    stem, dot, suffix = base.rpartition(".")
    if not dot or len(suffix) > 8:
        stem, suffix = base, ""
    return f"{stem[:_LONGEST_NAME]}{dot if suffix else ''}{suffix}" or "未命名"


def content(speech: Speech) -> bytes:
    """The original bytes. Raises ReadRefused when they are gone or no longer those that were uploaded."""
    try:
        with speech.file.open("rb") as stored:
            original: bytes = stored.read()
    except OSError as error:
        raise ReadRefused("原文件已不在服务器上，无法读取。请重新上传该文件，并告知系统管理员。") from error
    if hashlib.sha256(original).hexdigest() != speech.sha256:
        raise ReadRefused("原文件的校验值不符，可能被改动过，已拒绝读取。请联系系统管理员从备份恢复。")
    return original


def original(speech: Speech) -> BinaryIO:
    """The original, checked. Raises ValidationError as `content` refuses."""
    try:
        return io.BytesIO(content(speech))
    except ReadRefused as refused:
        raise ValidationError(refused.message) from refused


def download(speech: Speech) -> FileResponse:
    """The original as something to save, never to show: whatever is in it runs nowhere."""
    response = FileResponse(
        original(speech),
        as_attachment=True,
        filename=speech.file_name,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
