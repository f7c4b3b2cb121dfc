"""A short name for the ledger, made of words of the quote: what is to be done, and to what."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import inf

from .drafting import Draft
from .openings import Opening
from .rating import STARTS_COUNTED, is_matter, most, rate
from .trimming import FEWEST, MARKS, behind_parties, trimmed, without_modal
from .types import Span
from .wordlists import firsts, listed

LONGEST = 40
_BARE_VERB = 4  # characters of a verb that says nothing without what it is done to: 动态清零
_SHORT = 8
_MOST_CLAUSES = 12  # what a duty is about stands near its front
_CLAUSE = re.compile(r"[^，；：。\n\t]{1,120}")
_MANNER = listed("manners", "adverbs", "empty")
_MANNER_ALONE = Opening(firsts("manners", "adverbs", "empty"), rf"(?:{_MANNER})(?:[、，]?(?:{_MANNER}))*\Z")
# Words that say only in what role: 配合; 具体负责; 带队
_ROLE_ALONE = Opening(
    "统具共分各全积主做按总自牵负配协参带跟组会抓",
    r"(?:统一|具体|共同|分别|各自|全力|积极|主动|做好|按(?:照)?(?:职责|产权|分工|权限)+(?:分工)?|总|自己|自行)*(?:牵头|负责|配合|协助|协同|参与|参加|带队|跟进|组织|会同|负总责|牵个头|牵好头|抓总)(?:负责|配合|落实|组织)?\Z",
)
_NOTE = re.compile(
    r"[（(](?=[^（）()]{0,60}(?:牵头|责任|配合|负责|参与|主办|承办|时限))|(?:牵头|责任|配合|主办|承办|协办)(?:单位|部门|领导|人)[：:]"
)
_BREAK = re.compile("[、，]|和|及|与")


@dataclass(slots=True)
class _Candidate:
    """A clause without its party, its time and its 要; `spans` are its words, in order."""

    spans: list[Span]
    read: str  # the words as the rules read them
    score: float

    @property
    def is_topic(self) -> bool:
        """An object set before the verb."""
        return is_matter(self.read)

    def words(self, raw: str) -> str:
        return "".join(raw[span.start : span.end] for span in self.spans)


def title_of(raw: str, text: str, draft: Draft) -> str:
    """The clause with the most to show, as a verb and its object; the next one too when it is very short.

    `text` is `raw` as the rules read it, character for character.
    """
    start, end = max(draft.start, draft.body), _end(text, draft)
    found = _candidates(text, draft, start, end)
    rated = [one for one in found if one is not None]
    if not rated:
        return _cut(raw[behind_parties(text, draft, Span(start, end))[0] : end].lstrip(MARKS + "请要"))
    best = max(rated, key=lambda one: one.score)
    words = _with_topic(raw, best, found) or _with_next(raw, text, best, found)
    if STARTS_COUNTED.match(words):
        # 汛期实行领导干部|24小时带班: what seemed the party is part of the duty
        opens = max(text.rfind(mark, start, best.spans[0].start) for mark in "，；：。") + 1
        words = raw[trimmed(text, draft, max(opens, start), end) : best.spans[-1].end]
    return _cut(words) if len(words) >= _SHORT else _cut(words) + _rhythm(raw, text, draft, best)


def _candidates(text: str, draft: Draft, start: int, end: int) -> list[_Candidate | None]:
    """The clauses in order, up to one behind the last that could be the best."""
    found: list[_Candidate | None] = []
    best = -inf
    is_beaten = False
    for number, clause in enumerate(_clauses(text, start, end)):
        if is_beaten:
            break
        is_beaten = best >= most(draft) - 0.5 * min(number, 5)
        one = _candidate(text, draft, number, clause)
        best = max(best, one.score if one else -inf)
        found.append(one)
    return found


def _rhythm(raw: str, text: str, draft: Draft, best: _Candidate) -> str:
    """通报一次（每半月）: of a very short title, how often is half of what it says."""
    opens = max(text.rfind(mark, draft.start, best.spans[0].start) for mark in "，；：。") + 1
    beats = [beat for beat in draft.own.recurrences if opens <= beat.span.start < best.spans[0].start]
    return f"（{raw[beats[0].span.start : beats[0].span.end]}）" if beats else ""


def _with_topic(raw: str, best: _Candidate, found: list[_Candidate | None]) -> str:
    """对逃废债务的企业，…依法追缴 → 对逃废债务的企业追缴: two characters alone name nothing."""
    words = best.words(raw)
    place = found.index(best)
    before = [one for one in found[:place] if one is not None]
    topics = [one for one in before if one.is_topic][-1:] if len(words) <= _BARE_VERB else []
    if not topics:
        return ""
    joined = topics[0].words(raw) + words
    return joined if len(joined) <= LONGEST else ""


def _with_next(raw: str, text: str, best: _Candidate, found: list[_Candidate | None]) -> str:
    words = best.words(raw)
    place = found.index(best)
    after = found[place + 1] if place + 1 < len(found) else None
    if len(words) >= _SHORT or after is None or len(after.spans) > 1 or after.score < 0:
        return words
    between = text[best.spans[-1].end : after.spans[0].start]
    is_next = between == "，" and len(words) + 1 + len(after.words(raw)) <= LONGEST
    return words + raw[best.spans[-1].end : after.spans[0].end] if is_next else words


def _end(text: str, draft: Draft) -> int:
    """Before the duty note, or behind the cell of the table that holds the task."""
    if "table" in draft.rules:
        cell = re.compile(r"\s").search(text, draft.body, draft.end)
        return cell.start() if cell else draft.end
    return _before_note(text, draft) if draft.strength == "note" else draft.end


def _before_note(text: str, draft: Draft) -> int:
    """（牵头单位：…）, 责任单位：…, or a bracket with nothing but names."""
    from_ = max(draft.start, draft.body) + FEWEST
    note = _NOTE.search(text, from_, draft.end)
    noted = [party.start for party, _ in draft.parties if party.rule == "note" and party.start > from_]
    bracket = text.rfind("（", from_, min(noted)) if noted else -1
    stops = [stop for stop in (note.start() if note else -1, bracket) if stop > 0]
    return min(stops, default=draft.end)


def _clauses(text: str, start: int, end: int) -> Iterator[Span]:
    for clause in islice(_CLAUSE.finditer(text, start, end), _MOST_CLAUSES):
        yield Span(clause.start(), clause.end())


def _candidate(text: str, draft: Draft, number: int, clause: Span) -> _Candidate | None:
    party_end, before_party = behind_parties(text, draft, clause)
    start = trimmed(text, draft, party_end, clause.end)
    rest = text[start : clause.end].strip(MARKS)
    if len(rest) < 2 or _ROLE_ALONE.match(rest) or _MANNER_ALONE.match(rest):
        if before_party is None:
            return None
        spans = [before_party]
    else:
        spans = without_modal(text, draft, start, clause.end)
    words = "".join(text[span.start : span.end] for span in spans)
    score = rate(draft, words, spans) - 0.5 * min(number, 5)
    return _Candidate(spans, words, score)


def _cut(words: str) -> str:
    words = words.strip(MARKS.replace("“", "").replace("”", "").replace("（", "").replace("）", ""))
    if len(words) > LONGEST:
        stops = [found.start() for found in _BREAK.finditer(words, 12, LONGEST + 1)]
        words = words[: stops[-1] if stops else LONGEST]
    for left, right in ("“”", "（）", "《》"):
        if words.count(left) > words.count(right) and words.rfind(left) > _SHORT:
            words = words[: words.rfind(left)]
    words = words[:LONGEST].strip(",，；;：:。、 \n\t")
    return words[:-1] if words.endswith("后") and len(words) > _SHORT else words
