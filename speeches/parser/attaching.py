"""What stands beside a sentence and belongs to it: duty notes behind, stage captions before."""

from bisect import bisect_left, bisect_right

from .drafting import Draft
from .notes import Note
from .sentences import Stretch

_FEWEST = 6  # characters of a statement that a note can make a duty
_MOST_OWNED = 60  # drafts that one note may speak of
_NEAR = 3  # characters between two halves of a note: a full stop and a line break


def with_notes(text: str, drafts: list[Draft], notes: tuple[Note, ...], found: list[Stretch]) -> list[Draft]:
    """Drafts a note speaks of carry its parties; those of its own paragraph become one.

    Drafts stand in order, so each note looks at those right before it and no others.
    """
    drafts = list(drafts)
    for note in notes:
        _add_noted(text, drafts, note, found)
        place = bisect_left(drafts, note.start, key=_start)
        owned = _owned(text, drafts[max(0, place - _MOST_OWNED) : place], note)
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
        # Merged into the first, or inside the note
        del drafts[place - len(whole) + 1 : bisect_left(drafts, note.end, lo=place, key=_start)]
    return drafts


def _start(one: Draft | Stretch) -> int:
    return one.start


def _add_noted(text: str, drafts: list[Draft], note: Note, found: list[Stretch]) -> None:
    """区级事项进驻率达到100%（区行政审批局牵头）: the note makes a duty of what reads as a statement."""
    number = bisect_right(found, note.start, key=_start) - 1
    if number > 0 and found[number].start >= note.start and found[number - 1].line == found[number].line:
        number -= 1
    if number < 0 or text[note.start] != "（" or note.start - found[number].start < _FEWEST:
        return
    stretch = found[number]
    place = bisect_left(drafts, note.start, key=_start)
    if any(draft.end > stretch.start for draft in drafts[max(0, place - _MOST_OWNED) : place]):
        return
    end = min(stretch.end, note.start)
    made = Draft(
        stretch.start, end, number, stretch.line, body=stretch.start, stretch_end=number, rules=["noted"]
    )
    drafts.insert(bisect_right(drafts, made.start, key=_start), made)


def _owned(text: str, before: list[Draft], note: Note) -> list[Draft]:
    """The run of drafts without parties right before the note; else the last draft alone.

    A note on a line of its own may speak of the line above too, one in the line of a duty does not.
    """
    if not before:
        return []
    if before[-1].strength == "note":
        # 牵头单位：甲。配合单位：乙: the second half of the same note
        return [before[-1]] if 0 <= note.start - before[-1].end <= _NEAR else []
    last = before[-1]
    if last.parties and not last.inherited:
        return [last]
    run = [last]
    reach = 1 if "\n" in text[last.end : note.start] else 0
    for draft in reversed(before[:-1]):
        if (
            draft.strength == "note"
            or (draft.parties and not draft.inherited)
            or run[0].line - draft.line > reach
        ):
            break
        run.insert(0, draft)
    return run


def with_stages(drafts: list[Draft], found: list[Stretch], stages: set[int]) -> None:
    """动员部署阶段（6月10日前）。各单位要…: the caption carries the date, so it opens the draft behind it.

    Also one on the line above, where the text below begins with the draft.
    """
    opened: set[int] = set()
    for draft in drafts:
        caption = draft.stretch - 1
        is_near = caption in stages and (
            found[caption].line == draft.line or _opens_paragraph(draft, found[draft.stretch])
        )
        if is_near and caption not in opened:
            draft.start = found[caption].start
            draft.rules.append("stage")
            opened.add(caption)


def _opens_paragraph(draft: Draft, stretch: Stretch) -> bool:
    """The first words of a line without a number of its own."""
    return stretch.opens_line and not stretch.depth and draft.start == stretch.start


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
