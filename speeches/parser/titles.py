"""A short name for the ledger, made of words of the quote."""

import re

from .drafting import Draft
from .organs import MODAL

LONGEST = 40
_SHORT = 8
_LEAD = re.compile(rf"^[，\s]*(?:(?:也|还|都|均|更|再|同样|一定)*(?:{MODAL}))?[，\s]*")
_MARKS = "，；：。、 "


def title_of(raw: str, draft: Draft) -> str:
    """The first clause behind the parties and the 要; the next one too when it is very short."""
    at = max(
        (party.end for party, _ in draft.parties if draft.start <= party.end <= draft.end),
        default=draft.start,
    )
    first_stop = _stop(raw, draft.start, draft.end)
    rest = raw[at if at <= first_stop + LONGEST else draft.start : draft.end]
    rest = rest[_LEAD.match(rest).end() :].lstrip("," + _MARKS)  # type: ignore[union-attr]
    if not rest:
        rest = raw[draft.start : draft.end]
    return _cut(rest)


def _stop(raw: str, start: int, end: int) -> int:
    found = re.compile("[,，；;：:。]").search(raw, start, end)
    return found.start() if found else end


def _cut(words: str) -> str:
    parts = re.split(r"[,，；;：:。\n]", words)
    title = parts[0]
    for part in parts[1:]:
        if len(title) >= _SHORT or len(title) + 1 + len(part) > LONGEST:
            break
        title = words[: len(title) + 1 + len(part)]
    return title[:LONGEST].strip("," + _MARKS)
