"""The characters of web pages and mails, which say what encoding they are in and are not always right."""

from speeches.readers import txt

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
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def decoded(content: bytes, declared: str = "") -> str:
    """The text of `content`: by its mark, as UTF-8, as `declared`, else as `txt` makes it out.

    UTF-8 goes before what is declared: Chinese in another encoding is never valid UTF-8, while pages saved
    again as UTF-8 often go on declaring GB2312. Raises ReadRefused when nothing fits.
    """
    codec = _CODECS.get(declared.strip("\"' ").lower(), "")
    if content.startswith(_MARKS):
        return txt.decoded(content)[0]
    for name in ("utf-8", codec):
        try:
            text = content.decode(name) if name else "\x00"
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    if codec:
        text = content.decode(codec, "replace")
        if text.count("\ufffd") * 200 < len(text):  # a damaged byte here and there
            return text
    return txt.decoded(content)[0]
