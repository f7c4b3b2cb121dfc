"""What reading a file gives, how it refuses, and the limits it keeps."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MAX_UPLOAD = 20 * 1024 * 1024  # bytes of the file as it comes
MAX_UNPACKED = 50 * 1024 * 1024  # bytes read out of a packed file, counted while reading
MAX_ENTRIES = 2000  # files inside a packed file
MAX_CHARACTERS = 1_000_000  # of the text: some 600 pages
MAX_LINES = 50_000  # paragraphs and table rows


class ReadRefused(Exception):
    """The file cannot be read; `message` says in Chinese what it is and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class ReadText:
    """Paragraphs in reading order; `text` is the same joined by line breaks. `kind` is the format read."""

    paragraphs: tuple[str, ...]
    text: str
    kind: str
    warnings: tuple[str, ...] = ()


def bounded(lines: Iterable[str]) -> Iterator[str]:
    """`lines` as they come, refused as soon as they are more than any document has."""
    size = 0
    for number, line in enumerate(lines):
        size += len(line)
        if number >= MAX_LINES or size > MAX_CHARACTERS:
            most = f"{MAX_LINES}段或{MAX_CHARACTERS // 10000}万字的上限"
            raise ReadRefused(f"文件超过{most}，不像一篇讲话稿，请拆开后分别上传。")
        yield line


def read_text(paragraphs: list[str], kind: str, warnings: list[str]) -> ReadText:
    """A `ReadText`; refused when it is too long to be one document."""
    kept = tuple(bounded(paragraphs))
    return ReadText(kept, "\n".join(kept), kind, tuple(warnings))
