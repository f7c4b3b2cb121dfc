"""Quantified goals: 新增*万亩以上, 95%以上, 1—3家, 前五名, 翻一番. Placeholders count as numbers."""

import re
from collections.abc import Iterator

from .numerals import OPEN, narrow_digits
from .times.words import one_of, rows
from .types import Span, Target

_FRACTION = "(?:\\.[0-9]{1,4})?"
_FIGURE = (
    rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+{_FRACTION}|[0-9]{{1,9}}{_FRACTION}"
    rf"|[{OPEN}]{{1,2}}(?![{OPEN}])(?:\.[{OPEN}])?)"
)
_HAN_FIGURE = "[一二两三四五六七八九十百千]{1,5}"
_TO = "(?:[—–－~～至到-]{1,2})"
_SCALE = "(?:[十百千]?[万亿]|[百千])?多?"
_MEASURE = f"(?:{one_of(row[0] for row in rows('measures.txt'))})"
_BOUND = "(?:以上|以下|以内|左右|上下|及以上|之内)"
# What is done to the figure, when it stands right before it, is part of the goal; 达到 and 完成 are not
_CHANGE = (
    "(?:同比)?(?:增长|增加|新增|净增|增收|减少|下降|降低|压减|压缩|提高|提升|上升|缩短|节约|突破|超过|低于|高于|至少"
    "|不(?:低于|少于|超过|高于|小于|大于))"
)
_JOIN = "(?:到|至|了)?"
_NUMBER_START = rf"(?<![0-9.{OPEN}A-Za-z〔\[（(第])(?<!时速)(?<!限速)"
_FLOOR = "(?:至少|不少于|不低于|不超过|突破|超过|新增|净增)"
# 3个月 and 5个工作日 are time, 3个方面 a way of talking
_NO_THING = "(?!(?<=个)(?:月|工作日|小时|季度|星期|自然日|方面|环节|阶段|人|体|点))"
_LOOK_BACK = 12
_LEADS = re.compile(rf"(?:{_CHANGE}{_JOIN}|新增[一-龥]{{0,4}})$")
_SHARE_LEADS = re.compile("(?:年度|全年|年初)?(?:目标)?任务的$")
# 投资500万元以上的项目 says which projects, 500米范围内 where: no goals; a share (80%以上的站点) is one
_DESCRIBES = re.compile("的(?![，。；、,;.]|$)|范围|周边|半径|户型|级以上|口径")
_SPAN = "个?(?:工作日|小时|天|分钟)"

PATTERNS = {
    "percent-in-words": re.compile(rf"百分之{_HAN_FIGURE}(?:点{_HAN_FIGURE})?{_BOUND}?"),
    "rank": re.compile(rf"(?<!之)前(?:{_HAN_FIGURE}|[0-9{OPEN}]{{1,3}})(?:名|位|强(?![度化]))(?!次)"),
    "multiply": re.compile("翻(?:[一两三]|[0-9])?番|双过半|(?:[0-9]{1,3}|[一二两三四五])倍(?:以上)?"),
    "zero": re.compile(one_of(row[0] for row in rows("zero_goals.txt"))),
    "floor-in-words": re.compile(
        rf"{_FLOOR}[一-龥]{{0,2}}?[一二两三四五六七八九十]{{1,3}}{_MEASURE}{_NO_THING}{_BOUND}?"
    ),
    "bound-in-words": re.compile(
        rf"(?<![第一二两三四五六七八九十百千万])[一二两三四五六七八九十百]{{1,4}}{_MEASURE}以上(?!的)"
    ),
    "speed-of-service": re.compile(
        rf"(?:压缩|缩短|压减|控制)(?:至|到|在)(?:{_FIGURE}|{_HAN_FIGURE}){_SPAN}(?:之内|以内|内)?"
        rf"|(?<=业务|事项|登记|审批|许可){_FIGURE}{_SPAN}(?:之内|以内|内)"
    ),
}
FIGURE = re.compile(
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
        if not _is_description(text, match):
            yield _widened(text, match), match.end()


def _others(text: str) -> Iterator[tuple[int, int]]:
    for pattern in PATTERNS.values():
        for match in pattern.finditer(text):
            yield match.span()


def _is_description(text: str, match: re.Match[str]) -> bool:
    if _DESCRIBES.match(text, match.end()) is None:
        return False
    has_bound = match[0].endswith(("以上", "以下", "以内", "左右"))
    return (has_bound and "%" not in match[0]) or text[match.end()] != "的"


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
