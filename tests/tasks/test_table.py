"""Every row of the state table, for every person and at every moment."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied

from tasks import actions
from tasks.actions import MoveRefused
from tasks.models import Task
from tasks.moves import MOVES, Action, Status
from tasks.permissions import available, may
from tests.factories import MONDAY, NOON, task
from tests.people import Cast
from tests.tasks.stages import at_stage, attempt

OFFICE = {"supervisor", "second_supervisor"}
HANDLING = {"leading", "taking_part", "supporting"}
PEOPLE = sorted(OFFICE | HANDLING | {"outsider", "leader", "administrator", "homeless"})
# Written again here, by hand, so that a slip in the table or in the permissions does not pass.
RIGHT_PEOPLE = {
    Action.AMEND: OFFICE,
    Action.ISSUE: OFFICE,
    Action.RECEIVE: HANDLING,
    Action.DECLINE: {"leading"},
    Action.REFER: OFFICE,
    Action.REPORT: HANDLING,
    Action.SUBMIT: {"leading"},
    Action.SEND_BACK: OFFICE,
    Action.CLOSE: OFFICE,
    Action.STRIKE_OFF: OFFICE,
    Action.REOPEN: OFFICE,
    Action.WITHDRAW: OFFICE,
    Action.ASK_EXTENSION: {"leading", "taking_part"},
    Action.GRANT_EXTENSION: OFFICE,
    Action.REFUSE_EXTENSION: OFFICE,
    Action.REDATE: OFFICE,
    Action.PAUSE: OFFICE,
    Action.RESUME: OFFICE,
    Action.INSTRUCT: OFFICE | {"leader"},
    Action.SPLIT_OFF: OFFICE,
    Action.ADD_SOURCE: OFFICE,
    Action.REMOVE_SOURCE: OFFICE,
}
LEADS_TO = {
    (Action.AMEND, Status.DRAFT): Status.DRAFT,
    (Action.ISSUE, Status.DRAFT): Status.ISSUED,
    (Action.RECEIVE, Status.ISSUED): Status.UNDERWAY,
    (Action.DECLINE, Status.ISSUED): Status.DRAFT,
    (Action.REFER, Status.ISSUED): Status.ISSUED,
    (Action.REFER, Status.UNDERWAY): Status.ISSUED,
    (Action.REPORT, Status.UNDERWAY): Status.UNDERWAY,
    (Action.SUBMIT, Status.UNDERWAY): Status.SUBMITTED,
    (Action.SEND_BACK, Status.SUBMITTED): Status.UNDERWAY,
    (Action.CLOSE, Status.SUBMITTED): Status.CLOSED,
    (Action.STRIKE_OFF, Status.CLOSED): Status.STRUCK_OFF,
    (Action.REOPEN, Status.CLOSED): Status.UNDERWAY,
    (Action.REOPEN, Status.STRUCK_OFF): Status.UNDERWAY,
    (Action.WITHDRAW, Status.DRAFT): Status.WITHDRAWN,
    (Action.WITHDRAW, Status.ISSUED): Status.WITHDRAWN,
    (Action.WITHDRAW, Status.UNDERWAY): Status.WITHDRAWN,
    (Action.ASK_EXTENSION, Status.ISSUED): Status.ISSUED,
    (Action.ASK_EXTENSION, Status.UNDERWAY): Status.UNDERWAY,
    (Action.REDATE, Status.ISSUED): Status.ISSUED,
    (Action.REDATE, Status.UNDERWAY): Status.UNDERWAY,
    (Action.PAUSE, Status.ISSUED): Status.ISSUED,
    (Action.PAUSE, Status.UNDERWAY): Status.UNDERWAY,
    (Action.INSTRUCT, Status.ISSUED): Status.ISSUED,
    (Action.INSTRUCT, Status.UNDERWAY): Status.UNDERWAY,
    (Action.INSTRUCT, Status.SUBMITTED): Status.SUBMITTED,
    (Action.SPLIT_OFF, Status.DRAFT): Status.DRAFT,
    (Action.SPLIT_OFF, Status.ISSUED): Status.ISSUED,
    (Action.SPLIT_OFF, Status.UNDERWAY): Status.UNDERWAY,
    (Action.ADD_SOURCE, Status.DRAFT): Status.DRAFT,
    (Action.ADD_SOURCE, Status.ISSUED): Status.ISSUED,
    (Action.ADD_SOURCE, Status.UNDERWAY): Status.UNDERWAY,
    (Action.ADD_SOURCE, Status.SUBMITTED): Status.SUBMITTED,
}
# Answering needs a request, resuming a pause, removing a source a source: test_limits.py, test_steering.py
# and test_sources.py have them.
ELSEWHERE = {Action.ADD_SOURCE, Action.REMOVE_SOURCE}  # done on the pages of speeches
LIMIT = MONDAY + timedelta(days=60)
# A part or supporting department signs beside the lead; the item then stays where it is.
BESIDE = {
    ("taking_part", Action.RECEIVE, Status.ISSUED),
    ("supporting", Action.RECEIVE, Status.ISSUED),
    ("taking_part", Action.RECEIVE, Status.UNDERWAY),
    ("supporting", Action.RECEIVE, Status.UNDERWAY),
}


def expected(action: Action, name: str, status: Status) -> Status | type[Exception]:
    if name not in RIGHT_PEOPLE[action]:
        return PermissionDenied
    if (name, action, status) in BESIDE:
        return status
    return LEADS_TO.get((action, status), MoveRefused)


def test_the_hand_written_table_speaks_of_every_verb() -> None:
    assert set(RIGHT_PEOPLE) == set(MOVES) == set(Action) - {Action.REGISTER}


@pytest.mark.parametrize(("action", "status"), list(product(MOVES, Status)))
def test_a_verb_does_what_the_table_says_for_every_person(
    action: Action, status: Status, people: Cast
) -> None:
    for name in PEOPLE:
        item = at_stage(status, people, due_on=LIMIT)
        before = item.events.count()
        should = expected(action, name, status)
        if isinstance(should, Status):
            attempt(action, item.pk, people[name], people)
            item.refresh_from_db()
            last = item.events.last()
            assert item.status == should, name
            assert item.events.count() == before + 1, name
            assert last is not None
            assert (last.action, last.actor, last.from_status, last.to_status, last.at) == (
                action,
                people[name],
                status,
                should,
                NOON,
            )
        else:
            untouched = Task.objects.filter(pk=item.pk).values().get()
            with pytest.raises(should):
                attempt(action, item.pk, people[name], people)
            assert Task.objects.filter(pk=item.pk).values().get() == untouched, name
            assert item.events.count() == before, name


@pytest.mark.parametrize("status", Status)
def test_the_buttons_are_the_verbs_that_would_work(status: Status, people: Cast) -> None:
    item = at_stage(status, people, due_on=LIMIT)
    for name in PEOPLE:
        shown = [action for action in MOVES if action not in ELSEWHERE]
        works = [action for action in shown if isinstance(expected(action, name, status), Status)]
        assert available(people[name], item) == works, name


@pytest.mark.parametrize("name", PEOPLE)
def test_only_supervisors_register(name: str, people: Cast) -> None:
    assert may(people[name], Action.REGISTER) == (name in OFFICE)
    if name in OFFICE:
        item = task(people[name])
        assert (item.status, item.events.get().action) == (Status.DRAFT, Action.REGISTER)
    else:
        with pytest.raises(PermissionDenied):
            task(people[name])
        assert not Task.objects.exists()


def test_a_person_who_left_may_do_nothing(people: Cast) -> None:
    item = at_stage(Status.SUBMITTED, people)
    people.supervisor.is_active = people.leading.is_active = False
    for person in (people.supervisor, people.leading):
        assert available(person, item) == []
        with pytest.raises(PermissionDenied):
            actions.close(item.pk, by=person, at=NOON)


def test_a_superuser_of_the_admin_gets_no_shortcut(people: Cast) -> None:
    people.administrator.is_superuser = people.administrator.is_staff = True
    item = at_stage(Status.SUBMITTED, people)
    assert available(people.administrator, item) == []


def test_a_refusal_says_the_present_state_and_what_can_be_done(people: Cast) -> None:
    item = at_stage(Status.ISSUED, people)
    with pytest.raises(MoveRefused) as refused:
        actions.close(item.pk, by=people.supervisor, at=NOON)
    assert item.code in str(refused.value)
    assert "待签收" in str(refused.value)
    assert "签收、退回交办、转办、撤销" in str(refused.value)


def test_what_has_ended_says_so(people: Cast) -> None:
    item = at_stage(Status.WITHDRAWN, people)
    with pytest.raises(MoveRefused, match=r"已撤销.*事项已终结"):
        actions.issue(item.pk, by=people.supervisor, at=NOON)


def test_a_second_signature_is_refused_and_the_first_stands(people: Cast) -> None:
    item = at_stage(Status.UNDERWAY, people)
    with pytest.raises(MoveRefused, match="贵单位已经签收"):
        actions.receive(item.pk, by=people.leading, at=NOON + timedelta(hours=1))
    assert item.assignments.get(role="lead").received_at == NOON
