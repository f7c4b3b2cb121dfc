"""A kept draft → the `Directive` the rest of the program sees."""

import re
from dataclasses import dataclass

from . import score
from .drafting import Draft, Own
from .outline import Outline
from .recipients import recipients_in
from .resolving import Register
from .titles import title_of
from .types import Beat, Deadline, Directive, Recurrence, Span, Tier, TimeFind, Unit

_COLLECTS = re.compile(r"收集|征集|摸排|排查|梳理|汇总|走访|采集|统计")
_REPORTS = re.compile(r"汇报|报告|报送|上报|反馈|通报|公布|呈报|报|调度|公示")


_LONGEST_CLAUSE = 200  # characters


@dataclass(frozen=True, slots=True)
class Page:
    """The text in its two forms and what was found all over it."""

    raw: str
    text: str
    plan: Outline
    register: Register


def compose(page: Page, draft: Draft) -> Directive:
    own = draft.own
    told = recipients_in(page.text, draft.start, draft.end)
    units = _units(page, draft)
    deadlines = tuple(Deadline(_raw(page, t), t.span, t.end) for t in own.deadlines)
    beats = _beats(page, draft, own)
    return Directive(
        span=Span(draft.start, draft.end),
        quote=page.raw[draft.start : draft.end],
        tier=_tier(draft),
        units=units,
        recipients=tuple(page.raw[party.start : party.end] for party in told),
        inherited=draft.inherited,
        deadlines=deadlines,
        recurrences=beats,
        targets=own.targets,
        due_on=max((d.due_on for d in deadlines if d.due_on), default=None),
        rrule=_report_rule(beats),
        collect_rrule=_collect_rule(beats),
        title=title_of(page.raw, page.text, draft),
        section=page.plan.section_of[draft.stretch],
        confidence=score.confidence(draft, units),
        reasons=score.reasons(draft, units, deadlines, beats, own.targets),
        flags=score.flags(draft, units, deadlines, beats, own.targets),
    )


def _raw(page: Page, time: TimeFind) -> str:
    return page.raw[time.span.start : time.span.end]


def _tier(draft: Draft) -> Tier:
    if not draft.parties:
        return "unassigned"
    return "named" if draft.is_named else "collective"


def _units(page: Page, draft: Draft) -> tuple[Unit, ...]:
    units: dict[str, Unit] = {}
    for party, role in draft.parties:
        words = page.raw[party.start : party.end]
        name = page.text[party.start : party.end]
        organ, blank = page.register.entry(name)
        units.setdefault(words, Unit(words, Span(party.start, party.end), role, organ, blank))
    return tuple(units.values())


def _beats(page: Page, draft: Draft, own: Own) -> tuple[Recurrence, ...]:
    found = []
    for time in own.recurrences:
        end = min(draft.end, time.span.end + _LONGEST_CLAUSE)
        stop = page.text.find("，", time.span.end, end)
        clause = page.text[time.span.start : stop if stop > 0 else end]
        beat: Beat = "collect" if _COLLECTS.search(clause) else "report" if _REPORTS.search(clause) else ""
        found.append(Recurrence(_raw(page, time), time.span, time.rrule, beat))
    return tuple(found)


def _report_rule(beats: tuple[Recurrence, ...]) -> str:
    """Of the report beat when there is one, else of the first that has a rule."""
    told = [beat.rrule for beat in beats if beat.beat == "report" and beat.rrule]
    return next(iter([*told, *(beat.rrule for beat in beats if beat.rrule)]), "")


def _collect_rule(beats: tuple[Recurrence, ...]) -> str:
    if not any(beat.beat == "report" and beat.rrule for beat in beats):
        return ""
    return next((beat.rrule for beat in beats if beat.beat == "collect"), "")
