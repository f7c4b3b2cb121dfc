"""Two people press the same button at the same moment, each in a session of their own, on PostgreSQL."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from tasks import permissions
from tasks.models import Feedback, Task
from tasks.moves import Status
from tasks.views import verbs
from tests.people import Cast, cast
from tests.tasks.stages import at_stage

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
JSON: dict[str, Any] = {"content_type": "application/json"}


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return cast()


@pytest.fixture
def both_have_looked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Holds each of two page requests, after it has found the verb allowed, until the other has too."""
    together, look = Barrier(2, timeout=20), permissions.available

    def available(user: User, task: Task) -> Any:
        found = look(user, task)
        together.wait()
        return found

    monkeypatch.setattr(verbs, "available", available)


def at_once(path: str, *users: User, **options: Any) -> list[Any]:
    """The answers to the same POST by each of them, sent at the same moment."""
    start = Barrier(len(users), timeout=20)

    def press(user: User) -> HttpResponse:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        try:
            start.wait()
            return client.post(path, {"note": "同意办结", "progress": "完成"}, **options)  # type: ignore[return-value]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(users)) as pool:
        return list(pool.map(press, users))


def statuses(answers: list[Any]) -> list[int]:
    return sorted(answer.status_code for answer in answers)


def test_two_supervisors_close_on_the_page_and_one_is_told_that_it_is_done(
    people: Cast, both_have_looked: None
) -> None:
    item = at_stage(Status.SUBMITTED, people)
    answers = at_once(f"/tasks/{item.code}/close/", people.supervisor, people.second_supervisor)
    assert statuses(answers) == [302, 409]
    (refusal,) = (answer.content.decode() for answer in answers if answer.status_code == 409)
    assert "已办结" in refusal
    assert "同意办结" in refusal, "what was typed is not lost"
    assert item.events.filter(action="close").count() == 1


def test_two_supervisors_close_over_the_api_and_one_is_told(people: Cast) -> None:
    item = at_stage(Status.SUBMITTED, people)
    answers = at_once(f"/api/tasks/{item.code}/close/", people.supervisor, people.second_supervisor, **JSON)
    assert statuses(answers) == [200, 409]
    assert item.events.filter(action="close").count() == 1


def test_closing_and_sending_back_in_two_windows_leave_one_of_both(
    people: Cast, both_have_looked: None
) -> None:
    item, acts = at_stage(Status.SUBMITTED, people), ("close", "send_back")

    def press(act: str, user: User) -> Callable[[], HttpResponse]:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

        def run() -> HttpResponse:
            try:
                return client.post(f"/tasks/{item.code}/{act}/", {"reason": "缺验收材料"})  # type: ignore[return-value]
            finally:
                connections.close_all()

        return run

    hands = [press(*pair) for pair in zip(acts, (people.supervisor, people.second_supervisor), strict=True)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda hand: hand(), hands))
    assert statuses(answers) == [302, 409]
    assert item.events.filter(action__in=acts).count() == 1


def test_a_button_pressed_twice_reports_once_for_the_report_day(people: Cast, both_have_looked: None) -> None:
    item = at_stage(Status.UNDERWAY, people, report_rule="FREQ=WEEKLY;BYDAY=FR")
    period = item.assignments.get(role="lead").periods.earliest("due_on")
    start = Barrier(2, timeout=20)

    def press(_: int) -> int:
        client = Client()
        client.force_login(people.leading, backend="django.contrib.auth.backends.ModelBackend")
        try:
            start.wait()
            words = {"progress": "完成5处。", "period": period.pk}
            return client.post(f"/tasks/{item.code}/report/", words).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(press, range(2))) == [302, 409]
    assert Feedback.objects.filter(period=period).count() == 1
