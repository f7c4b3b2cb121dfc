"""Evidence (佐证材料): what may be attached, told by content; where it lies; how it is handed back."""

import hashlib
import io
import logging
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse

from tasks import viruses
from tasks.models import Attachment, Feedback

log = logging.getLogger(__name__)
Upload: TypeAlias = "UploadedFile[Any]"
MOST_FILES = 10
ALLOWED = "可以上传 PDF、OFD、Word、Excel、PPT、图片和 txt 文件。"
SUFFIXES = {
    "pdf": {"pdf"},
    "png": {"png"},
    "jpeg": {"jpg", "jpeg"},
    "gif": {"gif"},
    "bmp": {"bmp"},
    "tiff": {"tif", "tiff"},
    "webp": {"webp"},
    "ole": {"doc", "xls", "ppt", "wps", "et", "dps"},
    "word": {"docx"},
    "xl": {"xlsx"},
    "ppt": {"pptx"},
    "ofd": {"ofd"},
    "txt": {"txt", "csv", "md"},
}
"""What a file is by content, and the endings its name may then have."""
STARTS = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
)
HEAD = 64 * 1024
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069<>:\"|?*]")
LONGEST_NAME = 120
CHECKED_AT_MOST = 2000  # entries of a package


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that passed: its safe name, its hash, the file itself."""

    name: str
    sha256: str
    file: Upload


def checked(files: Sequence[Upload]) -> list[Paper]:
    """Every file fit to be stored. Raises ValidationError that names each one that is not, and why."""
    if len(files) > MOST_FILES:
        raise ValidationError({"files": f"一次最多上传{MOST_FILES}个文件，请分几次反馈，或合并后上传。"})
    papers, errors = [], []
    for file in files:
        name = safe_name(file.name or "")
        if trouble := _trouble(name, file):
            errors.append(f"《{name}》没有保存：{trouble}")
        else:
            papers.append(Paper(name, _digest(file), file))
    if errors:
        raise ValidationError({"files": errors})
    return papers


def _trouble(name: str, file: Upload) -> str:
    """What is wrong with the file, in Chinese; empty when nothing is."""
    if not file.size:
        return "文件是空的，请重新选择。"
    if file.size > settings.MAX_UPLOAD_BYTES:
        return f"超过{settings.MAX_UPLOAD_BYTES // 1024 // 1024}MB，请压缩图片或拆分后上传。"
    kind = kind_of(file)
    if kind not in SUFFIXES:
        return kind
    suffix = name.rpartition(".")[2].lower()
    if suffix not in SUFFIXES[kind]:
        return f"文件名的后缀“{suffix}”与内容不符，内容应为{'、'.join(sorted(SUFFIXES[kind]))}文件。"
    file.seek(0)
    return viruses.trouble(file.read())


def kind_of(file: Upload) -> str:
    """A key of SUFFIXES, told by content and never by name; else the reason why not, in Chinese."""
    file.seek(0)
    head = file.read(HEAD)
    if head.startswith(b"PK"):
        return _package(file)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    known = next((kind for start, kind in STARTS if head.startswith(start)), None)
    return known or _text(file, head)


def _package(file: Upload) -> str:
    """Which office format the zip is, by its directory; nothing is unpacked."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, OverflowError, EOFError):
        return "文件已损坏，打不开，请重新导出后上传。"
    if len(names) > CHECKED_AT_MOST:
        return f"文件里打包了{len(names)}个文件，不像正常的文档。{ALLOWED}"
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return "文件带有宏，请另存为不带宏的格式后上传。"
    if any(name.upper() == "OFD.XML" for name in names):
        return "ofd"
    kind = next(
        (kind for kind in ("word", "xl", "ppt") if any(n.startswith(f"{kind}/") for n in names)), None
    )
    return kind if kind and "[Content_Types].xml" in names else f"这是压缩包，请解压后分别上传。{ALLOWED}"


def _text(file: Upload, head: bytes) -> str:
    if head.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")):
        return f"这是压缩包，请解压后分别上传。{ALLOWED}"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"#!", b"{\\rtf")) or not _decodes(file):
        return f"不能识别这种文件。{ALLOWED}"
    return "txt"


def _decodes(file: Upload) -> bool:
    """Whether the whole file is text in an encoding used here."""
    file.seek(0)
    content = file.read()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _is(content, "utf-16")
    return b"\x00" not in content and (_is(content, "utf-8-sig") or _is(content, "gb18030"))


def _is(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _digest(file: Upload) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def safe_name(file_name: str) -> str:
    """The sender's file name without folders and invisible characters."""
    base = _UNSAFE.sub("", re.split(r"[/\\]", file_name)[-1]).strip(" .")
    stem, dot, suffix = base.rpartition(".")
    return f"{stem[:LONGEST_NAME]}.{suffix[:8]}" if dot and stem else base[:LONGEST_NAME] or "未命名"


def attach(feedback: Feedback, papers: Sequence[Paper]) -> None:
    """Store each file under its hash, once, and write its row."""
    for paper in papers:
        size = paper.file.size or 0
        stored = _stored(paper, size)
        Attachment.objects.create(
            feedback=feedback, file=stored, name=paper.name, size=size, sha256=paper.sha256
        )


def _stored(paper: Paper, size: int) -> str:
    """The name in the storage. A file torn by a power cut is written again."""
    name = f"evidence/{paper.sha256[:2]}/{paper.sha256}"
    try:
        if default_storage.exists(name):
            if default_storage.size(name) == size:
                return name
            default_storage.delete(name)
        paper.file.seek(0)
        return default_storage.save(name, paper.file)
    except OSError as error:
        raise ValidationError(
            {"files": f"《{paper.name}》没有保存成功，可能是服务器磁盘已满，请联系系统管理员后重试。"}
        ) from error


def _content(attachment: Attachment) -> bytes:
    """The bytes that were filed, and no others."""
    with attachment.file.open("rb") as stored:
        content: bytes = stored.read()
    if hashlib.sha256(content).hexdigest() != attachment.sha256:
        log.error("evidence %s no longer has its sha256", attachment.pk)
        raise FileNotFoundError(attachment.name)
    return content


def download(attachment: Attachment) -> FileResponse:
    """The file as something to save, never to show. FileNotFoundError when it is gone or was changed."""
    response = FileResponse(
        io.BytesIO(_content(attachment)),
        as_attachment=True,
        filename=attachment.name,
        content_type="application/octet-stream",
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
