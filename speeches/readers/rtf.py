"""RTF: every paragraph as Word shows it. Own code, as striprtf keeps deleted text and drops text boxes.

Words of the format after Microsoft's “Rich Text Format Specification, version 1.9.1”.
"""

import re
from dataclasses import dataclass, field, replace

from speeches.readers.glyphs import paired
from speeches.readers.rows import row_lines
from speeches.readers.seen import Seen
from speeches.readers.types import MAX_CHARACTERS, ReadRefused, ReadText, bounded, read_text

MAX_DEPTH = 5000  # of groups in groups
_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)", re.DOTALL
)
_UNREAD = frozenset((
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "header", "headerf", "headerl", "headerr",
    "footer", "footerf", "footerl", "footerr", "footnote", "annotation", "atnid", "atnauthor",
    "listtable", "listoverridetable", "rsidtbl", "generator", "themedata", "filetbl", "revtbl", "xe",
    "tc", "rxe", "fldinst", "objdata", "objclass", "nonshppict", "shprslt", "do", "pntxta", "pntxtb",
    "datafield", "formfield", "sp", "sn", "sv", "bkmkstart", "bkmkend", "template", "private",
    "nonesttables", "nesttableprops", "upr", "mmathPr", "title", "author",
))  # fmt: skip
_READ_THOUGH_STARRED = frozenset(("shpinst", "shptxt", "ud", "nesttableprops", "flymaincnt"))
_LABELS = frozenset(("listtext", "pntext"))
_BOXES = frozenset(("shptxt", "dptxbxtext"))
_SIGNS = {
    "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " ", "tab": "\t",
}  # fmt: skip
_ESCAPED = {"~": " ", "_": "-", "{": "{", "}": "}", "\\": "\\"}
_CODEPAGES = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250",
}  # fmt: skip
_ANSI = {936: "gb18030", 54936: "gb18030", 950: "big5hkscs", 932: "cp932", 949: "cp949", 65001: "utf-8"}
_STOPS = "。！？!?；;：:"
_BROKEN = "RTF 文件已损坏，读不出来。请用 Word 或 WPS 打开后另存为 .docx，再重新上传。"
_EMPTY = "RTF 文件里没有文字（可能只有图片）。请确认选对了文件，或直接粘贴全文。"


@dataclass(frozen=True, slots=True)
class _State:
    """What holds inside a group and ends with it."""

    is_unread: bool = False
    is_label: bool = False
    is_box: bool = False
    is_deleted: bool = False
    is_hidden: bool = False
    is_in_table: bool = False
    font: int = -1
    skipped: int = 1  # characters after \\u that old programs show instead
    opens: bool = True  # nothing but the group's own opening was read


@dataclass(slots=True)
class _Page:
    """A run of paragraphs: the document, or a text box on its way into it."""

    words: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)
    row: list[list[str]] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)


def read(content: bytes) -> ReadText:
    """The text of an RTF. Raises ReadRefused when it is broken or holds no text."""
    reader = _Reader(content.decode("latin-1"))
    paragraphs = list(bounded(reader.lines()))
    if not paragraphs:
        raise ReadRefused(_EMPTY)
    return read_text(paragraphs, "rtf", reader.seen.warnings())


