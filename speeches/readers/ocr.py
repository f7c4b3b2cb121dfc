"""Scanned pages recognised by tesseract, where the office has it: a picture in, words with places out.

Called by its command line, which is all that wrappers do too; the picture goes in and the words come out
through pipes, so that nothing is written to the disk.
"""

import statistics
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2 as pdfium

from speeches.readers.pieces import Piece, Sheet
from speeches.readers.types import ReadRefused

MOST_PAGES = 60  # of one file: some four seconds each
SECONDS = 60  # for a page
_DOTS = 300  # to the inch
_MOST_DOTS = 20_000_000  # of a page
_POINTS = 72
_SURE = 60.0  # per cent: a word below is counted as doubtful
_USUAL = 0.25  # by which the height of a line may differ from the others of its page and still be theirs
_WORD = 5  # the level of words in tesseract's table
_MISSING = (
    "这是扫描件，服务器上的文字识别程序没有装好（OCR_PROGRAM、OCR_LANGUAGES），读不出文字。"
    "请系统管理员检查；急用时请自行做文字识别后粘贴上传。"
)


class Ocr(NamedTuple):
    """The program and its languages, as the office has set them."""

    program: str
    languages: str


class Recognised(NamedTuple):
    """A page as read, and how many of its words are not sure."""

    sheet: Sheet
    doubtful: int


class Word(NamedTuple):
    """In dots from the top left corner."""

    line: tuple[str, str, str]  # block, paragraph, line
    left: float
    top: float
    width: float
    height: float
    sureness: float
    text: str


def recognised(page: pdfium.PdfPage, ocr: Ocr) -> Recognised:
    """The words of a picture of the page. Raises ReadRefused when the program is not there or fails."""
    width, height = page.get_size()
    scale = min(_DOTS / _POINTS, (_MOST_DOTS / max(width * height, 1.0)) ** 0.5)
    words = list(_words(_asked(_picture(page, scale), ocr)))
    return Recognised(
        Sheet(width, height, list(_pieces(words, scale))), sum(w.sureness < _SURE for w in words)
    )


def _picture(page: pdfium.PdfPage, scale: float) -> bytes:
    """The page in shades of grey as a PGM."""
    bitmap = page.render(scale=scale, grayscale=True)
    rows = bytes(bitmap.buffer)
    size = f"P5\n{bitmap.width} {bitmap.height}\n255\n".encode()
    if bitmap.stride != bitmap.width:
        starts = range(0, bitmap.stride * bitmap.height, bitmap.stride)
        rows = b"".join(rows[start : start + bitmap.width] for start in starts)
    bitmap.close()
    return size + rows


def _asked(picture: bytes, ocr: Ocr) -> str:
    words = [ocr.program, "stdin", "stdout", "-l", ocr.languages, "--dpi", str(_DOTS), "--psm", "3", "tsv"]
    try:
        done = subprocess.run(
            words, input=picture, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ReadRefused(_MISSING) from error
    if done.returncode:
        raise ReadRefused(_MISSING)
    return done.stdout.decode("utf-8", "replace")


def _words(table: str) -> Iterator[Word]:
    """level page block paragraph line word left top width height confidence text, parted by tabs."""
    for row in table.split("\n")[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != str(_WORD) or not cells[11].strip():
            continue
        try:
            left, top, width, height, sureness = map(float, cells[6:11])
        except ValueError:
            continue
        yield Word((cells[2], cells[3], cells[4]), left, top, width, height, sureness, cells[11].strip())


def _pieces(words: list[Word], scale: float) -> Iterator[Piece]:
    """Each word on the baseline of its line; lines of about the usual height have just that."""
    lines: dict[tuple[str, str, str], list[Word]] = defaultdict(list)
    for word in words:
        lines[word.line].append(word)
    heights = {line: max(word.height for word in there) for line, there in lines.items()}
    usual = statistics.median(heights.values()) if heights else 1.0
    for line, there in lines.items():
        size = usual if abs(heights[line] - usual) <= _USUAL * usual else heights[line]
        foot = statistics.median(word.top + word.height for word in there)
        for word in there:
            yield Piece(
                word.left / scale, (word.left + word.width) / scale, foot / scale, size / scale, word.text
            )
