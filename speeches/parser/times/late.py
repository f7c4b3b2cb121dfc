"""Patterns compiled when first tried: no text comes to all rules, and importing them should cost little."""

import re
from collections.abc import Callable, Iterator

Try = Callable[..., re.Match[str] | None]


class LatePattern:
    """Stands for `re.compile(source)`; `match` and `search` take what those of `re.Pattern` take."""

    __slots__ = ("match", "search", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self.match: Try = self._first_match
        self.search: Try = self._first_search

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """All matches in order, not overlapping."""
        return self._compiled().finditer(text)

    def _first_match(self, *given: str | int) -> re.Match[str] | None:
        return self._compiled().match(*given)  # type: ignore[arg-type]

    def _first_search(self, *given: str | int) -> re.Match[str] | None:
        return self._compiled().search(*given)  # type: ignore[arg-type]

    def _compiled(self) -> re.Pattern[str]:
        """From now on tries go straight to the compiled pattern."""
        compiled = re.compile(self.source)
        self.match, self.search = compiled.match, compiled.search
        return compiled
