"""Responsible parties where a clause begins: full, short and joint names, posts, collectives."""

import re
from dataclasses import dataclass
from typing import Literal

from . import joints, people
from .finding import Endings, Spot
from .modals import MODAL, WILL
from .openings import Fronts, Opening
from .times.late import LatePattern
from .types import Organ
from .wordlists import any_of, firsts, listed, longest, words

Kind = Literal["named", "collective"]

# 市委|组织部, 市政府|督查室: the verb begins the rest of a longer name
_REST_OF_NAME = (
    r"(?:局(?![面部势限])|部(?![门署位分])|委(?![托派员])|办(?![理好法事结案学成出])|院|室(?!内)|中心|厅|处(?![理置罚])"
    r"|公司|小组|工作组|指挥部|政府|机构|部门|单位|站|领导|负责人|负责同志)"
)
_REST = Opening("局部委办院室中厅处公小工指政机单站领负", _REST_OF_NAME)
# 各地执行力参差不齐: the verb is half of a noun
_NOUNISH = Opening(
    "力员率者权性人同", "力(?![争促求推保度])|员(?!工)|率(?!先)|[者权性]|人(?![员才民大力社均数口])|同志"
)
_NO_NAME = rf"(?!{_REST_OF_NAME})"
ACT = longest("verbs", "adverbs")
OBJECT = longest("prepositions")
_TIME = (
    r"(?:[0-9]{1,4}(?:[年月日号天周时点]|个(?:工作日|月|星期|小时)|小时|[-—–~至到/.．：][0-9])|[x*×○X]{1,2}[月日]|[一二三四五六七八九十两半]{1,3}(?:个(?:星期|工作日|月|小时|礼拜)|[天日月周]|小时|点(?!长))|本?学[期年]|假期|暑期|寒假|暑假|每(?:天|日|周|月|旬|季|年|半|两|隔|人|家|村|户|个|学|晚|早|次|逢|小时|[0-9])|[本今明下后](?:周|月(?!球)|季度)|[本今明下上后](?:季|年)(?:[内底前末起初]|$)"
    r"|[今明本后]年|年[底内末前]|月[底末]|季末|全年|当年|即日起|[一二三四]季度|近期|会后|散会|这(?:[两几]天|周|个?月|次)|[今明后]天|今明两天|今晚|当[天晚]|连夜|回去)"
)
_FOLLOW_FIRSTS = (
    "\n *、，（0123456789x×○X和及与以或暨要应须必务一需将都均也还更再则就同仍既尤分共自你逐派拿盯"
    "出来去的管该别夜白两三四五六七八九几十半这那先本学假暑寒每今明下后上年月季全当即二近会散回连请是等为牵负配作总"
)
_FOLLOW = Opening(
    _FOLLOW_FIRSTS,
    rf"[、，（]|和(?![谐平])|及(?!早)|与|以及|或|暨|{MODAL}|{WILL}|(?:{listed('behind_names')}|逐[一-龥]|分(?=工种|批|片|类|级|期|头|组|专业|领域|层|条|阶段|行业|时段|步)|派(?!出|驻)|[来去](?=[办抓做管牵负取])|(?:这|那)[边块](?=[，要应须也]|$)|的同志(?!们)|管(?![理委网道辖线部])|别(?!处)|[两三四]方(?!面)|这?[两三四五六七八九几](?:家(?!企业|公司|银行)|个(?:部门|单位|局|镇|街道|乡镇|社区|村|处室|县区))|先(?!进))|{_TIME}"
    rf"|请(?=于|在|按|将|认真|抓紧)|是(?=[^，。；]{{0,14}}(?:责任主体|责任人|责任单位|牵头单位))|作用(?!于)|牵[个好起]头|(?:牵头|负责(?!人|同志)|配合|负总责|总负责|总牵头){_NO_NAME}|$",
)
# What may stand behind a name; most characters may not
_FRONTS = Fronts(_FOLLOW, ACT, OBJECT)
_SUFFIXES, _POSTS = words("organ_suffixes"), words("posts")
_PLACES = words("place_kinds")
_ENDINGS = Endings(_SUFFIXES | _POSTS | _PLACES)
# 各市、县（区）主管部门: of each of these levels
_LEVELS = Opening(
    "各省市州县自",
    r"各?(?:[省市州县]|自治区)(?:（[市州县区旗、]{1,5}）)?(?:、(?:[市州县区旗镇乡]|自治区|直辖市)(?:（[市县区旗、]{1,5}）)?)+(?:级)?"
    "[^，。；、（要应须]{0,8}(?:部门|单位|机构|政府|党委|指挥部|局|厅|委)",
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
_GENERAL = LatePattern(rf"[^，。；、：]{{0,8}}?(?:各|每个?|所有|全体|凡|{listed('collective_heads')})")
_EACH = LatePattern("各|每|所在|所有|全体|有关|相关|地方")
_NO_PLACE = LatePattern(
    r"(?:[小城景库山矿灾辖片厂校林牧郊老新棚户]区|城[市镇乡]|集镇|乡镇|[农乡山全本我]村|(?:行政|自然|中心|示范|贫困|城中|空心|薄弱|重点|试点|产业)村|[超上门都股楼夜]市|[土工用林耕草湿]地)$"
)
_PLACE_NAME = LatePattern(r"[\u4e00-\u9fff]{1,5}(?:[县区市镇乡州村]|街道)$")
# 转有关单位限期解决: whom it is handed on to has to act only within the matter of who hands it on
_HANDS_ON = (
    r"(?:转(?!型办|移支付|供电|运站)|交(?![警巡投建控管运易通发港])|分解|分派|分送|交办|发至|发给|印发|告知|通知|通报|函告|反馈给|提醒"
    r"|约谈|督导(?!组|员|队|室|办)|指导(?!组|员|中心|委员会|办|站)|协调(?!办|组|中心|处|科|委员会|小组)|协同|沟通|对接|敦促|督办(?!办|室|处|科|组|单位|局))"
)
_NOT_START = Opening(
    firsts("not_subject_heads")
    | {
        *"今明后本下上这年月周0123456789的了是有不在以从对向给让使被把将按据为因由与和及或但而且若如逢其那之经转交分发印告通函反提约督指协沟对敦"
    },
    rf"(?:{listed('not_subject_heads')}|今|[明后][年天]|[本下上这][月周年]|年(?!级)|月|周|[0-9的了是有不在以从对向给让使被把将按据为因由与和及或但而且若如逢其这那之]"
    rf"(?!关|级|直|方|地)|经(?![信开发济管办理营贸合侦纪])|{_HANDS_ON})",
)
_INSIDE = Opening(
    firsts("never_in_names") | {*"要应须必务一需将了是把被让使由着%不任“（，。；：《》、为在对向从地后"},
    rf"{MODAL}|{WILL}|[了是把被让使由着%]|不(?!动产|锈)|{listed('never_in_names')}|任(?:组长|副|总指挥|主任|成员|指挥长)|“[^”]*$|（[^）]*$|[，。；：《》]|、(?![^（]*）)|(?<!所)[为在对向从](?!农)|(?<![各当属本外两基])地(?![方区税质震铁产勘理市州矿])(?!$)|后(?!勤)",
)
# 各乡镇、国有林场要…: the last of a list is a party although its name alone does not show it
_STRANGER = Opening(
    "、和及与",
    rf"(?:、|和|及|与)(?P<name>[^，。；：、的要应须将对把在]{{2,10}})(?=(?:也|都|均)?(?:{MODAL}|负责|牵头|配合))",
)
_JOIN = LatePattern(
    r"\s*(?:、|和|以及|还有|及(?!早|时)|与|暨|或|，(?=[^，]{0,24}(?:要|须|务必|牵头|负责)))\s*"
)
_ET_AL = Opening(
    "等这两三四五六七八九几",
    r"等(?:[^，。；要应须对]{0,8}?(?:部门|单位|企业|机构|方面))?"
    r"|这?[两三四五六七八九几](?:家(?!企业|公司|银行)(?:单位|部门)?|个(?:部门|单位|局|镇|街道|乡镇|社区|村|处室|县区))",
)
# 住建局的同志, 物业那边
_SPOKEN_TAIL = Opening("的这那", "的同志(?!们)|[这那][边块](?=[，要应须也]|$)")
_OTHER_NAME = Opening(
    "（",
    "（(?:室|局|委|厅|办|部|所|站|会|处|中心|教委|党组|党委|机构|街道|社区|园区|区|乡|镇|办事处)）",
)
_BRACKET = Opening("（", r"（[^（）]{0,40}）")
_WIDEST = 40  # characters of a name
_LONGEST_LIST = 60  # parties in one list
# 各级各部门外出招商必须报备: what they do stands before the 必须
_STRONG = Opening(
    "全各",
    r"(?:全[市县区省州])?各(?:级|有关|相关)?各?(?:有关|相关)?[^，、]{0,6}(?:部门|单位|乡镇|街道|县市区|企业)",
)
_LATE = LatePattern(rf"(?![^，。；、]{{0,5}}?{_REST_OF_NAME})[^，。；、的]{{1,14}}?(?:{MODAL})")
_SUBJECT = LatePattern(rf"{MODAL}|、|牵头|负责|配合|会同|{listed('adverbs')}|{_TIME}|$")
_OFFICE_END = LatePattern("(?:组|办|办公室|专班|单位|部门|领导|委员会|管委会|指挥部|局|部|处|所|支?队|院)$")
_SMALL_OFFICE = LatePattern("(?:处|科|股|部|局|室|组|办|站)$")
_GENERAL_INSIDE = LatePattern("的|各|有关|相关")
# 负责代表公立医疗机构, 具体负责组织: the front is the verb of what is done to whom
_FALSE_FRONT = LatePattern(
    "负责(?!部门|单位|人|同志|领导|机构|[处科]室)(?!.*的)|具体(?!(?:负责|经办|承办|实施|责任|办理|牵头|落实)?的?(?:单位|部门|人|机构|[处科]室))"
    "|组织(?!部|委员|处|科|人事|和?人社|股|组|生活|宣传)"
)
_FALSE_END = LatePattern(rf"(?:{listed('not_organs')})$(?<!教学科)(?<!市场所)")
# 包抓项目的市级领导, 涉及环保的单位
_DESCRIBED = LatePattern(
    rf"(?:包抓|包联|包保|联系|分管|主管|负责|承担|涉及|挂点|参与|牵头|对接)[^的、，]{{0,12}}的(?:{listed('posts')}|[^的、，]{{0,6}}(?:部门|单位|乡镇|街道|县市区|县区|企业|领导))$"
)
# 进度滞后的县区要…; 尚未制定办法的省份,要…; 有条件的地区要…: some of a kind, told by their case
_IN_THE_CASE = Opening(
    "有具条尚没未已存发出纳完进排任问风连符",
    "(?:有条件|具备条件|条件成熟|(?:尚?未|没有?|已经?|存在|发生|出现|纳入|完成|进度|排名|任务|问题|风险|连续|符合)[^，。；：的要应须]{1,24})的"
    "(?:省份|市州|州市|县市区|市县|县区|区县|乡镇|镇街|街道|地区|地方|单位|部门|企业|学校|学院|村)(?=，?(?:也|都|均|还|更|原则上)?(?:要|必须|务必|须|应))",
)
_DESCRIBES = "涉及[^的、，]{0,12}的[^的、，]{0,6}(?:部门|单位|乡镇|街道|县市区|县区|企业)"
_STEM_START = Opening(
    firsts("organ_stems") | {*"派开高经建设施监检牵主承负配具协联专服综重保培试扶"},
    rf"{listed('organ_stems')}|派出所|派出机构|开发区|高新区|经开区|建设|设计|施工|监理|检测|牵头|主管|主办|承办|负责|配合|主要领导|主要负责|具体|协办|联合|专项|服务|综合|重点企业|保障|培训|试点|扶贫",
)
# 就业指导中心, 上河镇: the first character is a preposition elsewhere
_MAY_START = Opening(
    firsts("organ_stems")
    | {
        *"派开高经建设施监检牵主承负配具协联专服综重保培试扶涉就对上下正全有条尚没未已存发出纳完进排任问风连符"
    },
    f"{_STEM_START.source}|{_DESCRIBES}|{_IN_THE_CASE.source}|全国性|就业(?:局|处|办|指导|服务|中心)|对外(?:联络|合作|经贸|经济)"
    "|[上下正](?![报交级沉放派达一个述岗线面式常])[一-龥]{1,2}(?:镇|乡|街道|社区|村|县|新区)",
)
# 培训企业一线职工: people something is done to
_TREATED = LatePattern(
    "(?:培训|组织|服务|保障|帮扶|扶持|选派|选聘|引进|招聘|慰问|轮训|配备|发动|动员)(?!中心|部|处|科|室|局|委|工作)"
)
_BARE = words("bare_names")
_PLAIN = words("plain_verbs")
_OFFICE_REST = re.compile(
    "[局室处科股厅站院组]|办(?:公室)?(?![理好法事结案学成出])|中心|小组|专班|工作组|指挥部|委员会"
)


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
    if stranger:
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
    if not known or not found or _what_follows(text, found.end(), end) is None:
        return [], at
    kind: Kind = "collective" if known.is_group[found[0]] else "named"
    return [Party(at, found.end(), kind, "known")], found.end()


def _one(text: str, at: int, end: int, *, is_member: bool) -> tuple[list[Party], int]:
    # Most clauses begin with a verb or have no name in them: told by one match each
    if _NOT_START.match(text, at, end) and not _MAY_START.match(text, at, end):
        return [], at
    found, after = _short_names(text, at, end)
    if found:
        return found, after
    steps = _STEPS.match(text, at, end)
    if steps:
        return [Party(at, steps.end(), "collective", "wide")], steps.end()
    endings = _ENDINGS.within(text, at, min(end, at + _WIDEST))
    if not endings:
        return [], at
    some = _IN_THE_CASE.match(text, at)
    if some:
        return [Party(at, some.end(), "collective", "case")], some.end()
    found, after = _mixed_list(text, at, end)
    return (found, after) if found else _whole(text, at, end, endings, is_member=is_member)


def _whole(text: str, at: int, end: int, endings: list[Spot], *, is_member: bool) -> tuple[list[Party], int]:
    """A name that its own end shows to be one."""
    levels = _LEVELS.match(text, at, end)
    if levels and _what_follows(text, levels.end(), end) is not None:
        return [Party(at, levels.end(), "collective", "wide")], levels.end()
    both = _coordinated(text, at, end)
    if both:
        return both, both[-1].end
    for begin, stop in endings:
        follows = _what_follows(text, stop, end)
        ending, name = text[begin:stop], text[at:stop]
        holder = people.HOLDER.match(text, stop, end) if ending in _POSTS else None
        if follows is None and not holder and not (_is_strong(name) and _LATE.match(text, stop, end)):
            continue
        # 各单位、部门: the second stands under the first one's 各
        if is_member and name in _BARE:
            return [Party(at, stop, "collective", "member")], stop
        if holder and name not in {"同志", "领导"}:
            return [Party(at, holder.end(), "named", "post")], holder.end()
        party = _named(name, ending, is_subject=follows is not None and _SUBJECT.match(follows) is not None)
        if party:
            return [Party(at, stop, *party)], stop
        if _INSIDE.seen_in(name):
            break
    return [], at


def _coordinated(text: str, at: int, end: int) -> list[Party]:
    both = _COORDINATED.match(text, at, end)
    if not both or not _SUBJECT.match(text, both.end(), end) or _ends_a_name(text, at, both.end("first")):
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
    if joint and _what_follows(text, joint[1], end) is not None:
        return [Party(*spot, "named", "joint") for spot in joint[0]], joint[1]
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


def _what_follows(text: str, at: int, end: int) -> str | None:
    """The words behind a name that show it to be whole; None when the name seems to go on (市委|组织部)."""
    if at >= end:
        return ""
    opens = _FRONTS.at(text, at)
    follows = _FOLLOW.match(text, at, end) if _FOLLOW in opens else None
    if follows:
        return follows[0]
    if not opens or text.startswith("关于", at):
        return None
    stop = ACT.match(text, at, end) or OBJECT.match(text, at, end)
    if stop and text[at:stop] in _PLAIN and not _OFFICE_REST.match(text, stop, end):
        return text[at:stop]
    goes_on = stop and (_REST.match(text, stop, end) or _NOUNISH.match(text, stop, end))
    return text[at:stop] if stop and not goes_on else None


def _is_strong(name: str) -> bool:
    found = _STRONG.match(name) if name[0] in "全各" else None
    return found is not None and found.end() == len(name)


def _ends_a_name(text: str, at: int, stop: int) -> bool:
    return any(ends == stop for _, ends in _ENDINGS.within(text, at, stop))


def _named(name: str, ending: str, *, is_subject: bool) -> tuple[Kind, str] | None:
    """What `name` is, None when it only looks like a party."""
    if name in _BARE or name.startswith("广大") or _INSIDE.seen_in(name) or _FALSE_FRONT.match(name):
        return None
    if ending not in _POSTS and ending not in _PLACES and _FALSE_END.search(name):
        return None
    if ending in _POSTS and _TREATED.match(name):
        return None
    general = _GENERAL.match(name)
    if "的" in name or (ACT.match(name) and not _STEM_START.match(name)):
        if _DESCRIBED.match(name):
            return "collective", "described"
        # 督导组要…: an office named by what it does; 推进产业园…: a verb and its object
        is_office = is_subject and len(name) <= 9 and _OFFICE_END.search(name)
        is_small_office = len(name) <= 4 and _SMALL_OFFICE.search(name)
        if not (is_office or is_small_office) or _GENERAL_INSIDE.search(name) is not None:
            return None
    if ending in _PLACES and ending not in _SUFFIXES:
        if general and _EACH.search(name):
            return "collective", "places"
        return ("named", "place") if _PLACE_NAME.fullmatch(name) and not _NO_PLACE.search(name) else None
    if general and not _is_one_body(name):
        return "collective", "collective"
    if ending in _POSTS:
        return "named", "post"
    if ending in {"所", "队"} and not is_subject:
        return None
    return ("named", "office") if len(name) > 1 else None


def is_false_name(name: str) -> bool:
    """实验室, 格局: ends like an office and is none."""
    return _FALSE_END.search(name) is not None


def _is_one_body(name: str) -> bool:
    return name.startswith(("各级农业", "各级食品"))
