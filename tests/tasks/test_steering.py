"""Pausing, resuming, a leader's words; and the grey light while the office is awaited."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tasks import actions
from tasks.actions import MoveRefused
from tasks.holds import hold_of
from tasks.lights import Light, thresholds
from tasks.listing import rows
from tasks.models import Period, Task
from tasks.moves import Action, Status
from tasks.workdays import calendar
from tests.factories import MONDAY, at
from tests.people import Cast
from tests.tasks.stages import at_stage, attempt

LIMIT = date(2026, 3, 20)
FRIDAYS = "FREQ=WEEKLY;BYDAY=FR"
DAY = timedelta(days=1)


def underway(people: Cast, **fields: Any) -> Task:
    return at_stage(Status.UNDERWAY, people, **({"due_on": LIMIT, "report_rule": FRIDAYS} | fields))


def paused(people: Cast, on: date = MONDAY, **fields: Any) -> Task:
    item = underway(people, **fields)
    return actions.pause(item.pk, by=people.supervisor, at=at(on), reason="等待上级方案")


def seen(item: Task, today: date) -> Light:
    (row,) = rows(Task.objects.with_missing(today).filter(pk=item.pk), today=today, days=calendar())
    return row.light


def test_a_paused_item_asks_for_no_report_and_keeps_what_was_missed(people: Cast) -> None:
    item = paused(people, on=MONDAY + 10 * DAY)  # the first Friday was missed
    actions.extend_periods(item.pk, until=MONDAY + 60 * DAY)
    assert set(Period.objects.values_list("due_on", flat=True)) == {MONDAY + 4 * DAY}
    today = MONDAY + 20 * DAY
    assert not Period.objects.missing(today).exists(), "kept, but not asked for while paused"
    assert not Task.objects.overdue(today).exists()


def test_resumed_the_days_go_on_and_the_missed_one_counts_again(people: Cast) -> None:
    item = paused(people, on=MONDAY + 10 * DAY)
    actions.resume(item.pk, by=people.supervisor, at=at(MONDAY + 21 * DAY), note="方案已到")
    item.refresh_from_db()
    assert (item.paused_at, item.due_on) == (None, LIMIT)
    lead = Period.objects.filter(assignment__role="lead").values_list("due_on", flat=True)
    assert list(lead)[:2] == [MONDAY + 4 * DAY, MONDAY + 25 * DAY]
    assert Task.objects.overdue(MONDAY + 21 * DAY).exists()


def test_resuming_may_set_a_new_limit(people: Cast) -> None:
    item = paused(people)
    later = LIMIT + 30 * DAY
    actions.resume(item.pk, by=people.supervisor, at=at(MONDAY + 5 * DAY), due_on=later)
    item.refresh_from_db()
    assert item.due_on == later
    with pytest.raises(MoveRefused, match="没有暂停"):
        actions.resume(item.pk, by=people.supervisor, at=at(MONDAY + 6 * DAY))


@pytest.mark.parametrize(
    "action", [Action.REPORT, Action.SUBMIT, Action.REFER, Action.ASK_EXTENSION, Action.REDATE, Action.PAUSE]
)
def test_nothing_else_is_done_to_a_paused_item(action: Action, people: Cast) -> None:
    item = paused(people)
    by = (
        people.leading
        if action in {Action.REPORT, Action.SUBMIT, Action.ASK_EXTENSION}
        else people.supervisor
    )
    events = item.events.count()
    with pytest.raises(MoveRefused, match="已暂停"):
        attempt(action, item.pk, by, people)
    assert item.events.count() == events


def test_a_paused_item_can_be_withdrawn(people: Cast) -> None:
    item = paused(people)
    actions.withdraw(item.pk, by=people.supervisor, at=at(MONDAY), reason="并入")
    item.refresh_from_db()
    assert (item.status, item.paused_at) == (Status.WITHDRAWN, None)


def test_a_leader_instructs_in_his_own_name_and_may_set_the_limit(people: Cast) -> None:
    item = underway(people)
    nearer = LIMIT - 7 * DAY
    words: dict[str, Any] = {"text": "务必汛前办好。", "voice": "别人", "due_on": nearer}
    actions.instruct(item.pk, by=people.leader, at=at(MONDAY), **words)
    item.refresh_from_db()
    assert item.due_on == nearer
    event = item.events.get(action=Action.INSTRUCT)
    assert event.note == f"{people.leader}批示：务必汛前办好。（完成时限定为2026年3月13日）"


def test_the_office_puts_a_leaders_words_on_record_under_his_name(people: Cast) -> None:
    item = underway(people)
    with pytest.raises(ValidationError) as refused:
        actions.instruct(item.pk, by=people.supervisor, at=at(MONDAY), text="抓紧。")
    assert "voice" in refused.value.message_dict
    actions.instruct(item.pk, by=people.supervisor, at=at(MONDAY), text="抓紧。", voice="闻市长")
    assert item.events.get(action=Action.INSTRUCT).note == "闻市长批示：抓紧。"


@pytest.mark.parametrize("name", ["leading", "supporting", "administrator", "outsider"])
def test_nobody_else_instructs(name: str, people: Cast) -> None:
    item = underway(people)
    with pytest.raises(PermissionDenied):
        actions.instruct(item.pk, by=people[name], at=at(MONDAY), text="抓紧。", voice="闻市长")


def test_the_light_is_grey_with_its_reason_while_the_office_is_awaited(people: Cast) -> None:
    today = MONDAY + DAY
    asked = underway(people)
    attempt(Action.ASK_EXTENSION, asked.pk, people.leading, people)
    declined = at_stage(Status.ISSUED, people, due_on=LIMIT)
    attempt(Action.DECLINE, declined.pk, people.leading, people)
    shown = [seen(item, today) for item in (asked, declined, paused(people))]
    assert [(s.colour, s.word, s.reason) for s in shown] == [
        ("grey", "待批延期", "3月2日申请延期，等待督查室批复"),
        ("grey", "待裁定", "3月2日提出异议，督查室应在3月3日前答复"),
        ("grey", "已暂停", "3月2日起暂停，恢复前不计时"),
    ]
    assert seen(declined, MONDAY + 2 * DAY).reason.endswith("已超过")


def test_the_grey_filter_finds_exactly_what_the_light_paints_grey(people: Cast) -> None:
    for status in Status:
        at_stage(status, people, due_on=LIMIT)
    for action, status, by in (
        (Action.ASK_EXTENSION, Status.ISSUED, people.leading),
        (Action.ASK_EXTENSION, Status.UNDERWAY, people.taking_part),
        (Action.PAUSE, Status.ISSUED, people.supervisor),
        (Action.PAUSE, Status.UNDERWAY, people.supervisor),
        (Action.DECLINE, Status.ISSUED, people.leading),
    ):
        attempt(action, at_stage(status, people, due_on=LIMIT).pk, by, people)
    borders = thresholds(MONDAY, calendar())
    painted = {item.pk: seen(item, MONDAY).colour for item in Task.objects.all()}
    assert list(painted.values()).count("grey") == 6
    for colour in ("green", "blue", "yellow", "red", "grey", "none"):
        found = set(Task.objects.lit(colour, borders).values_list("pk", flat=True))
        assert found == {pk for pk, shade in painted.items() if shade == colour}, colour
    held = set(Task.objects.held().values_list("pk", flat=True))
    assert held == {item.pk for item in Task.objects.all() if hold_of(item)}
