"""The text of a Word 97–2003 document straight from its pieces (MS-DOC 2.4.1): no numbers, no formats."""

import re
import struct
from collections.abc import Callable

from doc2docx.cfb import CompoundFile, CompoundFileLimits
from doc2docx.diagnostics import ConversionReport
from doc2docx.errors import Doc2DocxError
from doc2docx.msdoc import FileInformationBlock, read_piece_table
from doc2docx.msdoc.fib import FibBase

from speeches.readers.types import MAX_UNPACKED

LIMITS = CompoundFileLimits(
    max_input_bytes=MAX_UNPACKED, max_stream_bytes=MAX_UNPACKED, max_directory_entries=20_000
)
# The library checks its bounds, but a hostile file finds its way past some of the checks.
FAILURES = (
    Doc2DocxError, ArithmeticError, AssertionError, AttributeError, LookupError, OSError, RecursionError,
    TypeError, ValueError, struct.error,
)  # fmt: skip
Story = Callable[[FileInformationBlock], tuple[int, int]]  # its first character and its length
_FIELD_CODE = re.compile(r"\x13[^\x13\x14\x15]*(?:\x14|(?=\x15))")
_CONTROLS = re.compile(r"[\x00-\x1f\ufffc]")


def body(content: bytes) -> list[str]:
    """The paragraphs of the main text, a row of a table as one; empty when it cannot be found."""
    return _lines(_story(content, lambda fib: (0, fib.ccp_text)))


def boxes(content: bytes) -> list[str]:
    """The paragraphs of all text boxes, which stand after the main text in the stream (MS-DOC 2.3.5)."""
    return _lines(_story(content, lambda fib: (fib.textbox_story_cp_start, fib.ccp_textboxes)))


def _story(content: bytes, story: Story) -> str:
    try:
        compound = CompoundFile(content, limits=LIMITS)
        stream = compound.open_stream("WordDocument")
        table = compound.open_stream(FibBase.parse(stream).table_stream_name)
        fib = FileInformationBlock.parse(stream)
        report = ConversionReport("")
        pieces = read_piece_table(table, stream, fc_clx=fib.clx.fc, lcb_clx=fib.clx.lcb, report=report)
        start, length = story(fib)
        text: str = pieces.extract(start, start + length, report, story="text")
    except FAILURES:
        return ""
    return text


def _lines(text: str) -> list[str]:
    shown = _FIELD_CODE.sub("", text).replace("\x07\x07", "\r").replace("\x07", " ").replace("\x1e", "-")
    lines = re.split(r"[\r\n\x0b\x0c]", shown)
    return [kept for line in lines if (kept := _CONTROLS.sub("", line).strip())]
