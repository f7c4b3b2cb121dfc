"""Two clerks with the same ledger at the same moment, on real connections."""

from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError

from speeches.ledgers import actions
from tasks.models import Task
from tests.factories import NOON
from tests.ledgers import making
from tests.people import Cast, cast
from tests.tasks.test_at_once import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(transactional_db: None, settings: LazySettings) -> Cast:
    settings.ORG_NAME = "云川市委市政府督查室"
    return cast()


def test_the_second_of_two_clerks_finds_everything_there_already(people: Cast) -> None:
    clerks = (people.supervisor, people.second_supervisor)
    files = [actions.accept(file_name="台账.xlsx", content=making.annual(), by=by, at=NOON) for by in clerks]

    def act(number: int) -> Any:
        try:
            return actions.import_file(files[number].pk, by=clerks[number], at=NOON)
        except actions.NotReady as refused:
            return refused

    outcomes = at_once(lambda: act(0), lambda: act(1))
    (refused,) = [outcome for outcome in outcomes if isinstance(outcome, actions.NotReady)]
    assert "台账中都已经有了" in refused.messages[0]
    assert Task.objects.count() == 3


def test_a_double_click_imports_once(people: Cast) -> None:
    file = actions.accept(file_name="台账.xlsx", content=making.annual(), by=people.supervisor, at=NOON)

    def act() -> Any:
        try:
            return actions.import_file(file.pk, by=people.supervisor, at=NOON)
        except ValidationError as refused:
            return refused

    outcomes = at_once(act, act)
    assert sum(isinstance(outcome, list) for outcome in outcomes) == 1
    assert Task.objects.count() == 3
