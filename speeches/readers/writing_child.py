"""As `child`, for the formats whose library works on files: the words after the module are KIND FOLDER.

A program of its own, as that library alone takes longer to load than a document to read.
"""

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from speeches.readers import child, doc, eml, txt
from speeches.readers.types import MAX_UNPACKED, ReadText


def main() -> None:
    kind, folder = sys.argv[1], Path(sys.argv[2])
    child.limit(written=MAX_UNPACKED)
    attached: dict[str, Callable[[bytes], ReadText]] = {
        **child.READERS,
        "txt": txt.read,
        "doc": partial(doc.read, folder=folder),
    }
    readers: dict[str, Callable[[bytes], ReadText]] = {
        "doc": attached["doc"],
        "eml": partial(eml.read, readers=attached),
    }
    json.dump(child.answer(kind, sys.stdin.buffer.read(), readers), sys.stdout)


if __name__ == "__main__":
    main()
