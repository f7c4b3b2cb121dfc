"""Many at once: eight threads queue, several drainers send. The rows and the letters stay the same number."""

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

import pytest
from django.db import connection

from accounts.models import User
from supervision import notices, outbox
from supervision.models import Notice
from tests.factories import NOON, at, department, person
from tests.people import cast as make_cast
from tests.sink import SmtpSink
from tests.supervision.making import Clock, issued, letters, live

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(number: int, act: Callable[[], object]) -> list[object]:
    """What `number` threads, let loose together, came back with."""
    gate = threading.Barrier(number)

    def run(_: int) -> object:
        with closing(connection):
            gate.wait()
            return act()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


def test_eight_at_once_queue_exactly_one_set_of_rows() -> None:
    live()
    cast = make_cast()
    for number in range(10):
        home = department(f"云川市第{number}中心")
        person(f"officer{number}", User.Role.LIAISON, home)
        issued(cast, on=at("2026-03-02"), lead=home, parts=[], supports=[])
    monday = at("2026-03-09", 8) + timedelta(minutes=1)
    at_once(8, lambda: notices.queue_all(monday))
    kinds = Counter(Notice.objects.values_list("kind", flat=True))
    assert kinds == {"issued": 10, "weekly": 12}  # ten officers, and two of the office
    assert Notice.objects.values("message_id").distinct().count() == 22


@pytest.mark.parametrize("number", [2, 4])
def test_several_drainers_at_once_send_every_letter_exactly_once(sink: SmtpSink, number: int) -> None:
    made = letters(60)
    at_once(number, lambda: outbox.drain(Clock()))
    assert Counter(message["Message-ID"] for message in sink.messages) == Counter(
        {notice.message_id: 1 for notice in made}
    )
    assert not Notice.objects.exclude(state="sent").exists()


@pytest.mark.postgres
def test_two_claims_at_once_share_the_rows_without_waiting_for_each_other() -> None:
    letters(40)
    batches = at_once(4, lambda: [notice.pk for notice in outbox.claim(NOON, limit=10)])
    taken = [pk for batch in batches for pk in batch]  # type: ignore[attr-defined]
    assert len(taken) == len(set(taken)) == 40
