"""API tokens of people: what opened the API before a password was changed opens nothing afterwards."""

from typing import Any

from django.contrib.auth.forms import AdminPasswordChangeForm, PasswordChangeForm
from rest_framework.authtoken.models import Token

from accounts.models import User


def forget(user: User) -> None:
    """Take the person's token back; a new one is given in the admin site."""
    Token.objects.filter(user=user).delete()


class OwnPasswordForm(PasswordChangeForm):
    """Changing one's own password."""

    def save(self, commit: bool = True) -> Any:
        forget(self.user)
        return super().save(commit)


class OthersPasswordForm(AdminPasswordChangeForm):  # type: ignore[type-arg]  # not subscriptable
    """An administrator sets somebody's password, or takes it away."""

    def save(self, commit: bool = True) -> Any:
        forget(self.user)
        return super().save(commit)
