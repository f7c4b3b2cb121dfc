"""Web pages saved as one file (.mht, RFC 2557): the page among its pictures and styles."""

from dataclasses import replace

from speeches.readers import html, mime
from speeches.readers.types import ReadRefused, ReadText

_NO_PAGE = "这个单文件网页里没有网页正文。请在浏览器里打开，复制全文，粘贴到“粘贴讲话全文”中。"


def read(content: bytes) -> ReadText:
    """The article of the page. Raises ReadRefused when there is none."""
    pages = [part for part in mime.leaves(mime.opened(content)) if part.get_content_type() == "text/html"]
    if not pages:
        raise ReadRefused(_NO_PAGE)
    # Frames and advertisements are pages too; the one saved comes first, unless it only frames others.
    refused: ReadRefused | None = None
    for page in pages:
        try:
            read = html.read(mime.body(page), mime.charset(page))
        except ReadRefused as error:
            refused = refused or error
            continue
        return replace(read, kind="mht")
    raise refused or ReadRefused(_NO_PAGE)
