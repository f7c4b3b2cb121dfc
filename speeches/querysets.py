"""Who may see which speech: the supervision office and those it reports to; departments see quotes only."""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

if TYPE_CHECKING:
    from accounts.models import User

READERS = ("supervisor", "leader", "administrator")


class OfficeQuerySet(QuerySet[Any]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Supervisors, leaders and administrators: all. Liaisons: none; their items carry the quote."""
        may_read = user.is_authenticated and user.is_active and user.role in READERS
        return self if may_read else self.none()
