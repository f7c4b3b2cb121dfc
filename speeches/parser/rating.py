"""How well a clause serves as the title of a duty: a verb and an object one can look at."""

import re

from . import cues
from .drafting import Draft
from .organs import ACT, OBJECT
from .trimming import FEWEST
from .types import Span
from .wordlists import listed
from .worth import has_attitude, has_emptiness, has_thing

_COUNTED = "(?:好|出|起)?[一二两三四五六七八九十百几0-9x×*]"
DOES = re.compile(
    f"{listed('verbs', 'adverbs')}|(?:{listed('making_verbs')}){_COUNTED}"
    "|到[^，]{2,8}[一-龥]|报(?!告[中里])"
)
# 开工率, 检查比例, 发现的问题: a verb that is half of a noun
_NOUN_HEAD = re.compile("率|比例|时限|人(?!员)|者|的|情况|工作|问题|力度|条件|质量|面积|范围|标准|结果")
_RESULT_HEAD = re.compile("(?:结果|并|及时)?(?:报|汇报|上报|报送|向[^，]{1,14}(?:报|汇报)|通报|公布)")
STARTS_COUNTED = re.compile(r"[0-9一二两三四五六七八九十百]+[\u4e00-\u9fff]|每|x月")
# 各抽检一次, 过一遍, 把数摸清: what was done to the object set before
_COUNTS = re.compile(
    "[一二两三几0-9]+(?:次|遍|轮|场|回)|(?:清|完|好|齐|掉|来|去|到位|到[^，]+|给[^，]+|起来|清楚|明白)$"
)
_OBJECT_ALONE = re.compile("[对把将][^，]+的[^，的]{1,8}")
_ROLE_END = re.compile("(?:负责|配合|参与|参加|带队|跟进)$|的(?:不|一律|当场)")
_PAPER = re.compile("[表册图案书单账档](?:[，、》”]|$)|[《“]")
_HALF = re.compile(r"(?:[的后中里下前时]|过程中|情况下|基础上|同时)$")
_FORBIDS = re.compile("(?:不|绝不|决不|严禁|避免|防止|切忌|杜绝)")
_AIMS = re.compile("(?:力争|确保|争取|务求)")
_LEANS = re.compile(
    "(?:围绕|按照|按|立足|聚焦|紧盯|紧扣|紧紧围绕|对照|结合|针对|根据|以|通过|采取|依托|突出|本着|坚持|着眼|为|为了|在|从|随着|凡|凡是)(?![上])"
)


def rate(draft: Draft, words: str, spans: list[Span]) -> float:
    """Above 0: may stand alone."""
    start, end = spans[0].start, spans[-1].end
    score = 0.0
    if is_predicate(words):
        score += 2.0
    elif _LEANS.match(words) or OBJECT.match(words):
        score -= 2.0
    elif not DOES.search(words):
        score -= 1.5
    score += 0.7 * (has_thing(words) or _PAPER.search(words) is not None)
    score += 0.5 * any(start <= target.span.start < end for target in draft.own.targets)
    score -= 2.5 * has_attitude(words) + 1.0 * has_emptiness(words)
    score -= (
        1.5 * bool(_HALF.search(words)) + 2.0 * bool(_FORBIDS.match(words)) + 0.5 * bool(_AIMS.match(words))
    )
    score -= 2.0 * bool(STARTS_COUNTED.match(words)) + 1.0 * bool(_RESULT_HEAD.match(words))
    score -= 2.0 * bool(_ROLE_END.search(words) and not words.startswith("负责"))
    score -= 1.5 * (len(words) < FEWEST) + 0.5 * (len(words) < FEWEST + 2)
    return score


def is_predicate(words: str) -> bool:
    """Begins with a verb (编制方案), or handles an object set before it (对通道再排查一遍)."""
    if _LEANS.match(words) or words.endswith("的"):
        return False
    does = DOES.match(words)
    if does:
        return _NOUN_HEAD.match(words, does.end()) is None
    if _HALF.search(words) or not words.startswith(("把", "将", "对", "与", "向", "同")):
        return False
    if _OBJECT_ALONE.fullmatch(words) and not _COUNTS.search(words):
        return False
    acts = ACT.search(words, 3) or _COUNTS.search(words) or cues.HANDLES.match(words)
    return acts is not None
