"""Mails (.eml): the speech attached, or else what the mail itself says."""

from collections.abc import Callable, Mapping

from speeches.readers import charsets, html, mime
from speeches.readers.kinds import kind_of
from speeches.readers.mime import Part
from speeches.readers.txt import LINE_END
from speeches.readers.types import Left, ReadRefused, ReadText, read_text

Readers = Mapping[str, Callable[[bytes], ReadText]]
_EMPTY = "邮件里没有正文，也没有可读取的附件。请把附件另存后直接上传，或者复制正文，粘贴上传。"
_TNEF = frozenset(("application/ms-tnef", "application/vnd.ms-tnef"))


def read(content: bytes, readers: Readers) -> ReadText:
    """The text of the attachments that `readers` can read, else of the mail. Raises ReadRefused for neither.

    The mail around an attached speech is left out and said so: it is a letter, not the speech.
    """
    parts = list(mime.leaves(mime.opened(content)))
    files = [part for part in parts if _is_attached(part)]
    texts = [part for part in parts if not _is_attached(part)]
    letter = _letter(texts)
    warnings: list[str] = []
    attached = [read for part in files if (read := _attached(part, readers, warnings)) is not None]
    if not attached:
        return _only_letter(letter, files, warnings)
    if len(attached) > 1:
        warnings.append(
            f"邮件带有{len(attached)}个可读取的附件，已依次读入同一篇。如果是不同的讲话，请另存后分别上传。"
        )
    left = [Left(0, line, "邮件正文") for line in (letter.paragraphs if letter else ()) if line.strip()]
    if left:
        warnings.append(f"已读取附件，邮件正文{len(left)}行没有读入：“{left[0].text[:40]}”。")
    paragraphs = [line for read in attached for line in read.paragraphs]
    pages = attached[0].pages if len(attached) == 1 else ()
    return read_text(paragraphs, "eml", warnings, pages, left)


def _is_attached(part: Part) -> bool:
    if part.get_content_disposition() == "attachment" or mime.file_name(part):
        return True
    return part.get_content_maintype() not in {"text", "multipart", "message"}


def _attached(part: Part, readers: Readers, warnings: list[str]) -> ReadText | None:
    """The text of an attachment, None when it holds none; what happened to it goes into `warnings`."""
    name = mime.file_name(part) or "未命名"
    if part.get_content_type() in _TNEF:
        warnings.append("邮件的附件包在 winmail.dat 里，没有读取。请在 Outlook 中另存附件后直接上传。")
        return None
    if part.get_content_maintype() in {"image", "audio", "video"}:
        warnings.append(f"附件《{name}》是图片或音视频，没有读取。")
        return None
    content = mime.body(part)
    try:
        kind = kind_of(content)
        if kind not in readers:
            raise ReadRefused("请另存后直接上传。")
        read = readers[kind](content)
    except ReadRefused as refused:
        warnings.append(f"附件《{name}》没有读取：{refused.message}")
        return None
    warnings.extend([f"读取的是邮件附件《{name}》。", *read.warnings])
    return read


def _letter(texts: list[Part]) -> ReadText | None:
    """What the mail says: its plain text if there is any, else its page."""
    for wanted in ("text/plain", "text/html"):
        for part in texts:
            if part.get_content_type() == wanted and (read := _body(part)) is not None:
                return read
    return None


def _body(part: Part) -> ReadText | None:
    content = mime.body(part)
    try:
        if part.get_content_type() == "text/html":
            return html.read(content, mime.charset(part))
        lines = LINE_END.split(charsets.decoded(content, mime.charset(part)))
    except ReadRefused:
        return None
    kept = [line.strip() for line in lines if line.strip()]
    return read_text(kept, "eml", []) if kept else None


def _only_letter(letter: ReadText | None, files: list[Part], warnings: list[str]) -> ReadText:
    if letter is None:
        raise ReadRefused(warnings[0] if len(files) == 1 and warnings else _EMPTY)
    notes = ["读取的是邮件正文。", *warnings, *letter.warnings]
    return read_text(list(letter.paragraphs), "eml", notes, left=letter.left)
