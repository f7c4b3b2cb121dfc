"""What a clause does: names a party, asks, acts, or only leads in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from . import cues
from .following import ACT, OBJECT
from .openings import Fronts
from .organs import Known, Party, parties_at
from .sentences import Clause, Stretch
from .shapes import TREATS

Kind = Literal["party", "ask", "act", "object", "time", "other"]
Strength = Literal["modal", "asked", "by", "role", "will", "soft", ""]
_TOLD_TO = {"要求", "希望", "安排"}  # what somebody says, not part of the duty as 请 and 由 are
_OF_ITS = frozenset("在所负牵承主分")
_EVENT = 7  # characters of 散会以后
_LEADS_ALONE = {"要求", "强调", "指出", "表示", "提出", "明确"}


_MOST_LEAD_INS = 4
_FRONTS = Fronts(cues.FRESH, cues.LEAD_IN, cues.MATTER, cues.ASK, cues.MODAL_AT, OBJECT, ACT)


@dataclass(slots=True)
class Reading:
    """`at`: where the clause begins once its lead-in is off."""

    clause: Clause
    at: int
    kind: Kind
    parties: Sequence[Party] = ()
    after: int = 0  # behind the parties
    strength: Strength = ""
    is_fresh: bool = False  # 下一步, 为此: what stands before belongs to something else


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the clauses of one text. `times`: start → end of its words of time."""

    text: str
    times: dict[int, int] = field(default_factory=dict)
    known: Known | None = None
    time_ends: frozenset[int] = frozenset()

    def read(self, stretch: Stretch) -> list[Reading]:
        """One reading per clause."""
        readings: list[Reading] = []
        for number, clause in enumerate(stretch.clauses):
            after = stretch.clauses[number + 1] if number + 1 < len(stretch.clauses) else None
            reading = self._read(clause, after, is_first=not number)
            reading.is_fresh = (
                cues.FRESH in _FRONTS.at(self.text, clause.start)
                and cues.FRESH.match(self.text, clause.start, clause.end) > 0
            )
            if number and reading.kind == "other" and self.text.startswith("要求", reading.at):
                reading.kind = "act"
            if after is not None and clause.mark == "，" and reading.kind in {"ask", "act", "other"}:
                reading.kind = self._as_condition(reading)
            readings.append(reading)
        return readings

    def _as_condition(self, reading: Reading) -> Kind:
        """需要上级办理的, 施工期间, 遇有重大问题: for what the next clause is asked."""
        text, at, end = self.text, reading.at, reading.clause.end
        if at >= end:
            return reading.kind
        last = text[end - 1]
        is_setting = (
            (last == "的" and cues.SETTING_FOR.match(text, at, end))
            or (last in "间中" and cues.SETTING_IN.match(text, at, end))
            or (text[at] in "遇如若一逢凡" and cues.SETTING_IF.match(text, at, end))
        )
        return "object" if is_setting else reading.kind

    def _read(self, clause: Clause, after: Clause | None, *, is_first: bool) -> Reading:
        at = self._behind_lead_ins(clause.start, clause.end)
        party = self._party(at, clause, after) if at < clause.end else None
        behind = self._behind_speech_lead(at, clause.end) if is_first and not party else at
        if behind > at:
            told, at = at, behind
            party = self._party(at, clause, after) if at < clause.end else None
            if party and party.strength == "soft" and "要求" in self.text[told:at]:
                party.strength = "asked"
        if party and party.strength == "soft" and self._tells_when(party):
            if not self._is_asked_next(party, after):
                return Reading(clause, at, "object")
            party.strength = "modal"
        if party:
            return party
        if at >= clause.end:
            return Reading(clause, clause.end, "other")
        return Reading(clause, at, self._kind(at, clause.end))

    def _tells_when(self, party: Reading) -> bool:
        """市气象局发布预警后: when, not who; 各社区回去以后 only calls on them."""
        is_called_on = cues.ADDRESSES.match(self.text, party.after, party.clause.end)
        when = cues.CONDITION if self.text.startswith("在", party.after) else cues.WHEN
        return not is_called_on and when.search(self.text[party.at : party.clause.end]) is not None

    def _is_asked_next(self, party: Reading, after: Clause | None) -> bool:
        """审计机关在开展审计时,要…: the party of the demand, and when."""
        is_inside = self.text.startswith("在", party.after)
        return (
            is_inside
            and after is not None
            and cues.DEMANDS.match(self.text, after.start, after.end) is not None
        )

    def _kind(self, at: int, end: int) -> Kind:
        """What a clause without a party does."""
        if self.times.get(at) == end:
            return "time"
        opens = _FRONTS.at(self.text, at)
        if cues.MODAL_AT in opens and cues.MODAL_AT.match(self.text, at, end):
            return "ask"
        if OBJECT in opens and OBJECT.match(self.text, at, end):
            if cues.MODAL_ANYWHERE.search(self.text, at, end):
                return "ask"
            return "act" if cues.HANDLES.match(self.text, at, end) else "object"
        if ACT in opens and ACT.match(self.text, at, end):
            return "act"
        if at in self.times and ACT.match(self.text, self.times[at], end):
            return "act"
        is_case = self.text[at] != "是" and self.text.endswith(cues.CONDITION_ENDS, at, end)
        if is_case and not self.text.endswith("小时", at, end):
            return "object"
        return "ask" if self._asks(at, end) else "other"

    def _asks(self, at: int, end: int) -> bool:
        """A demand, a day by which something ends, or a norm, somewhere in the clause."""
        asks = (cues.ASKED_NEAR, cues.DONE_BY, cues.NORM)
        may_ask = cues.ASKING.seen_in(self.text, at, end)
        return may_ask and any(cue.match(self.text, at, end) for cue in asks)

    def _behind_lead_ins(self, at: int, end: int) -> int:
        for _ in range(_MOST_LEAD_INS):
            may_lead_in = at < end and cues.LEAD_IN in _FRONTS.at(self.text, at)
            found = cues.LEAD_IN.match(self.text, at, end) if may_lead_in else None
            if not found:
                break
            at = found.end()
        return at

    def _behind_speech_lead(self, at: int, end: int) -> int:
        """徐某要求|各单位…: cut only where what follows begins a demand."""
        if not cues.TELLING.search(self.text, at, end):
            return at
        found = cues.SPEECH_LEAD.match(self.text, at, end)
        if not found:
            return at
        if found.end() == end:
            return end if found[0][-2:] in _LEADS_ALONE else at
        follows = found.end()
        parties, _ = parties_at(self.text, follows, end, self.known)
        if parties or cues.MODAL_AT.match(self.text, follows, end) or ACT.match(self.text, follows, end):
            return follows
        return at

    def _party(self, at: int, clause: Clause, after: Clause | None) -> Reading | None:
        for start in self._starts(at, clause.end):  # one, nearly always
            asked = cues.ASK.match(self.text, start, clause.end)
            parties, behind = parties_at(self.text, asked.end() if asked else start, clause.end, self.known)
            if (
                parties
                and asked
                and "由" in asked[0]
                and cues.SIGNS_FIRST.match(self.text, behind, clause.end)
            ):
                return None
            if parties:
                strength = self._strength(asked, parties, behind, clause, after)
                if asked and start == at and asked[0] in _TOLD_TO:
                    at = parties[0].start
                return Reading(clause, at, "party", parties, behind, strength) if strength else None
        if self.text.find("由", at, clause.end) < 0 and self.text.find("的请", at, clause.end) < 0:
            return None
        for by in cues.BY.finditer(self.text, at, clause.end):
            parties, behind = parties_at(self.text, by.end(), clause.end, self.known)
            is_aside = cues.PART_OF_NOUN.match(self.text, behind, clause.end) or cues.SIGNS_FIRST.match(
                self.text, behind, clause.end
            )
            if parties and not is_aside:
                return Reading(clause, at, "party", parties, behind, "by")
        return None

    def _starts(self, at: int, end: int) -> list[int]:
        """Where the party may stand: first, behind a time, behind what it is about (这项工作|水务局牵头)."""
        first = self.times.get(at, at)
        places = [first] if first < end else []
        matter = cues.MATTER.match(self.text, at, end) if cues.MATTER in _FRONTS.at(self.text, at) else None
        after = matter or (cues.LEADS_TO.match(self.text, at, end) if self._has_event(at) else None)
        return [*places, after.end()] if after and after.end() < end else places

    def _has_event(self, at: int) -> bool:
        """走之前: a 前 or 后 in the first words."""
        words = self.text[at : at + _EVENT]
        return "前" in words or "后" in words

    def _strength(
        self,
        asked: re.Match[str] | None,
        parties: list[Party],
        behind: int,
        clause: Clause,
        after: Clause | None,
    ) -> Strength:
        """How plainly the words behind the parties make them responsible; empty when they do not."""
        text, end = self.text, clause.end
        if text[behind : behind + 1] in _OF_ITS and cues.ITS_THING.match(text, behind, end):
            return ""
        if cues.MADE_BY.match(text, behind, end):
            return ""
        if behind >= end:
            return self._before_a_mark(asked, parties, clause, after)
        if text[behind] in "、，":
            return ""
        if text[behind] == "请":
            return "asked"
        if cues.ROLE.match(text, behind, end):
            return "role"
        if cues.MODAL_NEAR.match(text, behind, end):
            return "modal"
        if cues.WILL_NEAR.match(text, behind, end):
            return "will"
        if asked and parties[-1].rule != "place":
            return "by" if "由" in asked[0] else "asked"
        if asked:
            return "asked"
        return self._soft(parties, behind, end)

    def _before_a_mark(
        self, asked: re.Match[str] | None, parties: list[Party], clause: Clause, after: Clause | None
    ) -> Strength:
        """市水利局,要…; 县医保局：负责…: the list stands alone, the next clause tells."""
        if after is None:
            return ""
        if parties[-1].rule == "case" and TREATS.match(self.text, after.start, after.end):
            return ""
        if asked or cues.MODAL_AT.match(self.text, after.start, after.end):
            return "modal"
        if cues.ADDRESSES.match(self.text, after.start, after.end):
            return "asked"
        if clause.mark == "，" and self._is_called_on(parties, after):
            return "soft"
        tells = cues.ROLE.match(self.text, after.start, after.end) or ACT.match(
            self.text, after.start, after.end
        )
        return "role" if clause.mark == "：" and tells else ""

    def _is_called_on(self, parties: list[Party], after: Clause) -> bool:
        """住建局,月底前把围挡补齐: the office is spoken to, the next clause says what it is to do by when."""
        if any(party.rule == "place" for party in parties) or cues.PAST.search(
            self.text, after.start, after.end
        ):
            return False
        has_time = any(start in self.times for start in range(after.start, after.end))
        return has_time or cues.HAVE_DONE.match(self.text[after.start : after.end]) is not None

    def _soft(self, parties: list[Party], behind: int, end: int) -> Strength:
        """No 要 and no 请: a plain statement of what the party does, unless it tells a story."""
        if cues.HAVE_DONE.match(self.text[behind:end]):
            return "asked"
        if parties[-1].rule == "place" and not self._acts_in_time(parties[0].start, behind, end):
            return ""
        if self.text[behind] in "的之上中里内外等":
            return ""
        if cues.NARRATION.match(self.text, behind, end) or cues.PAST.search(self.text, behind, end):
            return ""
        return "soft"

    def _acts_in_time(self, start: int, at: int, end: int) -> bool:
        """柳湾村今明两天完成转移, 9月底前,柳湾村完成…: a place acts by a day; else it is only where."""
        if self.text[start - 1 : start] == "，" and start - 1 in self.time_ends:
            return ACT.match(self.text, at, end) is not None
        soon = cues.SOON.match(self.text, at, end)
        behind = soon or self.times.get(at)
        return behind is not None and ACT.match(self.text, behind, end) > 0
