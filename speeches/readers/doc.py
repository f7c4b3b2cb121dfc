"""Word documents of 1997–2003 (.doc) and those of WPS (.wps), which are the same inside.

msdoc2docx turns them into .docx, whose reader then sees numbering, revisions and tables. It works on files,
so the child process gets a folder to itself; see `sandbox`.
"""

from collections.abc import Callable
from pathlib import Path

from doc2docx import ConversionResult, convert
from doc2docx.errors import EncryptedDocumentError, InvalidWordDocument
from doc2docx.msdoc import formatting
from doc2docx.msdoc.sprm import PropertyModifier, parse_grpprl

from speeches.readers import doc_text, docx
from speeches.readers.types import ReadRefused, ReadText, read_text

_BOXES_LOST = "MAIN_TEXTBOX_TABLE_MALFORMED"
_OBJECT = "\ufffc"
_BROKEN = "文档已损坏，或者是过旧的 Word 格式，读不出来。请用 Word 或 WPS 打开后另存为 .docx，再重新上传。"
_LOCKED = "文件加了打开密码，读不出内容。请去掉密码，另存后再上传。"
_BARE = (
    "这份旧格式文档的排版没有完全读懂：文字已全部读入，但自动编号、修订痕迹可能丢失。请对照原件核对，"
    "或用 Word、WPS 另存为 .docx 后再上传。"
)
_MACROS = "_VBA_PROJECT".encode("utf-16-le")


def read(content: bytes, folder: Path) -> ReadText:
    """The text of a .doc or .wps; `folder` is an empty one of our own, for what the converter writes."""
    source, target = folder / "source.doc", folder / "target.docx"
    source.write_bytes(content)
    result = _tried(lambda: convert(source, target, limits=doc_text.LIMITS))
    if result is None:
        return _plain(content)
    read = docx.read(target.read_bytes())
    boxes: list[str] = []
    if any(diagnostic.code == _BOXES_LOST for diagnostic in result.report.diagnostics):
        boxes = doc_text.boxes(content)
    paragraphs = _with_boxes(read.paragraphs, boxes)
    warnings = [line for line in read.warnings if "图片" not in line] + _warnings(content, result, boxes)
    return read_text(paragraphs, "doc", warnings)


def _tried(step: Callable[[], ConversionResult]) -> ConversionResult | None:
    try:
        return step()
    except EncryptedDocumentError as error:
        raise ReadRefused(_LOCKED) from error
    except doc_text.FAILURES:
        return None


def _plain(content: bytes) -> ReadText:
    """The bare text of a document whose formats the converter cannot follow."""
    lines = [*doc_text.body(content), *doc_text.boxes(content)]
    text = "".join(lines)
    if not text or sum(char.isprintable() and char != "\ufffd" for char in text) < 0.98 * len(text):
        raise ReadRefused(_BROKEN)
    return read_text(lines, "doc", [_BARE])


def _unpadded(
    data: bytes, *, label: str, allow_trailing_zero_padding: bool = False
) -> tuple[PropertyModifier, ...]:
    """As the converter reads properties, but the odd byte at the end is padding whatever it holds.

    LibreOffice leaves rubbish in it, and Word does not mind.
    """
    read: tuple[PropertyModifier, ...]
    try:
        read = parse_grpprl(data, label=label, allow_trailing_zero_padding=allow_trailing_zero_padding)
    except InvalidWordDocument:
        if not (allow_trailing_zero_padding and data and data[-1]):
            raise
        read = parse_grpprl(data[:-1], label=label)
    return read


formatting.parse_grpprl = _unpadded


def _with_boxes(paragraphs: tuple[str, ...], boxes: list[str]) -> list[str]:
    """The boxes where the first drawing is anchored, or at the end; signs for objects are not text."""
    kept: list[str] = []
    waiting = boxes
    for line in paragraphs:
        text = line.replace(_OBJECT, "").strip()
        if text:
            kept.append(text)
        if _OBJECT in line:
            kept += waiting
            waiting = []
    return kept + waiting


def _warnings(content: bytes, result: ConversionResult, boxes: list[str]) -> list[str]:
    pictures = len(result.document.pictures)
    return [
        *([f"文档里有{pictures}张图片，图片中的文字没有读取。"] if pictures else []),
        *(["文本框中的文字已读入，位置可能与原件不同，请对照核对。"] if boxes else []),
        *(["文档带有宏，宏没有运行，也不会保存运行结果。"] if _MACROS in content else []),
    ]
