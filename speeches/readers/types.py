"""What reading a file gives, how it refuses, and the limits it keeps."""

from dataclasses import dataclass

MAX_UPLOAD = 20 * 1024 * 1024  # bytes of the file as it comes
MAX_UNPACKED = 50 * 1024 * 1024  # bytes read out of a packed file, counted while reading
MAX_ENTRIES = 2000  # files inside a packed file
MAX_CHARACTERS = 1_000_000  # of the text: some 600 pages


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


def read_text(paragraphs: list[str], kind: str, warnings: list[str]) -> ReadText:
    """A `ReadText`; refused when it is too long to be one document."""
    text = "\n".join(paragraphs)
    if len(text) > MAX_CHARACTERS:
        raise ReadRefused(
            f"文件有{len(text)}字，超过一次{MAX_CHARACTERS // 10000}万字的上限，请拆开后分别上传。"
        )
    return ReadText(tuple(paragraphs), text, kind, tuple(warnings))
