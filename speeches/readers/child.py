"""The process that opens untrusted documents: `python -m speeches.readers.child KIND`, bytes in, JSON out.

Behind KIND may follow the program and the languages for scanned pages, which take longer.

It limits itself before the first byte is read, holds no secret, and is killed when it takes too long.
"""

import json
import resource
import sys
from collections.abc import Callable, Mapping
from functools import partial

from speeches.readers import docx, html, mht, odt, ofd, pdf, rtf
from speeches.readers.ocr import Ocr
from speeches.readers.types import ReadRefused, ReadText

MEMORY = 1024**3  # bytes of address space
SECONDS = 20  # of CPU time
SCAN_SECONDS = 300  # of it, where pages are recognised; each program it starts has as much


def tell(done: int, total: int) -> None:
    """A sign of life for the parent: so many pages are read of so many."""
    sys.stderr.write(f"page {done} {total}\n")
    sys.stderr.flush()


READERS: dict[str, Callable[[bytes], ReadText]] = {
    "docx": docx.read,
    "pdf": partial(pdf.read, told=tell),
    "ofd": partial(ofd.read, told=tell),
    "odt": odt.read,
    "rtf": rtf.read,
    "html": html.read,
    "mht": mht.read,
}


def limit(*, written: int = 0, seconds: int = SECONDS) -> None:
    """Bind this process; `written` is how many bytes a file of its own may have."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (written, written))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))


def answer(
    kind: str, content: bytes, readers: Mapping[str, Callable[[bytes], ReadText]] = READERS
) -> dict[str, object]:
    """What the parent is told: the text and what goes with it, or why there is none."""
    try:
        read = readers[kind](content)
    except ReadRefused as refused:
        return {"refused": refused.message}
    return {
        "paragraphs": read.paragraphs,
        "kind": read.kind,
        "warnings": read.warnings,
        "pages": read.pages,
        "left": read.left,
    }


def main() -> None:
    kind, *scans = sys.argv[1:]
    readers = READERS
    if scans:
        readers = {**READERS, "pdf": partial(pdf.read, told=tell, ocr=Ocr(*scans))}
    limit(seconds=SCAN_SECONDS if scans else SECONDS)
    json.dump(answer(kind, sys.stdin.buffer.read(), readers), sys.stdout)


if __name__ == "__main__":
    main()
