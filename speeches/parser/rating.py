"""How well a clause serves as the title of a duty: a verb and an object one can look at."""

import re

from . import cues
from .drafting import Draft
from .following import ACT, OBJECT
from .openings import Fronts, Longest, Opening
from .trimming import FEWEST
from .types import Span
from .wordlists import firsts, listed
from .worth import SIGNS, has_attitude, has_thing

_COUNTED = "(?:好|出|起)?[一二两三四五六七八九十百几0-9x×*]"
# What begins like a verb and is none of the list
_DOES = Opening(
    firsts("making_verbs") | {*"到报"},
    f"(?:{listed('making_verbs')}){_COUNTED}|到[^，]{{2,8}}[一-龥]|报(?!告[中里])",
)
# 开工率, 检查比例, 发现的问题: a verb that is half of a noun
_NOUN_HEAD = Opening(
    "率比时人者的情工问力条质面范标结",
    "率|比例|时限|人(?!员)|者|的|(?:情况|工作|问题|力度|条件|质量|面积|范围|标准|结果)(?=$|[，、])",
)
# 治理工作方案: the verb is the work's name
_WORK_OF = Opening(
    "治建管检服保监防整考评宣培改",
    "(?:治理|建设|管理|检查|服务|保障|监管|防治|整治|保护|考核|评估|宣传|培训|改革)工作",
)
# 加大招商力度, 发挥应有作用, 深入现场: true of every duty
_VAGUE = Opening(
    "加强提增把发健优完深",
    "(?:加大|加强|强化|提高|提升|增强|把握|发挥|健全完善|优化)[^，]{0,14}(?:力度|能力|水平|意识|作用|导向|效能|协调|沟通|衔接|领导|汇报|本领|素质)$"
    "|(?:健全|完善|优化)(?:工作)?机制$|深入(?:一线|现场|基层|企业|群众|实际)$",
)
_VAGUE_ENDS = ("意识", "站位", "担当", "各项工作")
_NO_DEED = ("是", "为第一", "具体抓", "具体负责")
_RESULT_HEAD = Opening(
    "结并及报汇上向通公", "(?:结果|并|及时)?(?:报|汇报|上报|报送|向[^，]{1,14}(?:报|汇报)|通报|公布)"
)
STARTS_COUNTED = Opening(
    "0123456789一二两三四五六七八九十百每x", r"[0-9一二两三四五六七八九十百]+[\u4e00-\u9fff]|每|x月"
)
# 各抽检一次, 过一遍, 把数摸清: what was done to the object set before
_COUNTS = re.compile(
    "[一二两三几0-9]+(?:次|遍|轮|场|回)|(?:清|完|好|齐|掉|来|去|到位|到[^，]+|给[^，]+|起来|清楚|明白)$"
)
_OBJECT_ALONE = re.compile("[对把将][^，]+的[^，的]{1,8}")
_ROLE_ENDS = ("负责", "配合", "参与", "参加", "带队", "跟进")
_OF_A_CASE = re.compile("的(?:不|一律|当场)")
_PAPER = re.compile("[表册图案书单账档](?:[，、》”]|$)|[《“]")
_HALF_ENDS = ("的", "后", "中", "里", "下", "前", "时", "基础上")
_FORBIDS = Opening("不绝决严避防切杜", "(?:不|绝不|决不|严禁|避免|防止|切忌|杜绝)")
_AIMS = ("力争", "确保", "争取", "务求")
_LEANS = Opening(
    "围按立聚紧对结针根以通采依突本坚着为在从随凡",
    "(?:围绕|对标|按照|按|立足|聚焦|紧盯|紧扣|紧紧围绕|对照|结合|针对|根据|以|通过|采取|依托|突出|本着|坚持|着眼|为|为了|在|从|随着|凡|凡是)(?![上])",
)


# No title begins with what is forbidden, how often or to whom it is told
_HEADS: dict[Opening | Longest, float] = {_FORBIDS: 2.0, STARTS_COUNTED: 2.0, _RESULT_HEAD: 1.0, _VAGUE: 1.2}
_FRONTS = Fronts(*_HEADS)


def most(draft: Draft) -> float:
    """What no clause of the draft is rated above."""
    return 2.7 + 0.5 * bool(draft.own.targets)


def rate(draft: Draft, words: str, spans: list[Span]) -> float:
    """Above 0: may stand alone."""
    start, end = spans[0].start, spans[-1].end
    signs = SIGNS.within(words)
    score = _shape(words)
    score += 0.7 * (has_thing(words, signs) or _PAPER.search(words) is not None)
    score += 0.5 * any(start <= target.span.start < end for target in draft.own.targets)
    score -= 2.5 * has_attitude(words, signs) + 1.0 * ("empty" in signs)
    score -= 1.5 * words.endswith(_HALF_ENDS) + 0.5 * words.startswith(_AIMS)
    score -= sum(_HEADS[opening] for opening in _FRONTS.at(words, 0) if opening.match(words))
    score -= 2.0 * (_is_role(words) and not words.startswith("负责"))
    score -= 1.2 * words.endswith(_VAGUE_ENDS) + 3.0 * words.startswith(_NO_DEED)
    score -= 1.5 * (len(words) < FEWEST) + 0.5 * (len(words) < FEWEST + 2)
    return score


def _shape(words: str) -> float:
    """A predicate is what a title should be, an object or a setting alone is none."""
    if is_predicate(words):
        return 2.0
    if _LEANS.match(words) or OBJECT.match(words):
        return -2.0
    return 0.0 if has_verb(words) else -1.5


def _is_role(words: str) -> bool:
    return words.endswith(_ROLE_ENDS) or _OF_A_CASE.search(words) is not None


def has_verb(words: str) -> bool:
    """Something is done somewhere in `words`."""
    return ACT.seen_in(words) or _DOES.seen_in(words)


def _behind_verb(words: str) -> int:
    """The place behind the verb that opens `words`, 0 where none does."""
    listed_verb = ACT.match(words)
    found = None if listed_verb else _DOES.match(words)
    return found.end() if found else listed_verb


def is_matter(words: str) -> bool:
    """What something is done to, set before the verb: 对逃废债务的企业, 农民工工资."""
    if is_predicate(words):
        return False
    if words.startswith(("对", "把", "凡")):
        return not words.startswith(("对照", "对标"))
    return not has_verb(words) and _LEANS.match(words) is None


def is_predicate(words: str) -> bool:
    """Begins with a verb (编制方案), or handles an object set before it (对通道再排查一遍)."""
    if _LEANS.match(words) or words.endswith("的"):
        return False
    behind = _behind_verb(words)
    if behind:
        return _NOUN_HEAD.match(words, behind) is None and _WORK_OF.match(words) is None
    if words.endswith(_HALF_ENDS) or not words.startswith(("把", "将", "对", "与", "向", "同")):
        return False
    if _OBJECT_ALONE.fullmatch(words) and not _COUNTS.search(words):
        return False
    return bool(ACT.seen_in(words, 3) or _COUNTS.search(words) or cues.HANDLES.match(words))
