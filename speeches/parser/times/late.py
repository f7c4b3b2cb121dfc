"""Patterns compiled when first tried: no text comes to all rules, and importing them should cost little."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

Try = Callable[..., re.Match[str] | None]

_METHODS = ("match", "search", "fullmatch", "finditer", "findall", "sub", "split")


class LatePattern:
    """Stands for `re.compile(source)`; its methods are those of `re.Pattern`."""

    # No `__getattr__`: a class that has one is slow to read all its attributes
    __slots__ = (*_METHODS, "flags", "source")

    match: Try
    search: Try
    fullmatch: Try
    finditer: Callable[..., Iterator[re.Match[str]]]
    findall: Callable[..., list[str]]
    sub: Callable[..., str]
    split: Callable[..., list[str]]

    def __init__(self, source: str, flags: int = 0) -> None:
        self.source, self.flags = source, flags
        for name in _METHODS:
            setattr(self, name, partial(self._first, name))

    def _first(self, name: str, *given: Any) -> Any:
        """From now on tries go straight to the compiled pattern."""
        compiled = re.compile(self.source, self.flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)(*given)


AnyPattern = re.Pattern[str] | LatePattern
