"""Adjectives for departments and people, and who may see them."""

from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser, UserManager
from django.db import models

if TYPE_CHECKING:
    from accounts.models import Department, User  # noqa: F401 - named in the base class


class DepartmentQuerySet(models.QuerySet["Department"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Everybody who signs in may know which departments there are; nobody else may."""
        return self if user.is_authenticated and user.is_active else self.none()


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Supervisors, leaders and administrators see everybody; a liaison sees the own department."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.role == "liaison":
            return (
                self.filter(department=user.department_id) if user.department_id else self.filter(pk=user.pk)
            )
        return self


class PeopleManager(UserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Django's creation of users, with our adjectives."""

    def create_superuser(
        self, username: str, email: str | None = None, password: str | None = None, **fields: Any
    ) -> Any:
        """The first administrator (`manage.py createsuperuser`)."""
        fields.setdefault("role", "administrator")
        return super().create_superuser(username, email, password, **fields)
