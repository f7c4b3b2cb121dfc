"""What reading a file gives, how it refuses, and the limits it keeps."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

MAX_UPLOAD = 20 * 1024 * 1024  # bytes of the file as it comes
MAX_UNPACKED = 50 * 1024 * 1024  # bytes read out of a packed file, counted while reading
MAX_ENTRIES = 2000  # files inside a packed file
MAX_CHARACTERS = 1_000_000  # of the text: some 600 pages
MAX_LINES = 50_000  # paragraphs and table rows
MAX_LEFT = 2000  # lines left out that are kept for showing
_UNSTORABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


Told = Callable[[int, int], None]  # pages read, pages in all


def untold(done: int, total: int) -> None:
    """Nobody waits for the pages."""


class ReadRefused(Exception):
    """The file cannot be read; `message` says in Chinese what it is and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class BundleRefused(ReadRefused):
    """The file is a zip of other files: `bundle` gives those, no reader does."""


class Left(NamedTuple):
    """A line that a reader took for the frame around the document: it stands before paragraph `before`."""

    before: int  # an index of `paragraphs`, or their number for what stands behind the last
    text: str
    reason: str  # in Chinese, one word for a kind: 页眉页脚, 网站导航 …
    page: int = 0  # from 1; 0 where a format knows no pages


@dataclass(frozen=True, slots=True)
class ReadText:
    """Paragraphs in reading order; `text` is the same joined by line breaks. `kind` is the format read.

    `pages` holds the page each paragraph begins on, from 1, and is empty where a format knows no pages.
    `left` is what is no part of the document by the reader's lights, in order; a clerk may think otherwise.
    """

    paragraphs: tuple[str, ...]
    text: str
    kind: str
    warnings: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
    left: tuple[Left, ...] = ()

    @property
    def left_out(self) -> tuple[str, ...]:
        """The words of `left`."""
        return tuple(line.text for line in self.left)

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        """Of each paragraph: its page (0 where there are none) and its number there; a blank one has that of
        the paragraph before."""
        counts: Counter[int] = Counter()
        places: list[tuple[int, int]] = []
        for index, text in enumerate(self.paragraphs):
            page = self.pages[index] if self.pages else 0
            counts[page] += bool(text.strip())
            places.append((page, counts[page]))
        return tuple(places)

    def place(self, index: int) -> str:
        """Where the paragraph of that index stands in the original, in Chinese: “第3页第2段”, or “第12段”."""
        return place_words(*self.places[index])


def place_words(page: int, number: int) -> str:
    return f"第{page}页第{number}段" if page else f"第{number}段"


def bounded(lines: Iterable[str]) -> Iterator[str]:
    """`lines` as they come, refused as soon as they are more than any document has."""
    size = 0
    for number, line in enumerate(lines):
        size += len(line)
        if number >= MAX_LINES or size > MAX_CHARACTERS:
            most = f"{MAX_LINES}段或{MAX_CHARACTERS // 10000}万字的上限"
            raise ReadRefused(f"文件超过{most}，不像一篇讲话稿，请拆开后分别上传。")
        yield line


def read_text(
    paragraphs: Iterable[str],
    kind: str,
    warnings: Iterable[str],
    pages: Sequence[int] = (),
    left: Iterable[Left] = (),
) -> ReadText:
    """A `ReadText`; refused when it is too long to be one document. What no database takes is dropped."""
    kept = tuple(bounded(_UNSTORABLE.sub("", line) for line in paragraphs))
    beside = (line._replace(text=_UNSTORABLE.sub("", line.text).replace("\n", " ").strip()) for line in left)
    shown = tuple(line for line in beside if line.text)[:MAX_LEFT]
    return ReadText(kept, "\n".join(kept), kind, tuple(warnings), tuple(pages), shown)
