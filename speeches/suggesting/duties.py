"""The usual duties of a department, told by its name, for an office that has written none itself."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("duties.txt")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of department: words of its name, and what it usually does."""

    words: tuple[str, ...]
    duties: str


@cache
def kinds() -> tuple[Kind, ...]:
    """The blocks of `duties.txt`."""
    lines = [line for line in _FILE.read_text("utf-8").splitlines() if not line.startswith("#")]
    blocks = re.split(r"^= ", "\n".join(lines), flags=re.MULTILINE)[1:]
    parts = [block.partition("\n") for block in blocks]
    return tuple(Kind(tuple(head.split()), duties.strip()) for head, _, duties in parts)


def usual_duties(*names: str) -> str:
    """The duties of the kind whose word is the longest in any of `names`; empty where none is.

    >>> "粮食生产" in usual_duties("澜江市农业农村局")
    True
    """
    kind = _kind_of(names)
    return kind.duties if kind else ""


def _kind_of(names: tuple[str, ...]) -> Kind | None:
    plain = [name.replace("人民政府", "") for name in names]  # of a town: no 民政 in it
    found = [(len(word), kind) for kind in kinds() for word in kind.words if any(word in n for n in plain)]
    return max(found, key=lambda pair: pair[0])[1] if found else None
