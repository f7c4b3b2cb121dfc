"""What stands beside a sentence and belongs to it: duty notes behind, stage captions before."""

from .drafting import Draft
from .notes import Note
from .sentences import Stretch

_NEAR = 3  # characters between two halves of a note: a full stop and a line break


def with_notes(text: str, drafts: list[Draft], notes: tuple[Note, ...], found: list[Stretch]) -> list[Draft]:
    """Drafts a note speaks of carry its parties; those of its own paragraph become one."""
    for note in notes:
        owned = _owned(drafts, note)
        if not owned:
            continue
        whole = [draft for draft in owned if draft.line == owned[-1].line]
        first = whole[0]
        for draft in owned[: -len(whole)]:
            draft.parties, draft.inherited, draft.strength = list(note.parties), True, "note"
            draft.rules.append("note-below")
        if first.inherited:
            first.parties, first.inherited = [], False
        # 建设公园（各街道办事处…: what runs into the note was no party
        first.parties = [pair for pair in first.parties if pair[0].end <= note.start]
        known = {text[party.start : party.end] for party, _ in first.parties}
        first.parties += [pair for pair in note.parties if text[pair[0].start : pair[0].end] not in known]
        first.end, first.stretch_end = max(note.end, whole[-1].end), whole[-1].stretch_end
        first.strength = "note"
        first.rules.append("note")
        drafts = [draft for draft in drafts if draft not in whole[1:] and not _inside(draft, note)]
    return drafts


def _owned(drafts: list[Draft], note: Note) -> list[Draft]:
    """The run of drafts without parties right before the note; else the last draft alone."""
    before = [draft for draft in drafts if draft.start < note.start]
    if not before:
        return []
    if before[-1].strength == "note":
        # 牵头单位：甲。配合单位：乙: the second half of the same note
        return [before[-1]] if 0 <= note.start - before[-1].end <= _NEAR else []
    last = before[-1]
    if last.parties and not last.inherited:
        return [last]
    run = [last]
    for draft in reversed(before[:-1]):
        if (
            draft.strength == "note"
            or (draft.parties and not draft.inherited)
            or run[0].line - draft.line > 1
        ):
            break
        run.insert(0, draft)
    return run


def _inside(draft: Draft, note: Note) -> bool:
    return note.start <= draft.start < note.end


def with_stages(drafts: list[Draft], found: list[Stretch], stages: set[int]) -> None:
    """动员部署阶段（6月10日前）。各单位要…: the caption carries the date, so it opens the draft behind it."""
    opened: set[int] = set()
    for draft in drafts:
        caption = draft.stretch - 1
        if caption in stages and caption not in opened and found[caption].line == draft.line:
            draft.start = found[caption].start
            draft.rules.append("stage")
            opened.add(caption)


def with_rows(drafts: list[Draft], rows: list[Draft], found: list[Stretch]) -> list[Draft]:
    """Rows of a table take the place of whatever was read on their lines."""
    if not rows:
        return drafts
    lines = {row.line for row in rows}
    first_of = {stretch.line: number for number, stretch in reversed(list(enumerate(found)))}
    for row in rows:
        row.stretch = row.stretch_end = first_of[row.line]
    kept = [draft for draft in drafts if draft.line not in lines]
    return sorted([*kept, *rows], key=lambda draft: draft.start)
