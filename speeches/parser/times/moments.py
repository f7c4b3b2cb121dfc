"""Reads one expression of a stretch of days: head, narrowings, the other end of a range, tail."""

from . import centuries, days, feasts, lunar, years
from .frames import UNKNOWN, Frame, shift
from .late import LatePattern
from .parts import PART_FIRSTS, PARTS
from .rules import LATER_END, Base, Draft, Head, Table
from .tails import TAIL_FIRSTS, TAILS

_ALL = (*years.HEADS, *centuries.HEADS, *days.HEADS, *lunar.HEADS, *feasts.HEADS)
HEADS = Table(head for head in _ALL if not head.only_inside)
IN_YEAR = frozenset(
    (
        *("month", "months", "month-list", "month-pair", "open-month", "first-months", "last-months"),
        *("quarter", "quarters", "first-quarter", "half-year", "feast", "feast-with-tail", "quoted-feast"),
        *("season", "feast-with-days", "lunar"),
    )
)
BARE_MONTHS = frozenset(("month", "months", "month-list", "month-pair"))
IN_YEARS = Table(head for head in _ALL if head.only_inside or head.name in IN_YEAR)

_AND_WORDS = "和与"  # 6月1日和6月15日之间 is a range, 6月和7月 are two
_AND = LatePattern(f"[{_AND_WORDS}]")
_DUE_BY = LatePattern("(?:最迟|最晚|至迟|不迟于|不晚于|不得迟于|不得晚于)[于在到至]?$")

# 到2025年, 截至5月底: up to its end, from nobody knows when; 收到6月的通知 is none
_UP_TO = LatePattern("(?:截[至止]|(?<![达得遇轮看说做想提来收送接受感谈拿赶遭复高低升降平])[到至])$")
_LEAD_ENDS = "迟晚于在到至止"
_AIMS_AT = LatePattern("(?:^|[^\\w]|力争|争取|确保|计划|预计)到$|截止[到至]?$")

_Read = tuple[int, Frame, tuple[str, ...]]


def read_moment(text: str, at: int, base: Base) -> Draft | None:
    """The expression of days that begins at `at`, None when none does."""
    first = _read_stretch(text, at, base)
    if first is None:
        return None
    return _close(text, _read_range(text, first, base), base, begins_at=at)


def _read_stretch(text: str, at: int, base: Base) -> _Read | None:
    found = _longest(text, at, base, among=HEADS)
    if found is None:
        return None
    while (finer := _narrower(text, found, base)) is not None:
        found = finer
    return found


def _longest(text: str, at: int, base: Base, *, among: Table[Head]) -> _Read | None:
    best: _Read | None = None
    for head in among.worth_trying(text, at):
        match = head.pattern.match(text, at)
        if match is None or (best is not None and match.end() <= best[0]):
            continue
        frame = head.frame(match, base)
        if frame is not None:
            best = (match.end(), frame, (head.name,))
    return best


def _narrower(text: str, found: _Read, base: Base) -> _Read | None:
    end, frame, names = found
    firsts = PART_FIRSTS.get(frame.unit)
    if firsts is not None and text[end : end + 1] not in firsts:
        return None
    for part in PARTS[frame.unit]:
        match = part.pattern.match(text, end)
        narrowed = match and match.end() > end and part.narrow(match, frame)
        if match and narrowed and part.name not in names:
            return match.end(), narrowed, (*names, part.name)
    return _inside_year(text, found, base) if frame.unit == "year" else None


def _inside_year(text: str, found: _Read, base: Base) -> _Read | None:
    end, frame, names = found
    at = end + (text[end : end + 1] in (" ", "的"))
    inner = _longest(text, at, base.inside(frame), among=IN_YEARS)
    if inner is None:
        return None
    if frame.start is None:
        inner = (inner[0], frame._replace(unit=inner[1].unit), inner[2])
    return inner[0], inner[1], (*names, *inner[2])


def _read_range(text: str, first: _Read, base: Base) -> _Read:
    """首端“至”尾端: the other end is read near the first; kept as one end when no other end follows."""
    end, frame, names = first
    between = LATER_END.match(text, end) or _AND.match(text, end)
    if between is None:
        return first
    other = _read_stretch(text, between.end(), base.after(frame))
    if other is None or (other[1].end and frame.start and other[1].end < frame.start):
        return first
    if between[0] in _AND_WORDS and not text.startswith(("之间", "期间"), other[0]):
        return first
    if frame.start is None or other[1].end is None:  # x月x日至x月x日: one find, no days
        joined = UNKNOWN
    else:
        joined = frame._replace(end=other[1].end, unit="span", is_fixed=frame.is_fixed and other[1].is_fixed)
    return other[0], joined, (*names, "to", *other[2])


def _ahead(frame: Frame, base: Base, names: tuple[str, ...]) -> Frame:
    """A 1月15日前 said in December is next January's: no requirement is due half a year before it is made."""
    if frame.end is None or names[0] not in BARE_MONTHS or not base.is_dated:
        return frame
    if frame.end >= shift(base.today, months=-6):
        return frame
    return frame._replace(
        start=frame.start and shift(frame.start, months=12), end=shift(frame.end, months=12)
    )


def _close(text: str, found: _Read, base: Base, *, begins_at: int) -> Draft:
    end, frame, names = found
    kind_unit = frame.unit
    leads = text[begins_at - 1] in _LEAD_ENDS if begins_at else False
    is_deadline = leads and _DUE_BY.search(text, max(0, begins_at - 6), begins_at) is not None
    if text[end : end + 1] in TAIL_FIRSTS:
        for tail in TAILS:
            match = tail.pattern.match(text, end)
            if match is not None and tail.fits(frame):
                end, frame = match.end(), tail.close(frame, base)
                if tail.is_deadline:
                    frame = _ahead(frame, base, names)
                names, is_deadline = (*names, tail.name), is_deadline or tail.is_deadline
                break
    is_up_to = leads and _UP_TO.search(text, max(0, begins_at - 3), begins_at) is not None
    if is_up_to and frame.end is not None:
        frame = frame._replace(start=None)
        is_ahead = not base.is_dated or frame.end is None or frame.end >= base.today
        is_deadline |= is_ahead and _AIMS_AT.search(text, max(0, begins_at - 3), begins_at) is not None
    is_open = frame.start is not None and frame.end is None
    is_long = frame.start is not None and frame.start != frame.end
    is_point = (kind_unit == "day" and not is_open) or (kind_unit == "feast" and not is_long)
    is_point = is_point or (is_deadline and frame.is_edge)
    return Draft(end, "date" if is_point else "period", frame, names, is_deadline=is_deadline)
