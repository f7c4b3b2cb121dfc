"""A model of the ledger in plain Python, walked beside the real one over all verbs, people and days."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tasks import actions
from tasks.actions import MoveRefused
from tasks.models import Extension, Period, Task
from tasks.moves import Action, Status
from tasks.workdays import calendar
from tests.factories import MONDAY, at, task
from tests.people import cast
from tests.tasks.test_table import LEADS_TO

OFFICE = ("supervisor", "second_supervisor")
LIAISONS = ("leading", "taking_part", "supporting", "outsider")
BYSTANDERS = ("leader", "administrator", "homeless")
VERBS = tuple(action for action in Action if action is not Action.REGISTER)
LOOK_AHEAD = timedelta(days=28)
DAY = timedelta(days=1)
RUNNING = {Status.ISSUED, Status.UNDERWAY}
FAR = timedelta(days=4000)  # later than any walk lasts


@dataclass
class Expected:
    """What the item should be, by the rules told in words."""

    roles: dict[str, str]  # liaison → role of the department
    status: Status = Status.DRAFT
    events: int = 1
    received: set[str] = field(default_factory=set)
    submitted: set[str] = field(default_factory=set)
    filed: set[int] = field(default_factory=set)
    missed: set[int] = field(default_factory=set)
    began_on: date = MONDAY
    handed_out_on: date = MONDAY  # issued, or referred to the present lead
    is_paused: bool = False
    due_on: date = MONDAY + FAR
    limits: dict[str, date] = field(default_factory=dict)  # of part departments that got their own
    asked: dict[str, date] = field(default_factory=dict)  # who waits for a later limit, the oldest first
    sources: list[str] = field(default_factory=list)  # places of further sentences

    def named(self, *roles: str) -> list[str]:
        return [name for name, role in self.roles.items() if role in roles]

    @property
    def responsible(self) -> list[str]:
        return self.named("lead") or self.named("part")

    def outcome(self, action: Action, name: str, to: str, today: date) -> type[Exception] | None:
        """The refusal to expect; None when the verb should be done."""
        if not self._is_right_person(action, name):
            return PermissionDenied
        if not self._is_right_moment(action, name) or not self._is_in_time(action, today):
            return MoveRefused
        if action is Action.REFER and self.named("lead") == [to]:
            return ValidationError
        return None

    def _is_right_person(self, action: Action, name: str) -> bool:
        if action in {Action.RECEIVE, Action.REPORT}:
            return name in self.named("lead", "part", "support")
        if action in {Action.DECLINE, Action.SUBMIT}:
            return name in self.responsible
        if action is Action.ASK_EXTENSION:
            return name in self.named("lead", "part")
        return name in OFFICE or (action is Action.INSTRUCT and name == "leader")

    def _is_in_time(self, action: Action, today: date) -> bool:
        """Objections end one working day after the item was handed out."""
        return action is not Action.DECLINE or today <= calendar().after(self.handed_out_on, 1)

    def _is_right_moment(self, action: Action, name: str) -> bool:
        if action is Action.RESUME:
            return self.is_paused
        if action is Action.REMOVE_SOURCE:
            return (Action.ADD_SOURCE, self.status) in LEADS_TO and bool(self.sources)
        if self.is_paused and action not in {Action.INSTRUCT, Action.WITHDRAW, Action.ADD_SOURCE}:
            return False
        if action in {Action.GRANT_EXTENSION, Action.REFUSE_EXTENSION}:
            return self.status in RUNNING and bool(self.asked)
        if action is Action.ASK_EXTENSION:
            return self.status in RUNNING and name not in self.asked and name not in self.submitted
        if action is Action.RECEIVE:
            return self.status in {Status.ISSUED, Status.UNDERWAY} and name not in self.received
        if action is Action.SUBMIT:
            return self.status is Status.UNDERWAY and name not in self.submitted
        return (action, self.status) in LEADS_TO

    def do(self, action: Action, name: str, to: str, today: date) -> None:
        """Change as the verb should."""
        self.events += 1
        before = self.status
        if action is Action.RECEIVE:
            self.status = Status.UNDERWAY if name in self.responsible else before
        elif action is Action.SUBMIT:
            self.submitted.add(name)
            self.status = Status.SUBMITTED if self.submitted >= set(self.responsible) else before
        else:
            self.status = LEADS_TO.get((action, before), before)
        self._do_with_limits(action, name, today)
        if action is Action.ADD_SOURCE:
            self.sources.append(self.next_place)
        if action is Action.REMOVE_SOURCE:
            self.sources.pop()
        if action in {Action.RECEIVE, Action.REPORT, Action.SUBMIT}:
            self.received.add(name)
        if action is Action.REFER:
            self.roles |= dict.fromkeys(self.named("lead"), "transferred") | {to: "lead"}
            self.received.discard(to)
            self.submitted.discard(to)
        if action is Action.ISSUE:
            self.received.clear()
        if action in {Action.ISSUE, Action.SEND_BACK, Action.REOPEN}:
            self.submitted.clear()
        if action in {Action.ISSUE, Action.REFER, Action.SEND_BACK, Action.REOPEN, Action.RESUME}:
            self.began_on = today
        if action in {Action.ISSUE, Action.REFER}:
            self.handed_out_on = today

    def _do_with_limits(self, action: Action, name: str, today: date) -> None:
        """Called before the roles change."""
        if action is Action.ASK_EXTENSION:
            self.asked[name] = self.limit(name) + 10 * DAY
        if action in {Action.GRANT_EXTENSION, Action.REFUSE_EXTENSION}:
            asking, wanted = next(iter(self.asked.items()))
            del self.asked[asking]
            if action is Action.GRANT_EXTENSION and asking in self.named("lead"):
                self.due_on = wanted
            elif action is Action.GRANT_EXTENSION:
                self.limits[asking] = wanted
        if action is Action.REDATE:
            self.due_on = today + FAR
        if action in {Action.PAUSE, Action.RESUME, Action.WITHDRAW}:
            self.is_paused = action is Action.PAUSE
        if action in {Action.DECLINE, Action.WITHDRAW} or (
            action is Action.SUBMIT and name in self.named("lead")
        ):
            self.asked.clear()
        for gone in self.named("lead") if action is Action.REFER else [name] * (action is Action.SUBMIT):
            self.asked.pop(gone, None)

    @property
    def next_place(self) -> str:
        """An address that no source has had."""
        return f"/speeches/1/?d={self.events}"

    def limit(self, name: str) -> date:
        return self.limits.get(name, self.due_on)


class LedgerMachine(RuleBasedStateMachine):
    """One item, four departments, every verb by everybody, days going by."""

    def __init__(self) -> None:
        super().__init__()
        self.rollback = transaction.atomic()
        self.rollback.__enter__()
        self.people = cast()
        self.today = MONDAY
        self.homes = dict(
            zip(
                LIAISONS,
                (self.people.lead, self.people.part, self.people.support, self.people.outside),
                strict=True,
            )
        )

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.rollback.__exit__(None, None, None)

    @initialize(has_lead=st.booleans())
    def register(self, has_lead: bool) -> None:
        people = self.people
        who: dict[str, Any] = {"parts": [people.lead, people.part]}
        if has_lead:
            who = {"lead": people.lead, "parts": [people.part]}
        rules = {"report_rule": "FREQ=WEEKLY;BYDAY=FR", "collect_rule": "FREQ=WEEKLY;BYDAY=MO"}
        due_on = self.expected_limit()
        self.pk = task(
            people.supervisor, on=at(MONDAY), supports=[people.support], due_on=due_on, **who, **rules
        ).pk
        first = "lead" if has_lead else "part"
        self.expected = Expected({"leading": first, "taking_part": "part", "supporting": "support"})

    @staticmethod
    def expected_limit() -> date:
        return MONDAY + FAR

    # Those who can do something are drawn more often, or most walks would end in refusals only.
    @rule(
        action=st.sampled_from(VERBS),
        name=st.sampled_from((*OFFICE, *LIAISONS, *LIAISONS, *BYSTANDERS)),
        to=st.sampled_from(LIAISONS),
        which=st.integers(0, 9),
    )
    def act(self, action: Action, name: str, to: str, which: int) -> None:
        self._act(action, name, to, which)

    @rule(step=st.integers(0, 20), which=st.integers(0, 9))
    def go_on(self, step: int, which: int) -> None:
        """Something that the rules allow now and that neither ends the walk nor turns it back."""
        onward = [a for a in VERBS if a not in {Action.WITHDRAW, Action.DECLINE, Action.AMEND}]
        everybody = (*OFFICE, *LIAISONS, "leader")
        choices = [(action, name) for action in onward for name in everybody]
        possible = [pair for pair in choices if self.expected.outcome(*pair, "outsider", self.today) is None]
        if possible:
            action, name = possible[step % len(possible)]
            self._act(action, name, "outsider", which)

    @rule(length=st.integers(1, 12))
    def days_go_by(self, length: int) -> None:
        self.today += DAY * length
        actions.extend_periods(self.pk, until=self.today + LOOK_AHEAD)
        self.expected.missed |= set(
            Period.objects.filter(due_on__lt=self.today, filed_at=None).values_list("pk", flat=True)
        )

    def _act(self, action: Action, name: str, to: str, which: int) -> None:
        outcome = self.expected.outcome(action, name, to, self.today)
        period = self._open_period(name, which) if action is Action.REPORT and outcome is None else None
        refusal = self._attempt(action, name, to, period)
        assert refusal == outcome, (action, name, to, refusal, outcome)
        if refusal is None:
            self.expected.do(action, name, to, self.today)
            self.expected.filed |= {period} - {None}  # type: ignore[arg-type]
            self.expected.missed -= {period}

    def _open_period(self, name: str, which: int) -> int | None:
        """One of the department's open report days, or none: a report in between."""
        open_days = list(
            Period.objects.filter(assignment__department=self.homes[name], filed_at=None)[:9].values_list(
                "pk", flat=True
            )
        )
        return open_days[which] if which < len(open_days) else None

    def _attempt(self, action: Action, name: str, to: str, period: int | None) -> type[Exception] | None:
        words: dict[Action, dict[str, Any]] = {
            Action.AMEND: {"title": f"第{self.expected.events}次修改"},
            Action.DECLINE: {"reason": "不属本单位职责"},
            Action.REFER: {"to": self.homes[to], "reason": "职责调整"},
            Action.REPORT: {"progress": "有进展。", "period": period},
            Action.SUBMIT: {"result": "完成。"},
            Action.SEND_BACK: {"reason": "缺材料"},
            Action.REOPEN: {"reason": "抽查不实"},
            Action.WITHDRAW: {"reason": "并入其他事项"},
            Action.ASK_EXTENSION: {
                "due_on": self.expected.limit(name) + 10 * DAY,
                "reason": "管线迁改滞后",
                "progress": "完成8处。",
            },
            Action.REFUSE_EXTENSION: {"reason": "不影响汛期的先办"},
            Action.REDATE: {"due_on": self.today + FAR, "reason": "汛期推迟"},
            Action.SPLIT_OFF: {"title": "清掏雨水口", "requirement": "汛前清掏全部雨水口。"},
            Action.PAUSE: {"reason": "等待上级方案"},
            Action.INSTRUCT: {"text": "务必办好。", "voice": "闻市长"},
            Action.ADD_SOURCE: {"quote": "要抓紧整治。", "url": f"/speeches/1/?d={self.expected.events + 1}"},
            Action.REMOVE_SOURCE: {"url": next(reversed(self.expected.sources), "")},
        }
        verb = getattr(actions, action.value)
        try:
            done = verb(self.pk, by=self.people[name], at=at(self.today), **words.get(action, {}))
            if action is Action.SPLIT_OFF:  # an open sub-item would bar the item from closing for good
                actions.withdraw(done.pk, by=self.people.supervisor, at=at(self.today), reason="并入")
        except (PermissionDenied, MoveRefused, ValidationError) as refusal:
            return type(refusal)
        return None

    @invariant()
    def the_state_is_the_expected_one(self) -> None:
        item = Task.objects.get(pk=self.pk)
        assert item.status == self.expected.status
        roles = dict(item.assignments.values_list("department", "role"))
        assert roles == {self.homes[name].pk: role for name, role in self.expected.roles.items()}

    @invariant()
    def every_sentence_is_kept(self) -> None:
        kept = list(Task.objects.get(pk=self.pk).more_sources.values_list("url", flat=True))
        assert kept == self.expected.sources

    @invariant()
    def every_change_has_one_event_and_every_event_is_a_change(self) -> None:
        events = list(Task.objects.get(pk=self.pk).events.all())
        assert len(events) == self.expected.events
        states = ["", *(event.to_status for event in events)]
        assert [event.from_status for event in events] == states[:-1]
        assert states[-1] == self.expected.status

    @invariant()
    def only_the_departments_of_an_issued_item_see_it(self) -> None:
        for name in LIAISONS:
            is_seen = Task.objects.visible_to(self.people[name]).exists()
            sees = self.expected.roles.get(name, "transferred") != "transferred"
            assert is_seen == (sees and self.expected.status is not Status.DRAFT), name

    @invariant()
    def what_was_filed_or_missed_stays(self) -> None:
        filed = set(Period.objects.exclude(filed_at=None).values_list("pk", flat=True))
        assert filed == self.expected.filed
        unfiled = set(Period.objects.filter(filed_at=None).values_list("pk", flat=True))
        assert self.expected.missed <= unfiled

    @invariant()
    def no_report_day_is_doubled(self) -> None:
        days = Counter(Period.objects.values_list("assignment", "beat", "due_on"))
        assert not [day for day, count in days.items() if count > 1]

    @invariant()
    def every_week_is_asked_for_while_the_work_goes_on(self) -> None:
        if self.expected.status not in RUNNING or self.expected.is_paused:
            return
        for name in set(self.expected.named("lead", "part")) - self.expected.submitted:
            asked = Period.objects.filter(assignment__department=self.homes[name], beat="report")
            nominal = set(asked.values_list("nominal_on", flat=True))
            span = (self.expected.began_on + DAY * n for n in range(1, 29))
            fridays = {day for day in span if day.weekday() == 4}
            assert fridays <= nominal, name

    @invariant()
    def nothing_is_asked_of_who_is_done(self) -> None:
        later = Period.objects.filter(due_on__gt=self.today, filed_at=None)
        if self.expected.status not in RUNNING or self.expected.is_paused:
            assert not later.exists()
        for name in set(self.expected.named("transferred", "support")) | self.expected.submitted & set(
            self.expected.responsible
        ):
            assert not later.filter(assignment__department=self.homes[name]).exists(), name

    @invariant()
    def the_limits_and_what_is_asked_are_the_expected_ones(self) -> None:
        item = Task.objects.get(pk=self.pk)
        own = dict(item.assignments.exclude(due_on=None).values_list("department", "due_on"))
        assert (item.due_on, own) == (
            self.expected.due_on,
            {self.homes[name].pk: due_on for name, due_on in self.expected.limits.items()},
        )
        waiting = Extension.objects.filter(state=Extension.State.ASKED)
        assert dict(waiting.values_list("assignment__department", "due_on")) == {
            self.homes[name].pk: wanted for name, wanted in self.expected.asked.items()
        }
        assert (item.extension_asked_at is not None) == bool(self.expected.asked)
        assert (item.paused_at is not None) == self.expected.is_paused
