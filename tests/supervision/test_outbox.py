"""Claim, send, settle: nothing lost, nothing sent that should not be, every failure where people see it."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from pytest_django.fixtures import Settings

from supervision import outbox
from supervision.models import Notice
from supervision.smtp import SENT, Fate, Outcome, mailer
from tests.factories import NOON
from tests.sink import SmtpSink
from tests.supervision.gruff import HANG_UP, SILENCE, Gruff
from tests.supervision.making import Clock, letter, letters, ticking

pytestmark = pytest.mark.django_db
SendThrough = Callable[[int], None]
State = Notice.State


def states() -> Counter[str]:
    return Counter(Notice.objects.values_list("state", flat=True))


def ids(messages: Iterable[EmailMessage]) -> Counter[str]:
    return Counter(message["Message-ID"] for message in messages)


def test_every_waiting_letter_goes_out_once_with_its_own_message_id(sink: SmtpSink) -> None:
    made = letters(7)
    assert outbox.drain(Clock()) == {Fate.SENT: 7}
    assert outbox.drain(Clock()) == {}
    assert ids(sink.messages) == Counter({notice.message_id: 1 for notice in made})
    assert states() == {State.SENT: 7}
    assert {notice.sent_at for notice in Notice.objects.all()} == {NOON}


def test_the_mail_says_what_the_row_says(sink: SmtpSink) -> None:
    notice = letter()
    outbox.drain(Clock())
    (message,) = sink.messages
    assert message["Subject"] == notice.subject
    assert message["To"] == notice.address
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"] == "Mon, 02 Mar 2026 12:00:00 +0800"
    text, html = (message.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert html is not None
    assert text.get_content().splitlines() == notice.body_text.splitlines()
    assert notice.body_html in html.get_content()


def test_a_letter_due_later_waits(sink: SmtpSink) -> None:
    letter(try_at=NOON + timedelta(minutes=1))
    clock = Clock()
    assert outbox.drain(clock) == {}
    clock.forward(minutes=1)
    assert outbox.drain(clock) == {Fate.SENT: 1}


@pytest.mark.parametrize("state", [State.DEAD, State.SKIPPED])
def test_what_is_not_waiting_is_never_sent(sink: SmtpSink, state: str) -> None:
    letter(state=state)
    assert outbox.drain(Clock()) == {}
    assert sink.messages == []


def test_a_claimed_letter_is_nobody_elses_until_the_lease_runs_out() -> None:
    letters(3)
    first = outbox.claim(NOON, limit=2)
    second = outbox.claim(NOON)
    assert {len(first), len(second)} == {2, 1}
    assert not {notice.pk for notice in first} & {notice.pk for notice in second}
    assert outbox.claim(NOON + timedelta(seconds=180)) == []
    assert len(outbox.claim(NOON + timedelta(seconds=181))) == 1


def test_what_a_dead_sender_left_is_taken_singly_after_all_that_waits() -> None:
    left = letters(3)
    outbox.claim(NOON)
    later = NOON + timedelta(minutes=5)
    fresh = letter(now=later)
    assert [notice.pk for notice in outbox.claim(later)] == [fresh.pk]
    taken = [outbox.claim(later) for _ in range(4)]
    assert [len(batch) for batch in taken] == [1, 1, 1, 0]
    assert {batch[0].pk for batch in taken[:3]} == {notice.pk for notice in left}


def test_killed_before_sending_the_letter_goes_out_once_after_the_lease(sink: SmtpSink) -> None:
    notice = letter()
    outbox.claim(NOON)
    clock = Clock()
    assert outbox.drain(clock) == {}
    clock.forward(minutes=4)
    assert outbox.drain(clock) == {Fate.SENT: 1}
    assert ids(sink.messages) == {notice.message_id: 1}


def test_killed_between_sending_and_settling_the_copy_has_the_same_message_id(sink: SmtpSink) -> None:
    letter()
    (held,) = outbox.claim(NOON)
    with mailer() as way_out:
        assert outbox.deliver(held, way_out) == SENT
    outbox.drain(Clock(NOON + timedelta(minutes=4)))
    assert ids(sink.messages) == {held.message_id: 2}
    assert len({message["Date"] for message in sink.messages}) == 1
    assert states() == {State.SENT: 1}


def test_thirty_kills_in_the_act_do_not_wear_a_letter_out(sink: SmtpSink) -> None:
    letter()
    clock = Clock()
    for _ in range(30):
        assert outbox.claim(clock())
        clock.forward(minutes=4)
    assert outbox.drain(clock) == {Fate.SENT: 1}


def test_a_sender_that_lost_its_lease_cannot_settle() -> None:
    letter()
    (slow,) = outbox.claim(NOON)
    later = NOON + timedelta(minutes=4)
    (quick,) = outbox.claim(later)
    assert not outbox.settle(slow, Outcome(Fate.REFUSED, "550 no"), later)
    assert outbox.settle(quick, SENT, later)
    assert states() == {State.SENT: 1}


def test_a_sender_that_lost_its_lease_cannot_give_the_letter_back() -> None:
    letter()
    slow = outbox.claim(NOON)
    later = NOON + timedelta(minutes=4)
    outbox.claim(later)
    outbox.release(slow)
    outbox.postpone(slow, Outcome(Fate.UNREACHABLE, "away"), later)
    assert states() == {State.SENDING: 1}


def test_no_letter_is_started_in_the_last_part_of_the_lease(sink: SmtpSink) -> None:
    letters(6)
    clock = Clock()
    # Each reading of the clock takes 20 s: the lease of 180 s leaves room to start until 108 s.
    outbox.drain(ticking(clock, seconds=20), turn=timedelta(hours=1))
    assert len(sink.messages) == 6
    assert states() == {State.SENT: 6}
    assert max(ids(sink.messages).values()) == 1


def test_a_letter_whose_lease_is_nearly_over_is_given_back_unsent(sink: SmtpSink) -> None:
    letter()
    (held,) = outbox.claim(NOON)
    assert outbox.may_start(held, NOON + timedelta(seconds=108))
    assert not outbox.may_start(held, NOON + timedelta(seconds=109))
    outbox.release([held])
    assert states() == {State.PENDING: 1}
    assert outbox.drain(Clock()) == {Fate.SENT: 1}


def test_a_turn_ends_in_time_and_gives_back_the_rest(sink: SmtpSink) -> None:
    letters(10)
    outbox.drain(ticking(Clock(), seconds=5), turn=timedelta(seconds=25))
    assert 0 < len(sink.messages) < 10
    assert states() == {State.SENT: len(sink.messages), State.PENDING: 10 - len(sink.messages)}
    assert not Notice.objects.filter(attempts=0, state=State.SENT).exists()
    assert not Notice.objects.exclude(attempts=0).filter(state=State.PENDING).exists()


def test_5xx_is_dead_at_once_with_the_servers_words(sink: SmtpSink) -> None:
    letter()
    sink.answer = "550 5.1.1 no such mailbox"
    assert outbox.drain(Clock()) == {Fate.REFUSED: 1}
    notice = Notice.objects.get()
    assert (notice.state, notice.attempts) == (State.DEAD, 1)
    assert "550 5.1.1 no such mailbox" in notice.last_error


def test_4xx_is_tried_again_ever_later_and_given_up_after_twelve(sink: SmtpSink) -> None:
    letter()
    sink.answer = "451 greylisted"
    clock, waits = Clock(), []
    while Notice.objects.get().state == State.PENDING:
        assert outbox.drain(clock) == {Fate.LATER: 1}
        notice = Notice.objects.get()
        waits.append(int((notice.try_at - clock.now).total_seconds()))
        clock.now = notice.try_at
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600]
    assert Notice.objects.get().state == State.DEAD
    assert "451 greylisted" in Notice.objects.get().last_error


def test_a_letter_that_is_put_off_holds_up_no_other(send_through: SendThrough) -> None:
    bad = letters(5)[0]
    busy = "452 mailbox full"
    with Gruff(RCPT=lambda words: busy if bad.address in words else "250 OK") as server:
        send_through(server.port)
        assert outbox.drain(Clock()) == {Fate.LATER: 1, Fate.SENT: 4}
    bad.refresh_from_db()
    assert (bad.state, bad.attempts) == (State.PENDING, 1)


def test_silence_after_the_body_is_marked_uncertain_and_sent_again_under_the_same_id(
    send_through: SendThrough, settings: Settings
) -> None:
    settings.SMTP_TIMEOUT = 0.2
    notice, clock = letter(), Clock()
    with Gruff(DOT=SILENCE) as server:
        send_through(server.port)
        assert outbox.drain(clock) == {Fate.UNKNOWN: 1}
        notice.refresh_from_db()
        assert (notice.state, notice.is_uncertain, notice.attempts) == (State.PENDING, True, 1)
        assert outbox.drain(clock) == {}  # not at once: a copy may have arrived
        server.moods["DOT"] = "250 taken"
        clock.forward(minutes=1)
        assert outbox.drain(clock) == {Fate.SENT: 1}
        assert [body.count(notice.message_id.encode()) for body in server.bodies] == [1, 1]


def test_a_server_that_never_confirms_gets_six_copies_at_most(
    send_through: SendThrough, settings: Settings
) -> None:
    settings.SMTP_TIMEOUT = 0.05
    letter()
    clock = Clock()
    with Gruff(DOT=HANG_UP) as server:
        send_through(server.port)
        for _ in range(20):
            outbox.drain(clock)
            clock.forward(hours=1)
        assert len(server.bodies) == 6
    notice = Notice.objects.get()
    assert (notice.state, notice.is_uncertain) == (State.DEAD, True)


def test_an_outage_of_days_kills_no_letter_and_is_asked_seldom(send_through: SendThrough) -> None:
    letters(5)
    clock = Clock()
    with Gruff(HELLO="421 out of order") as server:
        send_through(server.port)
        for _ in range(2 * 24 * 12):
            clock.forward(minutes=5)
            outbox.drain(clock)
        assert server.connections < 2 * 24 * 6 + 20  # once in ten minutes, after the first few
        assert states() == {State.PENDING: 5}
        assert set(Notice.objects.values_list("attempts", flat=True)) == {0}
        assert "421 out of order" in Notice.objects.all()[0].last_error
        server.moods["HELLO"] = "220 back"
        clock.forward(minutes=10)
        assert outbox.drain(clock) == {Fate.SENT: 5}


def test_a_drop_in_the_middle_leaves_the_others_untouched_for_the_next_turn(
    send_through: SendThrough,
) -> None:
    letters(3)
    clock = Clock()
    with Gruff(RCPT=HANG_UP) as server:
        send_through(server.port)
        assert outbox.drain(clock) == {Fate.LATER: 1}
        assert states() == {State.PENDING: 3}
        server.moods["RCPT"] = "250 OK"
        assert outbox.drain(clock) == {Fate.SENT: 2}


def test_a_header_that_cannot_be_sent_is_dead_and_stops_nobody(sink: SmtpSink) -> None:
    poison = letter(subject="交办\nBcc: everybody@yunchuan.example")
    letters(2)
    assert outbox.drain(Clock()) == {Fate.REFUSED: 1, Fate.SENT: 2}
    poison.refresh_from_db()
    assert poison.state == State.DEAD
    assert all("everybody" not in str(envelope.rcpt_tos) for envelope in sink.envelopes)


def test_other_backends_of_django_are_used_as_they_are() -> None:
    letters(2)
    assert outbox.drain(Clock()) == {Fate.SENT: 2}
    assert len(mail.outbox) == 2


def test_sent_and_sending_rows_are_kept_honest_by_the_database() -> None:
    notice = letter()
    for wrong in ({"state": State.SENDING}, {"state": State.SENT}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Notice.objects.filter(pk=notice.pk).update(**wrong)
