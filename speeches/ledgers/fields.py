"""What a column of a ledger can be: its name in code, what becomes of it, and the headings people give it."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Use = Literal["item", "kept", "ours"]
KEPT = "kept"
"""The choice for a column without a field: its words go into the trail with the registration."""

_FILE = Path(__file__).with_name("columns.txt")
_ASIDE = re.compile(r"[（(\[【〔].*?[）)\]】〕]", re.DOTALL)
_NOISE = re.compile(r"[\W_]+")
_FEWEST = 3  # characters of a heading that may be found inside a longer one


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    use: Use
    label: str
    headings: tuple[str, ...]


@cache
def fields() -> dict[str, Field]:
    """Every field by its name, in the order of the ledger."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("|") for line in lines if line.strip() and not line.startswith("#")]
    return {field.name: field for field in map(_field, rows)}


def _field(row: list[str]) -> Field:
    name, use, label, headings = (part.strip() for part in row)
    return Field(name, use, label, (label, *filter(None, headings.split("、"))))  # type: ignore[arg-type]


@cache
def _by_heading() -> dict[str, str]:
    return {plain(heading): field.name for field in fields().values() for heading in field.headings}


def plain(heading: str) -> str:
    """A heading without spaces, line breaks, punctuation and what stands in brackets."""
    text = unicodedata.normalize("NFKC", heading)
    return _NOISE.sub("", _ASIDE.sub("", text)) or _NOISE.sub("", text)


def known(heading: str) -> str:
    """The field of a heading that is written so somewhere; empty for none."""
    return _by_heading().get(plain(heading), "")


@cache
def likely(heading: str) -> str:
    """The field whose longest heading ends, or else stands in, this one (2026年工作任务); empty for none."""
    text = plain(heading)
    inside = [known for known in _by_heading() if len(known) >= _FEWEST and known in text]
    if not text or len(text) > 20 or not inside:
        return ""
    return _by_heading()[max(inside, key=lambda found: (text.endswith(found), len(found)))]