class _Reader:
    def __init__(self, source: str) -> None:
        self.seen = Seen()
        self._source = source
        self._fonts: dict[int, str] = {}
        self._ansi = "cp1252"
        self._states: list[_State] = []
        self._state = _State(opens=False)
        self._pages = [_Page()]
        self._bytes = bytearray()
        self._skip = 0
        self._defined = -1  # the font of the table that is being defined
        self._starred = False
        self._size = 0

    def lines(self) -> list[str]:
        at = 0
        while at < len(self._source):
            found = _TOKEN.match(self._source, at)
            if found is None:
                at += 1
                continue
            at = found.end()
            word, number, code, sign, brace, text = found.groups()
            if code is None:
                self._decode()
            if brace:
                self._brace(brace)
                if not self._states:
                    break
            elif word:
                at += self._word(word, int(number) if number else None)
            elif code:
                self._byte(int(code, 16))
            elif sign:
                self._sign(sign)
            else:
                self._text(text)
        self._decode()
        while len(self._pages) > 1:
            self._end_box()
        self._end_paragraph()
        self._end_row()
        return self._pages[0].lines

    def _brace(self, brace: str) -> None:
        self._skip = 0
        if brace == "{":
            if len(self._states) >= MAX_DEPTH:
                raise ReadRefused(_BROKEN)
            self._states.append(self._state)
            self._state = replace(self._state, opens=True)
            self._starred = False
            return
        if not self._states:
            return
        ended, self._state = self._state, self._states.pop()
        if ended.is_box and not self._state.is_box and len(self._pages) > 1:
            self._end_box()

    def _word(self, word: str, number: int | None) -> int:
        """Obey a control word; answers how many bytes of binary content follow it."""
        self._skip = 0
        if word == "bin":
            return max(0, number or 0)
        if self._state.opens:
            self._open(word)
        if word == "ansicpg":
            self._ansi = _ANSI.get(number or 0, self._ansi)
        elif word == "f":
            self._state = replace(self._state, font=number or 0)
            self._defined = number or 0
        elif word == "fcharset":
            self._fonts.setdefault(self._defined, _CODEPAGES.get(number or 0, ""))
        elif word == "uc":
            self._state = replace(self._state, skipped=min(number if number is not None else 1, 8))
        elif word in {"deleted", "v", "plain", "pard", "intbl", "revised"}:
            self._switch(word, number != 0)
        elif self._is_read():
            self._write_word(word, number)
        return 0

    def _open(self, word: str) -> None:
        """The first word of a group says what the group is for."""
        is_unread = word in _UNREAD or (self._starred and word not in _READ_THOUGH_STARRED)
        self.seen.pictures += word == "pict" and not self._state.is_unread
        self.seen.embedded += word == "objdata"
        if word in _BOXES and not self._state.is_unread:
            self._pages.append(_Page())
            self._state = replace(self._state, is_box=True, is_in_table=False)
        # A box may stand inside a shape whose other parts are not text; \\ud is the better half of \\upr.
        is_unread = (self._state.is_unread or is_unread) and not (self._starred and word == "ud")
        self._state = replace(
            self._state, is_unread=is_unread, is_label=self._state.is_label or word in _LABELS, opens=False
        )

    def _switch(self, word: str, is_on: bool) -> None:
        if word == "deleted":
            self._state = replace(self._state, is_deleted=is_on)
            self.seen.deleted += is_on and not self._state.is_unread
        elif word == "revised":
            self.seen.inserted += is_on and not self._state.is_unread
        elif word == "v":
            self._state = replace(self._state, is_hidden=is_on)
            self.seen.hidden += is_on and not self._state.is_unread
        elif word == "plain":
            self._state = replace(self._state, is_deleted=False, is_hidden=False)
        elif word == "pard":
            self._state = replace(self._state, is_in_table=False)
        else:
            self._state = replace(self._state, is_in_table=is_on)

    def _write_word(self, word: str, number: int | None) -> None:
        page = self._pages[-1]
        if word == "u" and number is not None:
            self._write(chr(number % 0x10000))
            self._skip = self._state.skipped
        elif word in _SIGNS:
            self._write("" if word == "tab" and self._state.is_label else _SIGNS[word])
        elif word in {"par", "sect", "page"}:
            self._end_paragraph()
        elif word == "line":
            before = next((words for words in reversed(page.words) if words), "")
            if before[-1:] in tuple(_STOPS):
                self._end_paragraph()
        elif word in {"cell", "nestcell"}:
            self._end_paragraph(in_cell=True)
            page.row.append(page.cell)
            page.cell = []
        elif word in {"row", "nestrow"}:
            self._end_row()

    def _byte(self, byte: int) -> None:
        if self._skip:
            self._skip -= 1
        elif self._is_read():
            self._bytes.append(byte)

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._starred = True
        elif sign in "\r\n":
            self._word("par", None)
        elif self._skip:
            self._skip -= 1
        elif self._is_read() and sign in _ESCAPED:
            self._write(_ESCAPED[sign])

    def _text(self, text: str) -> None:
        skipped, self._skip = min(self._skip, len(text)), max(0, self._skip - len(text))
        if self._state.opens:
            self._state = replace(self._state, opens=False)
        if self._is_read():
            self._bytes.extend(text[skipped:].encode("latin-1"))

    def _is_read(self) -> bool:
        state = self._state
        return not (state.is_unread or state.is_deleted or state.is_hidden)

    def _decode(self) -> None:
        """What came as bytes, in the code page of its font."""
        if not self._bytes:
            return
        content, self._bytes = bytes(self._bytes), bytearray()
        codec = self._fonts.get(self._state.font) or self._ansi
        if codec.startswith("cp125") and self._ansi != "cp1252":
            codec = self._ansi  # Word names a Latin font and writes Chinese
        self._write(content.decode(codec, "replace").replace("\x00", ""))

    def _write(self, words: str) -> None:
        self._size += len(words)
        if self._size > MAX_CHARACTERS:
            raise ReadRefused(f"文件超过{MAX_CHARACTERS // 10000}万字的上限，请拆开后分别上传。")
        self._pages[-1].words.append(words)

    def _end_paragraph(self, *, in_cell: bool = False) -> None:
        page = self._pages[-1]
        line = paired("".join(page.words)).strip()
        page.words = []
        if in_cell or self._state.is_in_table:
            page.cell += [*([line] if line else []), *page.boxes]
        else:
            self._end_row()
            page.lines += [*([line] if line else []), *page.boxes]
        page.boxes = []

    def _end_row(self) -> None:
        page = self._pages[-1]
        if page.cell:
            page.row.append(page.cell)
        page.lines += row_lines(page.row) if page.row else []
        page.cell, page.row = [], []

    def _end_box(self) -> None:
        """A text box follows the paragraph it is tied to."""
        self._end_paragraph()
        self._end_row()
        box = self._pages.pop()
        self._pages[-1].boxes += box.lines
