"""Import of departments, people and groups from CSV: by preview or for good, all of it or nothing.

`IMPORTS["people"].run(content, by=user, is_preview=True) -> Outcome`.
"""

from accounts.importing import departments, groups, people
from accounts.importing.outcome import Outcome, Table

IMPORTS: dict[str, Table] = {
    "departments": departments.TABLE,
    "people": people.TABLE,
    "groups": groups.TABLE,
}

__all__ = ["IMPORTS", "Outcome", "Table"]
