"""Patterns compiled when first tried: no text comes to all rules, and importing them should cost little."""

import re
from collections.abc import Callable, Iterator
from typing import Any

Try = Callable[..., re.Match[str] | None]


class LatePattern:
    """Stands for `re.compile(source)`; its methods are those of `re.Pattern`."""

    __slots__ = ("findall", "finditer", "flags", "fullmatch", "match", "search", "source", "sub")

    match: Try
    search: Try
    fullmatch: Try
    finditer: Callable[..., Iterator[re.Match[str]]]
    findall: Callable[..., list[str]]
    sub: Callable[..., str]

    def __init__(self, source: str, flags: int = 0) -> None:
        self.source, self.flags = source, flags

    def __getattr__(self, name: str) -> Any:
        """Asked only while the slots are empty: from now on tries go straight to the compiled pattern."""
        compiled = re.compile(self.source, self.flags)
        self.match, self.search, self.fullmatch = compiled.match, compiled.search, compiled.fullmatch
        self.finditer, self.findall, self.sub = compiled.finditer, compiled.findall, compiled.sub
        return getattr(compiled, name)


AnyPattern = re.Pattern[str] | LatePattern
