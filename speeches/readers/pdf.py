"""PDF: characters with their places by pdfium, lines and paragraphs by our own rules."""

import ctypes
import math
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from speeches.readers.glyphs import hyphen, is_broken, mended
from speeches.readers.grids import RAISED, Placed, Rule, rows
from speeches.readers.joining import paragraphs
from speeches.readers.ocr import MOST_PAGES as MOST_SCANNED
from speeches.readers.ocr import Ocr, recognised
from speeches.readers.pieces import Cell, Piece, Sheet
from speeches.readers.rules import rules
from speeches.readers.types import MAX_CHARACTERS, Left, ReadRefused, ReadText, Told, read_text, untold

MAX_PAGES = 1000
_ENCRYPTED = "PDF 加了打开密码，读不出内容。请去掉密码，另存后再上传。"
_BROKEN = "PDF 文件已损坏，打不开。请重新导出后再上传，或者打开后复制全文，粘贴上传。"
_LOCKED = "PDF 使用了不支持的加密方式，读不出内容。请另存为不加密的 PDF，或转成 .docx 后再上传。"
_SCAN = (
    "扫描件没有文字层，只有图片，读不出文字。请先用扫描软件或 WPS 做文字识别（OCR），"
    "校对后再上传，或者把识别出的文字粘贴上传；也可以请系统管理员在服务器上开启文字识别。"
)
_GIBBERISH = (
    "PDF 里的字体没有文字编码，复制出来是乱码，无法读取。请上传原来的 Word 文件，"
    "或做文字识别（OCR）后粘贴上传。"
)
_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY


@dataclass(slots=True)
class _Seen:
    """What the clerk should be told about."""

    characters: int = 0
    broken: int = 0
    slanted: int = 0
    struck: list[tuple[int, str]] = field(default_factory=list)  # page, and what was struck out on it
    empty: list[int] = field(default_factory=list)
    scanned: list[int] = field(default_factory=list)  # recognised
    doubtful: int = 0  # words of those that are not sure
    unreadable: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Glyph:
    char: str
    x: float
    y: float
    box: tuple[float, float, float, float]  # left, bottom, right, top
    size: float
    turn: int | None  # quarter turns against the clock; None: slanted


def read(content: bytes, *, told: Told = untold, ocr: Ocr | None = None) -> ReadText:
    """The text of a PDF; pages without text by `ocr`, if the office has it.

    Raises ReadRefused for a scan, a locked or a broken one.
    """
    document = _opened(content)
    if len(document) > MAX_PAGES:
        raise ReadRefused(f"PDF 有{len(document)}页，超过{MAX_PAGES}页的上限，请拆开后分别上传。")
    seen = _Seen()
    sheets = []
    for index in range(len(document)):
        sheets.append(_sheet(document, index, seen, ocr))
        told(index + 1, len(document))
    if not seen.characters and not seen.scanned:
        raise ReadRefused(_BROKEN if len(seen.unreadable) == len(sheets) else _SCAN)
    if seen.broken > 0.3 * seen.characters:
        raise ReadRefused(_GIBBERISH)
    joined = paragraphs(sheets)
    if not joined.texts:
        raise ReadRefused(_SCAN)
    struck = [Left(bisect_right(joined.pages, page), text, "带删除线", page) for page, text in seen.struck]
    left = [*struck, *(line._replace(text=mended(line.text)) for line in joined.left)]
    warnings = [*_warnings(seen, document), *joined.warnings()]
    return read_text(map(mended, joined.texts), "pdf", warnings, joined.pages, left)


