"""A text as it was read, with what the reader left out put back where it stood, and told apart."""

from collections.abc import Iterator
from typing import NamedTuple

from speeches.readers.types import Left, ReadText

Source = tuple[int, int, int]  # first character, page (0: none), number of the paragraph on it
Frame = tuple[int, int, str]  # first character and the one behind the last, and why it was left out


class Woven(NamedTuple):
    """Every line of a file. Plain numbers and words, to be stored as JSON."""

    text: str
    sources: list[Source]  # of each line, in order
    frames: list[Frame]  # the lines that are no part of the document by the reader's lights


def woven(read: ReadText) -> Woven:
    """The lines of `read` and between them those that it left out, which are not counted as paragraphs."""
    lines: list[str] = []
    sources: list[Source] = []
    frames: list[Frame] = []
    at = 0
    for text, page, number, reason in _lines(read):
        lines.append(text)
        sources.append((at, page, number))
        if reason:
            frames.append((at, at + len(text), reason))
        at += len(text) + 1
    return Woven("\n".join(lines), sources, frames)


def _lines(read: ReadText) -> Iterator[tuple[str, int, int, str]]:
    left = sorted(read.left, key=lambda line: line.before)
    page, number = 0, 0
    for index, (text, place) in enumerate(zip(read.paragraphs, read.places, strict=True)):
        while left and left[0].before <= index:
            yield _beside(left.pop(0), page, number, place)
        page, number = place
        yield text, page, number, ""
    for line in left:
        yield _beside(line, page, number, (page, number))


def _beside(line: Left, page: int, number: int, following: tuple[int, int]) -> tuple[str, int, int, str]:
    """With the place of a paragraph next to it on its page: the one before, else the one behind."""
    if line.page and page != line.page:
        page, number = line.page, following[1] if following[0] == line.page else 1
    return line.text, page, max(number, 1), line.reason
