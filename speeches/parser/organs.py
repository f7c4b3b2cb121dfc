"""Responsible parties where a clause begins: full, short and joint names, posts, collectives."""

import re
from dataclasses import dataclass

from . import joints, people, shapes
from .finding import Endings, Spot
from .following import ACT, ASKED_LATE, SUBJECT, TIME, is_wide, what_follows
from .modals import MODAL
from .names import BARE, FALSE_END, GENERAL, INSIDE, PLACES, POSTS, STEM_START, SUFFIXES, Kind, kind_of
from .openings import Fronts, Opening
from .times.late import LatePattern
from .types import Organ
from .wordlists import any_of, firsts, listed, words

_ACTING = words("acting_things")
_COUNTS = frozenset("两三四五六七八九十个")
_THINGS = _ACTING - SUFFIXES - POSTS - PLACES
_ENDINGS = Endings(SUFFIXES | POSTS | PLACES | _THINGS)
# 各市、县（区）主管部门: of each of these levels
_LEVELS = Opening(
    "各省市州县自直",
    r"各?(?:自治区|直辖市|[省市州县])级?(?:（[市州县区旗、]{1,5}）)?(?:、(?:自治区|直辖市|[省市州县区旗镇乡])级?(?:（[市县区旗、]{1,5}）)?)+"
    "[^，。；、（要应须将对和]{0,10}(?:部门|单位|机构|政府|党委|局|厅|委|指挥部|中心)",
)
# 县乡两级, 县、乡、村三级
_STEPS = Opening(
    "省市州县区乡镇村",
    "[省市州县区乡镇村](?:、?[省市州县区乡镇村组]){1,3}[两三四五]级(?:党委|政府|干部)?"
    "(?=要|应|须|必须|务必|都|均|分别|每|负责|联动[，要])",
)
# 各级融资担保、再担保机构; 省级担保、再担保基金（机构）: two kinds of office under one last word
_COORDINATED = LatePattern(
    r"(?P<first>(?P<each>各级|各)?[^，。；、：\s要应须的和及与]{2,14})、"
    r"(?P<second>(?!各)(?P<kind>[^，。；、：（\s要应须的]{1,10})(?:机构|部门|单位|企业|基金)(?:（[^（）]{1,12}）)?)"
)
# 转有关单位限期解决: whom it is handed on to has to act only within the matter of who hands it on
_HANDS_ON = (
    r"(?:转(?!型办|移支付|供电|运站)|交(?![警巡投建控管运易通发港])|分解|分派|分送|交办|发至|发给|印发|告知|通知|通报|函告|反馈给|提醒"
    r"|约谈|责令|督导(?!组|员|队|室|办)|指导(?!组|员|中心|委员会|办|站)|协调(?!办|组|中心|处|科|委员会|小组)|协同|沟通|对接|敦促|督办(?!办|室|处|科|组|单位|局))"
)
_NOT_START = Opening(
    firsts("not_subject_heads")
    | {
        *"今明后本下上这年月周0123456789的了是有不在以从对向给让使被把将按据为因由与和及或但而且若如逢其那之经转交分发印告通函反提约督指协沟对敦责一二三四五六七八九十两几"
    },
    rf"(?:{listed('not_subject_heads')}|今|[明后][年天]|[本下上这][月周年]|年(?!级)|月|周|[一二三四五六七八九十两几]{{1,3}}个|[0-9的了是有不在以从对向给让使被把将按据为因由与和及或但而且若如逢其这那之]"
    rf"(?!关|级|直|方|地)|经(?![信开发济管办理营贸合侦纪])|{_HANDS_ON})",
)
# 各乡镇、国有林场要…: the last of a list is a party although its name alone does not show it
_STRANGER = Opening(
    "、和及与",
    rf"(?:、|和|及|与)(?P<name>(?![这那每今明本])[^，。；：、的要应须将对把在这]{{2,10}})(?=(?:{TIME}[内前]?)*(?:也|都|均)?(?:{MODAL}|负责|牵头|配合))",
)
_JOIN = LatePattern(
    r"\s*(?:、|和|以及|还有|及(?!早|时)|与|暨|或者?|，(?=[^，]{0,24}(?:要|须|务必|牵头|负责)))\s*"
)
_ET_AL = Opening(
    "等这两三四五六七八九几",
    r"等(?:[^，。；要应须对]{0,8}?(?:部门|单位|企业|机构|方面))?"
    r"|这?[两三四五六七八九几](?:家(?!企业|公司|银行)(?:单位|部门)?|个(?:部门|单位|局|镇|街道|乡镇|社区|村|处室|县区))",
)
# 住建局的同志, 物业那边
_SPOKEN_TAIL = Opening(
    "的这那老小",
    rf"的同志(?!们)|[老小](?:{listed('surnames')})(?=你|，|要)|[这那][边块](?=[，要应须也]|$)",
)
_OTHER_NAME = Opening(
    "（",
    "（(?:室|局|委|厅|办|部|系|所|站|会|处|中心|教委|党组|党委|机构|街道|社区|园区|区|乡|镇|办事处)）",
)
_BRACKET = Opening("（", r"（[^（）]{0,40}）")
_WIDEST = 40  # characters of a name
_LONGEST_LIST = 60  # parties in one list
# 进度滞后的县区要…; 尚未制定办法的省份,要…; 有条件的地区要…: some of a kind, told by their case
_IN_THE_CASE = Opening(
    "有具条尚没未已存发出纳完进排任问风连符",
    "(?:有条件|具备条件|条件成熟|(?:尚?未|没有?|已经?|存在|发生|出现|纳入|完成|进度|排名|任务|问题|风险|连续|符合)[^，。；：的要应须]{1,24})的"
    "(?:省份|市州|州市|县市区|市县|县区|区县|乡镇|镇街|街道|地区|地方|单位|部门|企业|学校|学院|村)(?=，?(?:也|都|均|还|更|原则上)?(?:要|必须|务必|须|应)"
    f"(?!{shapes.TREATED}))",
)
_DESCRIBES = "涉及[^的、，]{0,12}的[^的、，]{0,6}(?:部门|单位|乡镇|街道|县市区|县区|企业)"
# 就业指导中心, 上河镇: the first character is a preposition elsewhere
_MAY_START = Opening(
    firsts("organ_stems")
    | {
        *"派包挂研被开高经建设施监检牵主承负配具协联专服综重保培试扶涉就对上下正全有条尚没未已存发出纳完进排任问风连符"
    },
    f"{STEM_START.source}|{_DESCRIBES}|{_IN_THE_CASE.source}|全国性|被[审检督巡考](?:计|查|察|核)(?:单位|部门|企业|地区)|就业(?:局|处|办|指导|服务|中心)|对外(?:联络|合作|经贸|经济)"
    "|[上下正](?![报交级沉放派达一个述岗线面式常])[一-龥]{1,2}(?:镇|乡|街道|社区|村|县|新区)",
)
_NAMES = Fronts(_NOT_START, _STEPS, _IN_THE_CASE)
# 优化营商环境局, 不动产登记中心, 三个村的支书: begin like a verb, a denial or a count
_BEGINS_LATE = LatePattern(
    "不动产|[一-龥]{2,7}[局办](?=要|牵头|负责|应|须|将|每)"
    "|[两三四五六七八九十]个(?:村|镇|乡|县|街道|社区|单位|部门)(?:的?(?:支书|书记|主任|镇长|乡长|(?:主要)?负责人))?(?=[要每应须]|必须)"
    "|[一-龥]{2,3}[、和][一-龥]{2,4}[两三四五六七八九十]个?[县市镇乡村]"
)
# 区市场监管局, 县水务集团: a level and an end that only offices have
_SURE_ENDS = words("office_ends")
_SURE = LatePattern(
    rf"(?:各|[\u4e00-\u9fff]{{0,3}}[省市县区州旗镇乡])[\u4e00-\u9fff]{{2,10}}?(?:{listed('office_ends')})"
)
_MORE_OF_NAME = LatePattern(
    "[的之等处长员科股室站所队组领干职主副工牵党支机系各内]"
    "|关于|发布|组织的|举行|召开|介绍|相关|有关|下属|所属|直属"
)
_LATEST = 9  # characters of 优化营商环境局
_NEAR = 8  # characters in which a longer name would end


