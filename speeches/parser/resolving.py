"""From a unit as written to the department the office knows: by name, alias or short form, never a guess."""

import re
from collections.abc import Callable

from .types import Context

_LEVELS = "国省市县区州镇乡"
_TAIL = re.compile(r"(?:等)?(?:相关|职能|有关|主管)?(?:部门|单位)$")
_OFFICE = re.compile(r"(?:委员会|管理局|管理处|办公室|局|委|办|厅|部|处|科|中心)$")


def resolver(context: Context) -> Callable[[str], str]:
    """A function from the words of a unit to the key of its organ, empty when unknown or when two fit."""
    table: dict[str, str | None] = {}
    short: dict[str, str | None] = {}
    for organ in context.organs:
        for name in organ.names:
            _enter(table, name, organ.key)
            _enter(short, _short(name), organ.key)
    return lambda name: _find(table, short, name, context.level)


def _enter(table: dict[str, str | None], name: str, key: str) -> None:
    """A name of two organs resolves to neither."""
    if name:
        table[name] = key if table.get(name, key) == key else None


def _find(table: dict[str, str | None], short: dict[str, str | None], name: str, level: str) -> str:
    for form in (name, level + name, name.removeprefix(level) if level else name):
        if form in table:
            return table[form] or ""
    return short.get(_short(name)) or ""


def _short(name: str) -> str:
    """市发展和改革委员会, 发改委 and 发改部门 stay three names; 市财政局, 财政局, 财政部门 become one."""
    bare = _TAIL.sub("", name)
    if len(bare) > 3 and bare[0] in _LEVELS:
        bare = bare[1:]
    return _OFFICE.sub("", bare) or bare
