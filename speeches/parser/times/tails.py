"""How an expression ends: 前, 之前, 内, 止, 起, 以来, 期间; and which days that leaves."""

from collections.abc import Callable
from dataclasses import dataclass

from .frames import Frame, shift
from .late import LatePattern
from .rules import NO_BEFORE_WORD, NO_BEFORE_WORD_OF_DAY, Base

# 前 and 后 that begin another word, as in 6月前期, 12月后勤
_BEFORE = f"(?:之前|以前|前{NO_BEFORE_WORD})"
_AFTER = "(?:以后|之后|后(?![勤续备半期置果两三方几]))"


@dataclass(frozen=True, slots=True)
class Tail:
    """Closes an expression. `is_deadline`: the words say by when. `only_days`: it follows days and edges."""

    name: str
    pattern: LatePattern
    close: Callable[[Frame, Base], Frame]
    is_deadline: bool = False
    only_days: bool = False

    def fits(self, frame: Frame) -> bool:
        """Whether it may follow such a stretch."""
        return not self.only_days or frame.is_edge or frame.unit in ("day", "tenth", "month")


def _before(frame: Frame, base: Base) -> Frame:
    """6月30日前 and 月底前 reach to that day; 9月前 and 国庆节前 to the day before, unless it is past."""
    if frame.start is None or frame.end is None:
        return frame
    if frame.unit in ("day", "tenth", "span") or frame.is_edge:
        return frame._replace(start=None)
    eve = shift(frame.start, days=-1)
    is_past = base.is_dated and eve < base.today <= frame.end
    return frame._replace(start=None, end=frame.end if is_past else eve)


def _to_its_end(frame: Frame, base: Base) -> Frame:
    return frame


def _until(frame: Frame, base: Base) -> Frame:
    return frame._replace(start=None)


def _from(frame: Frame, base: Base) -> Frame:
    return frame._replace(end=None, unit="span")


def _until_now(frame: Frame, base: Base) -> Frame:
    has_begun = base.is_dated and frame.start is not None and frame.start <= base.today
    return frame._replace(end=base.today if has_begun else None, unit="span")


def _after(frame: Frame, base: Base) -> Frame:
    if frame.end is None:
        return frame
    return frame._replace(start=shift(frame.end, days=1), end=None, unit="span")


def _eve(frame: Frame, base: Base) -> Frame:
    if frame.start is None:
        return frame
    day = shift(frame.start, days=-1)
    return frame._replace(start=day, end=day, unit="day")


TAILS = (
    Tail("around", LatePattern("前后|左右"), _to_its_end),
    Tail("eve", LatePattern("前夕"), _eve),
    Tail("before-end", LatePattern("(?:结束|放假|完)(?:之前|以前|前)"), _until, is_deadline=True),
    Tail("before", LatePattern(f"(?:到来|来临|开始|召开|开幕)?{_BEFORE}"), _before, is_deadline=True),
    Tail("before-day", LatePattern(f"前{NO_BEFORE_WORD_OF_DAY}"), _before, is_deadline=True, only_days=True),
    Tail(
        "within",
        LatePattern("之内|以内|内(?![容部外地蒙心在涵需陆阁河涝控生存设置循贸销勤网资功因科])"),
        _to_its_end,
        is_deadline=True,
    ),
    Tail("until", LatePattern("为[止限]|截?止(?![损血境步])"), _until, is_deadline=True),
    Tail("since", LatePattern("以来|至今"), _until_now),
    Tail("after", LatePattern(_AFTER), _after),
    Tail("from", LatePattern("(?:开始|起(?![草步源点到来因飞重伏码航底]))"), _from),
    Tail(
        "during",
        LatePattern("之间|期间|时期|同期|小长假|长假|佳节|黄金周|假期|当天|当日|这天"),
        _to_its_end,
    ),
)
TAIL_FIRSTS = frozenset("同截前左结放完到来开召之以内为止至后起期时小长佳黄假当这")
