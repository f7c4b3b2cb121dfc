"""One reading form for the many ways of typing: same length, so that every place stays the same place."""

import re
from collections.abc import Callable
from functools import lru_cache

import opencc

_WIDE = {0xFF10 + n: 0x30 + n for n in range(10)}
_WIDE |= {0xFF21 + n: 0x41 + n for n in range(26)} | {0xFF41 + n: 0x61 + n for n in range(26)}
_MARKS = str.maketrans(",;:!?()％﹪〈〉「」『』\u3000\xa0\t\r", "，；：！？（）%%《》“”“”    ")
_FOLDED = {
    chr(wide): chr(narrow) if isinstance(narrow, int) else narrow for wide, narrow in (_WIDE | _MARKS).items()
}
# Half of the time of `str.translate` goes to characters that stay; few of a Chinese text are folded
_ODD = re.compile(f"[{re.escape(''.join(_FOLDED))}]")
# Commas between digits are part of the number: 1,200. The mark comes first: so the search skips to it.
_NUMBER_COMMA = re.compile(r"，(?<=\d，)(?=\d{3}(?!\d))")
# 都讲了.总体上: a typist's full stop; not 阿布.买买提 in a text that has its own, not a number or file name
_STOP_DOT = re.compile(r"[.．](?<=[\u4e00-\u9fff”）%].)(?![0-9A-Za-z.．])")
_HAN_MARK = re.compile(r"(^ *[一二三四五六七八九十]{1,3})[.．](?![.．])", re.MULTILINE)
# 【甲局牵头，8月底前完成】: a duty note in other brackets
_NOTE_IN_BRACKETS = re.compile(
    r"【([^【】\n]{0,160}(?:牵头|负责|配合|责任|落实|承办|主办|时限)[^【】\n]{0,160}"
    r"|(?<=[。；，\u4e00-\u9fff%）]【)[^【】\n，。；：]{1,60}[局委办部厅院中心公司学校])】"
)
_STRAIGHT = re.compile('"([^"\n]*)"')
_TRADITIONAL = re.compile(
    "[們個這來時會國後與為對開關發業產們區縣鎮長點種學實際應當請將們總結構機電網絡續經濟創設]"
)


@lru_cache
def _to_simplified() -> Callable[[str], str]:
    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert


def fold(text: str) -> str:
    """`text` with full-width marks, half-width letters and digits, simplified characters; same length."""
    folded = _ODD.sub(lambda odd: _FOLDED[odd[0]], text)
    if "，" in folded:
        folded = _NUMBER_COMMA.sub(",", folded)
    if '"' in folded:
        folded = _STRAIGHT.sub(r"“\1”", folded)
    if "【" in folded:
        folded = _NOTE_IN_BRACKETS.sub(r"（\1）", folded)
    if "." in folded or "．" in folded:
        folded = _with_stops(folded)
    if _TRADITIONAL.search(folded):
        simplified = _to_simplified()(folded)
        folded = simplified if len(simplified) == len(folded) else folded
    return folded


def _with_stops(folded: str) -> str:
    """Full stops where a typist put dots."""
    folded = _HAN_MARK.sub(r"\1、", folded)
    dots = sum(1 for _ in _STOP_DOT.finditer(folded))
    is_style = dots * 4 >= folded.count("。")
    return _STOP_DOT.sub("。", folded) if is_style else folded
