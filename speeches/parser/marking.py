"""Which words of time and which figures belong to a draft, and as what."""

from bisect import bisect_left
from dataclasses import dataclass

from .drafting import Draft, Own
from .times.late import LatePattern
from .types import Span, Target, TimeFind
from .wordlists import words

_GOAL = LatePattern(
    r"力争|确保|争取|完成|实现|达到|达|新增|增长|保持|不低于|不少于|不超过|控制在|任务|目标|建成|竣工|开工|投产|签约|出栏|产量|生产|召开|举办|举行|评审|到位|清零|销号|办结|上线|启用|切换"
)
_BYGONE = LatePattern("去年|上年|前年|今年以来|上半年以来|过去|昨[天日]|前[天日]|上个?[月周]")
_MARK = LatePattern(r"[，；。：\t\n]")
_COMPLETES = LatePattern("(?:完成|实现|达成|确保|冲刺)(?:好)?$")
_SHARE = LatePattern("[^，]{0,8}的[0-9x×*○X]")
# A year before a noun is the noun's (2011年抽检品种), hours say when in the day
_NO_DAY_OF_DOING = frozenset(
    ("year", "relative-year", "whole-year", "past", "clock-of-day", "clock", "of-day", "since")
)
_HOURS = LatePattern("[点时][^，]*(?:到|至|—)")
_BEFORE_ADVERB = LatePattern(
    "(?:也|都|就|还|再|先|同时|其中|具体|[要须应将在于请从]|力争|争取|确保|务必|必须|最迟|最晚|可以?|计划|原则上)*"
)
_NEXT_GOAL = LatePattern("，(?:力争|确保|争取)")
_BACKGROUND = LatePattern(
    "(?:目前|去年|截至|今年[^，]{0,16}(?:安排|达到)|分别(?:增长|为|是)|全[省市县区国][^，]{0,12}达到?)"
)
# 缩短至15分钟以内: how long it may take, a target
_LIMIT = LatePattern("(?:缩短|压|控制|精确|减少|降)[^，]{0,12}[至到在]$")
_BEFORE_ACT = LatePattern("(?:要|再|先|还|必须|务必|须|将|全面|全部|集中|正式|陆续)?")
_ACTS = words("verbs") | {
    "净增",
    "形成",
    "覆盖",
    "建",
    "办",
    "交",
    "开",
    "启动",
    "拿",
    "把",
    "上报",
    "反馈",
    "公布",
    "用完",
    "见底",
}
_NO_ACT = LatePattern("的|[者期]")
_LONGEST_ACT = max(map(len, _ACTS))
# Rules whose stretch of days has an end to meet
_BY_ITS_END = frozenset(
    (
        "whole-year",
        "relative-year",
        "year",
        "quarter",
        "first-quarter",
        "relative-quarter",
        "half-year",
        "month",
    )
) | frozenset(("relative-month", "numbered-week", "school-term", "tenth"))
_BY_ITS_END |= frozenset(
    ("months", "month-list", "relative-week", "weekday", "week-day", "week-end", "relative-day")
)
_BY_ITS_END |= frozenset(
    ("day", "days", "bare-day", "full-date", "last-months", "winter-spring", "near-season")
)
_END_POINT = LatePattern("(?:年底|年末|月底|月末|季末|季度末)$")
_WHAT_FOR = LatePattern("一(?:[督会调通排评研汇小讲点复回][一-龥])(?=[、，。；]|$)")
_BEGINS = LatePattern("起(?![至到—–－~～-])|开始|以来")
_RELATIVE = LatePattern("[^，]{0,14}的")
_NOUN = LatePattern(
    r"(?:各项)?(?:及|和|的|下达|计划|今年|明年)*(?:目标|工作|重点|投资|建设)?(?:任务|计划|考核|资金|预算|用地|指标|目标|国省|交易|要点|工作|开工项目用地|表现|成绩|重点)"
    r"|[^，。；]{0,14}(?:资金|用地)(?:$|，)"
    r"|(?:拟|计划|已|新|续)?(?:开工|投产|竣工|入库|在建|建)?的?(?:项目|企业|工程)(?![0-9x×*])"
)


_FAR = 200  # characters; no clause is longer, and what has no commas at all must not be read again and again


@dataclass(frozen=True, slots=True)
class Marks:
    """All times and targets of a text, in order."""

    times: tuple[TimeFind, ...]
    targets: tuple[Target, ...]


def marks_of(text: str, draft: Draft, marks: Marks) -> Own:
    times = _within(marks.times, draft)
    return Own(
        tuple(time for time in times if _is_deadline(text, draft, time)),
        _beats(text, [time for time in times if time.kind == "recurrence"], draft.end),
        tuple(target for target in _within(marks.targets, draft) if not _is_background(text, draft, target)),
    )


