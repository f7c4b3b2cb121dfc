"""Heads that stand for decades and centuries: 90年代, 21世纪初, 上世纪末.

A century is counted from its round year, as its decades are (20世纪90年代: 1990-1999; 21世纪: 2000-2099).
"""

import re

from speeches.parser.numerals import NUMBER, number

from .frames import Frame, shift, year_frame
from .late import LatePattern
from .rules import NO_EDGE_WORD, Base, Head

_CENTURY = rf"(?P<which>[上本])世纪|(?P<number>{NUMBER})世纪"
# First and last year of a part, counted from the round year
_PARTS = {"初": (0, 9), "中": (40, 59), "末": (90, 99), "": (0, 99)}
_HALVES = {"上半叶": (0, 49), "下半叶": (50, 99), "前半叶": (0, 49), "后半叶": (50, 99)}


def _first_year(match: re.Match[str], base: Base) -> int | None:
    """1900 for 20世纪; 上世纪 and 本世纪 are taken from the day of the speech."""
    if match["number"] is not None:
        nth = number(match["number"]) or 0
        return 100 * (nth - 1) if 11 <= nth <= 30 else None
    if match["which"] is not None:
        return base.today.year // 100 * 100 - 100 * (match["which"] == "上")
    return None


def _stretch(first: int, last: int, *, is_fixed: bool) -> Frame | None:
    start, end = year_frame(first), year_frame(last)
    return start._replace(end=end.end, unit="span", is_fixed=is_fixed) if start and end else None


def _century(match: re.Match[str], base: Base) -> Frame | None:
    century = _first_year(match, base)
    if century is None:
        return None
    first, last = _HALVES.get(match["half"] or "") or _PARTS[(match["edge"] or "")[:1]]
    return _stretch(century + first, century + last, is_fixed=match["which"] is None)


def _decade(match: re.Match[str], base: Base) -> Frame | None:
    """九十年代 without a century is the last one's."""
    century = _first_year(match, base)
    first = int(match["year"]) if match["year"] else (1900 if century is None else century)
    start = year_frame(first + (number(match["tens"] or "零") or 0))
    if start is None or start.start is None:
        return None
    end = shift(start.start, months=120, days=-1)
    return Frame(start.start, end, "span", is_fixed=match["which"] is None)


HEADS = (
    Head(
        "century",
        "上本0123456789一二十",
        LatePattern(
            rf"(?:{_CENTURY})(?:之?(?P<edge>初(?!级)|中叶|末(?!端)){NO_EDGE_WORD}|(?P<half>[上下前后]半叶))?(?!之?交)"
        ),
        _century,
        nexts="世",
    ),
    Head(
        "decade",
        "上二1一2本九八七六五9876",
        LatePattern(
            rf"(?:(?P<year>(?:19|20)[0-9]0)|(?:{_CENTURY})?(?P<tens>[0-9]0|[一二三四五六七八九]十))年代"
        ),
        _decade,
        nexts="世年",
    ),
)
