"""What a clerk chooses on the preview page of a ledger, as it is kept with the file."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any


@dataclass(slots=True)
class Options:
    """`base`: the day from which 月底 and 年底 are counted. `sheets`: which to take, None: those with items.

    `columns`: sheet → place of the column → field. `leave`, `also`: entries to leave out, doubles to take
    all the same, by their ref.
    """

    base: date | None = None
    source_title: str = ""
    sheets: list[int] | None = None
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    leave: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, stored: dict[str, Any]) -> "Options":
        options = cls(**stored)
        if isinstance(options.base, str):
            options.base = date.fromisoformat(options.base)
        return options

    def stored(self) -> dict[str, Any]:
        """As JSON takes it."""
        return asdict(self) | {"base": self.base and self.base.isoformat()}
