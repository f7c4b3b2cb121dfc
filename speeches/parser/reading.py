"""What a clause does: names a party, asks, acts, or only leads in."""

import re
from dataclasses import dataclass, field
from typing import Literal

from .organs import MODAL, WILL, Party, parties_at
from .sentences import Clause, Stretch
from .wordlists import listed

Kind = Literal["party", "ask", "act", "object", "time", "other"]
Strength = Literal["modal", "asked", "by", "role", "will", "soft", ""]

_ADVERB = listed("adverbs")
_LEAD_IN = re.compile(
    rf"(?:{listed('lead_ins')})(?:[，：]|$)|(?:{listed('joint_lead_ins')})(?![的各]|次|任务)"
)
_FRESH = re.compile("下一步|下步|今后|会后|为此|因此|所以|接下来|但是|但")
_SPEECH_LEAD = re.compile(
    r"[^，：要应须]{0,24}?(?:要求|强调|指出|表示|提出|明确|部署|决定|议定|希望|认为|规定)(?!的|了|和|、|是|实|责|分|目)[，：]?"
)
_ASK = re.compile(
    r"(?:请|由(?!于|此|来)|责成|希望|要求|安排|恳请|烦请|也请|并由|并请|先由|统一由|分别由|应由|应当由|要由|均由)"
)
_BY = re.compile(r"(?<![自缘经来事])(?<!(?<!管)理)由(?!于|此|来|衷)")
_ROLE = re.compile(
    r"(?:统一|具体|共同|分别|各自|全程|积极|全力|主动|密切|做好)*(?:总牵头|牵头|负责(?!人|同志)|负总责|配合|协助|协同|协办|主办|主责|参与|会同)"
)
_MODAL_NEAR = re.compile(rf"[^，。；]{{0,14}}?(?:{MODAL})")
_WILL_NEAR = re.compile(rf"(?:{_ADVERB}|也|还|都|就)*{WILL}")
_ASKED_NEAR = re.compile(
    r"[^，。；]{0,14}?(?<![重需首主只概纪扼简提险紧次想])(?:要(?!素|件|求|点|闻|务|案|领|害|塞)|应当|应(?![急用对收付诉邀聘])|必须|务必|须)"
)
_MODAL_AT = re.compile(rf"(?:(?:{_ADVERB}|同样|一定|仍|则|就|也|都|既|务)*(?:{MODAL}))")
_ACT = re.compile(rf"(?:{_ADVERB}|{listed('verbs')})")
_OBJECT = re.compile(rf"(?:{listed('prepositions')})")
_MODAL = re.compile(MODAL)
# 对班组长开展轮训, 将保护区纳入规划: object and action in one clause
_HANDLES = re.compile(
    r"(?:对|对于|将|把|与|按照|依托|通过|结合|利用|在)[^，]{1,40}?(?:开展|进行|实行|实施|纳入|列入|列为|作为|落实到|推送|公示|公布|报送"
    r"|分解|归集|融合|建设|建立|制定|予以|办理|移交|清理|整改)[^，]*(?<![的后时中上下前])$"
)
_CONDITION = re.compile("[的后时中下前]$")
# 夏播6月20日前全部结束: a date and an end asked for, without any 要
_DONE_BY = re.compile(
    r"[^，]{2,24}(?:前|内|之前|以前)(?:必须|要|务必)?(?:全部|全面|基本|一律|必须)?(?:完成|结束|到位|建成|办结|清零|开工|竣工|投产|通车|交付|达到|报送)"
)
_NARRATION = re.compile(
    r"(?:在[^，]{0,30}|日前|近日|今天|昨天|昨日|已于)?(?:组织召开|召开|举行|印发|介绍|表示|指出|认为|宣读|出席|参加|主持|获悉|透露|告诉|分析|作了|进行了|传达|听取|荣获|获|是|有|存在|发现|已)"
)
PAST = re.compile(
    r"了(?![解然结当断得却])|同比|环比|取得|已经|曾经|以来|已[^，。；]{0,6}[，。；]|值得|成效明显|成绩|来看|较快|较好|有所|刚才|去年同期|荣获|获评"
)


@dataclass(slots=True)
class Reading:
    """`at`: where the clause begins once its lead-in is off."""

    clause: Clause
    at: int
    kind: Kind
    parties: list[Party] = field(default_factory=list)
    after: int = 0  # behind the parties
    strength: Strength = ""
    is_fresh: bool = False  # 下一步, 为此: what stands before belongs to something else


