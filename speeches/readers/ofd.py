"""OFD (GB/T 33190), the national page format: runs of text with their places by ofdkit, joined as PDF is."""

import re

import ofdkit
from ofdkit import OFDDocument
from ofdkit.errors import OFDError, OFDLimitError

from speeches.readers.glyphs import mended
from speeches.readers.joining import paragraphs
from speeches.readers.packed import Packed
from speeches.readers.pieces import Piece, Sheet
from speeches.readers.types import ReadRefused, ReadText, Told, read_text, untold

MAX_PAGES = 1000
_BROKEN = "OFD 文件已损坏，读不出来。请用 OFD 阅读器或 WPS 打开后另存，或者复制全文，粘贴上传。"
_DTD = "OFD 文件里夹带了不应有的定义（DTD），可能是恶意文件，已拒绝读取。请向来文单位核实，或直接粘贴全文。"
_LOCKED = "OFD 文件加了密码或加密，读不出内容。请去掉加密，另存后再上传。"
_SCAN = (
    "这个 OFD 是扫描件，没有文字层，只有图片。请先用 OFD 阅读器或 WPS 做文字识别（OCR），"
    "校对后再上传，或者把识别出的文字粘贴上传。"
)
_DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


def read(content: bytes, *, told: Told = untold) -> ReadText:
    """The text of an OFD. Raises ReadRefused for a scan, a locked, hostile or broken one."""
    _check(Packed(content))
    try:
        with ofdkit.open(content) as document:
            return _text_of(document, told)
    except OFDLimitError as error:
        raise ReadRefused(_DTD if "DTD" in str(error) else _BROKEN) from error
    except (OFDError, RecursionError, LookupError, ValueError, ArithmeticError) as error:
        raise ReadRefused(_BROKEN) from error


def _check(packed: Packed) -> None:
    """Unpack every part of text once under our own limits, which count all parts together."""
    for name in packed.names():
        lower = name.lower()
        if lower.endswith(("encryptions.xml", "entries.xml")):
            raise ReadRefused(_LOCKED)
        if lower.endswith(".xml") and _DOCTYPE.search(packed.read(name) or b""):
            raise ReadRefused(_DTD)


def _text_of(document: OFDDocument, told: Told) -> ReadText:
    if len(document.pages) > MAX_PAGES:
        raise ReadRefused(f"OFD 有{len(document.pages)}页，超过{MAX_PAGES}页的上限，请拆开后分别上传。")
    sheets: list[Sheet] = []
    lost: list[int] = []
    for number, page in enumerate(document.pages, 1):
        try:
            pieces = [
                Piece(run.x, run.x + run.width, run.y, run.size or 1.0, run.text)
                for run in page.runs
                if run.text.strip()
            ]
            sheets.append(Sheet(page.width, page.height, pieces))
        except OFDError:
            lost.append(number)
            sheets.append(Sheet(1.0, 1.0, ()))
        told(number, len(document.pages))
    joined = paragraphs(sheets)
    if not joined.texts:
        raise ReadRefused(_BROKEN if lost else _SCAN)
    warnings = [*_warnings(sheets, lost), *joined.warnings()]
    return read_text(
        map(mended, joined.texts),
        "ofd",
        warnings,
        joined.pages,
        [line._replace(text=mended(line.text)) for line in joined.left],
    )


def _warnings(sheets: list[Sheet], lost: list[int]) -> list[str]:
    empty = [number for number, sheet in enumerate(sheets, 1) if not sheet.pieces and number not in lost]
    return [
        *([f"第{'、'.join(map(str, lost[:10]))}页已损坏，未读取。请对照原件核对。"] if lost else []),
        *(
            [f"第{'、'.join(map(str, empty[:10]))}页没有文字（空白页或扫描图片），未读取。请对照原件核对。"]
            if empty
            else []
        ),
    ]
