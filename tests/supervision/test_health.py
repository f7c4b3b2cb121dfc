"""/healthz and /readyz: a stopped clock, a stuck outbox and a missing database are seen from outside."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from supervision import heartbeat
from supervision.health import examine
from tests.factories import NOON
from tests.supervision.making import letter

pytestmark = pytest.mark.django_db


def beat(ago: timedelta) -> None:
    heartbeat.beat(heartbeat.TICK, NOON - ago)


def test_all_is_well_with_a_fresh_tick_and_an_empty_outbox() -> None:
    beat(timedelta(seconds=30))
    assert examine(NOON).is_ready


@pytest.mark.parametrize(("minutes", "ready"), [(3, True), (3.1, False)])
def test_a_tick_older_than_three_minutes_is_trouble(minutes: float, ready: bool) -> None:
    beat(timedelta(minutes=minutes))
    assert examine(NOON).is_ready is ready


def test_a_clock_that_never_ticked_is_trouble() -> None:
    assert "定时器" in examine(NOON).trouble[0]


@pytest.mark.parametrize(
    ("fields", "ready"),
    [
        ({}, False),
        ({"state": "sending", "lease_until": NOON}, False),
        ({"attempts": 2}, True),  # a receiving server has put it off: shown on the board, no outage
        ({"state": "dead"}, True),
        ({"state": "skipped"}, True),
        ({"due_at": NOON - timedelta(minutes=15)}, True),
    ],
    ids=str,
)
def test_letters_that_wait_over_fifteen_minutes_are_trouble(fields: dict[str, Any], ready: bool) -> None:
    beat(timedelta())
    letter(now=NOON - timedelta(minutes=16), **fields)
    assert examine(NOON).is_ready is ready


def test_without_a_database_the_answer_is_503_and_says_nothing_more(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> None:
        raise OperationalError("password authentication failed for user luoshi")

    monkeypatch.setattr("supervision.health._examine_rows", broken)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] is False
    assert "password" not in answer.content.decode()


def test_both_answer_without_signing_in(client: Client) -> None:
    assert client.get("/healthz").json()["status"] == "ok"
    assert client.get("/readyz").status_code == 503
    heartbeat.beat(heartbeat.TICK, timezone.now())
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert "no-store" in answer["Cache-Control"]
