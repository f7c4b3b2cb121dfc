"""Two sentences side by side: which stretches of each the other does not have."""

import re
from itertools import groupby

_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")
Stretch = tuple[str, bool]  # words, and whether the other sentence lacks them


def compared(one: str, other: str) -> tuple[list[Stretch], list[Stretch]]:
    """Each sentence cut into stretches; joined again they are the sentence. Order does not matter.

    >>> compared("月底前完成改造", "年底前完成改造")[0]
    [('月', True), ('底前完成改造', False)]
    """
    return _cut(one, _pairs(other)), _cut(other, _pairs(one))


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _cut(text: str, known: set[str]) -> list[Stretch]:
    lacks = [bool(_WORD.match(char)) for char in text]
    for i in range(len(text) - 1):
        if text[i : i + 2] in known:
            lacks[i] = lacks[i + 1] = False
    groups = groupby(zip(text, lacks, strict=True), key=lambda pair: pair[1])
    return [("".join(char for char, _ in group), lacking) for lacking, group in groups]
