"""The characters of web pages and mails, which say what encoding they are in and are not always right."""

import re

from speeches.readers import txt
from speeches.readers.types import ReadRefused

_CODECS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "gb18030": "gb18030",
    "hz-gb-2312": "hz",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
}
_TAG = re.compile(rb"<[^<>]{1,2000}>")  # no character of these encodings has such a byte in it
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def decoded(content: bytes, declared: str = "") -> str:
    """The text of `content`: by its mark, as UTF-8, as `txt` makes it out, else as `declared`.

    What is declared comes last: pages saved again in another encoding often go on declaring the old one.
    Raises ReadRefused when nothing fits.
    """
    if content.startswith(_MARKS):
        return txt.decoded(content)[0]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = "\x00"
    return text if "\x00" not in text else _guessed(content, _CODECS.get(declared.strip("\"' ").lower(), ""))


def _guessed(content: bytes, codec: str) -> str:
    """By the words between the tags, which are too few in some pages to be sure."""
    try:
        return content.decode(txt.decoded(_TAG.sub(b"", content))[1], "replace")
    except ReadRefused:
        text = content.decode(codec, "replace") if codec else "\ufffd"
        if text.count("\ufffd") * 200 < len(text):  # a damaged byte here and there
            return text
        raise
