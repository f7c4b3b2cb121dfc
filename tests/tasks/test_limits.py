"""The completion clock: asking for more time, the answer, a limit set anew, and the clock of objections."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from pytest_django.fixtures import Settings

from tasks import actions
from tasks.actions import MoveRefused
from tasks.models import Extension, Task
from tasks.moves import Action, Status
from tests.factories import MONDAY, at
from tests.people import Cast
from tests.tasks.stages import at_stage

LIMIT = date(2026, 3, 20)  # a Friday
WANTED = date(2026, 4, 10)
State = Extension.State


def underway(people: Cast, **fields: Any) -> Task:
    return at_stage(Status.UNDERWAY, people, **({"due_on": LIMIT} | fields))


def ask(item: Task, who: Any, *, on: date = MONDAY, **words: Any) -> Extension:
    said: dict[str, Any] = {"due_on": WANTED, "reason": "管线迁改滞后", "progress": "已完成8处。"} | words
    return actions.ask_extension(item.pk, by=who, at=at(on), **said)


def test_a_request_keeps_who_when_why_how_far_and_moves_no_limit(people: Cast) -> None:
    item = underway(people)
    asked = ask(item, people.leading)
    item.refresh_from_db()
    assert (asked.state, asked.was_due_on, asked.due_on) == (State.ASKED, LIMIT, WANTED)
    assert (asked.asked_by, asked.asked_at) == (people.leading, at(MONDAY))
    assert (asked.reason, asked.progress) == ("管线迁改滞后", "已完成8处。")
    assert (item.due_on, item.status, item.extension_asked_at) == (LIMIT, Status.UNDERWAY, at(MONDAY))
    event = item.events.get(action=Action.ASK_EXTENSION)
    assert event.note == "申请由2026年3月20日延至2026年4月10日：管线迁改滞后"
    assert event.department == people.lead


def test_granting_moves_the_limit_and_says_from_when_to_when(people: Cast) -> None:
    item = underway(people, due_is_assumed=True)
    ask(item, people.leading)
    granted = actions.grant_extension(item.pk, by=people.supervisor, at=at(MONDAY, 15), note="抓紧")
    item.refresh_from_db()
    assert (item.due_on, item.due_is_assumed, item.extension_asked_at) == (WANTED, False, None)
    assert (granted.state, granted.granted_on, granted.answered_by) == (
        State.GRANTED,
        WANTED,
        people.supervisor,
    )
    event = item.events.get(action=Action.GRANT_EXTENSION)
    assert event.note == "由2026年3月20日延至2026年4月10日：抓紧"
    assert event.department == people.lead


def test_the_office_may_grant_less_but_not_nothing(people: Cast) -> None:
    item = underway(people)
    ask(item, people.leading)
    with pytest.raises(ValidationError, match="应晚于原时限"):
        actions.grant_extension(item.pk, by=people.supervisor, at=at(MONDAY), due_on=LIMIT)
    less = date(2026, 3, 27)
    actions.grant_extension(item.pk, by=people.supervisor, at=at(MONDAY), due_on=less)
    item.refresh_from_db()
    assert item.due_on == less
    assert Extension.objects.get().due_on == WANTED, "what was asked for stays on the record"


def test_refusing_leaves_the_limit_and_the_department_may_ask_again(people: Cast) -> None:
    item = underway(people)
    ask(item, people.leading)
    actions.refuse_extension(item.pk, by=people.supervisor, at=at(MONDAY), reason="汛期不等人")
    item.refresh_from_db()
    assert (item.due_on, item.extension_asked_at) == (LIMIT, None)
    ask(item, people.leading, on=MONDAY + timedelta(days=1))
    states = list(Extension.objects.values_list("state", "answer"))
    assert states == [(State.REFUSED, "汛期不等人"), (State.ASKED, "")]


def test_a_second_request_waits_for_the_answer_to_the_first(people: Cast) -> None:
    item = underway(people)
    asked = ask(item, people.leading)
    with pytest.raises(MoveRefused, match="已经申请延期"):
        ask(item, people.leading)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.create(
            assignment=asked.assignment,
            was_due_on=LIMIT,
            due_on=WANTED,
            asked_by=people.leading,
            asked_at=at(MONDAY),
        )


def test_a_part_department_gets_its_own_limit_and_the_item_keeps_its(people: Cast) -> None:
    item = underway(people)
    ask(item, people.taking_part)
    actions.grant_extension(item.pk, by=people.supervisor, at=at(MONDAY))
    item.refresh_from_db()
    assert item.due_on == LIMIT
    assert item.assignments.get(department=people.part).due_on == WANTED


def test_of_two_requests_the_named_one_is_answered_and_the_item_waits_for_the_other(people: Cast) -> None:
    item = underway(people)
    ask(item, people.leading)
    ask(item, people.taking_part)
    actions.refuse_extension(
        item.pk, by=people.supervisor, at=at(MONDAY), reason="先办", department=people.part
    )
    item.refresh_from_db()
    assert item.extension_asked_at is not None
    assert Extension.objects.get(state=State.ASKED).assignment.department == people.lead
    with pytest.raises(MoveRefused, match="没有等待批复"):
        actions.grant_extension(item.pk, by=people.supervisor, at=at(MONDAY), department=people.part)


@pytest.mark.parametrize(
    ("on", "is_in_time"),
    [(date(2026, 3, 19), True), (LIMIT, False), (date(2026, 3, 23), False)],
)
def test_more_time_is_asked_for_one_working_day_before_the_limit_at_the_latest(
    on: date, is_in_time: bool, people: Cast
) -> None:
    item = underway(people)
    if is_in_time:
        ask(item, people.leading, on=on)
    else:
        with pytest.raises(MoveRefused, match="至少1个工作日"):
            ask(item, people.leading, on=on)
    assert Extension.objects.exists() is is_in_time


def test_the_office_sets_how_long_before(people: Cast, settings: Settings) -> None:
    settings.EXTENSION_WORKDAYS = 5
    with pytest.raises(MoveRefused, match="至少5个工作日"):
        ask(underway(people), people.leading, on=date(2026, 3, 16))


@pytest.mark.parametrize(
    ("words", "field"),
    [({"due_on": LIMIT}, "due_on"), ({"progress": " "}, "progress"), ({"reason": ""}, "reason")],
)
def test_a_request_says_why_how_far_and_a_later_day(words: dict[str, Any], field: str, people: Cast) -> None:
    item = underway(people)
    with pytest.raises(ValidationError) as refused:
        ask(item, people.leading, **words)
    assert field in refused.value.message_dict
    assert not Extension.objects.exists()


def test_without_a_limit_there_is_nothing_to_extend(people: Cast) -> None:
    with pytest.raises(MoveRefused, match="没有完成时限"):
        ask(underway(people, due_on=None), people.leading)


@pytest.mark.parametrize("verb", ["submit", "withdraw", "refer"])
def test_a_request_nobody_needs_answered_any_more_lapses(verb: str, people: Cast) -> None:
    item = underway(people)
    ask(item, people.leading)
    if verb == "submit":
        actions.submit(item.pk, by=people.leading, at=at(MONDAY, 15), result="完成。")
    elif verb == "withdraw":
        actions.withdraw(item.pk, by=people.supervisor, at=at(MONDAY, 15), reason="并入")
    else:
        actions.refer(item.pk, by=people.supervisor, at=at(MONDAY, 15), to=people.outside, reason="职责")
    item.refresh_from_db()
    assert Extension.objects.get().state == State.LAPSED
    assert item.extension_asked_at is None


def test_a_limit_set_anew_keeps_the_old_one_and_the_reason_in_the_trail(people: Cast) -> None:
    item = underway(people)
    actions.redate(item.pk, by=people.supervisor, at=at(MONDAY), due_on=WANTED, reason="会议推迟")
    item.refresh_from_db()
    assert item.due_on == WANTED
    assert item.events.get(action=Action.REDATE).note == "2026年3月20日调整为2026年4月10日：会议推迟"


def test_a_limit_set_for_one_department_is_its_own(people: Cast) -> None:
    item = underway(people)
    for department in (people.support, people.part):
        actions.redate(
            item.pk, by=people.supervisor, at=at(MONDAY), due_on=WANTED, reason="先行", department=department
        )
    item.refresh_from_db()
    assert item.due_on == LIMIT
    assert set(item.assignments.exclude(due_on=None).values_list("department", flat=True)) == {
        people.support.pk,
        people.part.pk,
    }
    with pytest.raises(ValidationError, match="不是本事项的承办单位"):
        actions.redate(
            item.pk, by=people.supervisor, at=at(MONDAY), due_on=WANTED, reason="x", department=people.outside
        )


def test_no_limit_is_set_in_the_past(people: Cast) -> None:
    item = underway(people)
    with pytest.raises(ValidationError, match="早于今天"):
        actions.redate(
            item.pk, by=people.supervisor, at=at(MONDAY), due_on=MONDAY - timedelta(days=1), reason="x"
        )


@pytest.mark.parametrize(("days", "is_in_time"), [(0, True), (1, True), (2, False)])
def test_an_objection_comes_within_one_working_day_of_issuing(
    days: int, is_in_time: bool, people: Cast
) -> None:
    item = at_stage(Status.ISSUED, people)
    moment = at(MONDAY + timedelta(days=days))
    if is_in_time:
        declined = actions.decline(item.pk, by=people.leading, at=moment, reason="不属本单位")
        assert (declined.status, declined.declined_at) == (Status.DRAFT, moment)
        return
    with pytest.raises(MoveRefused, match=r"2026年3月3日以前.*先签收"):
        actions.decline(item.pk, by=people.leading, at=moment, reason="不属本单位")
    item.refresh_from_db()
    assert item.status == Status.ISSUED


def test_the_clock_of_objections_starts_again_for_a_new_lead(people: Cast) -> None:
    item = at_stage(Status.ISSUED, people)
    later = MONDAY + timedelta(days=9)
    actions.refer(item.pk, by=people.supervisor, at=at(later), to=people.outside, reason="职责")
    actions.decline(item.pk, by=people.outsider, at=at(later + timedelta(days=1)), reason="也不属本单位")
    item.refresh_from_db()
    assert item.status == Status.DRAFT


def test_an_office_may_let_objections_come_until_signing(people: Cast, settings: Settings) -> None:
    settings.OBJECTION_WORKDAYS = 0
    item = at_stage(Status.ISSUED, people)
    actions.decline(item.pk, by=people.leading, at=at(MONDAY + timedelta(days=30)), reason="不属本单位")


def test_issuing_again_answers_the_objection(people: Cast) -> None:
    item = at_stage(Status.ISSUED, people)
    actions.decline(item.pk, by=people.leading, at=at(MONDAY), reason="不属本单位")
    again = actions.issue(item.pk, by=people.supervisor, at=at(MONDAY, 15))
    assert again.declined_at is None
