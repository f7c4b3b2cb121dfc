"""Word documents: every paragraph as Word shows it, one a line; a row of a table is a line too."""

import io
import posixpath
import re
from collections.abc import Iterator

from speeches.readers.numbering import Numbering
from speeches.readers.ooxml import Element, attribute, blocks, child, is_on, local, tree
from speeches.readers.packed import Packed
from speeches.readers.seen import Seen
from speeches.readers.types import ReadRefused, ReadText, bounded, read_text

_SKIPPED = frozenset(
    (
        "delText",
        "instrText",
        "delInstrText",
        "rPr",
        "pPr",
        "Fallback",
        "rt",
        "sdtPr",
        "footnoteReference",
        "annotationRef",
    )
)
_DELETED = frozenset(("del", "moveFrom"))
_CONTAINERS = frozenset(
    ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "AlternateContent", "Choice")
)
_STOPS = "。！？!?；;：:"
_ASKING = re.compile(r"\s*(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT)\b", re.IGNORECASE)
_MAIN = "word/document.xml"
_NO_PART = "文档缺少正文部分，已损坏。请用 Word 或 WPS 打开后另存为 .docx，再重新上传。"
_PICTURES = "文档里只有图片，没有文字（可能是扫描件）。请先做文字识别（OCR），再把识别出的文字粘贴上传。"
_LONG_CELL = 40  # characters of a paragraph in a cell from which the table is a layout, not a list


def read(content: bytes) -> ReadText:
    """The text of a .docx. Raises ReadRefused when it is broken, hostile or holds no text."""
    packed = Packed(content)
    main = _main_part(packed)
    body = packed.read(main)
    if body is None:
        raise ReadRefused(_NO_PART)
    folder = posixpath.dirname(main)
    walker = _Walker(
        Numbering(_part(packed, f"{folder}/numbering.xml"), _part(packed, f"{folder}/styles.xml"))
    )
    paragraphs = list(bounded(walker.lines(blocks(io.BytesIO(body)))))
    if not paragraphs:
        raise ReadRefused(
            _PICTURES if walker.seen.pictures else "文档里没有文字。请确认选对了文件，或直接粘贴全文。"
        )
    warnings = [*walker.seen.warnings(), *_macros(packed), *_template(packed, folder)]
    return read_text(paragraphs, "docx", warnings)


def _main_part(packed: Packed) -> str:
    """Where the package says its document is; mostly word/document.xml."""
    relations = packed.read("_rels/.rels")
    if relations is not None:
        for relation in tree(relations):
            if (relation.get("Type") or "").endswith("/officeDocument"):
                return (relation.get("Target") or _MAIN).lstrip("/")
    return _MAIN


def _part(packed: Packed, name: str) -> Element | None:
    content = packed.read(name)
    return tree(content) if content is not None else None


class _Walker:
    """Walks a document once, in order: the automatic numbers depend on it."""

    def __init__(self, numbering: Numbering) -> None:
        self.seen = Seen()
        self._numbering = numbering
        self._unfinished = ""  # text of a paragraph whose mark was deleted: it runs into the next

    def lines(self, elements: Iterator[Element]) -> Iterator[str]:
        for element in elements:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element)
            elif name == "tbl":
                yield from self._table(element)
            elif name in _CONTAINERS and not _is_placeholder(element):
                yield from self.lines(iter(element))
            elif name == "altChunk":
                self.seen.embedded += 1
        if self._unfinished.strip():
            left, self._unfinished = self._unfinished.strip(), ""
            yield left

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        text, boxes = self._text(paragraph)
        mark = child(paragraph, "pPr")
        mark = child(mark, "rPr") if mark is not None else None
        if mark is not None and child(mark, "del") is not None:
            self._unfinished += text
            return
        text = self._unfinished + self._numbering.label(paragraph) + text
        self._unfinished = ""
        yield from (line.strip() for line in text.split("\n") if line.strip())
        for box in boxes:
            yield from self.lines(iter(box))

    def _text(self, paragraph: Element) -> tuple[str, list[Element]]:
        words: list[str] = []
        boxes: list[Element] = []
        for element in paragraph:
            self._collect(element, words, boxes)
        return "".join(words), boxes

    def _collect(self, element: Element, words: list[str], boxes: list[Element]) -> None:
        name = local(element)
        if name == "instrText" or name == "fldSimple":
            code = element.text if name == "instrText" else attribute(element, "instr")
            self.seen.linked += _ASKING.match(code or "") is not None
        if name in _SKIPPED or _is_placeholder(element):
            return
        if name in _DELETED:
            self.seen.deleted += 1
            return
        if name == "r" and is_on(child(element, "rPr"), "vanish"):
            self.seen.hidden += 1
            return
        if name == "txbxContent":
            boxes.append(element)
            return
        self.seen.inserted += name == "ins"
        self.seen.pictures += name in {"blip", "imagedata"}
        words.append(_character(element, name, words))
        for below in element:
            self._collect(below, words, boxes)

    def _table(self, table: Element) -> Iterator[str]:
        for row in _rows(table):
            properties = child(row, "trPr")
            if properties is not None and child(properties, "del") is not None:
                self.seen.deleted += 1
                continue
            cells = [list(self.lines(iter(cell))) for cell in _cells(row)]
            if len(cells) == 1 or any(len(cell) > 1 and max(map(len, cell)) >= _LONG_CELL for cell in cells):
                yield from (line for cell in cells for line in cell)
            elif any(cells):
                yield " ".join("".join(cell) for cell in cells if cell)


def _character(element: Element, name: str, words: list[str]) -> str:
    if name == "t":
        return element.text or ""
    if name == "tab" or name == "ptab":
        return "\t"
    if name == "noBreakHyphen":
        return "-"
    if name in {"br", "cr"} and attribute(element, "type") not in {"page", "column"}:
        before = next((word for word in reversed(words) if word), "")
        # A line broken by hand inside a sentence goes on; behind a full stop a new paragraph was meant.
        return "\n" if before[-1:] in tuple(_STOPS) else ""
    return ""


def _is_placeholder(element: Element) -> bool:
    """A form field still showing its “click here”."""
    properties = child(element, "sdtPr") if local(element) == "sdt" else None
    return properties is not None and child(properties, "showingPlcHdr") is not None


def _rows(table: Element) -> Iterator[Element]:
    for element in table:
        if local(element) == "tr":
            yield element
        elif local(element) in _CONTAINERS:
            yield from _rows(element)


def _cells(row: Element) -> Iterator[Element]:
    for element in row:
        if local(element) == "tc":
            yield element
        elif local(element) in _CONTAINERS:
            yield from _cells(element)


def _template(packed: Packed, folder: str) -> list[str]:
    """A template that Word would fetch from elsewhere, with whatever macros it holds."""
    relations = packed.read(f"{folder}/_rels/settings.xml.rels")
    if relations is None:
        return []
    is_fetched = any(
        (relation.get("Type") or "").endswith("/attachedTemplate")
        and relation.get("TargetMode") == "External"
        for relation in tree(relations)
    )
    return ["文档引用了外部模板，没有下载。如来源不明，请勿用 Word 打开。"] if is_fetched else []


def _macros(packed: Packed) -> list[str]:
    has_macros = any(re.search(r"vbaProject\.bin$", name) for name in packed.names())
    has_objects = any(name.startswith("word/embeddings/") for name in packed.names())
    return [
        *(["文档带有宏，宏没有运行，也不会保存运行结果。"] if has_macros else []),
        *(["文档里嵌有其他文件（如表格），未读取。"] if has_objects else []),
    ]
