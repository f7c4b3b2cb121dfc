"""One reading form for the many ways of typing: same length, so that every place stays the same place."""

import re

import opencc

_WIDE = {0xFF10 + n: 0x30 + n for n in range(10)}
_WIDE |= {0xFF21 + n: 0x41 + n for n in range(26)} | {0xFF41 + n: 0x61 + n for n in range(26)}
_MARKS = str.maketrans(",;:!?()％﹪〈〉「」『』\u3000\xa0\t\r", "，；：！？（）%%《》“”“”    ")
_TABLE = _WIDE | _MARKS
# Commas between digits are part of the number: 1,200
_NUMBER_COMMA = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
_TRADITIONAL = re.compile("[們個這來時會國後與為對開關發業產們區縣鎮長點種學實際應當請將們總結構機電網絡續經濟創設]")
_TO_SIMPLIFIED = opencc.OpenCC("t2s")


def fold(text: str) -> str:
    """`text` with full-width punctuation, half-width letters and digits, simplified characters; same length."""
    folded = text.translate(_TABLE)
    if "，" in folded:
        folded = _NUMBER_COMMA.sub(",", folded)
    if _TRADITIONAL.search(folded):
        simplified = _TO_SIMPLIFIED.convert(folded)
        folded = simplified if len(simplified) == len(folded) else folded
    return folded
