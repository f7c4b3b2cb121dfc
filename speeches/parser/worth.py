"""Is it a task? In some weeks, could the office ask whether it was done, and tell from evidence?"""

import re
from dataclasses import dataclass

from .cues import PAST
from .drafting import Draft
from .finding import Kinds, Spot
from .openings import Opening
from .wordlists import listed, words

Signs = dict[str, list[Spot]]

SIGNS = Kinds({name: words(name) for name in ("attitude", "artifacts", "works", "empty", "sanctions")})
_NAMED_THING = re.compile(r"“[^“”]{2,24}”|《[^《》]{2,60}》")
_DIRECTION = re.compile(
    r"(?:大力|着力|不断|努力|奋力|切实|持续)(?:发展|提升|提高|推动|促进|增强|改善|扩大|壮大|优化)"
)
_RESULT = re.compile("确保|力争|争取")
_MAKES = re.compile(
    rf"{listed('tangible_verbs')}|(?<!运输)(?<!生产)组织(?!领导|形态|体系|保障|生产|方式|机构|架构|部|原则|生活)|报(?=一次|给|到|我|县|市|区|镇|党|安|集团|公司|学校|院|局)"
)
_LISTING = re.compile("等[^，、]{0,8}(?:项目|工作|任务|工程|措施|活动|问题|领域|环节|制度|机制|企业|产业)")
_OPENS_WITH_OBJECT = Opening("对针围按根将把以", "(?:对|针对|围绕|按照|根据|将|把|以)(?!此|待|于此)")
_ENCOURAGES = Opening(
    "要积大努鼓支引探提倡注坚遵", "(?:要|积极|大力|努力)?(?:鼓励|支持|引导|探索|提倡|倡导|注重|坚持|遵循)"
)
_PURPOSE = Opening("为通", "(?:为|为了|通过)(?!主|重)")
# 把隐患当事故对待, 作为民生工程来抓: how a thing is to be looked at, not what is to be done
_METAPHOR = Opening(
    "把将以作当打建造成加学",
    "(?:把|将|以)[^，]{2,30}(?:当作?|当成|看作|视为|作为|放在|摆在|放到|摆到|抓在|摆上|融入)[^，]{0,30}(?:来抓|来办|来打|来做|去抓|去打|对待|看待|位置|首位|高度|心上|日程|之中|全局中|全过程)"
    "|作为[^，]{2,20}来(?:抓|办|做)|当作?[^，]{1,8}来(?:抓|办|打|做|对待)|以[^，]{2,24}为(?:契机|目标|导向|己任|荣|重点|统揽|引领|主线|根本|牵引)"
    "|加强[^，]{0,24}学习(?:$|、)|学懂弄通|以[^，]{2,16}的(?:姿态|状态|干劲|作风|精神|勇气)"
    "|打?建?造?成(?:为)?[^，]{0,4}(?:精品|放心|民心|满意|廉洁|阳光|样板)工程",
)
# 把项目书编出来, 制成警示片: a result one can hold in hand
_BRINGS_ABOUT = Opening(
    "把将制编写录拍改建办修签谈定拿搞出设开装配注种",
    "(?:把|将)(?!好事|实事)[^，]{1,40}(?:出来|下来|起来|上来|上去|到位|[一-龥](?:完|齐|清|好|掉))(?=$|[，、])|(?:制|编|写|录|拍|改|建|办|修)成(?![效就绩果功长熟本为])"
    "|(?:签|谈|定|拿|拍)下(?!来?一步)|(?:搞|建|办|(?<!走)出|拿|设|开|修|装|配|谈|注册|种)(?:好|出|起)?[一二两三几]+(?:个|条|座|处|份|批|套|场|次|家|所|块|本|张|支|项)",
)
_FORBIDS = re.compile(
    "[^，]{0,16}(?:不能|不得|不要|不准|不许|不可|不应|不搞|严禁|禁止|决不|绝不|切不可|切忌|杜绝|别|防止|避免)"
)


@dataclass(slots=True)
class Evidence:
    """Counts that speak for and against."""

    artifacts: int = 0
    works: int = 0
    things: int = 0
    empty: int = 0
    sanctions: int = 0
    directions: int = 0
    results: int = 0
    past: int = 0
    makes: int = 0
    members: int = 0
    listings: int = 0
    opens_with_object: bool = False
    encourages: bool = False
    is_purpose: bool = False
    is_short: bool = False
    concrete_clauses: int = 0
    attitude_clauses: int = 0
    opens_with_attitude: bool = False
    brings_about: int = 0
    only_forbids: bool = False
    in_paper: bool = False


