"""Where a ledger begins: the row or the two rows of headings, and what each column was taken for."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from speeches.ledgers.fields import KEPT, fields, known, likely
from speeches.readers.sheets import Area, Cell, Sheet

SEARCHED = 20  # rows from the top in which the headings must stand
LONGEST = 30  # characters of a heading; what is longer is a sentence
FEWEST = 2  # columns that make a table
SUBJECTS = frozenset({"title", "requirement"})
SEVERAL = frozenset({KEPT, ""})
"""What more than one column may be taken for."""


@dataclass(frozen=True, slots=True)
class Column:
    """`place` counts from 0. `field`: its name, KEPT, or empty for none. `is_sure`: by its very words."""

    place: int
    heading: str
    field: str
    is_sure: bool = True

    @property
    def letter(self) -> str:
        """As the spreadsheet names it: A, B, … AA."""
        number, letters = self.place + 1, ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(65 + rest) + letters
        return letters


@dataclass(frozen=True, slots=True)
class Head:
    """`last_row`: the number of the last row of headings. `above`: the lines over them, title first."""

    last_row: int
    columns: tuple[Column, ...]
    above: tuple[str, ...] = ()


def find_head(sheet: Sheet) -> Head | None:
    """The best row or pair of rows; None where nothing looks like the headings of a ledger."""
    rows = [(number, _spread(cells, number - 1, sheet.merged)) for number, cells in sheet.rows[:SEARCHED]]
    best, most = None, 0
    for index, (number, cells) in enumerate(rows):
        below = rows[index + 1][1] if index + 1 < len(rows) and rows[index + 1][0] == number + 1 else []
        for last, labels in ((number + 1, _paired(cells, below)), (number, _single(cells))):
            columns = taken(labels)
            count = len({column.field for column in columns if column.field} - {KEPT})
            if count > most and _is_head(columns):
                above = tuple(_line(sheet.rows[before][1]) for before in range(index))
                best, most = Head(last, columns, above), count
    return best


def _is_head(columns: Sequence[Column]) -> bool:
    """Whether what is to be done has a column, and is not alone."""
    subjects = [column for column in columns if column.field in SUBJECTS]
    known = [column for column in columns if column.field not in SEVERAL]
    is_sure = any(column.is_sure for column in subjects) and len(columns) >= FEWEST
    return bool(subjects) and (is_sure or len(known) >= FEWEST)


def taken(labels: Sequence[tuple[str, ...]]) -> tuple[Column, ...]:
    """Each column with the field that its headings name; `labels`: of each, the best one first.

    No field is given twice: headings that are known win over those that only look alike, then the first.
    What is not known is kept in the trail.
    """
    found = [_named(candidates) for candidates in labels]
    given: set[str] = set()
    columns: list[Column | None] = [None] * len(labels)
    for is_sure in (True, False):
        for place, (field, sure) in enumerate(found):
            if columns[place] is None and sure is is_sure and labels[place]:
                own = field if field and field not in given else KEPT
                given.add(own)
                columns[place] = Column(place, _shown(labels[place]), own, sure)
    return tuple(column for column in columns if column is not None)


def _named(candidates: tuple[str, ...]) -> tuple[str, bool]:
    """The field and whether that is sure."""
    sure = next(filter(None, map(known, candidates)), "")
    return (sure, True) if sure else (next(filter(None, map(likely, candidates)), ""), False)


def _shown(candidates: tuple[str, ...]) -> str:
    """责任单位／牵头 for a heading of two rows."""
    named = (candidates[2], candidates[0]) if len(candidates) > 2 else candidates[:1]
    return "／".join(named).replace("\n", "")


def _single(cells: Sequence[str]) -> list[tuple[str, ...]]:
    return [(text,) if _is_heading(text) else () for text in cells]


def _paired(above: Sequence[str], below: Sequence[str]) -> list[tuple[str, ...]]:
    """Two rows of headings: 责任单位 over 牵头 and 配合 reads 牵头, 责任单位牵头, 责任单位.

    A second row of headings is one whose every word stands under a heading that spans several places.
    """
    width = max(len(above), len(below))
    children = [*below, *[""] * (width - len(below))]
    parents = _carried([*above, *[""] * (width - len(above))], children)
    under = [place for place, text in enumerate(children) if text and text != parents[place]]
    if not under or len({text for text in parents if text}) < FEWEST:
        return []
    if not all(_is_heading(children[place]) and _is_span(parents, place) for place in under):
        return []
    return [_of_pair(parent, child) for parent, child in zip(parents, children, strict=True)]


def _carried(parents: list[str], children: Sequence[str]) -> list[str]:
    """A heading goes on to the right over what stands below it, also where no merge says so (CSV)."""
    for place in range(1, len(parents)):
        if not parents[place] and children[place] and children[place - 1]:
            parents[place] = parents[place - 1]
    return parents


def _is_span(parents: Sequence[str], place: int) -> bool:
    text = parents[place]
    return bool(text) and text in (parents[place - 1] if place else "", *parents[place + 1 : place + 2])


def _of_pair(parent: str, child: str) -> tuple[str, ...]:
    if not child or child == parent:
        return (parent,) if _is_heading(parent) else ()
    return (child, parent + child, parent) if _is_heading(parent) else (child,)


def _spread(cells: Sequence[Cell], row: int, merged: Sequence[Area]) -> list[str]:
    """The texts of a row; a merged one stands in every place it covers, beginning in this row or above."""
    texts = [str(cell) for cell in cells]
    for top, left, bottom, right in merged:
        if top == row and bottom - top < SEARCHED and left < len(texts) and right < 1000:
            texts += [""] * (right + 1 - len(texts))
            texts[left : right + 1] = [texts[left]] * (right + 1 - left)
    return texts


def _is_heading(text: str) -> bool:
    return 0 < len(text.strip()) <= LONGEST


def _line(cells: Sequence[Cell]) -> str:
    return " ".join(str(cell) for cell in cells if cell != "")


def chosen(columns: Sequence[Column], choice: dict[str, str]) -> tuple[Column, ...]:
    """The columns as a clerk wants them: `choice` by place. Raises ValueError, in Chinese, for a double."""
    made = tuple(
        Column(column.place, column.heading, choice.get(str(column.place), column.field), True)
        if str(column.place) in choice
        else column
        for column in columns
    )
    counts = Counter(column.field for column in made if column.field not in SEVERAL)
    twice = [fields()[name].label for name, count in counts.items() if count > 1]
    if twice:
        raise ValueError(f"“{'”“'.join(twice)}”选了两列，请把其中一列改为“记入办理记录”或“不导入”。")
    return made
