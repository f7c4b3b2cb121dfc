"""Which names are those of a party: offices, posts, places; and which only end like one."""

from typing import Literal

from .following import ACT
from .modals import MODAL, WILL
from .openings import Opening
from .times.late import LatePattern
from .wordlists import firsts, listed, words

Kind = Literal["named", "collective"]

SUFFIXES, POSTS = words("organ_suffixes"), words("posts")
PLACES = words("place_kinds")
GENERAL = LatePattern(rf"[^，。；、：]{{0,8}}?(?:各|每个?|所有|全体|凡|{listed('collective_heads')})")
_EACH = LatePattern("各|每|所在|所有|全体|有关|相关|地方")
_NO_PLACE = LatePattern(
    r"(?:[小城景库山矿灾辖片厂校林牧郊老新棚户]区|城[市镇乡]|集镇|乡镇|[农乡山全本我]村|(?:行政|自然|中心|示范|贫困|城中|空心|薄弱|重点|试点|产业)村|[超上门都股楼夜]市|[土工用林耕草湿]地)$"
)
# 审计组, 物资保障组: a team that is told to do something; 村民小组 and 机组 are none
_TEAM = LatePattern("(?!第?[一二三四五六七八九十0-9])[^，。；、]{2,8}(?<![小分机词民])组")
# 每个项目区: no body that could act
_NO_BODY = LatePattern("(?:项目|核心|库|灌|居民小|小|棚户|城|矿|灾|林|牧|养殖|安置|施工)区$")
_KIND_OF_PLACE = LatePattern(
    "(?:试点|受灾|涉灾|产粮|沿[江海河线])[^，]{0,3}(?:地区|地方|省份|县|市县|县区|乡镇)$"
)
_PLACE_NAME = LatePattern(r"[\u4e00-\u9fff]{1,5}(?:[县区市镇乡州村]|街道)$")
INSIDE = Opening(
    firsts("never_in_names") | {*"跟之要应须必务一需将了是把被让使由着%不任“（，。；：《》、为在对向从地后"},
    rf"{MODAL}|{WILL}|[了是把被让使由着%]|不(?!动产|锈)|{listed('never_in_names')}|任(?:组长|副|总指挥|主任|成员|指挥长)|“[^”]*$|（[^）]*$|[，。；：《》]|、(?![^（]*）)|(?<!所)[为在对向从](?!农)|(?<![各当属本外两基])地(?![方区税质震铁产勘理市州矿测])(?!$)|后(?!勤)|跟|之[前后]",
)
_OFFICE_END = LatePattern(
    "(?:组|办|办公室|专班|单位|部门|领导|委员会|管委会|指挥部|[局部处所院]|支?队|中心|公司)$"
)
_SMALL_OFFICE = LatePattern("(?:处|科|股|部|局|室|组|办|站)$")
_GENERAL_INSIDE = LatePattern("的|各|有关|相关")
# 负责代表公立医疗机构, 具体负责组织: the front is the verb of what is done to whom
_FALSE_FRONT = LatePattern(
    "负责(?!部门|单位|人|同志|领导|机构|[处科]室)(?!.*的)|具体(?!(?:负责|经办|承办|实施|责任|办理|牵头|落实)?的?(?:单位|部门|人|机构|[处科]室))"
    "|组织(?!部|委员|处|科|人事|和?人社|股|组|生活|宣传)"
)
FALSE_END = LatePattern(rf"(?:{listed('not_organs')})$(?<!教学科)(?<!市场所)")
# 包抓项目的市级领导, 涉及环保的单位
_DESCRIBED = LatePattern(
    rf"(?:包抓|包联|包保|联系|分管|主管|负责|承担|涉及|挂点|参与|牵头|对接)[^的、，]{{0,12}}的(?:{listed('posts')}|[^的、，]{{0,6}}(?:部门|单位|乡镇|街道|县市区|县区|企业|领导))$"
)
STEM_START = Opening(
    firsts("organ_stems") | {*"派开高经建设施监检牵主承负配具协联专服综重保培试扶"},
    rf"{listed('organ_stems')}|派出所|派出机构|开发区|高新区|经开区|建设|设计|施工|监理|检测|牵头|主管|主办|承办|负责|配合|主要领导|主要负责|具体|协办|联合|专项|服务|综合|重点企业|保障|培训|试点|扶贫",
)
# 培训企业一线职工: people something is done to
_TREATED = LatePattern(
    "(?:培训|组织|服务|保障|帮扶|扶持|选派|选聘|引进|招聘|慰问|轮训|配备|发动|动员)(?!中心|部|处|科|室|局|委|工作)"
)
BARE = words("bare_names")


def kind_of(name: str, ending: str, *, is_subject: bool) -> tuple[Kind, str] | None:
    """What `name` is, None when it only looks like a party."""
    if name in BARE or name.startswith("广大") or INSIDE.seen_in(name) or _FALSE_FRONT.match(name):
        return None
    if ending not in POSTS and ending not in PLACES and FALSE_END.search(name):
        return None
    if ending in POSTS and _TREATED.match(name):
        return None
    general = GENERAL.match(name)
    if "的" in name or (ACT.match(name) and not STEM_START.match(name)):
        if _DESCRIBED.match(name):
            return "collective", "described"
        # 督导组要…: an office named by what it does; 推进产业园…: a verb and its object
        is_office = is_subject and len(name) <= 9 and _OFFICE_END.search(name)
        is_small_office = len(name) <= 4 and _SMALL_OFFICE.search(name)
        if not (is_office or is_small_office) or _GENERAL_INSIDE.search(name) is not None:
            return None
    if ending in PLACES and ending not in SUFFIXES:
        if _NO_BODY.search(name):
            return None
        if (general and _EACH.search(name)) or _KIND_OF_PLACE.match(name):
            return "collective", "places"
        if is_subject and _TEAM.fullmatch(name):
            return "named", "office"
        return ("named", "place") if _PLACE_NAME.fullmatch(name) and not _NO_PLACE.search(name) else None
    if general and not _is_one_body(name):
        return "collective", "collective"
    if ending in POSTS:
        return "named", "post"
    if ending in {"所", "队"} and not is_subject:
        return None
    return ("named", "office") if len(name) > 1 else None


def is_false_name(name: str) -> bool:
    """实验室, 格局: ends like an office and is none."""
    return FALSE_END.search(name) is not None


def _is_one_body(name: str) -> bool:
    return name.startswith(("各级农业", "各级食品"))
