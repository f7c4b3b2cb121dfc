"""The verbs of speeches: everything that changes a speech or a draft goes through here.

Each verb locks its row, checks the person, the state and the version the person saw, and then acts.
"""

from speeches.actions.about import cancel, retry, update_speech
from speeches.actions.adopting import adopt, adopt_tier
from speeches.actions.cutting import add, merge, split
from speeches.actions.dividing import divide, reunite, treat_as_one
from speeches.actions.editing import drop, edit, restore
from speeches.actions.joining import join_draft, join_item, tell_apart, unjoin
from speeches.actions.lines import remove_lines, restore_lines
from speeches.actions.rules import EditConflict
from speeches.parsing import parse
from tasks.actions import MoveRefused

__all__ = [
    "EditConflict",
    "MoveRefused",
    "add",
    "adopt",
    "adopt_tier",
    "cancel",
    "divide",
    "drop",
    "edit",
    "join_draft",
    "join_item",
    "merge",
    "parse",
    "remove_lines",
    "restore",
    "restore_lines",
    "retry",
    "reunite",
    "split",
    "tell_apart",
    "treat_as_one",
    "unjoin",
    "update_speech",
]
