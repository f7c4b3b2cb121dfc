"""What an item waits for that is not its department's work: the office's decision, or the end of a pause."""

from django.utils.timezone import localdate

from tasks.lights import Hold
from tasks.models import Assignment, Task
from tasks.moves import Status

RUNNING = (Status.ISSUED, Status.UNDERWAY)


def hold_of(task: Task, own: Assignment | None = None) -> Hold | None:
    """Of the item, or of one department's part `own` in it; None when the clocks run.

    `tasks.querysets.TaskQuerySet.held` says the same of the item in a query.
    """
    if task.status == Status.DRAFT:
        return Hold("objection", localdate(task.declined_at)) if task.declined_at else None
    if task.status not in RUNNING:
        return None
    if task.paused_at:
        return Hold("pause", localdate(task.paused_at))
    asked_at = (own or task).extension_asked_at
    return Hold("extension", localdate(asked_at)) if asked_at else None
