"""Ranks departments for a requirement: duties by BM25 over character pairs, and the nearest confirmed items.

Character pairs need no segmenter and no dictionary; measured against five other ways: `shared/NLP.md` §7.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from speeches.suggesting.duties import kinds

K1 = 1.2  # BM25: how soon repeating a pair stops counting
B = 0.2  # BM25: how much a long list of duties is discounted
NEAR = 0.3  # likeness from which a confirmed item counts
PRECEDENT = 160.0  # what a confirmed item of the same words is worth; one half as like, a quarter of it
ENOUGH = 30.0  # score below which nothing is suggested: less was right in fewer than four of ten
MARGIN = 0.1  # how far, as a share of the first score, the first must be ahead of the second
_RUN = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z0-9]+")
_PHRASE = re.compile(r"[\u4e00-\u9fff]{2,12}")


@dataclass(frozen=True, slots=True)
class Precedent:
    """Confirmed before: `text` was given to the department `key`; `label` names it to a clerk."""

    key: str
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A department that might handle it; `score` orders, `reason` is for the clerk, in Chinese."""

    key: str
    score: float
    reason: str


class Index:
    """Built once for an office (some milliseconds), asked for every requirement that names nobody."""

    def __init__(self, duties: Mapping[str, str], precedents: Iterable[Precedent] = ()) -> None:
        self._pairs = {key: Counter(_pairs(text)) for key, text in duties.items() if text.strip()}
        self._phrases = {key: frozenset(_PHRASE.findall(duties[key])) for key in self._pairs}
        self._length = {key: sum(pairs.values()) for key, pairs in self._pairs.items()}
        self._usual = sum(self._length.values()) / (len(self._length) or 1) or 1.0
        usual = [
            kind.duties for kind in kinds()
        ]  # how rare a word is does not depend on how small an office is
        self._rarity = _rarities([*self._pairs.values(), *map(_pairs, usual)])
        self._phrase_rarity = _rarities([*self._phrases.values(), *map(_PHRASE.findall, usual)])
        self._precedents = [(one, frozenset(_pairs(one.text))) for one in precedents]
        self._unseen = max(self._rarity.values())

    def ranked(self, text: str, most: int = 3) -> list[Suggestion]:
        """The departments in order of likelihood, however unsure."""
        asked = frozenset(_pairs(text))
        nearest = self._nearest(asked)
        scores: dict[str, float] = {key: PRECEDENT * likeness**2 for key, (likeness, _) in nearest.items()}
        for key in self._pairs:
            scores[key] = scores.get(key, 0.0) + self._duty_score(key, asked, text)
        best = sorted(scores, key=lambda key: (-scores[key], key))[:most]
        return [
            Suggestion(key, round(scores[key], 1), self._reason(key, text, nearest))
            for key in best
            if scores[key] > 0
        ]

    def suggested(self, text: str) -> list[Suggestion]:
        """A lead and up to two more; nothing when too little speaks for the first, or as much for the second.

        Whoever follows must reach at least half the first score.
        """
        best = self.ranked(text)
        if not best or best[0].score < ENOUGH:
            return []
        if len(best) > 1 and best[0].score - best[1].score < MARGIN * best[0].score:
            return []
        return [one for one in best if one.score >= best[0].score / 2]

    def has_precedent(self, text: str) -> bool:
        """Whether a confirmed item is near enough to count."""
        return bool(self._nearest(frozenset(_pairs(text))))

    def _duty_score(self, key: str, asked: frozenset[str], text: str) -> float:
        pairs, discount = self._pairs[key], 1 - B + B * self._length[key] / self._usual
        score = 0.0
        for pair in asked & pairs.keys():
            often = pairs[pair] / discount
            score += self._rarity[pair] * often * (K1 + 1) / (often + K1)
        return score + sum(self._weight(phrase) for phrase in self._phrases[key] if phrase in text)

    def _weight(self, phrase: str) -> float:
        return self._phrase_rarity[phrase] * (len(phrase) - 1)

    def _nearest(self, asked: frozenset[str]) -> dict[str, tuple[float, Precedent]]:
        """The likest precedent of each department."""
        found: dict[str, tuple[float, Precedent]] = {}
        for precedent, pairs in self._precedents:
            likeness = self._likeness(asked, pairs)
            if likeness >= max(NEAR, found.get(precedent.key, (0.0, precedent))[0]):
                found[precedent.key] = likeness, precedent
        return found

    def _likeness(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Cosine of two sets of pairs, rare pairs counting more."""
        return self._sum(one & other) / (math.sqrt(self._sum(one) * self._sum(other)) or 1.0)

    def _sum(self, pairs: Iterable[str]) -> float:
        return sum(self._rarity.get(pair, self._unseen) ** 2 for pair in pairs)

    def _reason(self, key: str, text: str, nearest: dict[str, tuple[float, Precedent]]) -> str:
        if key in nearest:
            return f"相近的事项曾交该单位：{nearest[key][1].label}"
        found = [phrase for phrase in self._phrases.get(key, ()) if phrase in text]
        best = sorted(found, key=lambda phrase: (-self._weight(phrase), phrase))[:3]
        return f"职责中有“{'、'.join(best)}”" if best else "与该单位职责的用词相近"


def _pairs(text: str) -> list[str]:
    return [run[i : i + 2] for run in _RUN.findall(text) for i in range(len(run) - 1)]


def _rarities(documents: Iterable[Iterable[str]]) -> dict[str, float]:
    """BM25's inverse document frequency of everything that occurs."""
    listed = [set(document) for document in documents]
    counts = Counter(term for document in listed for term in document)
    return {term: math.log(1 + (len(listed) - count + 0.5) / (count + 0.5)) for term, count in counts.items()}
