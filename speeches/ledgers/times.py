"""Days as people type them into a cell: 2026.6.30, 2026/6/30, 46203, 6月底, 2026年6月, 长期, 每周五."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from speeches.ledgers.rows import text_of
from speeches.parser import find_times
from speeches.parser.types import Context, TimeFind
from speeches.readers.sheets import Cell

NARROW = str.maketrans("０１２３４５６７８９．／－", "0123456789./-")
EPOCH = date(1899, 12, 30)  # day 0 of Excel
SERIALS = range(36526, 73051)  # 2000-01-01 to 2099-12-31
FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
ENDLESS = re.compile(
    r"长期|持续|常态|常年|长年|全年性|经常性|按需|按时|实时|即时|不定期|根据.*(?:要求|安排)|按.*(?:要求|安排)"
)
NOTHING = re.compile(r"[-—–/\\无]+|待定")
_DAY = re.compile(r"(\d{4})\s*[.．/\-年]\s*(\d{1,2})\s*[.．/\-月]\s*(\d{1,2})\s*日?")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{2})([.．])(\d{1,2})\2(\d{1,2})(?!\d)")
_MONTH = re.compile(r"(?<!\d)(20\d{2})\s*[.．/\-]\s*(\d{1,2})\s*月?(?![\d.．/\-月])")
_DAY_OF_YEAR = re.compile(r"(?<![\d.．])(\d{1,2})[.．](\d{1,2})(?![\d.．])")
_TENTH = re.compile(r"20\d{2}[.．]1")
_NAMED_DAY = re.compile(r"\d月\d{1,2}[日号]")
_YEAR = re.compile(r"20\d{2}")
_RANGE = re.compile(r"\s*(?:-|—+|–|~|～|至|到)\s*(?=\d)")


@dataclass(frozen=True, slots=True)
class Due:
    """A limit, a rhythm, or neither; `text`: the words where they were words. `problem`: why it stays empty.

    `is_wrong`: no such day exists, which only the person who typed it can put right.
    """

    on: date | None = None
    rule: str = ""
    text: str = ""
    problem: str = ""
    is_wrong: bool = False


def read_due(cell: Cell, context: Context) -> Due:
    """What a cell for a day says. Words are resolved from `context.spoken_on`; nothing is guessed."""
    if isinstance(cell, date):
        return _within(Due(on=cell))
    if isinstance(cell, int | float):
        return _of_number(cell, context)
    text = text_of(cell).translate(NARROW)
    if not text or NOTHING.fullmatch(text):
        return Due()
    if text.isdecimal() and int(text) in SERIALS:
        return _of_number(int(text), context)
    return _of_words(text, context)


def _of_number(number: float, context: Context) -> Due:
    """46203 is Excel's own day; 2026.6 was typed as a month and taken for a number."""
    if number in SERIALS or (number > SERIALS[0] and int(number) in SERIALS):
        return Due(on=EPOCH + timedelta(days=int(number)))
    text = text_of(number)
    if re.fullmatch(r"\d{1,2}(?:\.\d)?", text):
        return Due(text=text, problem=f"“{text}”看不出是哪一天，请写成“2026-06-30”这样的日期")
    return _of_words(text, context)


def _of_words(text: str, context: Context) -> Due:
    if _TENTH.fullmatch(text):  # Excel drops the nought of 2026.10
        year = text[:4]
        return Due(text=text, problem=f"“{text}”分不清是{year}年1月还是{year}年10月，请写成“{year}年1月”")
    if wrong := _no_such_day(text):
        return Due(text=text, problem=f"没有“{wrong}”这一天，请在表里改正", is_wrong=True)
    finds = find_times(_written_out(text), context)
    rule = next((find.rrule for find in finds if find.rrule), "")
    if any(find.end is None and _NAMED_DAY.search(find.text) for find in finds if not find.rrule):
        return Due(rule=rule, text=text, problem=f"没有“{text}”这一天，请在表里改正", is_wrong=True)
    ends = list(dict.fromkeys(find.end for find in finds if find.end and not find.rrule))
    if len(ends) > 1:
        return Due(rule=rule, text=text, problem=f"“{_short(text)}”写了{len(ends)}个时间，分不清以哪个为准")
    if ends:
        return _within(Due(on=ends[0], rule=rule, text="" if _DAY.fullmatch(text) else text))
    if rule or ENDLESS.search(text):
        return Due(rule=rule, text=text)
    return Due(text=text, problem=_why(text, finds))


def _why(text: str, finds: tuple[TimeFind, ...]) -> str:
    if finds:
        return f"“{_short(text)}”推算不出是哪一天，请写成“2026-06-30”这样的日期"
    return f"看不懂“{_short(text)}”是什么时间"


def _within(due: Due) -> Due:
    if due.on and not FIRST <= due.on <= LAST:
        return Due(text=due.text, problem=f"{due.on}不像是督办事项的日期，请在表里改正", is_wrong=True)
    return due


def _short(text: str) -> str:
    text = text.replace("\n", " ")
    return text if len(text) <= 20 else text[:20] + "…"


def _no_such_day(text: str) -> str:
    """2026.2.30 as written; empty when every day there is exists."""
    for found in _DAY.finditer(text):
        try:
            date(*map(int, found.groups()))
        except ValueError:
            return found[0]
    return ""


def _written_out(text: str) -> str:
    """In the words of a speech: 2026.6 → 2026年6月, 26.6.30 → 2026-6-30, 6.30 → 6月30日.

    A range of days is its end.
    """
    text = f"{text}年" if _YEAR.fullmatch(text) else text
    text = _RANGE.split(text)[-1] if _is_range(text) else text
    text = _SHORT_YEAR.sub(lambda found: f"20{found[1]}-{found[3]}-{found[4]}", text)
    text = _MONTH.sub(lambda found: f"{found[1]}年{found[2]}月", text)
    return _DAY_OF_YEAR.sub(lambda found: f"{found[1]}月{found[2]}日", text)


def _is_range(text: str) -> bool:
    """2026.3.1-2026.6.30: whole days on both sides."""
    parts = _RANGE.split(text)
    return len(parts) == 2 and all(_MONTH.match(part) or _DAY.match(part) for part in parts)
