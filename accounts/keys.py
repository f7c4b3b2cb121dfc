"""Passwords and API tokens: a guess at the old password counts; a changed one ends what a token opened."""

from typing import Any

from axes.utils import reset
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AdminPasswordChangeForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from rest_framework.authtoken.models import Token

from accounts.models import User


def forget(user: User) -> None:
    """Take the person's token back; a new one is given in the admin site."""
    Token.objects.filter(user=user).delete()


@transaction.atomic
def renew(user: User) -> str:
    """Give the person a new token, which replaces the old one; the key, to be shown this once."""
    forget(user)
    token: Token = Token.objects.create(user=user)
    return str(token.key)


def masked(user: User) -> str:
    """The end of the person's token, by which it is told from another; empty when there is none."""
    token: Token | None = getattr(user, "auth_token", None)
    return f"••••{token.key[-4:]}" if token else ""


class OwnPasswordForm(PasswordChangeForm):
    """Changing one's own password. A wrong old one counts as a failed sign-in of the name (axes)."""

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_old_password(self) -> str:
        password: str = self.cleaned_data["old_password"]
        name = self.user.get_username()
        if authenticate(self.request, username=name, password=password) is None:
            raise ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        reset(username=name)
        return password

    def save(self, commit: bool = True) -> Any:
        forget(self.user)
        return super().save(commit)


class OthersPasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]  # not subscriptable
    """An administrator sets somebody's password, or takes it away."""

    def save(self, commit: bool = True) -> Any:
        forget(self.user)
        return super().save(commit)
