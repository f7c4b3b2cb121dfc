"""From a unit as written to the department the office knows: by name, alias or short form, never a guess."""

import re
from collections import Counter
from collections.abc import Callable

from .types import Context
from .wordlists import any_of, pairs

_LEVELS = "国省市县区州镇乡"
_HIGHER = re.compile("国务院|国家|中央|全国")
_TAIL = re.compile(r"(?:等)?(?:各)?(?:相关|职能|有关|主管)?(?:部门|单位)$")
_OFFICE = re.compile(r"(?:委员会|局|委)$")
_LONG = pairs("short_forms")
_LONG_FORM = re.compile(any_of(_LONG))

Table = dict[str, str | None]


def resolver(context: Context) -> Callable[[str], str]:
    """A function from the words of a unit to the key of its organ, empty when unknown or when two fit."""
    exact: Table = {}
    short: Table = {}
    level = context.level or _usual_level(context)
    for organ in context.organs:
        for name in organ.names:
            _enter(exact, name, organ.key)
            _enter(short, _short(name, level), organ.key)
    return lambda name: _find(exact, short, name, level)


def _usual_level(context: Context) -> str:
    """The level most names of the office begin with: 市财政局, 市水利局 → 市."""
    names = [name for organ in context.organs for name in organ.names if name]
    firsts = Counter(name[0] for name in names if name[0] in _LEVELS)
    return firsts.most_common(1)[0][0] if firsts else ""


def _enter(table: Table, name: str, key: str) -> None:
    """A name of two organs resolves to neither."""
    if name:
        table[name] = key if table.get(name, key) == key else None


def _find(exact: Table, short: Table, name: str, level: str) -> str:
    if not name:
        return ""
    for form in (name, level + name, name.removeprefix(level) if level else name):
        if form in exact:
            return exact[form] or ""
    if _HIGHER.match(name) or (name[:1] in _LEVELS and not name.startswith(level or " ")):
        return ""
    return short.get(_short(name, level)) or ""


def _short(name: str, level: str) -> str:
    """市发展和改革委员会, 发改委 and 发改部门 become one word; 组织部 keeps its 部."""
    bare = _TAIL.sub("", name)
    if level and len(bare) > 3:
        bare = bare.removeprefix(level)
    bare = _OFFICE.sub("", bare)
    return _LONG_FORM.sub(lambda found: _LONG[found[0]], bare)
