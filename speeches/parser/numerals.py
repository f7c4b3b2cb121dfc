"""Numbers as officials write them: 三十, 廿五, 两, 二〇二四, １２, and the marks for a number left open."""

import re
from functools import lru_cache

DIGITS = {
    **{str(n): n for n in range(10)},
    **{chr(0xFF10 + n): n for n in range(10)},
    **dict(zip("〇一二三四五六七八九", range(10), strict=True)),
    **dict.fromkeys("零○Ｏ", 0),
    "两": 2,
}
TENS = {"十": 10, "百": 100, "千": 1000}
PACKED_TENS = {"廿": 20, "卅": 30}
ARABIC = "0-9"
HAN = "一二两三四五六七八九十百廿卅〇零"

# A counted number of at most four Arabic or five Chinese characters; a longer run is no count of days.
NUMBER = rf"(?:[{ARABIC}]{{1,4}}|[{HAN}]{{1,5}})"
# 12 digits' worth of Chinese years: 二〇二四, 二零一七, 一九九八
HAN_YEAR = "[一二][〇零○Ｏ一二三四五六七八九]{3}"
OPEN = "xXｘＸ×*＊"  # what a published text prints where the real number was taken out

_WIDE = re.compile("[０-９]")
_NARROW = {0xFF10 + n: 0x30 + n for n in range(10)}


def narrow_digits(text: str) -> str:
    """`text` with full-width digits made half-width; the length does not change."""
    return text.translate(_NARROW) if _WIDE.search(text) else text


@lru_cache(maxsize=1024)
def number(words: str) -> int | None:
    """The whole number that `words` spell (三十 → 30, 二〇二四 → 2024), None when they spell none."""
    if words.isascii() and words.isdigit():
        return int(words)
    if not words:
        return None
    if all(char in DIGITS for char in words):
        return int("".join(str(DIGITS[char]) for char in words))
    return _spelled(words)


def _spelled(words: str) -> int | None:
    total, digit = 0, 0
    for char in words:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in PACKED_TENS:
            total, digit = total + PACKED_TENS[char], 0
        elif char in TENS:
            total, digit = total + (digit or 1) * TENS[char], 0
        else:
            return None
    return total + digit
