"""The ledger (台账): items, who handles them, report periods, reports, evidence, and every change."""

from tasks.models.calendar import WorkDay
from tasks.models.items import Assignment, Task, TaskNumber
from tasks.models.reports import Attachment, Feedback, Period
from tasks.models.requests import Extension
from tasks.models.sources import TaskSource
from tasks.models.trail import TaskEvent

__all__ = [
    "Assignment",
    "Attachment",
    "Extension",
    "Feedback",
    "Period",
    "Task",
    "TaskEvent",
    "TaskNumber",
    "TaskSource",
    "WorkDay",
]