def _opened(content: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        code = int(getattr(error, "err_code", None) or 0)
        raise ReadRefused({_PASSWORD: _ENCRYPTED, _SECURITY: _LOCKED}.get(code, _BROKEN)) from error
    if not len(document):
        raise ReadRefused(_BROKEN)
    return document


def _sheet(document: pdfium.PdfDocument, index: int, seen: _Seen, ocr: Ocr | None = None) -> Sheet:
    try:
        page = document[index]
        text = page.get_textpage()
    except pdfium.PdfiumError:
        seen.unreadable.append(index + 1)
        return Sheet(1, 1, ())
    seen.characters += text.count_chars()
    if seen.characters > 2 * MAX_CHARACTERS:
        raise ReadRefused(f"PDF 超过{MAX_CHARACTERS // 10000}万字的上限，不像一篇讲话稿，请拆开后分别上传。")
    pen = _Pen(text)
    glyphs = [pen.glyph(number) for number in range(text.count_chars())]
    sheet = _upright([glyph for glyph in glyphs if glyph is not None], page.get_mediabox(), seen)
    sheet = _ruled(sheet, page, index + 1, seen)
    if not sheet.rows and not any(piece.text.strip() for piece in sheet.pieces):
        sheet = _scanned(page, index + 1, seen, ocr) or sheet
    text.close()
    page.close()
    return sheet


def _scanned(page: pdfium.PdfPage, number: int, seen: _Seen, ocr: Ocr | None) -> Sheet | None:
    """A page without a text layer as it is recognised; None for a blank one, and where nobody can."""
    if ocr is not None and len(seen.scanned) < MOST_SCANNED:
        found = recognised(page, ocr)
        seen.doubtful += found.doubtful
        if found.sheet.pieces:
            seen.scanned.append(number)
            return found.sheet
    seen.empty.append(number)
    return None


class _Pen:
    """Reads the characters of one page; its C structures are made once, not once a character."""

    def __init__(self, text: pdfium.PdfTextPage) -> None:
        self._text = text.raw
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._box, self._matrix = raw.FS_RECTF(), raw.FS_MATRIX()

    def glyph(self, number: int) -> _Glyph | None:
        """A character; None for those that pdfium made up, as blanks and line ends."""
        text, box, matrix = self._text, self._box, self._matrix
        if raw.FPDFText_IsGenerated(text, number) == 1 and raw.FPDFText_IsHyphen(text, number) != 1:
            return None
        code = raw.FPDFText_GetUnicode(text, number)
        raw.FPDFText_GetCharOrigin(text, number, self._x, self._y)
        raw.FPDFText_GetLooseCharBox(text, number, box)
        raw.FPDFText_GetMatrix(text, number, matrix)
        scale = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c)) or 1.0
        return _Glyph(
            hyphen(chr(code)) if code <= 0x10FFFF else "\ufffd",
            self._x.value,
            self._y.value,
            (box.left, box.bottom, box.right, box.top),
            raw.FPDFText_GetFontSize(text, number) * scale or 1.0,
            _turn(matrix.a, matrix.b),
        )


def _turn(a: float, b: float) -> int | None:
    """Quarter turns of a direction, None when it is none of the four."""
    turns = math.atan2(b, a) / (math.pi / 2)
    return round(turns) % 4 if abs(turns - round(turns)) < 0.06 else None


def _upright(glyphs: list[_Glyph], box: tuple[float, float, float, float], seen: _Seen) -> Sheet:
    """The page turned so that most of its text can be read; what is askew then is a watermark, and left."""
    turns = Counter(glyph.turn for glyph in glyphs if glyph.char.strip() and glyph.turn is not None)
    turn = turns.most_common(1)[0][0] if turns else 0
    left, bottom, right, top = box
    pieces = []
    for glyph in glyphs:
        if glyph.turn != turn and glyph.char.strip():
            seen.slanted += 1
            continue
        if is_broken(glyph.char):
            seen.broken += 1
            if glyph.char != "\ufffd" and glyph.char < " ":
                continue
        pieces.append(_piece(glyph, turn or 0, box))
    width, height = (right - left, top - bottom) if (turn or 0) % 2 == 0 else (top - bottom, right - left)
    return Sheet(width, height, pieces)


