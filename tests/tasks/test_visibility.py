"""Who finds which rows, on every model that hangs on an item."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from tasks import actions
from tasks.models import Assignment, Attachment, Feedback, Period, Task, TaskEvent
from tasks.moves import Status
from tests.factories import MONDAY, NOON, paper, task
from tests.people import Cast
from tests.tasks.stages import at_stage

MODELS: tuple[type[Model], ...] = (Task, Assignment, Period, Feedback, Attachment, TaskEvent)


@pytest.fixture
def item(people: Cast) -> Task:
    made = at_stage(Status.UNDERWAY, people, report_rule="FREQ=WEEKLY;BYDAY=FR")
    actions.report(made.pk, by=people.leading, at=NOON, progress="见附件", files=[paper()])
    return made


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    "name", ["supervisor", "leader", "administrator", "leading", "taking_part", "supporting"]
)
def test_whoever_has_to_do_with_an_item_sees_its_rows(
    model: type[Model], name: str, item: Task, people: Cast
) -> None:
    rows = model._default_manager
    assert rows.visible_to(people[name]).count() == rows.count() > 0  # type: ignore[attr-defined]


@pytest.mark.parametrize("model", MODELS)
def test_nobody_else_sees_any(model: type[Model], item: Task, people: Cast) -> None:
    people.leader.is_active = False
    for person in (people.outsider, people.homeless, AnonymousUser(), people.leader):
        assert not model._default_manager.visible_to(person).exists()  # type: ignore[attr-defined]


def test_drafts_are_the_offices_own(people: Cast) -> None:
    draft = at_stage(Status.DRAFT, people)
    assert not Task.objects.visible_to(people.leading).exists()
    assert not TaskEvent.objects.visible_to(people.leading).exists()
    assert Task.objects.visible_to(people.supervisor).get() == draft


def test_an_item_of_several_departments_is_listed_once(item: Task, people: Cast) -> None:
    assert Task.objects.visible_to(people.leading).search("局").count() == 1
    assert Task.objects.for_department(people.part).get() == item


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("内涝", True),
        ("DB2026", True),
        ("水务", True),
        ("内涝 城管", True),
        ("内涝 文旅", False),
        ("12处", True),
        ("%", False),
        ("_", False),
        ("", True),
        ("\x00", True),
        ("'; drop table", False),
    ],
)
def test_every_word_must_occur(words: str, is_found: bool, item: Task, people: Cast) -> None:
    assert Task.objects.search(words).exists() == is_found


def test_overdue_and_due_within_look_at_open_items_only(people: Cast) -> None:
    overdue = task(people.supervisor, lead=people.lead, due_on=MONDAY)
    actions.issue(overdue.pk, by=people.supervisor, at=NOON)
    task(people.supervisor, lead=people.lead, due_on=MONDAY)  # a draft cannot be late
    at_stage(Status.CLOSED, people, due_on=MONDAY)
    after = MONDAY.replace(day=3)
    assert Task.objects.overdue(after).get() == overdue
    assert not Task.objects.overdue(MONDAY).exists()
    assert Task.objects.due_within(MONDAY, after).get() == overdue
