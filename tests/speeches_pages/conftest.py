"""The parsed test speech of `tests.speeches`, and a browser session for each person."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from tests.speeches.conftest import office, own_files, people, speech

__all__ = ["SignIn", "office", "own_files", "people", "signed_in", "speech"]
SignIn = Callable[[User], Client]


@pytest.fixture
def signed_in() -> SignIn:
    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
