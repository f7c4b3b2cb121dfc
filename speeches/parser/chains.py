"""Sentence to sentence: what goes on with the same matter, and whom a subjectless one speaks to."""

import re

from .cues import MODAL_AT
from .drafting import Draft, continues
from .following import ACT, OBJECT
from .mood import is_told
from .organs import Party, parties_at
from .outline import Outline
from .reading import Reading
from .roles import inherited_roles, partners
from .sentences import Stretch
from .types import Role

_WHO = re.compile(
    "(?:由|请)?[^，]{2,60}(?:牵头|负责|落实|办理|实施)+(?:，(?:由|请)?[^，]{2,60}(?:参与|参加|协助|配合|支持|负责)+){0,3}"
)
_STILL = re.compile(r"(?:还|并|也|再|同时|更)")
# 会议要求, …: a new point of the meeting, a new subject
_TOLD_BY = re.compile(
    "会[议上](?!后|前|期|精)|[^，：要应须]{1,20}(?:要求|强调|指出|表示|提出|明确|决定|议定)[，：]?"
    "|(?:要求|强调|指出|表示|提出|决定|议定)[，：]?"
)
_EVERYBODY = re.compile(
    "(?:全[市县区省])?各(?:级|地|地区|县市区|县区|单位)?、?各?(?:有关)?(?:部门|单位|级|领导干部|级领导干部)|各地|各单位|各级"
)
_AUDIENCE = re.compile(
    "(?:全[市县区省镇乡校])?(?:上下|各级(?:各(?:有关)?(?:部门|单位))?、?(?:党员|领导)?(?:领导|党员)?(?:干部)?)"
)
_OTHER = re.compile("部门之间|同志们")
# 金融管理部门, 承保机构: a kind of office, not one office
_KIND = re.compile("(?![省市县区镇乡州本该])[^，]{0,12}(?:部门|机构|企业|单位|组织|政府)$")
# 鼓励, 支持 name others and what they may do
_ENCOURAGES = re.compile("(?:鼓励|支持|提倡|倡导)(?!政策)")
# （四）县水利局。要…: a caption that only names governs its paragraph
_HEADING, _HEADED = "heading", "under-heading"


def chained(
    text: str,
    found: list[Stretch],
    readings: list[list[Reading]],
    made: list[list[Draft]],
    plan: Outline,
) -> list[Draft]:
    """All drafts with inherited parties; continued ones merged into the draft they continue."""
    result: list[Draft] = []
    governor: Draft | None = None
    captions = plan.captions
    for number, drafts in enumerate(made):
        stretch = found[number]
        before = found[number - 1] if number else None
        if (
            before is None
            or stretch.opens_line
            or number in captions
            or _OTHER.search(text, stretch.start, stretch.end)
            or _TOLD_BY.match(text, stretch.start, stretch.end)
        ):
            governor = None
        if number in captions:
            governor = _heading(text, number, stretch) if stretch.opens_line else None
            continue
        last = result[-1] if result else None
        if last and before and _goes_on(text, last, before, stretch, drafts, number):
            last.end, last.stretch_end = (drafts[-1].end if drafts else stretch.end), number
            continue
        if last and before and _tells_who(text, last, before, drafts, number):
            last.parties, last.strength = drafts[0].parties, drafts[0].strength
            last.end, last.stretch_end = drafts[0].end, number
            continue
        if governor and drafts and not drafts[0].parties and stretch.depth == 0:
            has_own = before and before.stop != "；" and _has_own_subject(text, drafts[0], readings[number])
            if not has_own and _governs(text, governor, drafts[0], before, in_paper=plan.is_paper):
                helpers = partners(text, governor.start, governor.end)
                heirs = governor.parties + [pair for pair in helpers if pair not in governor.parties]
                drafts[0].parties = inherited_roles(text, drafts[0].start, heirs)
                drafts[0].inherited = True
                drafts[0].rules.append("inherited")
            else:
                governor = None
        elif not drafts and not all(reading.kind in {"object", "time"} for reading in readings[number]):
            governor = None
        result += drafts
        own = [draft for draft in drafts if draft.parties]
        if own:
            is_story = is_told(text, own[-1], readings[number], stretch.start, stretch.end)
            governor = None if is_story else own[-1]
    return result


def _heading(text: str, number: int, stretch: Stretch) -> Draft | None:
    """Whom a caption names when it holds nothing but names."""
    parties, behind = parties_at(text, stretch.start, stretch.end)
    if not parties or behind < stretch.end or all(party.kind == "collective" for party in parties):
        return None
    pairs: list[tuple[Party, Role]] = [(party, "responsible") for party in parties]
    return Draft(stretch.start, stretch.end, number, stretch.line, pairs, strength=_HEADING)


def _goes_on(
    text: str, last: Draft, before: Stretch, stretch: Stretch, drafts: list[Draft], number: int
) -> bool:
    """力争…, 该项工作…: the same matter for the same party, right behind it."""
    is_next = last.stretch_end == number - 1 and before.line == stretch.line and stretch.depth == 0
    if not is_next or any(draft.parties for draft in drafts) or last.end < before.end - 2:
        return False
    return continues(text, stretch)


def _tells_who(text: str, last: Draft, before: Stretch, drafts: list[Draft], number: int) -> bool:
    """改造小区12个。县住建局牵头，各街道配合: the second sentence only says whose matter the first is."""
    is_next = last.stretch_end == number - 1 and before.end - last.end <= 1 and not last.parties
    if not is_next or len(drafts) != 1 or not drafts[0].parties:
        return False
    return _WHO.fullmatch(text, drafts[0].start, drafts[0].end) is not None


def _has_own_subject(text: str, draft: Draft, readings: list[Reading]) -> bool:
    """移送工作要接受监督: what stands before the 要 is whom, or what, the sentence speaks of."""
    first = next((reading for reading in readings if reading.kind == "ask"), None)
    if first is None or first.at != draft.start:
        return False
    starts = (MODAL_AT, OBJECT, ACT, _STILL)
    return not any(start.match(text, first.at, first.clause.end) for start in starts)


def _governs(text: str, governor: Draft, draft: Draft, before: Stretch | None, *, in_paper: bool) -> bool:
    if not draft.is_led or _ENCOURAGES.match(text, draft.start, draft.end):
        return False
    if governor.strength == _HEADING or _HEADED in governor.rules:
        draft.rules.append(_HEADED)
        return True
    if before and before.stop == "；":
        return True
    if governor.strength == "role" or any(party.rule == "case" for party, _ in governor.parties):
        return False
    names = [text[party.start : party.end] for party, _ in governor.parties]
    if draft.strength == "":
        # Bare verbs go on for a kind of office (各级农业农村部门), for 各地区、各部门 only where those
        # were told what they must; 各级各部门 calls on the audience
        is_kind = not governor.is_named or all(_KIND.fullmatch(name) for name in names)
        is_kind = is_kind or any(name.startswith("各级") for name in names)
        if any(_AUDIENCE.fullmatch(name) for name in names):
            return False
        was_told = governor.strength == "modal" or governor.inherited
        if in_paper and was_told and all(party.rule != "place" for party, _ in governor.parties):
            return True
        return is_kind and (was_told or not any(_EVERYBODY.fullmatch(name) for name in names))
    is_wide = not governor.is_named or any(name[0] == "各" for name in names)
    return is_wide or _STILL.match(text, draft.start) is not None
