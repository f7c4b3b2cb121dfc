"""Off the front of a clause: whom it names, its 要, its words of time, its adverbs and idioms of manner."""

import re

from . import cues
from .drafting import Draft, Own
from .following import ACT, OBJECT
from .modals import MODAL
from .openings import Longest, Opening
from .types import Span
from .wordlists import longest
from .wordlists import words as listed_words

FEWEST = 4  # characters of a title that says anything
MARKS = ",，；;：:。、 \n\t“”‘’（）()"
_OUTER_MARKS = MARKS.replace("“", "").replace("（", "")
# What may stand before the words of the duty itself
_BEFORE = Opening(
    "要应须必务一需请由并也还都均更再则就先又你我大自等这两三四五六七八九几",
    rf"(?:{MODAL}|请|由|并由|(?:也|还|都|均|更|再|则|就|先|又|务|并|你们|我们|大家|自己)"
    "|等(?:有关|相关)?(?:部门|单位|方面|企业)?"
    "|这?[两三四五六七八九几](?:家(?!企业|公司)|个?(?:部门|单位))(?:单位|部门)?)",
)
_JOINERS = re.compile(r"[、，和及与：:\s]|以及")
_TIME = Opening(
    "0123456789x×在于从自到至截今明年全近当目本下会即一二三四上这学汛每",
    r"(?:在|于|从|自|到|至|截至|截止)?(?:今年|明年|年内|全年|近期|当前|目前|本周|本月|下一步|下步|会后|即日起|[一二三四]季度|[上下]半年|这[几两]天|本?学期|汛期?|每(?:天|日|周|旬|月|季度?|年|学期))(?:[之以]?前|内|起|里|就|末|底)?"
    r"|(?:在|于|从|自|到|至)?(?:[0-9x×]{1,4}年)?(?:[0-9x×]{1,2}月(?:[0-9x×]{1,2}日|[上中下]旬)?|[0-9x×]{1,2}日)(?:[之以]?前|起|底|内)?",
)
_BEFORE_EVENT = re.compile("[^，]{2,12}(?:停运|实施|开工|投用|会议|开学|春节|国庆)[之以]?前")
_PREPOSITION = re.compile("(?:在|于|从|自|到|至|力争|争取|确保|务必|必须)+$")
_FRONTS = (cues.LEAD_IN, _BEFORE, _TIME)
_FRONT_CHARS = frozenset().union(*(opening.firsts for opening in _FRONTS))
_ADVERB = longest("adverbs", "manners")
# Adverbs that are never half of a noun, unlike 专项, 综合, 重点
_URGES = listed_words("urges")
_WHOLE_VERB = Longest(verb for verb in listed_words("verbs") if len(verb) > 1)
# 重点检查事项: an adverb that may as well be the front of a name stays
_STAYS = listed_words("may_head_names")
_ROLE_BEFORE = Opening(
    "统具共分各牵负配协", "(?:统一|具体|共同|分别|各自)*(?:牵头|负责|配合|协助)(?:做好)?(?=[一-龥])"
)
_WITHIN = re.compile(r"[^，]{0,16}?(?:要|应当|应|必须|务必|须)(?=[一-龥])")


def behind_parties(text: str, draft: Draft, clause: Span) -> tuple[int, Span | None]:
    """The place behind the parties that open the clause, and what before: 征地工作|由东岭镇负责."""
    at, front = clause.start, None
    for party, _ in sorted(draft.parties, key=lambda pair: pair[0].start):
        if not (clause.start <= party.start and party.end <= clause.end):
            continue
        lead = text[at : party.start]
        bare = trimmed(text, draft, at, party.start)
        joined = _JOINERS.sub("", text[bare : party.start]) in ("", "会同", "请", "由")
        if joined or (lead.endswith(("会同", "请", "由")) and at > clause.start):
            at = _behind_bracket(text, party.end, clause.end)
        elif at == clause.start and lead.endswith(("由", "请")) and len(lead) > 3:
            front = Span(bare, party.start - (2 if lead.endswith(("并由", "均由", "应由")) else 1))
            at = party.end
    return at, front


def _behind_bracket(text: str, at: int, end: int) -> int:
    """区城管局（供水公司）: what else the party is called."""
    close = text.find("）", at, end) if text.startswith("（", at) else -1
    return close + 1 if close > 0 else at


def trimmed(text: str, draft: Draft, at: int, end: int) -> int:
    """Past marks, 要, times, adverbs and idioms of manner, as long as something is left."""
    for _ in range(12):
        stop = _step(text, draft, at, end)
        if stop == at or (end - stop < 2 and text[stop:end] != ""):
            break
        at = stop
    return at


def _step(text: str, draft: Draft, at: int, end: int) -> int:
    while at < end and text[at] in _OUTER_MARKS:
        at += 1
    behind = _behind_time(text, draft.own, at, end)
    if behind:
        return behind
    if draft.strength == "will" and text.startswith("将", at, end):
        return at + 1
    found = _front(text, at, end)
    if found:
        return found.end()
    event = _BEFORE_EVENT.match(text, at, end) if text.find("前", at, end) > 0 else None
    return event.end() if event else _behind_manner(text, at, end)


def _front(text: str, at: int, end: int) -> re.Match[str] | None:
    """A lead-in, a 要 or a time that begins here."""
    if text[at : at + 1] not in _FRONT_CHARS:
        return None
    for opening in _FRONTS:
        found = opening.match(text, at, end)
        if found:
            return found
    return None


def _behind_time(text: str, own: Own, at: int, end: int) -> int:
    """Behind the words of time of the draft that begin here, with 在 or 力争 before them; 0 if none do."""
    for time in (*own.deadlines, *own.recurrences):
        if at <= time.span.start <= at + 4 and time.span.end <= end:
            led = text[at : time.span.start]
            if not led or _PREPOSITION.fullmatch(led):
                return time.span.end
    return 0


def _behind_manner(text: str, at: int, end: int) -> int:
    """Behind an adverb or a role, only before a verb: 统一|编制; 依法|追缴, but 专项|资金 stays whole."""
    stop = _ADVERB.match(text, at, end)
    if stop and _may_go(text, at, stop, end, leaves=2):
        return stop
    role = _ROLE_BEFORE.match(text, at, end)
    return role.end() if role and _may_go(text, at, role.end(), end, leaves=FEWEST) else at


def _may_go(text: str, at: int, stop: int, end: int, *, leaves: int) -> bool:
    words, left = text[at:stop], end - stop
    if words in _STAYS or (words == "加快" and not _WHOLE_VERB.match(text, stop, end)):
        return False  # 加快|早稻种植: a verb here
    if words in _URGES and left >= FEWEST:
        return True
    if left < leaves:
        return False
    return any(next_.match(text, stop, end) for next_ in (ACT, OBJECT, _ADVERB, _ROLE_BEFORE, _BEFORE))


def without_modal(text: str, draft: Draft, start: int, end: int) -> list[Span]:
    """沅岭水库要在年底前|完成填筑 → 沅岭水库完成填筑."""
    whole = [Span(start, end)]
    is_object = OBJECT.match(text, start, end) and text[start] not in "对针凡"
    if ACT.match(text, start, end) or is_object:
        return whole
    within = _WITHIN.match(text, start, end)
    if not within or cues.MODAL_AT.match(text, start, end):
        return whole
    modal = cues.MODAL_ANYWHERE.search(text, start, end)
    if not modal:
        return whole
    behind = trimmed(text, draft, modal.end(), end)
    return [Span(start, modal.start()), Span(behind, end)] if end - behind >= 2 else whole
