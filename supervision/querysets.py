"""Adjectives of notices: who may see them, what is due, what a dead sender left behind."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

if TYPE_CHECKING:
    from accounts.models import User
    from supervision.models import Notice  # noqa: F401

STALE_AFTER = timedelta(minutes=15)


class NoticeQuerySet(QuerySet["Notice"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Supervisors and administrators: all. Everybody else: what was sent to them."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.role in ("supervisor", "administrator"):
            return self
        return self.filter(recipient=user)

    def waiting(self, now: datetime) -> Self:
        """Due, and nobody is at it. The longest due first, then the ones tried before."""
        return self.filter(state="pending", try_at__lte=now).order_by("try_at", "created_at", "pk")

    def abandoned(self, now: datetime) -> Self:
        """Claimed by a sender whose lease has run out."""
        return self.filter(state="sending", lease_until__lt=now).order_by("lease_until", "pk")

    def dead(self) -> Self:
        return self.filter(state="dead")

    def stale(self, now: datetime) -> Self:
        """Should have left over 15 minutes ago, and no server has answered for them: the sending is stuck.

        A letter that a receiving server has put off (attempts > 0, waiting for its next turn) is not stuck.
        """
        return self.filter(state__in=("pending", "sending"), attempts=0, due_at__lt=now - STALE_AFTER)
