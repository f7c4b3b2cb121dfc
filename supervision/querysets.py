"""Adjectives of notices: who may see them, what is due, what a dead sender left behind."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

if TYPE_CHECKING:
    from accounts.models import User
    from supervision.models import Notice


class NoticeQuerySet(QuerySet["Notice"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Supervisors and administrators: all. Everybody else: what was sent to them."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.role in ("supervisor", "administrator"):
            return self
        return self.filter(recipient=user)

    def claimable(self, now: datetime) -> Self:
        """Due and free: waiting rows, and rows whose sender's lease has run out."""
        waiting = Q(state="pending", due_at__lte=now)
        abandoned = Q(state="sending", lease_until__lt=now)
        return self.filter(waiting | abandoned)
