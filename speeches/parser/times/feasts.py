"""Feasts and seasons: 国庆节前, 春节期间, 明年开春后. Days from the calendar given, then the lexicon."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from .frames import UNKNOWN, Frame, date_or_none, shift
from .rules import NO_BEFORE_WORD, Base, Head
from .words import one_of, rows

_TAILED = (
    f"(?=[”\"’']?(?:之前|以前|前{NO_BEFORE_WORD}|前夕|后(?!勤|续|备)"
    "|期间|假期|小长假|长假|佳节|黄金周|当天|到来|来临|结束))"
)
_HALF_A_YEAR = 183  # days
_LOOKS_AHEAD = ("前", "之前", "以前", "到来", "来临")


@dataclass(frozen=True, slots=True)
class Feast:
    """A feast or a season; `first` and `last` are (month, day), None where only a calendar can tell."""

    name: str
    aliases: tuple[str, ...]
    first: tuple[int, int] | None
    last: tuple[int, int] | None


def _month_day(words: str) -> tuple[int, int] | None:
    if words == "-":
        return None
    month, _, day = words.partition("-")
    return int(month), int(day)


def _feasts(file: str) -> tuple[Feast, ...]:
    return tuple(
        Feast(name, (name, *aliases), _month_day(first), _month_day(last))
        for name, first, last, *aliases in rows(file)
    )


@cache
def _moon_days() -> dict[tuple[int, str], date]:
    """(year, feast) → the day of feasts that follow the moon or the sun's terms."""
    found = {}
    for year, *days in rows("moon_feasts.txt"):
        for pair in days:
            name, _, words = pair.partition("=")
            month, day = _month_day(words) or (1, 1)
            found[int(year), name] = date(int(year), month, day)
    return found


FEASTS = _feasts("feasts.txt")
SEASONS = _feasts("seasons.txt")
BY_ALIAS = {alias: feast for feast in (*FEASTS, *SEASONS) for alias in feast.aliases}


def _first_day(feast: Feast, year: int, base: Base) -> date | None:
    for name in feast.aliases:
        if (year, name) in base.calendar.feasts:
            return base.calendar.feasts[year, name]
    if (year, feast.name) in _moon_days():
        return _moon_days()[year, feast.name]
    return date_or_none(year, *feast.first) if feast.first else None


def _frame(match: re.Match[str], base: Base) -> Frame:
    """The coming one where no year is named, since requirements look ahead."""
    feast = BY_ALIAS[match["feast"]]
    first = _first_day(feast, base.near.year, base)
    is_coming = base.place == "speech" and base.is_dated
    if is_coming and (first is None or _is_past(match, first, base.today)):
        first = _first_day(feast, base.near.year + 1, base)
    if first is None:
        return UNKNOWN._replace(unit="feast")
    return Frame(first, _last_day(feast, first), "feast", base.is_near_fixed)


def _is_past(match: re.Match[str], first: date, today: date) -> bool:
    """A 汛期前 said in the flood season is next year's; 春节期间 said in spring is the one just gone."""
    if match.string.startswith(_LOOKS_AHEAD, match.end()):
        return first <= today
    return shift(first, days=_HALF_A_YEAR) < today


def _last_day(feast: Feast, first: date) -> date:
    if feast.last is None:
        return first
    year = first.year + (feast.last < (first.month, first.day))
    return date_or_none(year, *feast.last) or first


def _names(feasts: tuple[Feast, ...], *, stands_alone: bool) -> list[str]:
    """Names that stand alone (春节, 国庆节), or those that need a word after them (五一, 国庆, 汛期)."""
    names = [alias for feast in feasts for alias in feast.aliases]
    return [name for name in names if name.endswith(("节", "元旦", "除夕")) == stands_alone]


_ALONE = _names(FEASTS, stands_alone=True)
_WITH_TAIL = _names(FEASTS, stands_alone=False)
_SEASONS = [alias for feast in SEASONS for alias in feast.aliases]
HEADS = (
    Head(
        "feast",
        "".join(name[0] for name in _ALONE),
        re.compile(rf"(?P<feast>{one_of(_ALONE)})(?![日目气])"),
        _frame,
    ),
    Head(
        "feast-with-tail",
        "".join(name[0] for name in _WITH_TAIL),
        re.compile(rf"(?P<feast>{one_of(_WITH_TAIL)})(?:佳节|假日)?{_TAILED}"),
        _frame,
    ),
    Head(
        "quoted-feast",
        "“\"‘'",
        re.compile(rf"[“\"‘'](?P<feast>{one_of(_WITH_TAIL)})[”\"’'](?:节|国际劳动节)?{_TAILED}"),
        _frame,
    ),
    # A rule of its own name: its days are those of a usual year unless the office's calendar has them
    Head(
        "season",
        "".join(name[0] for name in _SEASONS),
        re.compile(rf"(?P<feast>{one_of(_SEASONS)}){_TAILED}"),
        _frame,
    ),
)
