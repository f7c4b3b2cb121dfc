"""Sending a failed letter again, and following a letter's link."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import User
from supervision import actions, notices
from supervision.actions import DismissRefused, RetryRefused
from supervision.models import Notice
from tests.factories import NOON, at, department, person
from tests.people import Cast
from tests.supervision.making import Clock, issued, letter, live

LATER = NOON + timedelta(hours=1)
State = Notice.State


def test_a_dead_letter_goes_out_again_under_its_old_key_and_message_id(cast: Cast) -> None:
    dead = letter(cast.leading, state=State.DEAD, attempts=12, last_error="550 no", address="old@x.example")
    again = actions.retry(dead.pk, by=cast.supervisor, at=LATER)
    assert (again.state, again.attempts, again.address) == (State.PENDING, 0, cast.leading.email)
    assert (again.dedupe_key, again.message_id) == (dead.dedupe_key, dead.message_id)
    assert "550 no" in again.last_error
    notices.drain(Clock(LATER))
    again.refresh_from_db()
    assert (again.state, again.last_error) == (State.SENT, "")


@pytest.mark.parametrize("state", [State.PENDING, State.SKIPPED])
def test_what_has_not_failed_is_not_sent_again(cast: Cast, state: str) -> None:
    notice = letter(cast.leading, state=state)
    with pytest.raises(RetryRefused, match="不需要重新发送"):
        actions.retry(notice.pk, by=cast.supervisor, at=LATER)


def test_without_an_address_it_stays_dead_and_says_what_to_do(cast: Cast) -> None:
    User.objects.filter(pk=cast.leading.pk).update(email="")
    dead = letter(cast.leading, state=State.DEAD)
    with pytest.raises(RetryRefused, match="补上邮箱"):
        actions.retry(dead.pk, by=cast.supervisor, at=LATER)
    dead.refresh_from_db()
    assert dead.state == State.DEAD


@pytest.mark.parametrize("who", ["leading", "leader", "outsider"])
def test_only_the_office_and_administrators_send_again(cast: Cast, who: str) -> None:
    dead = letter(cast.leading, state=State.DEAD)
    with pytest.raises(PermissionDenied):
        actions.retry(dead.pk, by=cast[who], at=LATER)


def test_when_a_department_has_got_its_liaisons_each_of_them_gets_the_letter(cast: Cast) -> None:
    live()
    empty = department("云川市气象局")
    task = issued(cast, supports=[empty])
    notices.queue_events(NOON)
    dead = Notice.objects.get(department=empty)
    with pytest.raises(RetryRefused, match="没有启用的联络员"):
        actions.retry(dead.pk, by=cast.supervisor, at=LATER)
    for name in ("qixiang1", "qixiang2"):
        person(name, User.Role.LIAISON, empty)
    assert actions.retry(dead.pk, by=cast.supervisor, at=LATER).state == State.SKIPPED
    fresh = Notice.objects.filter(department=empty, state=State.PENDING)
    assert {notice.recipient.username for notice in fresh if notice.recipient} == {"qixiang1", "qixiang2"}
    assert all(task.code in notice.body_text for notice in fresh)


def test_the_same_for_the_weekly_letter(cast: Cast) -> None:
    live()
    empty = department("云川市气象局")
    issued(cast, on=NOON, lead=empty, parts=[], supports=[])
    monday = at("2026-03-09", 8)
    notices.queue_weekly(monday)
    dead = Notice.objects.get(department=empty)
    person("qixiang", User.Role.LIAISON, empty)
    actions.retry(dead.pk, by=cast.supervisor, at=monday)
    fresh = Notice.objects.get(recipient__username="qixiang")
    assert (fresh.kind, fresh.state) == (Notice.Kind.WEEKLY, State.PENDING)
    assert fresh.dedupe_key.startswith("weekly:2026-W11:user:")


def test_only_the_reader_leaves_a_trace_and_only_the_first_time(cast: Cast) -> None:
    notice = letter(cast.leading)
    actions.open_letter(notice, by=cast.supervisor, at=NOON)
    notice.refresh_from_db()
    assert notice.opened_at is None
    actions.open_letter(notice, by=cast.leading, at=NOON)
    notice.refresh_from_db()
    actions.open_letter(notice, by=cast.leading, at=LATER)
    notice.refresh_from_db()
    assert notice.opened_at == NOON


def test_a_letter_that_failed_for_good_is_dismissed_with_who_when_and_why(cast: Cast) -> None:
    dead = letter(cast.leading, state=State.DEAD, attempts=12, last_error="550 no such user")
    done = actions.dismiss(dead.pk, by=cast.supervisor, at=LATER, reason="  已电话告知  ")
    assert (done.state, done.dismissal, done.dismissed_by, done.dismissed_at) == (
        *(State.DISMISSED, "已电话告知", cast.supervisor, LATER),
    )
    assert done.last_error == "550 no such user", "the server's words stay"
    assert not Notice.objects.dead().exists()
    notices.drain(Clock(LATER + timedelta(days=1)))
    done.refresh_from_db()
    assert done.state == State.DISMISSED


@pytest.mark.parametrize("reason", ["", "   "])
def test_dismissing_needs_a_reason(cast: Cast, reason: str) -> None:
    dead = letter(cast.leading, state=State.DEAD)
    with pytest.raises(ValidationError, match="请填写"):
        actions.dismiss(dead.pk, by=cast.supervisor, at=LATER, reason=reason)
    dead.refresh_from_db()
    assert dead.state == State.DEAD


@pytest.mark.parametrize("state", [s for s in State if s not in {State.DEAD, State.DISMISSED}])
def test_only_what_has_failed_is_dismissed(cast: Cast, state: str) -> None:
    stamps = {"sent": {"sent_at": NOON}, "sending": {"lease_until": LATER}}.get(state, {})
    notice = letter(cast.leading, state=state, **stamps)
    with pytest.raises(DismissRefused, match=State(state).label):
        actions.dismiss(notice.pk, by=cast.supervisor, at=LATER, reason="不用了")
    notice.refresh_from_db()
    assert (notice.state, notice.dismissed_by) == (state, None)


@pytest.mark.parametrize("who", ["leading", "leader", "outsider"])
def test_only_the_office_and_administrators_dismiss(cast: Cast, who: str) -> None:
    dead = letter(cast.leading, state=State.DEAD)
    with pytest.raises(PermissionDenied):
        actions.dismiss(dead.pk, by=cast[who], at=LATER, reason="不用了")


def test_what_was_dismissed_is_not_sent_again_and_not_dismissed_twice(cast: Cast) -> None:
    dead = letter(cast.leading, state=State.DEAD)
    actions.dismiss(dead.pk, by=cast.supervisor, at=LATER, reason="已电话告知")
    with pytest.raises(RetryRefused, match="已作废"):
        actions.retry(dead.pk, by=cast.supervisor, at=LATER)
    with pytest.raises(DismissRefused, match="已作废"):
        actions.dismiss(dead.pk, by=cast.second_supervisor, at=LATER, reason="再来一次")
