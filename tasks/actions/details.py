"""What an item says and who handles it, checked before it is stored."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypedDict

from django.core.exceptions import ValidationError

from accounts.models import Department
from tasks.actions.periods import drop_periods
from tasks.models import Assignment, Period, Task
from tasks.rhythm import check as check_rhythm

Role = Assignment.Role
ROLES = {"lead": Role.LEAD, "parts": Role.PART, "supports": Role.SUPPORT}
RULES = ("report_rule", "collect_rule")
NOT_TYPED = ("id", "code", "status", "created_by", "created_at", "result")


class Details(TypedDict, total=False):
    """The optional fields of `register` and `amend`; rules are RFC 5545, empty for none."""

    lead: Department | None
    parts: Sequence[Department]
    supports: Sequence[Department]
    due_on: date | None
    due_text: str
    due_is_assumed: bool
    report_rule: str
    collect_rule: str
    rhythm_text: str
    recipients: str
    deliverable: str
    urgency: str
    source_kind: str
    source_title: str
    source_quote: str
    source_url: str
    source_on: date | None
    raised_by: str


class Changes(Details, total=False):
    """What `amend` may change."""

    title: str
    requirement: str


def split(details: dict[str, Any]) -> tuple[dict[str, Any], dict[str, list[Department]]]:
    """Fields of the item, and departments by role (only the roles that were given)."""
    fields = {name: value for name, value in details.items() if name not in ROLES}
    lead = [details["lead"]] if details.get("lead") else []
    given = {**details, "lead": lead}
    return fields, {ROLES[name]: list(given[name]) for name in ROLES if name in details}


def check_fields(task: Task) -> None:
    """Raises ValidationError that names each field and what is wrong with it."""
    for name in ("title", "requirement"):
        setattr(task, name, getattr(task, name).strip())
    for name in RULES:
        try:
            check_rhythm(getattr(task, name))
        except ValueError as error:
            raise ValidationError({name: str(error)}) from error
    task.full_clean(exclude=NOT_TYPED, validate_unique=False, validate_constraints=False)


def check_departments(departments: Iterable[Department]) -> None:
    """Each department once, and each in use. Raises ValidationError."""
    chosen = list(departments)
    twice = {str(department) for department in chosen if chosen.count(department) > 1}
    if twice:
        raise ValidationError(f"{'、'.join(sorted(twice))}填了两处，一个单位在一个事项中只能有一种分工。")
    retired = [str(department) for department in chosen if not department.is_active]
    if retired:
        raise ValidationError(f"{'、'.join(retired)}已停用，请改选现有单位。")


def current_departments(task: Task) -> dict[str, list[Department]]:
    """Who handles the item now, by role."""
    handling: dict[str, list[Department]] = {role: [] for role in ROLES.values()}
    for assignment in task.assignments.select_related("department"):
        handling.get(assignment.role, []).append(assignment.department)
    return handling


def assign(task: Task, departments: dict[str, list[Department]], *, today: date) -> None:
    """Make the assignments be these; who is gone is released, who stays keeps its trail."""
    roles = {department: role for role, chosen in departments.items() for department in chosen}
    check_departments(department for chosen in departments.values() for department in chosen)
    existing = {
        assignment.department: assignment for assignment in task.assignments.select_related("department")
    }
    for department, assignment in existing.items():
        if department not in roles and assignment.role != Role.TRANSFERRED:
            _release(assignment, today=today)
    # The lead last: the old one must have let go before the database sees the new one.
    for department, role in sorted(roles.items(), key=lambda pair: pair[1] == Role.LEAD):
        _give(task, department, role, existing.get(department))


def _give(task: Task, department: Department, role: str, assignment: Assignment | None) -> None:
    if assignment is None:
        Assignment.objects.create(task=task, department=department, role=role)
    elif assignment.role != role:
        assignment.role = role
        assignment.received_at = assignment.submitted_at = None
        assignment.save(update_fields=["role", "received_at", "submitted_at"])


def _release(assignment: Assignment, *, today: date) -> None:
    """Out of a draft: without a trace when there is none, else as one whose part was transferred."""
    transfer(assignment, today=today)
    if not _has_trail(assignment):
        assignment.delete()


def transfer(assignment: Assignment, *, today: date) -> None:
    """The department no longer handles the item. What it signed, missed or reported stays on the record."""
    drop_periods(assignment.task, since=today, assignment=assignment)
    assignment.role = Role.TRANSFERRED
    assignment.save(update_fields=["role"])


def _has_trail(assignment: Assignment) -> bool:
    if assignment.received_at is not None or assignment.feedbacks.exists():
        return True
    return Period.objects.filter(assignment=assignment).exists()
