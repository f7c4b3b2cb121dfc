"""Departments in a cell of a ledger: several names, marks of who leads, and names resolved as in speeches."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from accounts.models import Department
from speeches.context import Office
from speeches.proposals import handlers

LEAD, PART, SUPPORT, NAMED = "lead", "part", "co", "responsible"
COLUMN_ROLES = {"lead": LEAD, "units": NAMED, "parts": PART, "supports": SUPPORT}
"""Fields that hold departments, in the order they are read, and what a name there does."""

_WORDS = {LEAD: "牵头|主办|主责|负责", PART: "分办", SUPPORT: "配合|协办|协助|参与"}
_ROLES = {word: role for role, words in _WORDS.items() for word in words.split("|")}
_ANY = "|".join(_ROLES)
_BEFORE = re.compile(rf"({_ANY})(?:单位|部门|责任单位)?\s*[:：]\s*")
_AFTER = re.compile(rf"(?<=.)({_ANY})(?:单位|部门)?$")
_MARK = re.compile(rf"[（(\[【]\s*({_ANY})(?:单位|部门)?\s*[)）\]】]")
_ASIDE = re.compile(r"[（(\[【][^（(\[【)）\]】]*[)）\]】]")
_BULLET = re.compile(r"^(?:\d{1,2}|[①-⑳])\s*[.．、）)]?\s*(?=\D)")
_PIECES = re.compile(r"[；;，,\n。]+")
_NAMES = re.compile(r"[、/／|]+|\s+")
_AND = re.compile(r"和|与|及|以及")
_OPEN_END = re.compile(r"等(?:有关|相关)?(?:部门|单位|县市区)?$")

Resolve = Callable[[str], str]
Why = Callable[[str], str]


@dataclass(slots=True)
class Handling:
    """Who handles an item; `remarks` by field: what a person should look at."""

    lead: Department | None = None
    parts: list[Department] = field(default_factory=list)
    supports: list[Department] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)


def read_units(cells: dict[str, str], office: Office, resolve: Resolve, why: Why) -> Handling:
    """`cells`: the words by field. A name nobody bears, or more than one, is left out and told."""
    handling = Handling()
    units: list[dict[str, Any]] = []
    for name, role in COLUMN_ROLES.items():
        for text, own in names(cells.get(name, ""), role):
            units += _resolved(text, own, name, resolve, why, handling)
    chosen = handlers(units, office)
    handling.lead, handling.parts, handling.supports = chosen.lead, chosen.parts, chosen.supports
    handling.remarks += _assumed(units, handling.lead)
    return handling


def names(words: str, role: str) -> Iterator[tuple[str, str]]:
    """Each name in a cell with its role: 市水务局（牵头）、财政局；配合单位：城管局."""
    going_on = role
    for piece in _PIECES.split(words):
        piece = _BULLET.sub("", piece.strip())
        if before := _BEFORE.match(piece):
            going_on, piece = _ROLES[before[1]], piece[before.end() :]
        own = going_on
        if after := _AFTER.search(piece):
            own, piece = _ROLES[after[1]], piece[: after.start()]
        for name in filter(None, _NAMES.split(_together(piece))):
            mark = _MARK.search(name)
            yield _MARK.sub("", name).strip(), _ROLES[mark[1]] if mark else own


def _together(piece: str) -> str:
    """The piece, without separators inside brackets: 水务局（张三、李四） is one name."""
    return _ASIDE.sub(lambda found: _NAMES.sub(" ", found[0]).replace(" ", "·"), piece)


def _resolved(
    text: str, role: str, name: str, resolve: Resolve, why: Why, handling: Handling
) -> Iterator[dict[str, Any]]:
    """The name as a unit of a draft; two joined by 和 where only both are known."""
    bare = _ASIDE.sub("", text).strip()
    closed = _OPEN_END.sub("", bare)
    found = [form for form in (text, bare, closed) if form and resolve(form)][:1]
    halves = [] if found else [half.strip() for half in _AND.split(closed)]
    if len(halves) > 1 and all(half and resolve(half) for half in halves):
        found = halves
    if not found and bare:
        reason = why(closed or bare) or "没有登记这个单位"
        hint = "已留空，请到“单位与人员”登记该单位或别名，或立项后再填"
        handling.remarks.append((name, f"“{bare}”{reason}，{hint}"))
    elif closed != bare and found[0] == closed:
        handling.remarks.append((name, f"“{bare}”没有写明还有哪些单位，只取了“{closed}”"))
    for form in found:
        yield {"text": form, "role": role, "organ": resolve(form), "blank": "", "field": name}


def _assumed(units: list[dict[str, Any]], lead: Department | None) -> Iterator[tuple[str, str]]:
    """Where it was our choice who leads, or which of two roles a department has."""
    roles: dict[str, str] = {}
    for unit in units:
        if roles.setdefault(unit["organ"], unit["role"]) != unit["role"]:
            yield unit["field"], f"{unit['text']}填了两处，一个单位只能有一种分工，按前一处"
    single = [unit for unit in units if unit["organ"].startswith("d:")]
    leading = [unit for unit in single if unit["role"] == LEAD]
    named = [unit for unit in single if unit["role"] == NAMED]
    order = f"由排在最前的{lead}牵头，其余作为分办单位，请核对"
    if len(leading) > 1:
        yield leading[1]["field"], f"写了{len(leading)}个牵头单位，{order}"
    elif not leading and len(named) > 1:
        yield named[0]["field"], f"没有写明谁牵头，{order}"
