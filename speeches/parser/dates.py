"""The words of time in a text and the days they mean: `find_times`."""

import re
from datetime import date

from .numerals import ARABIC, HAN, OPEN, narrow_digits
from .times import durations, events, recurrences
from .times.gates import GATES, SECONDS
from .times.moments import HEADS, IN_YEAR, read_moment
from .times.rules import Base, Draft, Table, base_of
from .types import Context, Span, TimeFind

RULES = Table((*recurrences.RULES, *durations.RULES, *events.RULES))
_LISTED = ("、", "和", "及", "与", "或")
_FAR = 80  # characters; a year named further back is not that of this month
_LONGEST_BEAT = 60  # characters of beats side by side that are one find
_NEXT_SENTENCE = re.compile("[。；！？\n]")
LEANS = IN_YEAR | {"bare-day", "lone-day", "days", "weekday", "lone-feast"}
FIRSTS = "".join(sorted({*HEADS.firsts, *RULES.firsts}))
# Not in the middle of a number: no 4年 in 2024年, no 一日 in 二十一日; most 会议 is no 会议之后
TRIGGER = re.compile(
    rf"[{re.escape(FIRSTS)}](?=[{re.escape(''.join(sorted(SECONDS)))}])(?!会议[^之后结])(?<![{ARABIC}.．][{ARABIC}])(?<![{HAN}][{HAN}])(?<![{OPEN}][{OPEN}])"
)


def find_times(text: str, context: Context) -> tuple[TimeFind, ...]:
    """Every expression of time in `text`, in order, not overlapping.

    Days are read from `context.spoken_on`; without it only words that carry a full date get days.
    """
    base = base_of(context)
    read = narrow_digits(text)
    finds: list[TimeFind] = []
    last: Draft | None = None
    end = 0
    for trigger in TRIGGER.finditer(read):
        at = trigger.start()
        gate = GATES.get(trigger[0])
        if at < end or (gate is not None and read[at + 1 : at + 2] not in gate):
            continue
        draft = (last and _leaning(read, at, last, base)) or _best(read, at, base)
        if draft is not None:
            end, last = draft.end, draft
            _append(finds, _find(text, at, draft, base), text)
    return tuple(finds)


def _leaning(text: str, at: int, last: Draft, base: Base) -> Draft | None:
    """3月5日、20日 and 明年3月底前…，6月底前…: a bare month or day is of the one named before it."""
    frame = last.frame
    if frame is None or frame.end is None or at - last.end > _FAR:
        return None
    gap = text[last.end : at]
    is_listed = gap in _LISTED
    if not gap or (not is_listed and (frame.end.year <= base.today.year or _NEXT_SENTENCE.search(gap))):
        return None
    near, leans = base.after(frame._replace(start=frame.start or frame.end)), LEANS if is_listed else IN_YEAR
    moment = read_moment(text, at, near)
    if moment is None or moment.names[0] not in leans:
        return None
    draft = _best(text, at, near)
    return draft if draft and draft.names[0] in leans else None


def _best(text: str, at: int, base: Base) -> Draft | None:
    """The longest reading from `at`; whole rules win over moments of the same length."""
    best: Draft | None = None
    for rule in RULES.worth_trying(text, at):
        match = rule.pattern.match(text, at)
        draft = match and rule.draft(match, base)
        if draft and draft.end > at and (best is None or draft.end > best.end):
            best = draft
    if text[at] not in HEADS.firsts:
        return best
    moment = read_moment(text, at, base)
    if moment and moment.end > at and (best is None or moment.end > best.end):
        return moment
    return best


def _find(text: str, at: int, draft: Draft, base: Base) -> TimeFind:
    start, end = _days(draft, base)
    is_stretch = start is None and end is not None  # 6月底前: up to a day, not on it
    return TimeFind(
        text=text[at : draft.end],
        span=Span(at, draft.end),
        kind="period" if is_stretch and draft.kind == "date" else draft.kind,
        start=start,
        end=end,
        rrule=draft.rrule,
        is_deadline=draft.is_deadline,
        rules=draft.names,
    )


def _days(draft: Draft, base: Base) -> tuple[date | None, date | None]:
    frame = draft.frame
    if frame is None or not (frame.is_fixed or base.is_dated):
        return None, None
    return frame.start, frame.end


def _append(finds: list[TimeFind], find: TimeFind, text: str) -> None:
    """一月一调度、一月一排名: beats of the same rule side by side are one find."""
    joins = finds and find.kind == "recurrence" and recurrences.belong_together(finds[-1], find, text)
    if joins and find.span.end - finds[-1].span.start <= _LONGEST_BEAT:
        span = Span(finds[-1].span.start, find.span.end)
        find = finds.pop()._replace(span=span, text=text[span.start : span.end])
    finds.append(find)
