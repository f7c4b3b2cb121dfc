"""Word documents of 1997–2003 (.doc) and those of WPS (.wps), which are the same inside.

msdoc2docx turns them into .docx, whose reader then sees numbering, revisions and tables. It works on files,
so the child process gets a folder to itself; see `sandbox`.
"""

import re
import struct
from collections.abc import Callable
from pathlib import Path

from doc2docx import ConversionResult, convert
from doc2docx.cfb import CompoundFile, CompoundFileLimits
from doc2docx.diagnostics import ConversionReport
from doc2docx.errors import Doc2DocxError, EncryptedDocumentError
from doc2docx.msdoc import FileInformationBlock, read_piece_table
from doc2docx.msdoc.fib import FibBase

from speeches.readers import docx
from speeches.readers.types import MAX_UNPACKED, ReadRefused, ReadText, read_text

_LIMITS = CompoundFileLimits(
    max_input_bytes=MAX_UNPACKED, max_stream_bytes=MAX_UNPACKED, max_directory_entries=20_000
)
# The library checks its bounds, but a hostile file finds its way past some of the checks.
_FAILURES = (
    Doc2DocxError, ArithmeticError, AssertionError, AttributeError, LookupError, OSError, RecursionError,
    TypeError, ValueError, struct.error,
)  # fmt: skip
_BOXES_LOST = "MAIN_TEXTBOX_TABLE_MALFORMED"
_OBJECT = "\ufffc"
_BROKEN = "文档已损坏，或者是过旧的 Word 格式，读不出来。请用 Word 或 WPS 打开后另存为 .docx，再重新上传。"
_LOCKED = "文件加了打开密码，读不出内容。请去掉密码，另存后再上传。"
_MACROS = "_VBA_PROJECT".encode("utf-16-le")


def read(content: bytes, folder: Path) -> ReadText:
    """The text of a .doc or .wps; `folder` is an empty one of our own, for what the converter writes."""
    source, target = folder / "source.doc", folder / "target.docx"
    source.write_bytes(content)
    result = _tried(lambda: convert(source, target, limits=_LIMITS))
    read = docx.read(target.read_bytes())
    boxes: list[str] = []
    if any(diagnostic.code == _BOXES_LOST for diagnostic in result.report.diagnostics):
        boxes = _boxes(content)
    paragraphs = _with_boxes(read.paragraphs, boxes)
    warnings = [line for line in read.warnings if "图片" not in line] + _warnings(content, result, boxes)
    return read_text(paragraphs, "doc", warnings)


def _tried(step: Callable[[], ConversionResult]) -> ConversionResult:
    try:
        return step()
    except EncryptedDocumentError as error:
        raise ReadRefused(_LOCKED) from error
    except _FAILURES as error:
        raise ReadRefused(_BROKEN) from error


def _boxes(content: bytes) -> list[str]:
    """The paragraphs of all text boxes, which stand after the main text in the stream (MS-DOC 2.3.5)."""
    try:
        compound = CompoundFile(content, limits=_LIMITS)
        stream = compound.open_stream("WordDocument")
        table = compound.open_stream(FibBase.parse(stream).table_stream_name)
        fib = FileInformationBlock.parse(stream)
        report = ConversionReport("")
        pieces = read_piece_table(table, stream, fc_clx=fib.clx.fc, lcb_clx=fib.clx.lcb, report=report)
        start = fib.textbox_story_cp_start
        text = pieces.extract(start, start + fib.ccp_textboxes, report, story="textboxes")
    except _FAILURES:
        return []
    lines = re.split(r"[\r\n\x0b\x0c\x07]", text)
    return [kept for line in lines if (kept := re.sub(r"[\x00-\x1f\ufffc]", "", line).strip())]


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
