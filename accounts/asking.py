"""Who asks: the person behind a request, as the typed verbs want it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User


def person(request: HttpRequest) -> User:
    """The person who signed in. Raises PermissionDenied for nobody (the login middleware comes first)."""
    if not isinstance(request.user, User):
        raise PermissionDenied("请先登录。")
    return request.user
