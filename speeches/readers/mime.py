"""What a mail and a page saved as one file have in common: parts under headers (RFC 2045 and after)."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from typing import TypeAlias

from speeches.readers.types import ReadRefused

Part: TypeAlias = "Message[str, str]"

MAX_PARTS = 200
MAX_DASHED = 5000  # lines that may be the boundary of a part
_TOO_MANY = "文件由过多的部分层层拼成，超出正常范围，已停止读取。请打开后复制全文，粘贴到“粘贴讲话全文”中。"
_BROKEN = "文件的结构已损坏，读不出来。请打开后复制全文，粘贴到“粘贴讲话全文”中。"


def opened(content: bytes) -> Part:
    """The message. Raises ReadRefused when it is made of more parts than any real one."""
    nested = re.findall(rb"(?i)^content-type\s*:\s*(?:multipart|message)/", content, re.MULTILINE)
    if len(nested) > MAX_PARTS or content.count(b"\n--") > MAX_DASHED:
        raise ReadRefused(_TOO_MANY)
    try:
        message: Part = message_from_bytes(content)
    except (RecursionError, ValueError, LookupError, AssertionError) as error:
        raise ReadRefused(_BROKEN) from error
    return message


def leaves(message: Part) -> Iterator[Part]:
    """The parts that hold something themselves, in order, those of forwarded mails too."""
    waiting = [message]
    seen = 0
    while waiting:
        part = waiting.pop()
        seen += 1
        if seen > MAX_PARTS:
            raise ReadRefused(_TOO_MANY)
        # A part alone is not asked for its payload: it would be decoded, and may not let itself be.
        inside = part.get_payload() if part.is_multipart() else None
        if isinstance(inside, list):
            waiting.extend(reversed([below for below in inside if isinstance(below, Message)]))
        else:
            yield part


def body(part: Part) -> bytes:
    """The content of a part with its transfer encoding undone."""
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError) as error:
        raise ReadRefused(_BROKEN) from error
    return content if isinstance(content, bytes) else b""


def charset(part: Part) -> str:
    """The encoding a part names, empty when it names none."""
    try:
        return part.get_content_charset("") or ""
    except (ValueError, LookupError):
        return ""


def file_name(part: Part) -> str:
    """The name of an attachment for people to read; never a path to anything."""
    try:
        name = part.get_filename("") or ""
        pieces = decode_header(name)
    except (HeaderParseError, ValueError, LookupError):
        return ""
    words = "".join(_decoded(words, codec) for words, codec in pieces)
    return re.sub(r"[\x00-\x1f/\\\u202a-\u202e\u2066-\u2069]", "", words)[-80:]


def _decoded(words: bytes | str, codec: str | None) -> str:
    if isinstance(words, str):
        return words
    try:
        return words.decode("gb18030" if codec in {"gb2312", "gbk"} else codec or "utf-8", "replace")
    except LookupError:
        return words.decode("utf-8", "replace")
