"""Many hands at the same moment, on real connections: one does it, the others are told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from tasks import actions
from tasks.actions import MoveRefused, moving
from tasks.models import Assignment, Feedback, Period, Task
from tasks.moves import Status
from tests.factories import MONDAY, NOON, task
from tests.people import Cast, cast
from tests.tasks.stages import at_stage

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people(transactional_db: None) -> Cast:
    return cast()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Start all acts at the same moment, each on a connection of its own; what each gave back or raised."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait()
            return act()
        except MoveRefused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def refusals(outcomes: list[Any]) -> list[MoveRefused]:
    return [outcome for outcome in outcomes if isinstance(outcome, MoveRefused)]


def test_two_supervisors_close_at_the_same_moment_and_one_does(people: Cast) -> None:
    item = at_stage(Status.SUBMITTED, people)
    outcomes = at_once(
        lambda: actions.close(item.pk, by=people.supervisor, at=NOON),
        lambda: actions.close(item.pk, by=people.second_supervisor, at=NOON),
    )
    (refusal,) = refusals(outcomes)
    assert "已办结" in str(refusal)
    assert item.events.filter(action="close").count() == 1


def test_closing_and_sending_back_at_the_same_moment_leave_one_of_both(people: Cast) -> None:
    item = at_stage(Status.SUBMITTED, people)
    outcomes = at_once(
        lambda: actions.close(item.pk, by=people.supervisor, at=NOON),
        lambda: actions.send_back(item.pk, by=people.second_supervisor, at=NOON, reason="缺验收"),
    )
    assert len(refusals(outcomes)) == 1
    assert item.events.filter(action__in=("close", "send_back")).count() == 1


def test_twenty_hands_issue_one_item_once(people: Cast) -> None:
    item = at_stage(Status.DRAFT, people, report_rule="FREQ=WEEKLY;BYDAY=FR")
    outcomes = at_once(*[lambda: actions.issue(item.pk, by=people.supervisor, at=NOON)] * 20)
    assert len(refusals(outcomes)) == 19
    assert item.events.filter(action="issue").count() == 1
    assert Period.objects.count() == 10


def test_without_the_lock_the_same_hands_issue_it_more_than_once(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test above can fail: it does when the row is read without waiting."""
    item = at_stage(Status.DRAFT, people)
    together = Barrier(4)
    read = Task.objects.get

    def unlocked(pk: int) -> Task:
        found: Task = read(pk=pk)
        together.wait()
        return found

    monkeypatch.setattr("tasks.actions.issuing.locked", unlocked)
    outcomes = at_once(*[lambda: actions.issue(item.pk, by=people.supervisor, at=NOON)] * 4)
    assert len(refusals(outcomes)) == 0
    assert item.events.filter(action="issue").count() == 4
    assert moving.locked is not unlocked


def test_forty_items_registered_at_once_have_forty_numbers_without_a_gap(people: Cast) -> None:
    items = at_once(*[lambda: task(people.supervisor)] * 40)
    assert sorted(item.code for item in items) == [f"DB2026-{number:04d}" for number in range(1, 41)]


def test_the_same_report_sent_by_two_windows_is_kept_once(people: Cast) -> None:
    item = at_stage(Status.UNDERWAY, people, report_rule="FREQ=WEEKLY;BYDAY=FR")
    period = item.assignments.get(role="lead").periods.earliest("due_on").pk

    def report() -> Any:
        return actions.report(item.pk, by=people.leading, at=NOON, progress="完成5处。", period=period)

    assert len(refusals(at_once(*[report] * 8))) == 7
    assert Feedback.objects.filter(period=period).count() == 1


def test_the_last_two_towns_submit_at_the_same_moment_and_the_item_moves_on(people: Cast) -> None:
    item = task(people.supervisor, parts=[people.part, people.outside])
    actions.issue(item.pk, by=people.supervisor, at=NOON)
    for clerk in (people.taking_part, people.outsider):
        actions.receive(item.pk, by=clerk, at=NOON)
    at_once(
        lambda: actions.submit(item.pk, by=people.taking_part, at=NOON, result="完成"),
        lambda: actions.submit(item.pk, by=people.outsider, at=NOON, result="完成"),
    )
    item.refresh_from_db()
    assert item.status == Status.SUBMITTED
    assert len(item.result.splitlines()) == 2


def test_two_ticks_make_the_report_days_once(people: Cast) -> None:
    item = at_stage(Status.UNDERWAY, people, report_rule="FREQ=WEEKLY;BYDAY=FR")
    until = MONDAY.replace(month=8)
    at_once(*[lambda: actions.extend_periods(item.pk, until=until)] * 6)
    for assignment in Assignment.objects.filter(role__in=("lead", "part")):
        days = list(assignment.periods.values_list("nominal_on", flat=True))
        assert len(days) == len(set(days)) == 22


def test_referring_to_two_departments_at_once_leaves_one_lead(people: Cast) -> None:
    item = at_stage(Status.UNDERWAY, people)
    at_once(
        lambda: actions.refer(item.pk, by=people.supervisor, at=NOON, to=people.outside, reason="甲"),
        lambda: actions.refer(item.pk, by=people.second_supervisor, at=NOON, to=people.part, reason="乙"),
    )
    assert item.assignments.filter(role="lead").count() == 1
    assert item.events.filter(action="refer").count() == 2
