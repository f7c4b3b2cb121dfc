"""The ledger's adjectives: who may see which row, and what is open, overdue or due soon."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet

from tasks.moves import OPEN, Status

if TYPE_CHECKING:
    from accounts.models import Department, User
    from tasks.models import Period, Task

SEES_ALL = ("supervisor", "leader", "administrator")


class ThroughTaskQuerySet(QuerySet[Any]):
    """Rows that hang on a task: seen by whoever sees the task."""

    task_path = "task"

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Supervisors, leaders and administrators: all. Liaisons: what their department is assigned to."""
        tasks = _task_model(self.model, self.task_path).objects.visible_to(user)
        return self.filter(**{f"{self.task_path}__in": tasks})


def _task_model(model: type[Model], path: str) -> Any:
    for step in path.split("__"):
        model = model._meta.get_field(step).related_model  # type: ignore[assignment]
    return model


class AssignmentQuerySet(ThroughTaskQuerySet):
    pass


class ThroughAssignmentQuerySet(ThroughTaskQuerySet):
    task_path = "assignment__task"


class PeriodQuerySet(ThroughAssignmentQuerySet):
    def missing(self, today: date) -> Self:
        """Past their day and not filed."""
        return self.filter(due_on__lt=today, filed_at=None)


class TaskQuerySet(QuerySet["Task"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Supervisors, leaders and administrators: all. Liaisons: assigned to their department, no drafts."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.role in SEES_ALL:
            return self
        if not user.department_id:
            return self.none()
        mine = self.model._default_manager.filter(assignments__department=user.department_id)
        return self.filter(pk__in=mine.values("pk")).exclude(status=Status.DRAFT)

    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def overdue(self, today: date) -> Self:
        return self.open().filter(due_on__lt=today)

    def due_within(self, today: date, until: date) -> Self:
        return self.open().filter(due_on__range=(today, until))

    def for_department(self, department: "Department | int") -> Self:
        return self.filter(assignments__department=department)

    def search(self, words: str) -> Self:
        """Every word must occur in the number, name, requirement, source or a department's name."""
        found = self
        for word in words.split():
            fields = ("code", "title", "requirement", "source_quote", "source_title")
            match = Q(*((f"{field}__icontains", word) for field in fields), _connector=Q.OR)
            by_department = self.model._default_manager.filter(
                Q(assignments__department__name__icontains=word)
                | Q(assignments__department__short_name__icontains=word)
            )
            found = found.filter(match | Q(pk__in=by_department.values("pk")))
        return found


class EventQuerySet(ThroughTaskQuerySet):
    pass