@dataclass(slots=True)
class Party:
    """A responsible party as written, `[start, end)` of the text."""

    start: int
    end: int
    kind: Kind
    rule: str


@dataclass(frozen=True, slots=True)
class Known:
    """The names of the office's own departments and groups; `is_group` by name."""

    pattern: re.Pattern[str]
    is_group: dict[str, bool]


def parties_at(text: str, at: int, end: int, known: Known | None = None) -> tuple[list[Party], int]:
    """The list of parties that begins exactly at `at`, and the place behind it; empty when none does.

    `known` finds the names that the office itself uses, whatever they look like (防办, 城投).
    """
    found: list[Party] = []
    behind = at
    has_collective = False
    while at < end and len(found) < _LONGEST_LIST:
        some, after = _named_by_office(text, at, end, known)
        if not some:
            some, after = _one(text, at, end, is_member=has_collective)
        if not some:
            break
        found += some
        has_collective |= some[-1].kind == "collective"
        behind = _behind_remarks(text, max(after, _with_bracket(text, some[-1], end)), end)
        joined = _JOIN.match(text, behind, end)
        if not joined:
            break
        at = joined.end()
    stranger = _STRANGER.match(text, behind, end) if found else None
    if stranger and stranger["name"] not in BARE:
        found.append(Party(stranger.start("name"), stranger.end("name"), found[-1].kind, "listed"))
        behind = stranger.end()
    return found, behind


