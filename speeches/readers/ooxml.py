"""Small words for Office XML, by local name: its two namespaces (transitional and strict) read alike."""

from collections.abc import Iterator
from typing import Any, TypeAlias

from lxml import etree

from speeches.readers.types import ReadRefused

Element: TypeAlias = Any  # lxml's element; its stubs know no usable public name for it

_BROKEN = "文档内部结构已损坏，读不出来。请用 Word 或 WPS 打开后另存为 .docx，再重新上传。"
_DTD = "文档里夹带了不应有的定义（DTD），可能是恶意文件，已拒绝读取。请向来文单位核实，或直接粘贴全文。"


def local(element: Element) -> str:
    """The tag without its namespace; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """An attribute in the element's own namespace, empty when missing."""
    namespace = element.tag.rpartition("}")[0]
    return element.get(f"{namespace}}}{name}" if namespace else name) or ""


def children(element: Element, name: str) -> Iterator[Element]:
    return (found for found in element if local(found) == name)


def child(element: Element, name: str) -> Element | None:
    return next(children(element, name), None)


def value(element: Element, name: str) -> str:
    """The `val` of the child called `name`, empty when there is none."""
    found = child(element, name)
    return attribute(found, "val") if found is not None else ""


def is_on(element: Element | None, name: str) -> bool:
    """Whether a property that is switched by its mere presence is on."""
    found = child(element, name) if element is not None else None
    return found is not None and attribute(found, "val") not in {"0", "false", "off"}


def tree(content: bytes) -> Element:
    """The root of a small part (styles, numbering, relations)."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ReadRefused(_BROKEN) from error
    refuse_dtd(root)
    return root


def refuse_dtd(element: Element) -> None:
    if element.getroottree().docinfo.internalDTD is not None:
        raise ReadRefused(_DTD)


def blocks(content: "Any") -> Iterator[Element]:
    """The elements right below the body, one at a time: a long document is never in memory whole."""
    parts = etree.iterparse(
        content, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    depth = body = 0
    try:
        for event, element in parts:
            if event == "start":
                depth += 1
                if depth == 1:
                    refuse_dtd(element)
                if local(element) == "body" and not body:
                    body = depth
                continue
            if body and depth == body + 1:
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
            depth -= 1
    except etree.XMLSyntaxError as error:
        raise ReadRefused(_BROKEN) from error
