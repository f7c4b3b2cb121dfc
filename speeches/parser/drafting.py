"""Clauses → drafts: one party (or set), one matter, one stretch of text."""

import re
from dataclasses import dataclass, field

from .organs import Party
from .reading import Reading
from .roles import roles_of
from .sentences import Stretch
from .types import Role

_CONTINUES = re.compile(
    r"(?:力争|确保|争取|务求|该项|此项|这项|上述工作|以上工作|尤其|特别是|其中|对(?:于)?(?:已|年底|需要|属于|符合|不|能|未|确)[^，]{0,24}的)"
)
# 形成A牵头、B配合的机制: who does what in it is part of the same matter
_FORMS = re.compile("(?:形成|建立|构建|健全|完善)(?:(?!机制|格局|体系)[^，])*(?:，(?:(?!机制|格局|体系)[^，])*){0,3}$")


@dataclass(slots=True)
class Draft:
    """A candidate: `[start, end)` of the text, its parties with roles, and what speaks for it."""

    start: int
    end: int
    stretch: int
    line: int
    parties: list[tuple[Party, Role]] = field(default_factory=list)
    strength: str = ""
    is_led: bool = False  # the first clause asks or acts, no other subject stands before it
    inherited: bool = False
    stretch_end: int = -1  # the last stretch merged into it
    weight: float = 0.0
    rules: list[str] = field(default_factory=list)

    @property
    def is_named(self) -> bool:
        return any(party.kind == "named" for party, _ in self.parties)


def drafts_of(text: str, number: int, stretch: Stretch, readings: list[Reading]) -> list[Draft]:
    """The drafts of one stretch, in order; clauses that only lead in belong to none."""
    made: list[Draft] = []
    pending = -1  # where an object or a time stands that the next clause may own
    for reading in readings:
        current = made[-1] if made else None
        if reading.is_fresh:
            pending = -1
        if reading.kind == "party":
            roles = roles_of(text, reading)
            if current and _joins(text, current, reading, roles):
                current.parties += roles
                current.end = reading.clause.end
            else:
                start = pending if pending >= 0 else reading.at
                if current and pending >= 0:
                    current.end = _before(text, pending)
                made.append(
                    Draft(start, reading.clause.end, number, stretch.line, roles, reading.strength, is_led=True)
                )
                made[-1].rules.append(f"party:{reading.strength}")
            pending = -1
        elif reading.kind in {"object", "time"}:
            if current:
                current.end = reading.clause.end
            if pending < 0:
                pending = reading.at
        elif current:
            current.end = reading.clause.end
            pending = -1
        elif reading.kind in {"ask", "act"}:
            start = pending if pending >= 0 else reading.at
            made.append(Draft(start, reading.clause.end, number, stretch.line))
            made[-1].strength = "modal" if reading.kind == "ask" else ""
            made[-1].is_led = reading is readings[0] or all(r.kind != "party" for r in readings)
            made[-1].rules.append(reading.kind)
            pending = -1
        else:
            pending = -1
    if made:
        made[-1].end = max(made[-1].end, made[-1].start)
    for draft in made:
        draft.stretch_end = number
    return [draft for draft in made if draft.end > draft.start]


def _before(text: str, at: int) -> int:
    while at > 0 and text[at - 1] in "，： ":
        at -= 1
    return at


def _joins(text: str, current: Draft, reading: Reading, roles: list[tuple[Party, Role]]) -> bool:
    """请A牵头,B配合,……: a clause that only gives a role belongs to what it is a role in."""
    only_roles = {role for _, role in roles}
    is_short = reading.clause.end - reading.after <= 10
    if current.strength == "role" and current.end - current.start <= 60 and "，" not in text[current.start : current.end]:
        return True
    if reading.strength == "role" and _FORMS.search(text[current.start : current.end]):
        return True
    if not current.parties:
        return reading.strength == "by" and text[current.end : reading.clause.start].strip("，") == ""
    return reading.strength == "role" and is_short and only_roles == {"co"}


def continues(text: str, stretch: Stretch) -> bool:
    """力争…, 该项工作…: the sentence goes on with the matter of the one before."""
    return _CONTINUES.match(text, stretch.start, stretch.end) is not None
