"""Bytes to text. Plain Python, no Django; a file is read for what it is, not for its name."""

from dataclasses import replace
from pathlib import PurePath

from speeches.readers import txt
from speeches.readers.kinds import kind_of
from speeches.readers.names import NAMES, SUFFIXES
from speeches.readers.sandbox import read_in_child
from speeches.readers.types import MAX_UPLOAD, ReadRefused, ReadText, Told, untold

__all__ = ["MAX_UPLOAD", "ReadRefused", "ReadText", "check", "read_bytes"]


def check(data: bytes) -> str:
    """The kind of a file, from its first bytes and size alone. Raises ReadRefused when it is not for us."""
    if not data:
        raise ReadRefused("文件是空的（0字节）。请确认文件已保存完整，再重新上传。")
    if len(data) > MAX_UPLOAD:
        size, limit = len(data) / 1024 / 1024, MAX_UPLOAD // 1024 // 1024
        raise ReadRefused(f"文件有{size:.0f}MB，超过{limit}MB的上限。请删去图片后另存，或直接粘贴全文。")
    return kind_of(data)


def read_bytes(
    data: bytes, name: str, *, told: Told = untold, ocr: tuple[str, str] | None = None
) -> ReadText:
    """The text of a file, told by content; `name` only serves to say when it promises something else.

    `told` hears of the pages of a long file as they are read; whatever it raises ends the reading. `ocr`: the
    program and the languages for scanned pages, where the office has them.

    Raises ReadRefused, whose message says in Chinese what the file is and what to do.
    """
    kind = check(data)
    read = txt.read(data) if kind == "txt" else read_in_child(kind, data, told=told, ocr=ocr)
    suffix = PurePath(name).suffix.lower()
    if suffix in set().union(*SUFFIXES.values()) - SUFFIXES[kind]:
        notice = f"文件名以{suffix}结尾，内容是{NAMES[kind]}，已按内容读取。"
        return replace(read, warnings=(*read.warnings, notice))
    return read