def evidence_of(text: str, draft: Draft, *, in_paper: bool = False) -> Evidence:
    quote = text[draft.start : draft.end]
    signs = SIGNS.within(quote)
    seen = Evidence(
        artifacts=len({quote[start:stop] for start, stop in signs.get("artifacts", ())}),
        works=len({quote[start:stop] for start, stop in signs.get("works", ())}),
        things=len(_NAMED_THING.findall(quote)),
        empty=len(signs.get("empty", ())),
        sanctions=len(signs.get("sanctions", ())),
        directions=len(_DIRECTION.findall(quote)),
        results=len(_RESULT.findall(quote)),
        past=len(PAST.findall(quote)),
        makes=len(_MAKES.findall(quote)),
        members=quote.count("、"),
        listings=len(_LISTING.findall(quote)),
        encourages=_ENCOURAGES.match(quote) is not None,
        is_short=len(quote) <= 16 and "，" not in quote,
        is_purpose=_PURPOSE.match(quote) is not None,
        opens_with_object=_OPENS_WITH_OBJECT.match(quote) is not None,
        brings_about=_BRINGS_ABOUT.count(quote),
        in_paper=in_paper,
    )
    clauses = quote.split("，")
    seen.only_forbids = all(_FORBIDS.match(clause) for clause in clauses)
    _see_clauses(seen, clauses, signs)
    return seen


def _see_clauses(seen: Evidence, clauses: list[str], signs: Signs) -> None:
    """Which clauses show an attitude, and which of the others a thing one can look at."""
    at = 0
    for number, clause in enumerate(clauses):
        end = at + len(clause)
        if _stands(signs, "attitude", at, end) or _METAPHOR.seen_in(clause):
            seen.attitude_clauses += 1
            seen.opens_with_attitude |= not number
        elif _stands(signs, "works", at, end) or _stands(signs, "artifacts", at, end) or _names_thing(clause):
            seen.concrete_clauses += 1
        at = end + 1


def _stands(signs: Signs, kind: str, at: int, end: int) -> bool:
    return kind in signs and any(at <= start < end for start, _ in signs[kind])


def _names_thing(words: str) -> bool:
    return ("“" in words or "《" in words) and _NAMED_THING.search(words) is not None


def has_thing(words: str, signs: Signs) -> bool:
    """Something one can look at: a document, a works, a name in quotation marks."""
    return "works" in signs or "artifacts" in signs or _names_thing(words)


def has_attitude(words: str, signs: Signs) -> bool:
    return "attitude" in signs or _METAPHOR.seen_in(words)


def features(draft: Draft, seen: Evidence) -> dict[str, float]:
    has_party = bool(draft.parties)
    return {
        "bias": 1.0,
        "named": float(has_party and draft.is_named and not draft.inherited),
        "collective": float(has_party and not draft.is_named and not draft.inherited),
        "inherited": float(draft.inherited),
        "soft": float(draft.strength == "soft"),
        "paper": float(not has_party and seen.in_paper),
        "bare": float(not has_party and draft.strength == ""),
        "concrete": min(seen.concrete_clauses, 4),
        "attitude": min(seen.attitude_clauses, 3),
        "attitude_first": float(seen.opens_with_attitude),
        "attitude_first_party": float(seen.opens_with_attitude and has_party),
        "artifacts": min(seen.artifacts, 3),
        "works": min(seen.works, 5),
        "targets": min(len(draft.own.targets), 2),
        "deadlines": min(len(draft.own.deadlines), 1),
        "beats": min(len(draft.own.recurrences), 1),
        "empty": min(seen.empty, 4),
        "empty_party": min(seen.empty, 4) if has_party else 0.0,
        "sanctions": min(seen.sanctions, 2),
        "past": min(seen.past, 2),
        "makes": min(seen.makes, 4),
        "members": min(seen.members, 5),
        "listings": min(seen.listings, 1),
        "object_first": float(seen.opens_with_object),
        "encourages": float(seen.encourages),
        "purpose": float(seen.is_purpose),
        "short": float(
            seen.is_short
            and not (len(draft.own.deadlines) or seen.makes or seen.artifacts)
            and (draft.inherited or not has_party)
        ),
        "directions": min(seen.directions, 2),
        "results": min(seen.results, 1),
        "brings_about": min(seen.brings_about, 2),
        "only_forbids": float(seen.only_forbids and not draft.own.targets),
        "things": min(seen.things, 2),
        "counted_alone": float(
            not has_party and bool(draft.own.targets or draft.own.deadlines or draft.own.recurrences)
        ),
    }


# Fitted by logistic regression on annotated texts, then rounded; what is rare there is set by hand.
WEIGHTS: dict[str, float] = {
    "bias": -1.3, "named": 1.75, "collective": 1.45, "inherited": 0.7, "soft": -0.9, "bare": 0.3,
    "paper": 1.0, "concrete": 0.15, "attitude": -1.45, "attitude_first": -0.6, "attitude_first_party": 0.2,
    "artifacts": 0.65, "works": 0.35, "targets": 0.8, "deadlines": 1.2, "beats": 0.9, "empty": -0.65,
    "empty_party": 0.05, "sanctions": -0.8, "past": -0.2, "makes": 1.2, "members": 0.1, "listings": 0.8,
    "object_first": -0.45, "encourages": -0.7, "purpose": -1.2, "short": -0.8, "directions": -0.2,
    "results": 0.6, "brings_about": 0.6, "only_forbids": -1.5, "things": 0.25, "counted_alone": 0.4,
}  # fmt: skip


def weight(draft: Draft, seen: Evidence) -> float:
    """Above 0: a task."""
    return sum([WEIGHTS[name] * value for name, value in features(draft, seen).items() if value])