def _piece(glyph: _Glyph, turn: int, box: tuple[float, float, float, float]) -> Piece:
    left, bottom, right, top = box
    low_x, low_y, high_x, high_y = glyph.box
    if turn == 0:
        start, end, y = min(glyph.x, low_x) - left, high_x - left, top - glyph.y
    elif turn == 1:
        start, end, y = min(glyph.y, low_y) - bottom, high_y - bottom, glyph.x - left
    elif turn == 2:
        start, end, y = right - max(glyph.x, high_x), right - low_x, glyph.y - bottom
    else:
        start, end, y = top - max(glyph.y, high_y), top - low_y, right - glyph.x
    return Piece(start, max(end, start), y, glyph.size, glyph.char)


def _ruled(sheet: Sheet, page: pdfium.PdfPage, number: int, seen: _Seen) -> Sheet:
    """The page without what is struck out and with its tables apart, unless it lies on its side."""
    left, bottom, right, top = page.get_mediabox()
    if (sheet.width, sheet.height) != (right - left, top - bottom) or page.get_rotation():
        return sheet
    across, down = rules(page, left, top)
    struck = [_is_struck(piece, across) for piece in sheet.pieces]
    if any(struck):
        words = "".join(piece.text for piece, is_out in zip(sheet.pieces, struck, strict=True) if is_out)
        seen.struck.append((number, mended(words)))
    pieces = [
        piece._replace(text="") if is_out else piece
        for piece, is_out in zip(sheet.pieces, struck, strict=True)
    ]
    placed = [
        Placed(index, (piece.left + piece.right) / 2, piece.y - RAISED * piece.size)
        for index, piece in enumerate(pieces)
        if piece.text.strip()
    ]
    found = rows(placed, across, down)
    inside = {index for row in found for _, cell in row for index in cell}
    return sheet._replace(
        pieces=[piece for index, piece in enumerate(pieces) if index not in inside],
        rows=[[Cell(left, [pieces[index] for index in cell]) for left, cell in row] for row in found],
    )


def _is_struck(piece: Piece, across: list[Rule]) -> bool:
    """Whether a rule runs through the middle of a character, as through what a revision deleted."""
    middle, height = (piece.left + piece.right) / 2, piece.y - 0.3 * piece.size
    return bool(piece.text.strip()) and any(
        rule.start - 1 <= middle <= rule.end + 1 and abs(rule.at - height) < 0.12 * piece.size
        for rule in across
    )


def _warnings(seen: _Seen, document: pdfium.PdfDocument) -> list[str]:
    warnings = []
    if seen.scanned:
        doubts = f"，其中{seen.doubtful}处没有把握" if seen.doubtful else ""
        pages = "全文" if len(seen.scanned) == len(document) else _listed(seen.scanned)
        warnings.append(f"{pages}是扫描件，文字由文字识别（OCR）得出{doubts}，可能有错字，请对照原件核对。")
    if seen.empty:
        warnings.append(f"{_listed(seen.empty)}没有文字（空白页或扫描图片），未读取。请对照原件核对。")
    if seen.unreadable:
        warnings.append(f"{_listed(seen.unreadable)}已损坏，未读取。请对照原件核对。")
    if seen.broken:
        warnings.append(f"有{seen.broken}个字没有文字编码，可能显示为乱码，请对照原件核对。")
    if seen.struck:
        warnings.append(f"有带删除线的文字，已去掉：“{seen.struck[0][1][:30]}”。请确认是定稿。")
    if seen.slanted:
        warnings.append(f"有{seen.slanted}个斜排或旋转的字（多为水印）未读取。")
    if raw.FPDFDoc_GetAttachmentCount(document) > 0:
        warnings.append("PDF 里嵌有其他文件，未读取。请把其中的内容另行上传。")
    return warnings


def _listed(pages: list[int]) -> str:
    """“第3、5页”, shortened when there are many."""
    shown = "、".join(map(str, pages[:10]))
    return f"第{shown}页" + (f"等{len(pages)}页" if len(pages) > 10 else "")