def _with_bracket(text: str, party: Party, end: int) -> int:
    """办公厅（室）, 各街道（社区）: a short bracket belongs to the name; the place behind it."""
    bracket = _OTHER_NAME.match(text, party.end, end)
    if bracket and not text[party.start : party.end].endswith("）"):
        party.end = bracket.end()
    return party.end


def _behind_remarks(text: str, at: int, end: int) -> int:
    """Behind （简称…） and 等部门."""
    bracket = _BRACKET.match(text, at, end)
    if bracket and "：" not in bracket[0]:
        at = bracket.end()
    et_al = _ET_AL.match(text, at, end) or _SPOKEN_TAIL.match(text, at, end)
    return et_al.end() if et_al else at


def known_names(organs: tuple[Organ, ...]) -> Known | None:
    """A matcher for all names of the office, the longest first; None when it has none."""
    groups = {name: organ.is_group for organ in organs for name in organ.names if len(name) > 1}
    return Known(re.compile(any_of(groups)), groups) if groups else None


def _named_by_office(text: str, at: int, end: int, known: Known | None) -> tuple[list[Party], int]:
    found = known.pattern.match(text, at, end) if known else None
    if not known or not found or what_follows(text, found.end(), end) is None:
        return [], at
    kind: Kind = "collective" if known.is_group[found[0]] else "named"
    return [Party(at, found.end(), kind, "known")], found.end()


def _one(text: str, at: int, end: int, *, is_member: bool) -> tuple[list[Party], int]:
    # Most clauses begin with a verb or have no name in them: told by one match each
    opens = _NAMES.at(text, at)
    if _NOT_START in opens and _NOT_START.match(text, at, end) and not _may_start(text, at, end):
        return [], at
    found, after = _short_names(text, at, end)
    if found:
        return found, after
    steps = _STEPS.match(text, at, end) if _STEPS in opens else None
    if steps:
        return [Party(at, steps.end(), "collective", "wide")], steps.end()
    endings = _ENDINGS.within(text, at, min(end, at + _WIDEST))
    if not endings:
        return [], at
    found, after = _shaped(text, at, end, endings)
    if found:
        return found, after
    some = _IN_THE_CASE.match(text, at) if _IN_THE_CASE in opens else None
    if some:
        return [Party(at, some.end(), "collective", "case")], some.end()
    found, after = _mixed_list(text, at, end)
    return (found, after) if found else _whole(text, at, end, endings, is_member=is_member)


def _may_start(text: str, at: int, end: int) -> bool:
    if _MAY_START.match(text, at, end):
        return True
    words = text[at : at + _LATEST]
    is_likely = "局" in words or "办" in words or "个" in words or words[0] == "不" or words[2:3] in "、和"
    return is_likely and _BEGINS_LATE.match(text, at, end) is not None


