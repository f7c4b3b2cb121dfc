"""The tick and the drain: may run twice, each step for itself, and a stopped clock is seen."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from celery import current_app
from django.core import mail
from kombu.exceptions import OperationalError

from supervision import heartbeat, jobs
from supervision.models import Heartbeat, Notice, Round
from tasks.models import Period, Task, TaskEvent
from tests.factories import at
from tests.people import Cast
from tests.supervision.making import issued, letter, live

pytestmark = pytest.mark.django_db
MONDAY = at("2026-03-09", 9)


@pytest.fixture
def now() -> Iterator[datetime]:
    with time_machine.travel(MONDAY, tick=False):
        yield MONDAY


def snapshot() -> list[object]:
    """Everything a job may have changed."""
    return [
        sorted(Notice.objects.values_list("dedupe_key", "state", "message_id", "attempts", "sent_at")),
        sorted(Round.objects.values_list("key", "letters")),
        sorted(Period.objects.values_list("assignment", "beat", "nominal_on")),
        sorted(Task.objects.values_list("code", "status")),
        TaskEvent.objects.count(),
        len(mail.outbox),
    ]


def our_jobs() -> list[str]:
    current_app.loader.import_default_modules()
    return sorted(name for name in current_app.tasks if name.startswith("supervision."))


def test_one_tick_turns_what_is_due_into_letters_and_sends_them(cast: Cast, now: datetime) -> None:
    live()
    issued(cast, on=now - timedelta(hours=1))
    jobs.tick()
    assert {message.to[0] for message in mail.outbox} >= {
        "shuiwu@yunchuan.example",
        "chengguan@yunchuan.example",
        "caizheng@yunchuan.example",
    }
    assert not Notice.objects.exclude(state="sent").exists()
    assert heartbeat.last_beat(heartbeat.TICK) == now


@pytest.mark.parametrize("name", ["supervision.jobs.drain", "supervision.jobs.tick"])
def test_every_job_run_twice_changes_nothing_the_second_time(cast: Cast, now: datetime, name: str) -> None:
    assert our_jobs() == ["supervision.jobs.drain", "supervision.jobs.tick"]  # a new job must be listed here
    live()
    issued(cast, on=now - timedelta(days=3), report_rule="FREQ=WEEKLY;BYDAY=FR")
    letter(now=now)
    current_app.tasks[name].apply(throw=True)
    before = snapshot()
    current_app.tasks[name].apply(throw=True)
    assert snapshot() == before


def test_the_first_tick_remembers_the_day_and_catches_up_nothing_older(cast: Cast, now: datetime) -> None:
    issued(cast, on=now - timedelta(days=2))
    jobs.tick()
    assert Heartbeat.objects.get(name="tick").since_on == now.date()
    assert not Notice.objects.filter(kind="issued").exists()


def test_a_later_tick_does_not_move_the_day_of_going_live(cast: Cast, now: datetime) -> None:
    live()
    jobs.tick()
    assert Heartbeat.objects.get(name="tick").since_on.isoformat() == "2026-01-05"


def test_report_days_ahead_are_made_once_a_day(cast: Cast, now: datetime) -> None:
    task = issued(cast, on=now - timedelta(days=40), report_rule="FREQ=WEEKLY;BYDAY=FR")
    asked_until = Period.objects.filter(assignment__task=task).latest("due_on").due_on
    jobs.tick()
    ahead = Period.objects.filter(assignment__task=task).latest("due_on").due_on
    assert ahead > asked_until
    Period.objects.filter(assignment__task=task, due_on=ahead).delete()
    jobs.tick()
    assert Period.objects.filter(assignment__task=task).latest("due_on").due_on < ahead
    with time_machine.travel(now + timedelta(days=1), tick=False):
        jobs.tick()
    assert Period.objects.filter(assignment__task=task).latest("due_on").due_on == ahead


def test_one_failing_step_stops_no_other_and_the_heartbeat_stands_still(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    live()
    issued(cast, on=now - timedelta(hours=1))

    def broken(now: datetime) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(jobs, "STEPS", (broken, *jobs.STEPS))
    with pytest.raises(ExceptionGroup), caplog.at_level(logging.ERROR):
        jobs.tick()
    assert Notice.objects.filter(kind="issued", state="sent").count() == 3
    assert heartbeat.last_beat(heartbeat.TICK) != now
    assert "broken failed" in caplog.text


def test_a_broker_that_is_away_loses_a_ring_and_no_letter(
    cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    live()
    issued(cast, on=now - timedelta(hours=1))

    def away(**options: object) -> None:
        raise OperationalError("no broker")

    with monkeypatch.context() as patch:
        patch.setattr(jobs.drain, "apply_async", away)
        with pytest.raises(ExceptionGroup):
            jobs.tick()
    assert mail.outbox == []
    jobs.tick()
    assert Notice.objects.filter(kind="issued", state="sent").count() == 3


def test_with_nothing_to_send_nobody_is_woken(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def woken(**options: object) -> None:
        raise AssertionError

    monkeypatch.setattr(jobs.drain, "apply_async", woken)
    letter(state="dead")
    letter(now=now + timedelta(hours=1))
    jobs.tick()


def test_what_a_killed_sender_left_is_rung_for_after_its_lease(now: datetime) -> None:
    letter(now=now, state="sending", lease_until=now - timedelta(seconds=1), lease_token="gone")
    jobs.tick()
    assert len(mail.outbox) == 1
