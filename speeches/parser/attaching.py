"""What stands beside a sentence and belongs to it: duty notes behind, stage captions before."""

import re

from .drafting import Draft
from .notes import Note
from .sentences import Stretch

_STAGE = re.compile(r"(?:阶段|步骤|环节)?（[^（）]{0,20}(?:\d|[一二三四五六七八九十]|[x×*])[^（）]{0,20}(?:前|底|日|月|旬|年|起|止)[^（）]{0,8}）$")


def with_notes(text: str, drafts: list[Draft], notes: tuple[Note, ...], found: list[Stretch]) -> list[Draft]:
    """Drafts that a note speaks of carry its parties and reach to its end; one note, one draft."""
    for note in notes:
        owned = _owned(drafts, note, found)
        if not owned:
            continue
        first, rest = owned[0], owned[1:]
        if first.inherited:
            first.parties, first.inherited = [], False
        known = {text[party.start : party.end] for party, _ in first.parties}
        first.parties += [pair for pair in note.parties if text[pair[0].start : pair[0].end] not in known]
        first.end = max(note.end, owned[-1].end)
        first.stretch_end = owned[-1].stretch_end
        first.strength = "note"
        first.rules.append("note")
        drafts = [draft for draft in drafts if draft not in rest and not _inside(draft, note)]
    return drafts


def _owned(drafts: list[Draft], note: Note, found: list[Stretch]) -> list[Draft]:
    """The drafts of the note's own line without parties; of the line before when the note has a line to itself."""
    before = [draft for draft in drafts if draft.start < note.start]
    if not before:
        return []
    last = before[-1]
    if last.strength == "note":
        return []
    if last.parties and not last.inherited:
        return [last]
    run = [last]
    for draft in reversed(before[:-1]):
        if draft.line != last.line or draft.strength == "note" or (draft.parties and not draft.inherited):
            break
        if found[draft.stretch].depth != found[last.stretch].depth and found[last.stretch].depth:
            break
        run.insert(0, draft)
    return run


def _inside(draft: Draft, note: Note) -> bool:
    return note.start <= draft.start < note.end


def with_stages(text: str, drafts: list[Draft], found: list[Stretch], captions: set[int]) -> None:
    """动员部署阶段（6月10日前）。各单位要…: the caption carries the date, so it opens the draft behind it."""
    for draft in drafts:
        number = draft.stretch - 1
        if number in captions and found[number].line == draft.line:
            caption = found[number]
            is_first = not any(other.stretch == draft.stretch and other.start < draft.start for other in drafts)
            if is_first and _STAGE.search(text[caption.start : caption.end]):
                draft.start = caption.start
                draft.rules.append("stage")
