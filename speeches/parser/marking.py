"""Which words of time and which figures belong to a draft, and as what."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from .drafting import Draft
from .types import Target, TimeFind

_GOAL = re.compile(r"力争|确保|争取|完成|实现|达到|达|新增|增长|保持|不低于|任务|目标|建成|竣工|开工|投产|签约|出栏|产量|生产")
_BYGONE = re.compile("去年|上年|前年|今年以来|上半年以来|过去")
_RELATIVE = re.compile("[^，]{0,14}的")
_NOUN = re.compile(
    r"(?:各项)?(?:及|和|的|下达|计划)*(?:目标|工作|重点|投资)?(?:任务|计划|考核|资金|预算|用地|指标|目标|国省|交易|要点|工作|开工项目用地|表现|成绩|重点)"
    r"|[^，。；]{0,14}(?:资金|用地)(?:$|，)"
)


@dataclass(frozen=True, slots=True)
class Marks:
    """All times and targets of a text, in order."""

    times: tuple[TimeFind, ...]
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Own:
    """Those of one draft."""

    deadlines: tuple[TimeFind, ...]
    recurrences: tuple[TimeFind, ...]
    targets: tuple[Target, ...]


def marks_of(text: str, draft: Draft, marks: Marks) -> Own:
    times = _within(marks.times, draft)
    return Own(
        tuple(time for time in times if _is_deadline(text, draft, time)),
        tuple(time for time in times if time.kind == "recurrence"),
        tuple(_within(marks.targets, draft)),
    )


def _within(finds: tuple, draft: Draft) -> list:  # type: ignore[type-arg]
    first = bisect_left(finds, draft.start, key=lambda find: find.span.start)
    inside = []
    for find in finds[first:]:
        if find.span.end > draft.end:
            break
        inside.append(find)
    return inside


def _is_deadline(text: str, draft: Draft, time: TimeFind) -> bool:
    """By when, or a period by whose end a goal must be met; not one that only describes its noun."""
    if time.kind == "recurrence" or _BYGONE.match(time.text):
        return False
    clause_start = max(text.rfind("，", draft.start, time.span.start) + 1, draft.start)
    clause_end = text.find("，", time.span.end, draft.end)
    end = clause_end if clause_end > 0 else draft.end
    if text[clause_start] in "对为" and (text[clause_start] == "为" or _RELATIVE.match(text, time.span.end, end)):
        return False
    if time.is_deadline or (text[time.span.start - 1 : time.span.start] == "（" and text[time.span.end : time.span.end + 1] == "）"):
        return True
    if time.kind == "duration" or _NOUN.match(text, time.span.end, end):
        return False
    return time.text.endswith("期间") or _GOAL.search(text, clause_start, end) is not None
