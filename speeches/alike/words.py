"""What a sentence is about: its character pairs once the words that any duty may have are taken out."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
_RUN = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z0-9]+(?:\.[0-9]+)?")
_TIME = re.compile(
    r"(?:\d{4}年|今年|明年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}[日号]|[上中下]旬|[底初末])?(?:之?前)?"
    r"|\d{1,2}[日号](?:之?前)|[一二三四1-4]季度|[上下]半年|年内|汛期?前|开学前"
    r"|(?:国庆|春|清明|端午|中秋|元旦)节?前?"
)
_FIGURE = re.compile(r"(\d+(?:\.\d+)?)\s*(%|[\u4e00-\u9fff])")  # 12处, 95%, 5万(亩)
_NAME = re.compile(
    r"[A-Za-z]+-?\d+|\d+(?:号线|标段|号楼)|第[一二三四五六七八九十\d]+(?:[期批届标]|人民医院|中学|小学)"
)
_PARTICLES = "的把在对被与和及等了着也还又其"
GAP = "｜"  # stands for what was taken out, so that no pair reaches across
_APART = str.maketrans(dict.fromkeys(_PARTICLES, GAP))


def _lines(name: str) -> list[str]:
    text = (_FOLDER / name).read_text("utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def _common() -> re.Pattern[str]:
    longest_first = sorted(_lines("common.txt"), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, longest_first)))


@cache
def _acts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    kinds = (line.split() for line in _lines("acts.txt"))
    return tuple((kind, re.compile("|".join(map(re.escape, words)))) for kind, *words in kinds)


def bare(text: str, names: Iterable[str] = ()) -> str:
    """`text` with the `names` of departments, words of time and common words replaced by a gap.

    >>> bare("市水务局要抓紧整治内涝点", ["市水务局"])
    '｜｜｜整治内涝点'
    """
    for name in sorted(filter(None, names), key=len, reverse=True):
        text = text.replace(name, GAP)
    return _common().sub(GAP, _TIME.sub(GAP, text)).translate(_APART)


def pairs(text: str, names: Iterable[str] = ()) -> frozenset[str]:
    """Character pairs of the bare text; letters and digits stay whole."""
    found: set[str] = set()
    for run in _RUN.findall(bare(text, names)):
        found.update([run] if run.isascii() else (run[i : i + 2] for i in range(len(run) - 1)))
    return frozenset(found)


def acts(text: str) -> frozenset[str]:
    """The kinds of doing the text speaks of."""
    return frozenset(kind for kind, pattern in _acts() if pattern.search(text))


def figures(text: str) -> frozenset[str]:
    """Counts with what is counted: 12处, 5万."""
    return frozenset("".join(found) for found in _FIGURE.findall(_TIME.sub(GAP, text)))


def own_names(text: str) -> frozenset[str]:
    """What tells one thing from its like: X213, 2标段, 第二人民医院, 三期."""
    return frozenset(_NAME.findall(text))
