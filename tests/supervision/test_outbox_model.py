"""A model of the outbox: two senders, crashes, a clock that jumps. No letter lost, no copy without a reason.

The same story is told to a mutant that does not look at its lease, and must fail there: a model that nothing
can fail proves nothing.
"""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from config.checks import SAFE_SHARE, WAITS_PER_MAIL
from supervision import outbox
from supervision.models import Notice
from supervision.smtp import SENT, Fate, Outcome
from tests.supervision.making import Clock, letter

pytestmark = pytest.mark.django_db
HANDS = st.sampled_from(("left", "right"))
# What a server can make of a letter: taken, put off, or taken and not confirmed.
FATES = st.sampled_from((Fate.SENT, Fate.SENT, Fate.SENT, Fate.LATER, Fate.UNKNOWN))
LONGEST_MAIL = 72  # seconds: six waits of ten, and what the check in config/checks.py leaves above them


class Hand:
    """A sender between two lines of its code."""

    def __init__(self) -> None:
        self.batch: list[Notice] = []
        self.flying: tuple[Notice, Fate] | None = None
        self.seconds_left = LONGEST_MAIL


class Outbox(RuleBasedStateMachine):
    """`copies`: what arrived; `excuses`: crashes in the act and confirmations that never came."""

    def __init__(self) -> None:
        super().__init__()
        Notice.objects.all().delete()
        self.clock = Clock()
        self.hands = {"left": Hand(), "right": Hand()}
        self.copies: Counter[str] = Counter()
        self.excuses: Counter[str] = Counter()

    @initialize(number=st.integers(1, 3), is_stale=st.booleans())
    def begin(self, number: int, is_stale: bool) -> None:
        """Some letters; in half of the stories a sender has slept over its lease: chance seldom brings it."""
        for _ in range(number):
            letter(now=self.clock())
        if is_stale:
            self.claim("left", number)
            self.clock.forward(seconds=181)

    @precondition(lambda self: Notice.objects.count() < 4)
    @rule()
    def one_more(self) -> None:
        letter(now=self.clock())

    @rule(name=HANDS, limit=st.integers(1, 3))
    def claim(self, name: str, limit: int) -> None:
        hand = self.hands[name]
        if not hand.batch and hand.flying is None:
            hand.batch = outbox.claim(self.clock(), limit)

    @rule(name=HANDS, fate=FATES)
    def start(self, name: str, fate: Fate) -> None:
        hand = self.hands[name]
        if not hand.batch or hand.flying is not None:
            return
        if not outbox.may_start(hand.batch[0], self.clock()):
            outbox.release(hand.batch)
            hand.batch = []
            return
        notice = hand.batch.pop(0)
        hand.flying, hand.seconds_left = (notice, fate), LONGEST_MAIL
        if fate is not Fate.LATER:
            self.copies[notice.message_id] += 1
        if fate is Fate.UNKNOWN:
            self.excuses[notice.message_id] += 1

    @rule(name=HANDS)
    def settle(self, name: str) -> None:
        hand = self.hands[name]
        if hand.flying is not None:
            notice, fate = hand.flying
            outbox.settle(notice, Outcome(fate), self.clock())
            hand.flying = None

    @rule(name=HANDS)
    def crash(self, name: str) -> None:
        hand = self.hands[name]
        if hand.flying is not None and hand.flying[1] is not Fate.LATER:
            self.excuses[hand.flying[0].message_id] += 1
        self.hands[name] = Hand()

    @rule(seconds=st.sampled_from((1, 70, 110, 181)))
    def wait(self, seconds: int) -> None:
        """Time passes, but no letter is in the air longer than a server can keep it there."""
        flying = [hand for hand in self.hands.values() if hand.flying is not None]
        seconds = min([seconds, *(hand.seconds_left for hand in flying)])
        for hand in flying:
            hand.seconds_left -= seconds
        self.clock.forward(seconds=seconds)

    @precondition(lambda self: all(hand.flying is None and not hand.batch for hand in self.hands.values()))
    @rule(minutes=st.integers(1, 60))
    def clock_set_back(self, minutes: int) -> None:
        self.clock.forward(minutes=-minutes)

    @invariant()
    def no_copy_without_an_excuse(self) -> None:
        for message_id, number in self.copies.items():
            assert number <= 1 + self.excuses[message_id], (message_id, number)

    @invariant()
    def what_is_called_sent_has_arrived(self) -> None:
        for message_id in Notice.objects.filter(state="sent").values_list("message_id", flat=True):
            assert self.copies[message_id] >= 1

    def teardown(self) -> None:
        """A fresh sender finishes everything: nothing is lost."""
        for name in self.hands:
            self.crash(name)
        for _ in range(8):
            self.clock.forward(hours=2)
            while batch := outbox.claim(self.clock()):
                for notice in batch:
                    self.copies[notice.message_id] += 1
                    outbox.settle(notice, SENT, self.clock())
        self.no_copy_without_an_excuse()
        left = Notice.objects.exclude(state="sent")
        given_up = left.filter(state="dead", attempts__gte=outbox.UNCERTAIN_LIMIT)
        assert left.count() == given_up.count()
        super().teardown()


class Sleeper(Outbox):
    """The stories that begin with one letter in the hand of a sender that has slept over its lease."""

    @initialize()
    def begin(self) -> None:
        super().begin(number=1, is_stale=True)


def check(story: type[Outbox], **more: Any) -> None:
    run_state_machine_as_test(
        story,
        settings=settings(
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
            database=None,
            phases=[Phase.generate],  # a failure needs no shortening to be one; shortening takes minutes
            **more,
        ),
    )


def test_the_outbox_loses_nothing_and_doubles_nothing() -> None:
    check(Outbox, max_examples=60)


def test_a_sender_that_does_not_look_at_its_lease_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "may_start", lambda notice, now: True)
    with pytest.raises(AssertionError):
        check(Sleeper, max_examples=2000, derandomize=True)


def test_the_rules_of_time_are_those_of_the_settings(settings: Any) -> None:
    assert timedelta(seconds=LONGEST_MAIL) == outbox.lease() * SAFE_SHARE
    assert settings.SMTP_TIMEOUT * WAITS_PER_MAIL <= LONGEST_MAIL
