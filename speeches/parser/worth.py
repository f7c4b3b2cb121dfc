"""Is it a task? The striking-off test: could somebody ask in some weeks whether it was done, and tell from evidence."""

import re
from dataclasses import dataclass

from .drafting import Draft
from .reading import PAST
from .wordlists import listed

_ATTITUDE = re.compile(listed("attitude"))
_ARTIFACT = re.compile(listed("artifacts"))
_WORK = re.compile(listed("works"))
_SANCTION = re.compile(listed("sanctions"))
_NAMED_THING = re.compile(r"“[^“”]{2,24}”|《[^《》]{2,60}》")
_DIRECTION = re.compile(r"(?:大力|着力|不断|努力|奋力|切实|持续)(?:发展|提升|提高|推动|促进|增强|改善|扩大|壮大|优化)")
_RESULT = re.compile("确保|力争|争取")
_COMMA = re.compile("，")


@dataclass(slots=True)
class Evidence:
    """Counts that speak for and against; times and targets are counted by the caller."""

    artifacts: int = 0
    works: int = 0
    things: int = 0
    sanctions: int = 0
    directions: int = 0
    results: int = 0
    past: int = 0
    concrete_clauses: int = 0
    attitude_clauses: int = 0
    opens_with_attitude: bool = False
    length: int = 0
    deadlines: int = 0
    beats: int = 0
    targets: int = 0


def evidence_of(text: str, draft: Draft) -> Evidence:
    quote = text[draft.start : draft.end]
    seen = Evidence(
        artifacts=len(set(_ARTIFACT.findall(quote))),
        works=len(set(_WORK.findall(quote))),
        things=len(_NAMED_THING.findall(quote)),
        sanctions=len(_SANCTION.findall(quote)),
        directions=len(_DIRECTION.findall(quote)),
        results=len(_RESULT.findall(quote)),
        past=len(PAST.findall(quote)),
        length=len(quote),
    )
    for number, clause in enumerate(_COMMA.split(quote)):
        has_thing = _WORK.search(clause) or _ARTIFACT.search(clause) or _NAMED_THING.search(clause)
        if _ATTITUDE.search(clause):
            seen.attitude_clauses += 1
            seen.opens_with_attitude |= not number
        elif has_thing:
            seen.concrete_clauses += 1
    return seen


def features(draft: Draft, seen: Evidence) -> dict[str, float]:
    has_party = bool(draft.parties)
    return {
        "bias": 1.0,
        "named": float(has_party and draft.is_named and not draft.inherited),
        "collective": float(has_party and not draft.is_named and not draft.inherited),
        "inherited": float(draft.inherited),
        "soft": float(draft.strength == "soft"),
        "bare": float(not has_party and draft.strength == ""),
        "concrete": float(min(seen.concrete_clauses, 4)),
        "attitude": float(min(seen.attitude_clauses, 3)),
        "attitude_first": float(seen.opens_with_attitude),
        "attitude_first_party": float(seen.opens_with_attitude and has_party),
        "artifacts": float(min(seen.artifacts, 3)),
        "works": float(min(seen.works, 5)),
        "things": float(min(seen.things, 2)),
        "targets": float(min(seen.targets, 2)),
        "deadlines": float(min(seen.deadlines, 1)),
        "beats": float(min(seen.beats, 1)),
        "sanctions": float(min(seen.sanctions, 2)),
        "past": float(min(seen.past, 2)),
        "length": min(seen.length, 200) / 50,
        "directions": float(min(seen.directions, 2)),
        "results": float(min(seen.results, 1)),
    }


# Fitted by logistic regression on annotated texts, then rounded; what is rare there (sanctions, beats) is set by hand.
WEIGHTS: dict[str, float] = {
    "bias": -1.6, "named": 1.8, "collective": 1.4, "inherited": 0.3, "soft": -1.2, "bare": -0.1, "concrete": 0.2,
    "attitude": -1.2, "attitude_first": -0.5, "attitude_first_party": 0.3, "artifacts": 0.7, "works": 0.45,
    "things": 0.0, "targets": 0.8, "deadlines": 1.2, "beats": 1.2, "sanctions": -1.2, "past": -0.6, "length": 0.1,
    "directions": -0.3, "results": 0.8,
}  # fmt: skip


def weight(draft: Draft, seen: Evidence) -> float:
    """Above 0: a task."""
    return sum(WEIGHTS[name] * value for name, value in features(draft, seen).items())
