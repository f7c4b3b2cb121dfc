"""The process that opens untrusted documents: `python -m speeches.readers.child KIND`, bytes in, JSON out.

It limits itself before the first byte is read, holds no secret, and is killed when it takes too long.
"""

import json
import resource
import sys

from speeches.readers import docx
from speeches.readers.types import ReadRefused

MEMORY = 1024**3  # bytes of address space
SECONDS = 20  # of CPU time
READERS = {"docx": docx.read}


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))


def answer(kind: str, content: bytes) -> dict[str, object]:
    try:
        read = READERS[kind](content)
    except ReadRefused as refused:
        return {"refused": refused.message}
    return {"paragraphs": read.paragraphs, "kind": read.kind, "warnings": read.warnings}


def main() -> None:
    limit()
    json.dump(answer(sys.argv[1], sys.stdin.buffer.read()), sys.stdout)


if __name__ == "__main__":
    main()
