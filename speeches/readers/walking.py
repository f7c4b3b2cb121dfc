"""A walk over an HTML tree that gives its lines as a browser shows them. No recursion: pages can be deep."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

from speeches.readers.numbering import shaped
from speeches.readers.rows import is_layout, row_lines

_DROPPED = frozenset((
    "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "canvas",
    "audio", "video", "select", "option", "datalist", "button", "textarea", "input", "head", "title",
    "rp", "rt", "map",
))  # fmt: skip
_FRAME = frozenset(("nav", "footer", "aside"))
_FRAME_ROLES = frozenset(("navigation", "banner", "contentinfo", "search", "complementary"))
_CONTAINERS = frozenset((
    "html", "body", "div", "section", "article", "main", "form", "table", "tbody", "thead", "tfoot",
    "tr", "td", "th", "center", "blockquote", "ul", "ol", "dl", "fieldset", "header", "nav", "footer",
    "aside", "details", "figure",
))  # fmt: skip
_BLOCKS = _CONTAINERS | frozenset((
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "pre", "address", "hr", "caption",
    "figcaption", "summary",
))  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3"))
_SHAPES = {
    "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "cjk-ideographic": "chineseCounting", "simp-chinese-informal": "chineseCounting",
    "trad-chinese-informal": "chineseCounting", "lower-alpha": "lowerLetter", "upper-alpha": "upperLetter",
    "lower-roman": "lowerRoman", "upper-roman": "upperRoman", "none": "none", "disc": "none",
}  # fmt: skip
_BLANK = re.compile(r"[ \t\r\n\f\xa0]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """One line: `links` characters of it are links, it lies in the element numbered `container`."""

    text: str
    links: int
    container: int
    is_heading: bool = False
    is_frame: bool = False  # in what the page itself calls navigation or footer


@dataclass(slots=True)
class _Level:
    """An open element and what it passes on to those inside."""

    tag: str
    container: int = 0
    is_link: bool = False
    is_frame: bool = False
    is_heading: bool = False
    is_pre: bool = False
    is_cell: bool = False
    number: int = 0  # of the last item of a list
    shape: str = ""


class Walk:
    """One walk; `parents` then gives the container around each container, the outermost being its own."""

    def __init__(self, page: str) -> None:
        self._tree = LexborHTMLParser(page)
        self.parents = [0]
        self.hidden = self.deleted = 0
        self._levels = [_Level("")]
        self._words: list[str] = []
        self._links = 0
        self._label = ""
        self._sinks: list[list[Block]] = [[]]
        self._rows: list[list[list[Block]]] = []

    @property
    def title(self) -> str:
        title = self._tree.css_first("title")
        return _BLANK.sub(" ", title.text() or "").strip() if title is not None else ""

    def blocks(self) -> list[Block]:
        """All lines of the page in order."""
        for kind, node in self._events():
            if kind == "text":
                self._write(node.text_content or "")
            elif kind == "open":
                self._open(node)
            else:
                self._close()
        self._flush()
        return self._sinks[0]

    def _events(self) -> Iterator[tuple[str, LexborNode]]:
        above: list[LexborNode] = []
        node = self._tree.root
        while node is not None:
            if node.is_text_node:
                yield "text", node
            elif node.is_element_node and not self._is_dropped(node):
                yield "open", node
                if node.child is not None:
                    above.append(node)
                    node = node.child
                    continue
                yield "close", node
            while node.next is None and above:
                node = above.pop()
                yield "close", node
            node = node.next

    def _is_dropped(self, node: LexborNode) -> bool:
        tag = node.tag
        if tag in _DROPPED:
            return True
        if tag == "del":
            self.deleted += 1
            return True
        attributes = node.attributes
        if "hidden" in attributes or _HIDDEN.search(attributes.get("style") or ""):
            self.hidden += bool((node.text() or "").strip())
            return True
        return False

    def _open(self, node: LexborNode) -> None:
        tag, around = node.tag or "", self._levels[-1]
        level = _Level(
            tag, around.container, around.is_link, around.is_frame, around.is_heading, around.is_pre
        )
        self._levels.append(level)
        if tag == "br":
            self._words.append("\v")
            return
        if tag == "a":
            named = {"name", "id"} & node.attributes.keys()
            level.is_link = level.is_link or "href" in node.attributes or not named
        if tag in _BLOCKS:
            self._flush()
            self._open_block(node, level)

    def _open_block(self, node: LexborNode, level: _Level) -> None:
        tag, attributes = level.tag, node.attributes
        if tag in _CONTAINERS:
            self.parents.append(level.container)
            level.container = len(self.parents) - 1
        level.is_heading = level.is_heading or tag in _HEADINGS
        level.is_pre = level.is_pre or tag == "pre"
        is_margin = (attributes.get("title") or "") in {"header", "footer"}  # as office programs save them
        is_frame = tag in _FRAME or (attributes.get("role") or "") in _FRAME_ROLES or is_margin
        level.is_frame = level.is_frame or is_frame
        if tag == "ol":
            level.shape, level.number = _shape(attributes), _number(attributes.get("start"), 1) - 1
        elif tag == "li":
            self._label = self._numbered(attributes)
        elif tag == "tr":
            self._rows.append([])
        elif tag in {"td", "th"} and self._rows:
            level.is_cell = True
            self._sinks.append([])

    def _numbered(self, attributes: dict[str, str | None]) -> str:
        """The number that a browser puts before an item."""
        around = next((level for level in self._levels[-2::-1] if level.tag in {"ol", "ul", "menu"}), None)
        if around is None or around.tag != "ol":
            return ""
        around.number = _number(attributes.get("value"), around.number + 1)
        if around.shape == "none":
            return ""
        mark = "、" if around.shape == "chineseCounting" else "."
        return shaped(around.number, around.shape) + mark

    def _close(self) -> None:
        level = self._levels.pop()
        if level.tag not in _BLOCKS:
            return
        self._levels.append(level)  # what is still unwritten belongs to it
        self._flush()
        self._levels.pop()
        if level.tag == "li":
            self._label = ""
        if level.is_cell:
            self._rows[-1].append(self._sinks.pop())
        elif level.tag == "tr":
            self._sinks[-1].extend(_row(self._rows.pop(), level))

    def _write(self, text: str) -> None:
        level = self._levels[-1]
        words = text.replace("\r\n", "\v").replace("\n", "\v") if level.is_pre else text
        self._words.append(words)
        if level.is_link:
            self._links += len(_BLANK.sub("", text))

    def _flush(self) -> None:
        """End the line: what was written since the last one, broken where the page breaks it."""
        level, links, text = self._levels[-1], self._links, "".join(self._words)
        self._words, self._links = [], 0
        if not text.strip("\v") or text.isspace():
            return
        lines = list(_broken(text))
        for line in lines:
            share = links * len(line) // max(1, sum(map(len, lines)))
            block = Block(self._label + line, share, level.container, level.is_heading, level.is_frame)
            self._sinks[-1].append(block)
            self._label = ""


def _broken(text: str) -> Iterator[str]:
    """The lines of a text; one that ends with a comma was broken by hand and goes on."""
    unfinished = ""
    for line in text.split("\v"):
        unfinished += _BLANK.sub(_blank, line).strip()
        if unfinished and unfinished[-1] not in "，、":
            yield unfinished
            unfinished = ""
    if unfinished:
        yield unfinished


def _blank(found: re.Match[str]) -> str:
    """A run of blanks as one; a line end in the source between Chinese characters is none at all."""
    before = found.string[found.start() - 1] if found.start() else "a"
    after = found.string[found.end() : found.end() + 1] or "a"
    is_wrap = "\n" in found[0] and not before.isascii() and not after.isascii()
    return "" if is_wrap else " "


def _row(cells: list[list[Block]], level: _Level) -> list[Block]:
    texts = [[block.text for block in cell] for cell in cells]
    blocks = [block for cell in cells for block in cell]
    if not blocks or is_layout([cell for cell in texts if cell]):
        return blocks
    links = sum(block.links for block in blocks)
    return [Block(line, links, level.container, False, level.is_frame) for line in row_lines(texts)]


def _shape(attributes: dict[str, str | None]) -> str:
    styled = _LIST_STYLE.search(attributes.get("style") or "")
    return _SHAPES.get(styled[1].lower() if styled else attributes.get("type") or "", "decimal")


def _number(written: str | None, otherwise: int) -> int:
    return int(written) if written and re.fullmatch(r"\d{1,6}", written) else otherwise
