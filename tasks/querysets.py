"""The ledger's adjectives: who may see which row, and what is open, overdue, missing or lit."""

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Department, User
from tasks.lights import Colour, Thresholds
from tasks.moves import OPEN, Status

SEES_ALL = frozenset({User.Role.SUPERVISOR, User.Role.LEADER, User.Role.ADMINISTRATOR})
SEARCHED = ("code", "title", "requirement", "source_quote", "source_title")
MOST_WORDS = 8
RUNNING = (Status.ISSUED, Status.UNDERWAY)
HELD = Q(status=Status.DRAFT, declined_at__isnull=False) | (
    Q(status__in=RUNNING) & (Q(paused_at__isnull=False) | Q(extension_asked_at__isnull=False))
)
Person = User | AnonymousUser


class ThroughTaskQuerySet(QuerySet[Any]):
    """Rows that hang on a task: seen by whoever sees the task."""

    task_path = "task"

    def visible_to(self, user: Person) -> Self:
        """The rows of every item this person may see."""
        if isinstance(user, User) and user.is_active and user.role in SEES_ALL:
            return self
        tasks = apps.get_model("tasks", "Task").objects.visible_to(user)
        return self.filter(**{f"{self.task_path}__in": tasks.order_by().values("pk")})


class AssignmentQuerySet(ThroughTaskQuerySet):
    def handling(self) -> Self:
        """Who is asked something now; not those whose part was transferred."""
        return self.exclude(role="transferred")


class EventQuerySet(ThroughTaskQuerySet):
    pass


class ThroughAssignmentQuerySet(ThroughTaskQuerySet):
    task_path = "assignment__task"


class AttachmentQuerySet(ThroughTaskQuerySet):
    task_path = "feedback__assignment__task"


class PeriodQuerySet(ThroughAssignmentQuerySet):
    def missing(self, today: date) -> Self:
        """Past their day and not filed, of open items that run and departments that still handle them."""
        running = Q(assignment__task__status__in=OPEN, assignment__task__paused_at=None)
        return self.filter(running, due_on__lt=today, filed_at=None).exclude(assignment__role="transferred")


class TaskQuerySet(QuerySet[Any]):
    def visible_to(self, user: Person) -> Self:
        """Supervisors, leaders, administrators: all. Liaisons: what their department handles, no drafts."""
        if not isinstance(user, User) or not user.is_active:
            return self.none()
        if user.role in SEES_ALL:
            return self
        if user.department_id is None:
            return self.none()
        assignments = apps.get_model("tasks", "Assignment").objects.filter(department=user.department_id)
        leads = assignments.filter(role="lead").exclude(task__status=Status.DRAFT).order_by().values("task")
        handled = assignments.handling().order_by().values("task")
        # Who leads an item sees what was split off from it.
        return self.filter(Q(pk__in=handled) | Q(parent__in=leads)).exclude(status=Status.DRAFT)

    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def ticking(self) -> Self:
        """Not paused: the clocks run."""
        return self.filter(paused_at=None)

    def held(self) -> Self:
        """What waits for the office's word on an objection or an extension, or is paused."""
        return self.filter(HELD)

    def overdue(self, today: date) -> Self:
        return self.open().ticking().filter(due_on__lt=today)

    def due_within(self, today: date, until: date) -> Self:
        return self.open().ticking().filter(due_on__range=(today, until))

    def for_department(self, department: Department | int) -> Self:
        """Items the department handles now in any role, each once; not what it has handed over."""
        assignments = apps.get_model("tasks", "Assignment").objects.handling().filter(department=department)
        return self.filter(pk__in=assignments.order_by().values("task"))

    def with_missing(self, today: date) -> Self:
        """Adds `missing_reports`: the most reports any one department owes."""
        periods = apps.get_model("tasks", "Period").objects.missing(today)
        owed = (
            periods.filter(assignment__task=OuterRef("pk"))
            .order_by()
            .values("assignment")
            .annotate(owed=Count("pk"))
            .order_by("-owed")
            .values("owed")[:1]
        )
        return self.annotate(missing_reports=Coalesce(Subquery(owed, output_field=IntegerField()), 0))

    def lit(self, colour: Colour, thresholds: Thresholds) -> Self:
        """The items whose light, as `tasks.lights.light` computes it, is of this colour."""
        if colour == "grey":
            return self.filter(HELD | Q(status=Status.SUBMITTED))
        if colour == "none":
            return self.exclude(Q(status__in=OPEN) | HELD)
        red = Q(due_on__lt=thresholds.today) | _owing(2, thresholds.today)
        yellow = Q(due_on__lte=thresholds.yellow_until) | _owing(1, thresholds.today)
        blue = Q(due_on__lte=thresholds.blue_until)
        cases = {
            "red": red,
            "yellow": yellow & ~red,
            "blue": blue & ~yellow & ~red,
            "green": ~blue & ~yellow & ~red,
        }
        return self.exclude(HELD).filter(cases[colour], status__in=RUNNING)

    def search(self, words: str) -> Self:
        """Every word must occur in the number, name, requirement, a source or a department's name."""
        found = self
        for word in words.replace("\x00", " ").split()[:MOST_WORDS]:
            text = Q(*((f"{field}__icontains", word) for field in SEARCHED), _connector=Q.OR)
            by_name = _assigned(department__name__icontains=word)
            by_short_name = _assigned(department__short_name__icontains=word)
            found = found.filter(text | by_name | by_short_name | _said_again(word))
        return found


def _assigned(**conditions: Any) -> Q:
    """The items with an assignment like this, each once: a subquery, not a join."""
    assignments = apps.get_model("tasks", "Assignment").objects.filter(**conditions)
    return Q(pk__in=assignments.order_by().values("task"))


def _said_again(word: str) -> Q:
    """The items whose further sources hold the word."""
    sources = apps.get_model("tasks", "TaskSource").objects.filter(
        Q(quote__icontains=word) | Q(title__icontains=word)
    )
    return Q(pk__in=sources.order_by().values("task"))


def _owing(reports: int, today: date) -> Q:
    """The items in which some department owes at least so many reports."""
    periods = apps.get_model("tasks", "Period").objects.missing(today).order_by()
    counted = periods.values("assignment", "assignment__task").annotate(owed=Count("pk"))
    return Q(pk__in=counted.filter(owed__gte=reports).values("assignment__task"))