def read_clauses(text: str, stretch: Stretch, times: dict[int, int]) -> list[Reading]:
    """One reading per clause. `times`: start → end of the words of time in the text."""
    readings: list[Reading] = []
    for number, clause in enumerate(stretch.clauses):
        after = stretch.clauses[number + 1] if number + 1 < len(stretch.clauses) else None
        reading = _read(text, clause, after, times, is_first=not number)
        reading.is_fresh = _FRESH.match(text, clause.start, clause.end) is not None
        readings.append(reading)
    return readings


def _read(
    text: str, clause: Clause, after: Clause | None, times: dict[int, int], *, is_first: bool
) -> Reading:
    at = _behind_lead_ins(text, clause.start, clause.end)
    party = _party(text, at, clause, after, times) if at < clause.end else None
    if not party and is_first:
        at = _behind_speech_lead(text, at, clause.end)
        party = _party(text, at, clause, after, times) if at < clause.end else None
    if party:
        return party
    if at >= clause.end:
        return Reading(clause, clause.end, "other")
    if times.get(at) == clause.end:
        return Reading(clause, at, "time")
    if _MODAL_AT.match(text, at, clause.end):
        return Reading(clause, at, "ask")
    if _OBJECT.match(text, at, clause.end):
        if _MODAL.search(text, at, clause.end):
            return Reading(clause, at, "ask")
        return Reading(clause, at, "act" if _HANDLES.match(text, at, clause.end) else "object")
    if _ACT.match(text, at, clause.end):
        return Reading(clause, at, "act")
    if _CONDITION.search(text[at : clause.end]):
        return Reading(clause, at, "object")
    if _ASKED_NEAR.match(text, at, clause.end) or _DONE_BY.match(text, at, clause.end):
        return Reading(clause, at, "ask")
    return Reading(clause, at, "other")


def _behind_lead_ins(text: str, at: int, end: int) -> int:
    for _ in range(4):
        found = _LEAD_IN.match(text, at, end)
        if not found:
            break
        at = found.end()
    return at


def _behind_speech_lead(text: str, at: int, end: int) -> int:
    """徐珑要求|各单位…: cut only where what follows begins a demand."""
    found = _SPEECH_LEAD.match(text, at, end)
    if not found or found.end() == end:
        return (
            found.end() if found and found[0][-2:] in {"要求", "强调", "指出", "表示", "提出", "明确"} else at
        )
    parties, _ = parties_at(text, found.end(), end)
    if parties or _MODAL_AT.match(text, found.end(), end) or _ACT.match(text, found.end(), end):
        return found.end()
    return at


def _party(text: str, at: int, clause: Clause, after: Clause | None, times: dict[int, int]) -> Reading | None:
    asked = _ASK.match(text, at, clause.end)
    start = asked.end() if asked else at
    parties, behind = parties_at(text, start, clause.end)
    if not parties and at in times:
        start = times[at]
        asked = _ASK.match(text, start, clause.end)
        start = asked.end() if asked else start
        parties, behind = parties_at(text, start, clause.end)
    if parties:
        strength = _strength(text, asked, parties, behind, clause, after)
        return Reading(clause, at, "party", parties, behind, strength) if strength else None
    for by in _BY.finditer(text, at, clause.end):
        parties, behind = parties_at(text, by.end(), clause.end)
        if parties:
            return Reading(clause, at, "party", parties, behind, "by")
    return None


def _strength(
    text: str,
    asked: re.Match[str] | None,
    parties: list[Party],
    behind: int,
    clause: Clause,
    after: Clause | None,
) -> Strength:
    if behind >= clause.end:
        if after and (_MODAL_AT.match(text, after.start, after.end) or asked):
            return "modal"
        return ""
    if text[behind] in "、，":
        return ""
    if _ROLE.match(text, behind, clause.end):
        return "role"
    if _MODAL_NEAR.match(text, behind, clause.end):
        return "modal"
    if _WILL_NEAR.match(text, behind, clause.end):
        return "will"
    if parties[-1].rule == "place":
        return "asked" if asked else ""
    if asked:
        return "by" if "由" in asked[0] else "asked"
    if _NARRATION.match(text, behind, clause.end):
        return ""
    if PAST.search(text, behind, clause.end):
        return ""
    return "soft" if text[behind] not in "的之上中里内外等" else ""
