"""There is one door through which a state changes."""

import re

from tests.architecture.sources import FLOORS, ROOT, files

ASSIGNED = re.compile(r"\.status\s*=(?!=)|setattr\([^)]*[\"']status[\"']")
WRITTEN = re.compile(
    r"update\([^)]*\bstatus\s*=|update_or_create\([^)]*\bstatus\s*=|bulk_update\([^)]*status"
)


def test_only_move_assigns_the_state_of_an_item() -> None:
    """Speeches have a status of their own; in the other floors a state is assigned in `_move` alone."""
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in files(*(floor for floor in FLOORS if floor != "speeches"))
        for line in path.read_text("utf-8").splitlines()
        if ASSIGNED.search(line) or WRITTEN.search(line)
    ]
    assert found == ["tasks/actions/moving.py: task.status = to"]


def test_speeches_touch_no_item_but_through_the_verbs() -> None:
    writers = re.compile(
        r"\b(Task|TaskEvent|Assignment|Period)\.objects\.(create|bulk_create|update)|task\.save\("
    )
    found = [
        str(path) for path in files("speeches", "supervision") if writers.search(path.read_text("utf-8"))
    ]
    assert not found


def test_the_pattern_would_see_a_second_door() -> None:
    for line in ("task.status = Status.CLOSED", "Task.objects.filter(pk=1).update(status='closed')"):
        assert ASSIGNED.search(line) or WRITTEN.search(line)
    assert not ASSIGNED.search("if task.status == Status.CLOSED:")
