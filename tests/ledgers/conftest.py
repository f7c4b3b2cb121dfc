"""The cast with a city's names, towns that are called together, and a ledger read as the office reads it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.test import Client

from accounts.models import DepartmentAlias, DepartmentGroup
from speeches.ledgers.options import Options
from speeches.ledgers.reading import Reading, read
from tests.factories import MONDAY, NOON, department
from tests.people import Cast, cast

Read = Callable[..., Reading]


@pytest.fixture
def people(db: None, settings: LazySettings) -> Cast:
    settings.ORG_NAME = "云川市委市政府督查室"
    found = cast()
    DepartmentAlias.objects.create(department=found.outside, name="市旅投公司")
    for name in ("云川市青石镇", "云川市白沙镇"):
        department(name, kind="town")
    DepartmentGroup.objects.create(name="各镇（街道）", aliases="各镇办", kinds=["town"])
    return found


@pytest.fixture
def reading(people: Cast) -> Read:
    def of(content: bytes, name: str = "台账.xlsx", **options: Any) -> Reading:
        return read(content, name, Options(**options), by=people.supervisor, today=MONDAY)

    return of


@pytest.fixture
def client(people: Cast) -> Iterator[Client]:
    """The supervisor's browser, on an ordinary Monday at noon."""
    with time_machine.travel(NOON, tick=False):
        browser = Client()
        browser.force_login(people.supervisor)
        yield browser
