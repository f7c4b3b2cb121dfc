"""The ledger against its model; and the model against ledgers that are broken on purpose."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tasks import actions, moves, permissions
from tasks.actions import closing, details, handling, issuing, limits, moving, periods, steering
from tasks.models import Period, Task
from tasks.moves import MOVES, Action, Status
from tests.tasks.machine import LedgerMachine

COMMON: dict[str, Any] = {"deadline": None, "suppress_health_check": list(HealthCheck)}
WALK = settings(max_examples=15, stateful_step_count=30, **COMMON)
# A mutant needs finding, not shrinking.
HUNT = settings(
    max_examples=200,
    stateful_step_count=30,
    phases=[Phase.generate],
    derandomize=True,
    database=None,
    **COMMON,
)
# One life of an item that gives every check something to say: (verb, who, to, which report day), or days.
LIFE: tuple[tuple[Action, str, str, int] | int, ...] = (
    (Action.ISSUE, "supervisor", "", 0),
    (Action.SUBMIT, "supporting", "", 0),
    (Action.RECEIVE, "leading", "", 0),
    12,
    (Action.SUBMIT, "supporting", "", 0),
    (Action.REPORT, "leading", "", 1),
    (Action.REPORT, "taking_part", "", 9),
    (Action.ASK_EXTENSION, "taking_part", "", 0),
    (Action.ASK_EXTENSION, "leading", "", 0),
    (Action.GRANT_EXTENSION, "supervisor", "", 0),
    (Action.PAUSE, "supervisor", "", 0),
    (Action.REPORT, "leading", "", 9),
    15,
    (Action.INSTRUCT, "leader", "", 0),
    (Action.RESUME, "supervisor", "", 0),
    4,
    (Action.SUBMIT, "leading", "", 0),
    3,
    (Action.SEND_BACK, "second_supervisor", "", 0),
    9,
    (Action.ASK_EXTENSION, "leading", "", 0),
    (Action.REFER, "supervisor", "outsider", 0),
    (Action.RECEIVE, "outsider", "", 0),
    9,
    (Action.SUBMIT, "outsider", "", 0),
    (Action.CLOSE, "supervisor", "", 0),
    (Action.STRIKE_OFF, "supervisor", "", 0),
    2,
    (Action.REOPEN, "supervisor", "", 0),
    9,
    (Action.WITHDRAW, "supervisor", "", 0),
)


def live() -> None:
    """The machine walked along LIFE, every invariant checked after every step."""
    machine = LedgerMachine()
    try:
        machine.register(has_lead=True)
        for step in LIFE:
            if isinstance(step, int):
                machine.days_go_by(length=step)
            else:
                action, name, to, which = step
                machine.act(action=action, name=name, to=to or "outsider", which=which)
            for holds in INVARIANTS:
                holds(machine)
    finally:
        machine.teardown()


INVARIANTS = tuple(
    found for name, found in vars(LedgerMachine).items() if hasattr(found, "hypothesis_stateful_invariant")
)


@pytest.mark.django_db
def test_the_ledger_does_what_its_model_does() -> None:
    run_state_machine_as_test(LedgerMachine, settings=WALK)


def close_without_review(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(moves.MOVES, Action.SEND_BACK, replace(MOVES[Action.SEND_BACK], to=Status.CLOSED))


def let_support_submit(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(permissions.PEOPLE, Action.SUBMIT, permissions.PEOPLE[Action.REPORT])


def forget_the_event_of_a_report(patch: pytest.MonkeyPatch) -> None:
    whole = moving.record

    def forgetful(task: Any, action: Action, **words: Any) -> None:
        if action is not Action.REPORT:
            whole(task, action, **words)

    patch.setattr(moving, "record", forgetful)


def file_every_open_day_at_once(patch: pytest.MonkeyPatch) -> None:
    whole: Callable[..., None] = handling._file

    def greedy(feedback: Any, files: Any) -> None:
        whole(feedback, files)
        if feedback.period is not None:
            Period.objects.filter(assignment=feedback.assignment, filed_at=None).update(filed_at=feedback.at)

    patch.setattr(handling, "_file", greedy)


def lose_the_missed_days(patch: pytest.MonkeyPatch) -> None:
    def forgiving(task: Any, *, since: Any, assignment: Any = None) -> None:
        Period.objects.filter(assignment__task=task, filed_at=None).delete()

    patch.setattr(handling, "drop_periods", forgiving)


def ask_on_while_the_office_reviews(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(handling, "drop_periods", lambda *args, **words: None)


def make_days_while_the_office_reviews(patch: pytest.MonkeyPatch) -> None:
    def tireless(pk: int, *, until: date) -> None:
        periods.make_periods(Task.objects.get(pk=pk), until=until)

    patch.setattr(actions, "extend_periods", tireless)


def start_no_clock_after_sending_back(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(closing, "make_periods", lambda task: None)
    patch.setattr(periods, "RESTARTS", (Action.ISSUE, Action.REFER))


def keep_the_old_lead_reporting(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(details, "drop_periods", lambda *args, **words: None)


def grant_without_moving_the_limit(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(limits, "set_limit", lambda *args: {})


def leave_a_request_of_the_old_lead_waiting(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(issuing, "lapse", lambda *args, **words: None)


def ask_on_while_paused(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(steering, "drop_periods", lambda *args, **words: None)


def let_anything_happen_while_paused(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(permissions, "WHILE_PAUSED", frozenset(Action))


MUTANTS = (
    grant_without_moving_the_limit,
    leave_a_request_of_the_old_lead_waiting,
    ask_on_while_paused,
    let_anything_happen_while_paused,
    close_without_review,
    let_support_submit,
    forget_the_event_of_a_report,
    file_every_open_day_at_once,
    lose_the_missed_days,
    ask_on_while_the_office_reviews,
    make_days_while_the_office_reviews,
    start_no_clock_after_sending_back,
    keep_the_old_lead_reporting,
)


Mutant = Callable[[pytest.MonkeyPatch], None]


@pytest.mark.django_db
def test_a_whole_life_passes_every_check() -> None:
    assert len(INVARIANTS) == 9
    live()


@pytest.mark.django_db
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.__name__)
def test_a_broken_ledger_is_found_out(mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    mutant(monkeypatch)
    with pytest.raises(AssertionError):
        live()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "mutant", [let_support_submit, ask_on_while_the_office_reviews], ids=lambda mutant: mutant.__name__
)
def test_a_broken_ledger_is_found_by_chance_too(mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    mutant(monkeypatch)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(LedgerMachine, settings=HUNT)
