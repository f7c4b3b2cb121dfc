"""The order of the steps: fold, split, read, draft, chain, weigh, mark."""

import re

from .attaching import with_notes, with_stages
from .chains import chained
from .composing import Page, compose
from .dates import find_times
from .drafting import Draft, drafts_of
from .header import read_header
from .marking import Marks, marks_of
from .mood import is_told
from .notes import Note, notes_in
from .outline import Outline, outline
from .reading import Reading, read_clauses
from .resolving import resolver
from .roles import partners
from .sentences import Stretch, sealed, stretches
from .targets import find_targets
from .text import fold
from .types import Context, Parsed
from .worth import evidence_of, weight

VERSION = "1"
# 总体要求, 指导思想: what the paper is for, not what is to be done
PREAMBLE = re.compile(r"指导思想|总体要求|总体思路|基本原则|重要意义|重大意义|充分认识|深刻认识|适用范围|背景|会议时间|参会人员")


def parse(text: str, context: Context) -> Parsed:
    """Every directive of a cleaned `text`. Never raises; same input, same output."""
    folded = fold(text)
    reading_text = sealed(folded)
    times = find_times(folded, context)
    marks = Marks(times, find_targets(folded))
    found = stretches(reading_text)
    plan = outline(reading_text, found)
    spots = {time.span.start: time.span.end for time in times}
    readings = [read_clauses(reading_text, stretch, spots) for stretch in found]
    drafts = _drafts(reading_text, found, readings, plan, marks, notes_in(folded))
    page = Page(text, reading_text, marks, plan, resolver(context))
    directives = tuple(compose(page, draft) for draft in drafts)
    return Parsed(text, directives, plan.sections, read_header(text), VERSION)


def _drafts(
    text: str, found: list[Stretch], readings: list[list[Reading]], plan: Outline, marks: Marks, notes: tuple[Note, ...]
) -> list[Draft]:
    made = [
        [] if number in plan.captions else drafts_of(text, number, stretch, readings[number])
        for number, stretch in enumerate(found)
    ]
    drafts = with_notes(text, chained(text, found, readings, made, plan.captions), notes, found)
    with_stages(text, drafts, found, plan.captions)
    kept: list[Draft] = []
    seen_quotes: set[str] = set()
    for draft in drafts:
        quote = text[draft.start : draft.end]
        if _is_peroration(text, draft) or PREAMBLE.search(plan.section_of[draft.stretch]) or quote in seen_quotes:
            continue
        if _is_task(text, draft, found[draft.stretch], readings[draft.stretch], marks):
            seen_quotes.add(quote)
            known = {party.start for party, _ in draft.parties}
            draft.parties += [pair for pair in partners(text, draft.start, draft.end) if pair[0].start not in known]
            kept.append(draft)
    return kept


def _is_peroration(text: str, draft: Draft) -> bool:
    """同志们，…！ near the end calls on everybody and asks nobody."""
    line = text.rfind("\n", 0, draft.start) + 1
    return line > len(text) // 2 and text.startswith("同志们", line) and not draft.is_named


def _is_task(text: str, draft: Draft, stretch: Stretch, readings: list[Reading], marks: Marks) -> bool:
    seen = evidence_of(text, draft)
    own = marks_of(text, draft, marks)
    seen.deadlines, seen.beats, seen.targets = len(own.deadlines), len(own.recurrences), len(own.targets)
    draft.weight = weight(draft, seen)
    return draft.weight > 0 and not is_told(text, draft, readings, stretch.start, stretch.end)
