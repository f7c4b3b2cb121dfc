"""The cast, signed in, on an ordinary Monday at noon."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from tests.factories import NOON
from tests.people import Cast, cast

SignIn = Callable[[User], Client]


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


@pytest.fixture
def noon() -> Iterator[None]:
    """Pages ask what day it is; let it be the day on which the items of the tests are made."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def signed_in(noon: None) -> SignIn:
    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
