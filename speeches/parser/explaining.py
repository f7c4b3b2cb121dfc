"""A printed tree of what the parser saw, and why it kept or left each draft."""

from collections.abc import Iterator

from .drafting import Draft
from .parsing import Workings, work_out
from .reading import Reading
from .types import Context

_KINDS = {"party": "主体", "ask": "要求", "act": "动作", "object": "对象", "time": "时间", "other": "其他"}


def explain(text: str, context: Context) -> str:
    """Sections, stretches, clauses, finds and drafts with the names of the rules that made them."""
    workings = work_out(text, context)
    return "\n".join([*_times(text, workings), *_stretches(text, workings)])


def _times(text: str, workings: Workings) -> Iterator[str]:
    for time in workings.marks.times:
        meaning = time.rrule or f"{time.start or '?'}—{time.end or '?'}"
        yield f"时间 {time.span.start} {time.text} {time.kind} {meaning} 规则：{'、'.join(time.rules)}"
    for target in workings.marks.targets:
        yield f"目标 {target.span.start} {target.text}"


def _stretches(text: str, workings: Workings) -> Iterator[str]:
    drafts: dict[int, list[Draft]] = {}
    for draft in workings.drafts:
        drafts.setdefault(draft.stretch, []).append(draft)
    for number, stretch in enumerate(workings.stretches):
        caption = "（标题）" if number in workings.plan.captions else ""
        yield ""
        yield f"句 {number} 行{stretch.line} 层级{stretch.depth}{caption} {text[stretch.start : stretch.end]}"
        for reading in workings.readings[number]:
            yield f"  {_clause(text, workings, reading)}"
        for draft in drafts.get(number, []):
            yield from _draft(text, draft)


def _clause(text: str, workings: Workings, reading: Reading) -> str:
    parties = "、".join(f"{text[p.start : p.end]}〔{p.rule}〕" for p in reading.parties)
    kind = _KINDS[reading.kind] + (f"·{reading.strength}" if reading.strength else "")
    return f"{kind} {text[reading.at : reading.clause.end]}" + (f" ← {parties}" if parties else "")


def _draft(text: str, draft: Draft) -> Iterator[str]:
    verdict = f"未列入：{draft.verdict}" if draft.verdict else "列入"
    yield f"  ⇒ {verdict} 分值{draft.weight:.2f} 规则：{'、'.join(draft.rules)}"
    yield f"     {text[draft.start : draft.end]}"
    for party, role in draft.parties:
        yield f"     {role} {text[party.start : party.end]}（{party.kind}）"
