"""Quantified goals: 新增*万亩以上, 95%以上, 1—3家, 前五名, 翻一番. Placeholders count as numbers."""

import re
from collections.abc import Iterator

from .counts import counts
from .numerals import OPEN, narrow_digits
from .times.late import LatePattern
from .times.words import one_of, rows
from .types import Span, Target

_FRACTION = "(?:\\.[0-9]{1,4})?"
_FIGURE = (
    rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+{_FRACTION}|[0-9]{{1,9}}{_FRACTION}"
    rf"|[{OPEN}]{{1,2}}(?![{OPEN}])(?:\.[{OPEN}])?)"
)
_HAN_FIGURE = "[一二两三四五六七八九十百千]{1,5}"
_TO = "(?:[—–－~～至到-]{1,2})"
_SCALE = "(?:[十百千]?[万亿]|[百千])?[多余]?"
_UNIT = f"(?:{one_of(row[0] for row in rows('measures.txt'))})"
_MEASURE = f"(?:{_UNIT}(?:/(?:{_UNIT}|年|日|天|小时|人|户))?)"
_BOUND = "(?:以上|以下|以内|左右|上下|及以上|之内)"
# What is done to the figure, when it stands right before it, is part of the goal; 达到 and 完成 are not
_CHANGE = (
    "(?:同比)?(?:增长|增加|新增|净增|增收|减少|下降|降低|压减|压缩|提高|提升|上升|缩短|节约|突破|超过|低于|高于|至少"
    "|不(?:低于|少于|超过|高于|小于|大于))"
)
_JOIN = "(?:到|至|了)?"
_NUMBER_START = rf"(?<![0-9.{OPEN}A-Za-z〔\[（(第])(?<!时速)(?<!限速)"
# 3个月 and 5个工作日 are time, 3个方面 a way of talking
_NO_THING = "(?!(?<=个)(?:月|工作日|小时|季度|星期|自然日|方面|环节|阶段|人|体|点))"
_LOOK_BACK = 12
_LEADS = LatePattern(rf"(?:{_CHANGE}{_JOIN}|新增[一-龥]{{0,4}})$")
_SHARE_LEADS = LatePattern("(?:年度|全年|年初)?(?:目标)?任务的$")
# 投资500万元以上的项目 says which projects, 500米范围内 where: no goals; a share (80%以上的站点) is one
_DESCRIBES = LatePattern("的(?![，。；、,;.]|$)|范围|周边|半径|户型|级以上|口径")
_KIND_BY_SIZE = LatePattern(
    "的?(?:工业|产业|重点|重大|商贸|服务业|建设)?(?:项目|企业|工程|大户|机组|锅炉|合同|采购|案件|煤矿|建筑)"
)
_BOUNDS = ("以上", "以下", "以内", "左右")
# 低于85%的不予通过, 连续三年低于70%的专业: a condition; 不低于 asks
_CONDITION = LatePattern("(?<!不)(?<!不得)(?:低于|高于|超过|不足|不满|少于|大于|小于|达到)$")
# 总投资75亿元, 报到率达97.8%, 已累计完成3亿元: how things are
_ATTRIBUTE = LatePattern(
    "(?:总投资|总概算|概算|总造价|造价|合同价|总长度?|全长|总面积|占地|总库容|库容|余额|总额|余款|中标金额|罚款|涉及)(?:约|近|达|为|是|共|高达|超过|仅)?$"
)
_REACHED = LatePattern(
    r"(?:(?:已经?|累计|共计|目前|截至|现有)[^，。；：、,;的要须再\n]{0,14}|(?:去年|上年|同期)[^，。；：、,;的要须再\n]{2,14})$"
)
_FORCES = LatePattern("要|须|确保|力争|争取|再|追|力求|不低于|不少于|以上")
# 每季度1次 says how often; 至少一次 and two exercises are goals
_HOW_OFTEN = LatePattern(r"(?:每|[一二两三半][日天周旬月季年个])[^，。；：,;\n]{0,14}$")
_SPAN = "个?(?:工作日|小时|天|分钟)"

