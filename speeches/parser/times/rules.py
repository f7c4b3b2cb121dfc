"""What a rule of time is, what it is given, and the small pieces patterns are made of."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, NamedTuple, TypeVar

from speeches.parser.numerals import ARABIC, HAN, OPEN
from speeches.parser.types import Calendar, Context, TimeKind

from .frames import Frame
from .late import LatePattern

NUMERALS = "0123456789"
STAND_IN = date(2000, 1, 1)  # lets words be matched while the date of the speech is unknown; never shown

MONTH = "(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
DAY_OF_MONTH = (
    f"(?:[{ARABIC}]{{1,2}}|[一二三]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|[一二三四五六七八九])"
)
TO = "(?: ?起? ?(?:[—–－~～―]{1,2}|-{1,2}|[至到]) ?)"
LATER_END = LatePattern(TO)
WEEKDAY = "[一二三四五六日天]"
NO_NUMBER_BEFORE = f"(?<![{ARABIC}{HAN}几数多半])"
# 底, 末 and 初 that begin another word: 底数, 末端, 初级
NO_EDGE_WORD = "(?![级步期稿端位班数线色子气座心衷次中])"
# 前 that begins another word: 前期, 前往, 前景
NO_BEFORE_WORD = "(?![后期往来去沿景线夕半三两几言述])"
# A day or a 月底 cannot lie before a thing, so far fewer words are meant: 年底前|进场, 月底前|去库存
NO_BEFORE_WORD_OF_DAY = "(?![后期往夕]|来(?![一两几个])|去(?![向除库产杠存]))"


class Base(NamedTuple):
    """The day words are read from; bare months and days are read near `near`: the speech, or what precedes.

    `inside`: near is the year or month just named (2024年|6月). `second`: it is the first end of a range.
    """

    today: date
    is_dated: bool
    near: date
    is_near_fixed: bool
    calendar: Calendar
    level: str = ""
    place: Literal["speech", "inside", "second"] = "speech"

    def inside(self, frame: Frame) -> "Base":
        """The same day, with bare months and days read in `frame`."""
        return self._near(frame, "inside")

    def after(self, frame: Frame) -> "Base":
        """The same day, with bare months and days read as the other end of a range from `frame`."""
        return self._near(frame, "second")

    def _near(self, frame: Frame, place: Literal["inside", "second"]) -> "Base":
        if frame.start is None:
            return self
        return self._replace(near=frame.start, is_near_fixed=frame.is_fixed, place=place)

    def mark(self, frame: Frame | None) -> Frame | None:
        """`frame`, made from `near`, known as far as `near` is known."""
        return frame and frame._replace(is_fixed=self.is_near_fixed)


def base_of(context: Context) -> Base:
    """What the context says about days; a stand-in day where the speech has no date."""
    today = context.spoken_on or STAND_IN
    return Base(today, context.spoken_on is not None, today, False, context.calendar, context.level)


class Draft(NamedTuple):
    """A find in the making: `text[:end]` is read. `frame` is None for a recurrence."""

    end: int
    kind: TimeKind
    frame: Frame | None
    names: tuple[str, ...]
    rrule: str = ""
    is_deadline: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """Words that open an expression and mean a stretch of days; it begins with one of `firsts`.

    `only_inside`: read behind a year alone (今年|国庆).
    """

    name: str
    firsts: str
    pattern: LatePattern
    frame: Callable[[re.Match[str], Base], Frame | None]
    only_inside: bool = False
    nexts: str = ""  # what may stand behind the number it begins with; empty: anything
    is_count: bool = False  # the number it begins with counts: no year of four digits


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that are a whole find by themselves."""

    name: str
    firsts: str
    pattern: LatePattern
    draft: Callable[[re.Match[str], Base], Draft | None]
    nexts: str = ""
    is_count: bool = False


_RUN_CHARS = f"{NUMERALS}{HAN}{OPEN}○Ｏ几数半"
_BEHIND_A_YEAR = "2024年"
_DIGITS = frozenset(NUMERALS)
_RUN = re.compile(f"[{_RUN_CHARS}]{{1,12}} ?")
# What may stand behind the first number of a range; behind a length; behind a length or the first of two
TO_NEXTS = "起—－–~～―-至到"
LENGTH_NEXTS = "个工自日星礼小周旬天年分" + TO_NEXTS


AnyRule = TypeVar("AnyRule", Head, Rule)


class Table(Generic[AnyRule]):
    """The rules worth trying at a place, by its first character and what stands behind a number there."""

    def __init__(self, rules: Iterable[AnyRule]) -> None:
        table: dict[str, list[AnyRule]] = {}
        for rule in rules:
            for first in dict.fromkeys(rule.firsts):
                table.setdefault(first, []).append(rule)
        self.firsts: dict[str, tuple[AnyRule, ...]] = {first: tuple(found) for first, found in table.items()}
        self._behind: dict[str, dict[str, tuple[AnyRule, ...]]] = {
            first: self._by_next(found) for first, found in self.firsts.items() if first in _RUN_CHARS
        }

    @staticmethod
    def _by_next(found: tuple[AnyRule, ...]) -> dict[str, tuple[AnyRule, ...]]:
        """The empty key is for a character that no rule asks for."""
        nexts = {"", *(char for rule in found for char in rule.nexts)}
        behind = {
            char: tuple(rule for rule in found if not rule.nexts or (char and char in rule.nexts))
            for char in nexts
        }
        years = behind.get("年", behind[""])
        return behind | {_BEHIND_A_YEAR: tuple(rule for rule in years if not rule.is_count)}

    def worth_trying(self, text: str, at: int) -> tuple[AnyRule, ...]:
        """In the order they were given."""
        char = text[at : at + 1]
        behind = self._behind.get(char)
        if behind is None:
            return self.firsts.get(char, ())
        stop = _RUN.match(text, at).end()  # type: ignore[union-attr]
        following = text[stop : stop + 1]
        if following == "年" and stop - at >= 4 and text[at + 3] in _DIGITS:
            return behind[_BEHIND_A_YEAR]
        return behind.get(following) or behind[""]
