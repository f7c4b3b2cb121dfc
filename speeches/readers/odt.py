"""OpenDocument texts (.odt): every paragraph as an office program shows it, a row of a table is a line."""

import re
from collections.abc import Iterator

from speeches.readers.odf_numbering import OUTLINE, Lists, named
from speeches.readers.ooxml import Element, local, tree
from speeches.readers.packed import Packed
from speeches.readers.rows import row_lines
from speeches.readers.seen import Seen
from speeches.readers.types import ReadRefused, ReadText, bounded, read_text

_SKIPPED = frozenset((
    "tracked-changes", "note", "annotation", "annotation-end", "ruby-text", "sequence-decls",
    "variable-decls", "user-field-decls", "hidden-text", "hidden-paragraph", "table-of-content",
    "illustration-index", "table-index", "alphabetical-index", "bibliography", "forms", "script", "desc",
    "title",
))  # fmt: skip
_CONTAINERS = frozenset(
    ("section", "index-body", "text-box", "custom-shape", "frame", "g", "numbered-paragraph")
)
_BOXES = frozenset(("text-box", "custom-shape", "rect", "ellipse", "caption"))
_ROW_GROUPS = frozenset(("table-header-rows", "table-rows", "table-row-group"))
_STOPS = "。！？!?；;：:"
_MOST_SPACES = 100
_BROKEN = "文档缺少正文部分，已损坏。请用 LibreOffice 或 WPS 打开后另存为 .docx，再重新上传。"
_LOCKED = "文件加了打开密码，读不出内容。请去掉密码，另存后再上传。"
_EMPTY = "文档里没有文字（可能只有图片）。请确认选对了文件，或直接粘贴全文。"


def read(content: bytes) -> ReadText:
    """The text of an .odt. Raises ReadRefused when it is locked, broken, hostile or holds no text."""
    packed = Packed(content)
    manifest = packed.read("META-INF/manifest.xml")
    if manifest is not None and b"encryption-data" in manifest:
        raise ReadRefused(_LOCKED)
    source = packed.read("content.xml")
    if source is None:
        raise ReadRefused(_BROKEN)
    root = tree(source)
    styles = packed.read("styles.xml")
    walker = _Walker(Lists(*([tree(styles)] if styles else []), root))
    body = next(
        (element for element in root.iter() if local(element) == "text" and _is_office(element)), None
    )
    if body is None:
        raise ReadRefused(_BROKEN)
    paragraphs = list(bounded(walker.lines(body)))
    if not paragraphs:
        raise ReadRefused(_EMPTY)
    return read_text(paragraphs, "odt", walker.seen.warnings())


def _is_office(element: Element) -> bool:
    return "office" in element.tag.rpartition("}")[0]


class _Walker:
    """Walks the text once, in order: the automatic numbers depend on it. lxml allows 256 levels, no more."""

    def __init__(self, lists: Lists) -> None:
        self.seen = Seen()
        self._lists = lists

    def lines(self, parent: Element, label: str = "") -> Iterator[str]:
        """The lines of what stands in `parent`; `label` goes before the first paragraph."""
        for element in parent:
            name = local(element)
            if name in {"p", "h"}:
                yield from self._paragraph(element, label)
                label = ""
            elif name == "list":
                yield from self._list(element, "", 1)
            elif name == "table":
                yield from self._table(element)
            elif name == "tracked-changes":
                self._count_changes(element)
            elif name in _CONTAINERS:
                yield from self.lines(element)

    def _paragraph(self, paragraph: Element, label: str) -> Iterator[str]:
        if local(paragraph) == "h" and not label:
            depth = named(paragraph, "outline-level")
            label = self._lists.label(OUTLINE, int(depth) if depth.isdigit() else 1)
        words: list[str] = []
        boxes: list[Element] = []
        self._collect(paragraph, words, boxes)
        yield from (line.strip() for line in (label + "".join(words)).split("\v") if line.strip())
        for box in boxes:
            yield from self.lines(box)

    def _collect(self, parent: Element, words: list[str], boxes: list[Element]) -> None:
        words.append(_collapsed(parent.text))
        for element in parent:
            name = local(element)
            if name in _BOXES:
                boxes.append(element)
            elif name in _SKIPPED:
                self.seen.hidden += name.startswith("hidden")
            elif name:
                words.append(_sign(element, name, words))
                self.seen.pictures += name == "image"
                self.seen.embedded += name == "object"
                self._collect(element, words, boxes)
            words.append(_collapsed(element.tail))

    def _list(self, element: Element, style: str, depth: int) -> Iterator[str]:
        style = named(element, "style-name") or style
        is_continued = named(element, "continue-numbering") == "true" or bool(named(element, "continue-list"))
        if depth == 1 and not is_continued:
            self._lists.restart(style)
        for item in element:
            if local(item) not in {"list-item", "list-header"}:
                continue
            label = ""
            if local(item) == "list-item" and any(local(below) in {"p", "h"} for below in item):
                label = self._lists.label(style, depth, named(item, "start-value"))
            yield from self._item(item, style, depth, label)

    def _item(self, item: Element, style: str, depth: int, label: str) -> Iterator[str]:
        for below in item:
            if local(below) == "list":
                yield from self._list(below, style, depth + 1)
            elif local(below) in {"p", "h"}:
                yield from self._paragraph(below, label)
                label = ""

    def _table(self, table: Element) -> Iterator[str]:
        for row in _rows(table):
            cells = [cell for cell in row if local(cell) == "table-cell"]
            yield from row_lines([list(self.lines(cell)) for cell in cells])

    def _count_changes(self, changes: Element) -> None:
        for element in changes.iter():
            self.seen.inserted += local(element) == "insertion"
            self.seen.deleted += local(element) == "deletion"


def _collapsed(text: str | None) -> str:
    """Blanks in the source count once; several in the text have an element of their own (ODF 1.3, 6.1.2)."""
    return re.sub(r"[ \t\r\n]+", " ", text) if text else ""


def _sign(element: Element, name: str, words: list[str]) -> str:
    if name == "tab":
        return "\t"
    if name == "s":
        count = named(element, "c")
        return " " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES)
    if name == "line-break":
        before = next((word for word in reversed(words) if word), "")
        return "\v" if before[-1:] in tuple(_STOPS) else ""
    return ""


def _rows(table: Element) -> Iterator[Element]:
    for element in table:
        if local(element) == "table-row":
            yield element
        elif local(element) in _ROW_GROUPS:
            yield from _rows(element)