def _whole(text: str, at: int, end: int, endings: list[Spot], *, is_member: bool) -> tuple[list[Party], int]:
    """A name that its own end shows to be one."""
    levels = _LEVELS.match(text, at, end)
    if levels and what_follows(text, levels.end(), end) is not None:
        return [Party(at, levels.end(), "collective", "wide")], levels.end()
    both = _coordinated(text, at, end)
    if both:
        return both, both[-1].end
    for begin, stop in endings:
        follows = what_follows(text, stop, end)
        ending, name = text[begin:stop], text[at:stop]
        if ending in _THINGS or (ending == "物业" and text.startswith(("服务", "管理"), stop)):
            continue
        holder = people.HOLDER.match(text, stop, end) if ending in POSTS else None
        if follows is None and not holder and not (is_wide(name) and ASKED_LATE.match(text, stop, end)):
            continue
        # 各单位、部门: the second stands under the first one's 各
        if is_member and name in BARE:
            return [Party(at, stop, "collective", "member")], stop
        if holder and name not in {"同志", "领导"}:
            return [Party(at, holder.end(), "named", "post")], holder.end()
        party = kind_of(name, ending, is_subject=follows is not None and SUBJECT.match(follows) is not None)
        if party:
            return [Party(at, stop, *party)], stop
        if INSIDE.seen_in(name):
            break
    is_sure = any(text[first:stop] in _SURE_ENDS for first, stop in endings)
    return _whatever_follows(text, at, end) if is_sure else ([], at)


def _whatever_follows(text: str, at: int, end: int) -> tuple[list[Party], int]:
    """区市场监管局开辟…: a full name of an office, with no longer name behind it, whatever the verb."""
    sure = _SURE.match(text, at, end)
    if not sure or INSIDE.seen_in(sure[0]) or ACT.match(sure[0]) or FALSE_END.search(sure[0]):
        return [], at
    stop = sure.end()
    if _MORE_OF_NAME.match(text, stop, end) or _ENDINGS.within(text, stop, min(end, stop + _NEAR)):
        return [], at
    kind: Kind = "collective" if GENERAL.match(sure[0]) else "named"
    return [Party(at, stop, kind, "sure")], stop


def _coordinated(text: str, at: int, end: int) -> list[Party]:
    may_be_two = text.find("、", at, min(end, at + _WIDEST)) > 0
    both = _COORDINATED.match(text, at, end) if may_be_two else None
    if not both or not SUBJECT.match(text, both.end(), end) or _ends_a_name(text, at, both.end("first")):
        return []
    # Without an 各 before them both must end alike: 融资担保, 再担保
    if not both["each"] and not both["kind"].endswith(both["first"][-2:]):
        return []
    kind: Kind = "collective" if both["each"] else "named"
    return [Party(*both.span("first"), kind, "wide"), Party(*both.span("second"), kind, "wide")]


def _short_names(text: str, at: int, end: int) -> tuple[list[Party], int]:
    """Persons and joint names: what is no office's full name."""
    person = people.SPOKEN.match(text, at, end)
    if person:
        return [Party(at, person.end(), "named", "person")], person.end()
    joint = joints.names_at(text, at, end)
    if joint and what_follows(text, joint[1], end) is not None:
        kind: Kind = "collective" if "各" in text[joint[0][-1][0] : joint[1]] else "named"
        return [Party(*spot, kind, "joint") for spot in joint[0]], joint[1]
    return [], at


def _shaped(text: str, at: int, end: int, endings: list[Spot]) -> tuple[list[Party], int]:
    """What only the shape of its words shows to be a party."""
    is_counted = any(text[first - 1] in _COUNTS for first, _ in endings if first > at)
    counted = shapes.counted_at(text, at, end) if is_counted else None
    if counted and what_follows(text, counted[1], end) is not None:
        return [Party(*spot, "named", "counted") for spot in counted[0]], counted[1]
    is_thing = any(text[first:stop] in _ACTING for first, stop in endings)
    thing = shapes.thing_at(text, at, end) if is_thing else None
    if thing:
        return [Party(*spot, "named", "thing") for spot in thing[0]], thing[1]
    described = shapes.described_at(text, at, end) if text.find("的", at, endings[-1][0]) > 0 else None
    if described:
        return [Party(*spot, "collective", "case") for spot in described[0]], described[1]
    return [], at


def _mixed_list(text: str, at: int, end: int) -> tuple[list[Party], int]:
    """应急、消防、武装部: short names before a whole one."""
    first = joints.first_members_at(text, at, end)
    if not first:
        return [], at
    endings = _ENDINGS.within(text, first[1], min(end, first[1] + _WIDEST))
    rest, after = _whole(text, first[1], end, endings, is_member=False)
    if not rest or rest[0].kind == "collective":
        return [], at
    return [*(Party(*spot, "named", "joint") for spot in first[0]), *rest], after


def _ends_a_name(text: str, at: int, stop: int) -> bool:
    return any(ends == stop for _, ends in _ENDINGS.within(text, at, stop))