PATTERNS = {
    "percent-in-words": LatePattern(rf"[百千]分之{_HAN_FIGURE}(?:点{_HAN_FIGURE})?{_BOUND}?"),
    "rank": LatePattern(rf"(?<!之)前(?:{_HAN_FIGURE}|[0-9{OPEN}]{{1,3}})(?:名|位|强(?![度化]))(?!次)"),
    "rank-alone": LatePattern(
        "(?<=[省市县区国校位入居在争进持])前(?:[一二三四五六七八九十]{1,2}|[0-9]{1,2})(?=[，。；、,;\n]|$|行列)"
    ),
    "score": LatePattern("(?<![0-9.:：])[0-9]{1,3}(?:\\.[0-9])?分(?:以上|以下)"),
    "multiply": LatePattern("翻(?:[一两三]|[0-9])?番|双过半|(?:[0-9]{1,3}|[一二两三四五])倍(?:以上)?"),
    "zero": LatePattern(one_of(row[0] for row in rows("zero_goals.txt"))),
    "speed-of-service": LatePattern(
        rf"(?:压缩|缩短|压减|控制)(?:至|到|在)(?:{_FIGURE}|{_HAN_FIGURE}){_SPAN}(?:之内|以内|内)?"
        rf"|(?<=业务|事项|登记|审批|许可){_FIGURE}{_SPAN}(?:之内|以内|内)"
    ),
}
FIGURE = LatePattern(
    rf"{_NUMBER_START}{_FIGURE}(?:%?{_TO}{_FIGURE})? ?"
    rf"(?:{_SCALE}{_MEASURE}{_NO_THING}|[十百千]?[万亿](?!人次)){_BOUND}?"
)
"""A figure with its measure; it may carry a scale alone (x亿)."""


def find_targets(text: str) -> tuple[Target, ...]:
    """Every stretch of `text` that reads as a quantified goal, in order, not overlapping."""
    read = narrow_digits(text)
    spans = sorted({*_figures(read), *_others(read)})
    return tuple(Target(text[start:end], Span(start, end)) for start, end in _apart(spans))


def _figures(text: str) -> Iterator[tuple[int, int]]:
    for match in FIGURE.finditer(text):
        if not (_is_description(text, match) or _is_so(text, match) or _is_rhythm(text, match)):
            yield _widened(text, match), match.end()


def _others(text: str) -> Iterator[tuple[int, int]]:
    for pattern in PATTERNS.values():
        for match in pattern.finditer(text):
            yield match.span()
    yield from counts(text)


def _is_description(text: str, match: re.Match[str]) -> bool:
    """Whether the figure says which things are meant: 500万元以上项目, 低于85%的."""
    if match[0].endswith(_BOUNDS) and "元" in match[0] and _KIND_BY_SIZE.match(text, match.end()):
        return True
    if _DESCRIBES.match(text, match.end()) is None:
        return False
    if text[match.end()] == "的" and _CONDITION.search(text, _back(match), match.start()):
        return True
    return (match[0].endswith(_BOUNDS) and "%" not in match[0]) or text[match.end()] != "的"


def _is_so(text: str, match: re.Match[str]) -> bool:
    """Whether the figure tells how things are, not how they are to be."""
    if match[0].endswith(_BOUNDS):
        return False
    if _ATTRIBUTE.search(text, _back(match), match.start()):
        return True
    reached = _REACHED.search(text, max(0, match.start() - 2 * _LOOK_BACK), match.start())
    return reached is not None and _FORCES.search(reached[0]) is None


def _is_rhythm(text: str, match: re.Match[str]) -> bool:
    if not match[0].endswith("次") or match[0].endswith(("人次", "场次", "车次", "班次", "批次", "亩次")):
        return False
    return match[0] == "1次" or _HOW_OFTEN.search(text, _back(match), match.start()) is not None


def _back(match: re.Match[str]) -> int:
    return max(0, match.start() - _LOOK_BACK)


def _widened(text: str, match: re.Match[str]) -> int:
    """From where the goal reads: 增长|8%, 年度目标任务的|60%."""
    leads = (_LEADS, _SHARE_LEADS) if "%" in match[0] else (_LEADS,)
    found = (lead.search(text, max(0, match.start() - _LOOK_BACK), match.start()) for lead in leads)
    return min((lead.start() for lead in found if lead), default=match.start())


def _apart(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    end = 0
    for span in spans:
        if span[0] >= end:
            yield span
            end = span[1]
