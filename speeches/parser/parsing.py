"""The order of the steps: fold, split, read, draft, chain, attach, judge, compose."""

from dataclasses import dataclass

from .attaching import with_notes, with_rows, with_stages
from .chains import chained
from .composing import Page, compose
from .dates import find_times
from .drafting import Draft, Own, drafts_of
from .header import read_header
from .judging import judge
from .marking import Marks, marks_of
from .mood import story_lines
from .notes import notes_in
from .organs import known_names
from .outline import Outline, outline, sets_goals
from .reading import Reader, Reading
from .resolving import resolver
from .roles import partners, players
from .sentences import Stretch, sealed, stretches
from .tables import table_drafts
from .targets import find_targets
from .text import fold
from .types import Context, Parsed

VERSION = "1"


@dataclass(frozen=True, slots=True)
class Workings:
    """Everything between the text and its directives, kept for `explain`."""

    text: str  # folded and sealed: what the rules read
    stretches: list[Stretch]
    readings: list[list[Reading]]
    plan: Outline
    marks: Marks
    drafts: list[Draft]  # all of them; `verdict` says why one was left out


def parse(text: str, context: Context) -> Parsed:
    """Every directive of a cleaned `text`. Never raises; same input, same output."""
    workings = work_out(text, context)
    page = Page(text, workings.text, workings.plan, resolver(context))
    directives = tuple(compose(page, draft) for draft in workings.drafts if not draft.verdict)
    return Parsed(text, directives, workings.plan.sections, read_header(text), VERSION)


def work_out(text: str, context: Context) -> Workings:
    folded = fold(text)
    readable = sealed(folded)
    times = find_times(folded, context)
    marks = Marks(times, find_targets(folded))
    found = stretches(readable)
    plan = outline(readable, found)
    spots = {time.span.start: time.span.end for time in times}
    reader = Reader(readable, spots, known_names(context.organs), frozenset(spots.values()))
    readings = [reader.read(stretch) for stretch in found]
    made = [
        [] if number in plan.captions else drafts_of(readable, number, stretch, readings[number])
        for number, stretch in enumerate(found)
    ]
    _set_goals(readable, found, plan, marks, made)
    drafts = chained(readable, found, readings, made, plan)
    drafts = with_notes(readable, drafts, notes_in(folded), found)
    with_stages(drafts, found, plan.stages)
    drafts = with_rows(drafts, table_drafts(folded), found)
    workings = Workings(readable, found, readings, plan, marks, drafts)
    _judge_all(workings)
    return workings


def _set_goals(text: str, found: list[Stretch], plan: Outline, marks: Marks, made: list[list[Draft]]) -> None:
    """全镇清淤渠道46公里, under 目标任务: what is counted there is to be reached."""
    for number, stretch in enumerate(found):
        is_other = number in plan.captions or not sets_goals(plan.paths[number])
        if is_other or any(draft.parties for draft in made[number]):
            continue
        goal = Draft(stretch.start, stretch.end, number, stretch.line, body=stretch.start, stretch_end=number)
        goal.strength, goal.is_led = "goal", True
        goal.rules.append("goal")
        if marks_of(text, goal, marks).targets:
            made[number] = [goal]


def _only_tells(workings: Workings, draft: Draft) -> bool:
    """Bare verbs; a plain statement about an office too, unless it says by when or how much."""
    if draft.strength == "soft":
        return marks_of(workings.text, draft, workings.marks) == Own()
    return draft.strength == ""


def _judge_all(workings: Workings) -> None:
    quotes: set[str] = set()
    stories = story_lines(workings.text, workings.stretches)
    for draft in workings.drafts:
        quote = workings.text[draft.start : draft.end]
        draft.parties = draft.parties or players(workings.text, draft.start, draft.end)
        draft.verdict = (
            "重复"
            if quote in quotes
            else "陈述、情况或议程"
            if draft.line in stories and _only_tells(workings, draft)
            else judge(
                workings.text,
                draft,
                workings.stretches[draft.stretch],
                workings.readings[draft.stretch],
                workings.marks,
                workings.plan,
            )
        )
        if not draft.verdict:
            quotes.add(quote)
            draft.parties += partners(workings.text, draft.start, draft.end)