def _within(finds: tuple, draft: Draft) -> list:  # type: ignore[type-arg]
    first = bisect_left(finds, draft.start, key=lambda find: find.span.start)
    inside = []
    for number in range(first, len(finds)):
        if finds[number].span.end > draft.end:
            break
        inside.append(finds[number])
    return inside


def _beats(text: str, found: list[TimeFind], end: int) -> tuple[TimeFind, ...]:
    """一周一调度、半月一通报 is one rhythm: beats side by side are joined, each with what it is for."""
    joined: list[TimeFind] = []
    for beat in found:
        named = _WHAT_FOR.match(text, beat.span.end, end)
        stop = named.end() if named else beat.span.end
        if joined and text[joined[-1].span.end : beat.span.start] in {"", "、"}:
            first = joined.pop()
            beat = beat._replace(span=Span(first.span.start, stop), rrule=first.rrule or beat.rrule)
        else:
            beat = beat._replace(span=Span(beat.span.start, stop))
        joined.append(beat._replace(text=text[beat.span.start : beat.span.end]))
    return tuple(joined)


def _is_background(text: str, draft: Draft, target: Target) -> bool:
    """目前全省限额达到x亿元: a figure of how things are, in the middle of a demand."""
    return _BACKGROUND.match(text, _opens(text, draft, target.span), target.span.start) is not None


def _is_deadline(text: str, draft: Draft, time: TimeFind) -> bool:
    """By when, or a period by whose end a goal must be met; not one that only describes its noun."""
    if (
        time.kind == "recurrence"
        or "bare-length" in time.rules
        or _BYGONE.match(time.text)
        or _BEGINS.search(text, time.span.start, time.span.end + 1)
    ):
        return False
    if (
        text[time.span.start - 1 : time.span.start] == "“"
        and text[time.span.end : time.span.end + 1] not in "”期"
    ):
        return False
    start, end = _clause(text, draft, time)
    if text[start] == "为" or (text[start] == "对" and _RELATIVE.match(text, time.span.end, end)):
        return False
    if time.kind == "duration" and _LIMIT.search(text, start, time.span.start):
        return False
    in_brackets = (
        text[time.span.start - 1 : time.span.start] == "（"
        and text[time.span.end : time.span.end + 1] == "）"
    )
    if time.is_deadline or in_brackets or (start, end) == (time.span.start, time.span.end):
        return True
    if end == time.span.end and text[start : time.span.start] in {"到", "至"}:
        return True
    if time.kind == "duration":
        return False
    if _COMPLETES.search(text, start, time.span.start):
        return _SHARE.match(text, time.span.end, end) is None
    if _NOUN.match(text, time.span.end, end):
        return False
    if _END_POINT.search(time.text) or _is_time_of_act(text, draft, time, end):
        return True
    if _NEXT_GOAL.match(text, end, draft.end):
        return True
    if time.text.endswith("期间") or _GOAL.search(text, start, end) is not None:
        return True
    return _is_adverb(text, draft, time, (start, end))


def _is_adverb(text: str, draft: Draft, time: TimeFind, clause: tuple[int, int]) -> bool:
    """县医保局下周把…: it stands where a time of doing stands, and is no part of a noun (明年的项目)."""
    if _NO_DAY_OF_DOING.issuperset(time.rules) or _HOURS.search(time.text) or time.text.startswith("这"):
        return False
    if _RELATIVE.match(text, time.span.end, clause[1]):
        return False
    ends = [party.end for party, _ in draft.parties if clause[0] <= party.end <= time.span.start]
    return _BEFORE_ADVERB.fullmatch(text, max(ends, default=clause[0]), time.span.start) is not None


def _is_time_of_act(text: str, draft: Draft, time: TimeFind, end: int) -> bool:
    """四季度再办三场, 今年先建九座: a period, or a week of the plan, with the act right behind it."""
    if _BY_ITS_END.isdisjoint(time.rules) or time.text.endswith("年度"):
        return False
    at = _BEFORE_ACT.match(text, time.span.end, end).end()  # type: ignore[union-attr]
    return any(
        text[at:stop] in _ACTS and _NO_ACT.match(text, stop, end) is None
        for stop in range(at + 1, min(at + _LONGEST_ACT, end) + 1)
    )


def _clause(text: str, draft: Draft, time: TimeFind) -> tuple[int, int]:
    """The clause the time stands in, within the draft."""
    end = min(draft.end, time.span.end + _FAR)
    found = _MARK.search(text, time.span.end, end)
    return _opens(text, draft, time.span), found.start() if found else end


def _opens(text: str, draft: Draft, span: Span) -> int:
    """Where the clause begins that `span` stands in."""
    first = max(draft.start, span.start - _FAR)
    return max(first, *(text.rfind(mark, first, span.start) + 1 for mark in "，；。："))
