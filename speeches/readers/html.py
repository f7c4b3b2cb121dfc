"""Saved web pages: the article with its paragraphs; menus, links and footers of the page are left out."""

import re

from speeches.readers import charsets
from speeches.readers.article import article
from speeches.readers.types import Left, ReadRefused, ReadText, bounded, read_text
from speeches.readers.walking import Walk

MAX_DEPTH = 3000  # of elements in elements; real pages stay below 100, and parsers slow down with depth
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_NOT_NESTING = frozenset((
    b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"param",
    b"source", b"track", b"wbr", b"p", b"li", b"dt", b"dd", b"td", b"th", b"tr", b"tbody", b"thead",
    b"tfoot", b"option", b"html", b"head", b"body",
))  # fmt: skip
_META = re.compile(rb"<meta[^<>]{0,200}charset\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE)
_XML = re.compile(rb"<\?xml[^<>]{0,100}encoding\s*=\s*[\"']([\w-]{2,20})", re.IGNORECASE)
_TOO_DEEP = (
    "网页的结构层层嵌套，超出正常范围，已停止读取。请在浏览器里打开，复制全文，粘贴到“粘贴讲话全文”中。"
)
_EMPTY = (
    "网页里没有正文文字（可能需要登录，或文字由程序另行载入）。请在浏览器里打开，"
    "复制全文，粘贴到“粘贴讲话全文”中。"
)


def read(content: bytes, declared: str = "") -> ReadText:
    """The article of a page; `declared` is the encoding that a mail or archive around it names."""
    return read_page(charsets.decoded(content, declared or declared_in(content)))


def read_page(page: str) -> ReadText:
    """The article of a page already decoded. Raises ReadRefused when there is none."""
    _check_depth(page.encode("utf-8", "replace"))
    walk = Walk(page)
    kept, left = article(walk.blocks(), walk.title, walk.parents)
    paragraphs = list(bounded(kept))
    if not paragraphs:
        raise ReadRefused(_EMPTY)
    return read_text(paragraphs, "html", _warnings(walk, left), left=left)


def declared_in(content: bytes) -> str:
    found = _META.search(content[:8192]) or _XML.search(content[:1024])
    return found[1].decode("ascii") if found else ""


def _check_depth(page: bytes) -> None:
    """Count openings and closings before the parser sees them: 100,000 nested elements take it a minute."""
    depth = 0
    for found in _TAG.finditer(page):
        if found[2].lower() in _NOT_NESTING:
            continue
        depth = max(0, depth - 1) if found[1] else depth + 1
        if depth > MAX_DEPTH:
            raise ReadRefused(_TOO_DEEP)


def _warnings(walk: Walk, left: list[Left]) -> list[str]:
    warnings = []
    if left:
        warnings.append(f"网页的导航、链接、页脚等{len(left)}行未读取。")
    if walk.hidden:
        warnings.append("网页里有不显示的隐藏文字，未读取。")
    if walk.deleted:
        warnings.append("网页里有标为删除的文字，已去掉。请确认是定稿。")
    return warnings
