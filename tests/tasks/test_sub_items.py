"""Splitting (拆解): sub-items with departments and clocks of their own; the whole waits for its parts."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tasks import actions
from tasks.actions import MoveRefused
from tasks.models import Task
from tasks.moves import Action, Status
from tests.factories import MONDAY, NOON
from tests.people import Cast
from tests.tasks.stages import at_stage

LIMIT = MONDAY + timedelta(days=30)


def part_of(item: Task, people: Cast, **words: Any) -> Task:
    said: dict[str, Any] = {"title": "清掏雨水口", "requirement": "汛前清掏全部雨水口。"} | words
    return actions.split_off(item.pk, by=people.supervisor, at=NOON, **said)


def whole(people: Cast, status: Status = Status.UNDERWAY) -> Task:
    return at_stage(status, people, due_on=LIMIT, source_quote="汛期前要整治到位。", raised_by="闻市长")


def page(user: Any, item: Task) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"/tasks/{item.code}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_sub_item_is_a_draft_with_the_source_of_the_whole_and_a_clock_of_its_own(people: Cast) -> None:
    item = whole(people)
    sub = part_of(item, people, lead=people.outside, due_on=LIMIT - timedelta(days=10))
    assert (sub.parent, sub.status, sub.lead) == (item, Status.DRAFT, people.outside)
    assert (sub.source_quote, sub.raised_by) == (item.source_quote, item.raised_by)
    assert sub.due_on == LIMIT - timedelta(days=10)
    assert sub.events.get().note == f"由{item.code}拆解"
    assert item.events.get(action=Action.SPLIT_OFF).note == f"拆出{sub.code} 清掏雨水口"


def test_a_part_for_which_no_limit_is_said_has_that_of_the_whole(people: Cast) -> None:
    item = whole(people)
    assert part_of(item, people).due_on == LIMIT
    assert part_of(item, people, due_on=None).due_on is None, "said to have none"


def test_a_part_may_not_take_longer_than_the_whole(people: Cast) -> None:
    item = whole(people)
    with pytest.raises(ValidationError) as refused:
        part_of(item, people, due_on=LIMIT + timedelta(days=1))
    assert "due_on" in refused.value.message_dict
    assert Task.objects.count() == 1


def test_what_is_wrong_with_a_part_leaves_nothing_behind(people: Cast) -> None:
    item = whole(people)
    events = item.events.count()
    with pytest.raises(ValidationError):
        part_of(item, people, lead=people.part, supports=[people.part])
    assert (Task.objects.count(), item.events.count()) == (1, events)


def test_a_part_is_not_split_again(people: Cast) -> None:
    sub = part_of(whole(people), people)
    with pytest.raises(MoveRefused, match="本身就是子事项"):
        part_of(sub, people)


def test_the_whole_is_closed_only_after_its_parts(people: Cast) -> None:
    item = whole(people)
    done, dropped, left = (part_of(item, people, lead=people.lead) for _ in range(3))
    actions.submit(item.pk, by=people.leading, at=NOON, result="完成。")
    finish(done, people)
    actions.withdraw(dropped.pk, by=people.supervisor, at=NOON, reason="并入")
    with pytest.raises(MoveRefused, match=rf"还有1个子事项没有办结（{left.code}）"):
        actions.close(item.pk, by=people.supervisor, at=NOON)
    finish(left, people)
    assert actions.close(item.pk, by=people.supervisor, at=NOON).status == Status.CLOSED


def finish(item: Task, people: Cast) -> None:
    actions.issue(item.pk, by=people.supervisor, at=NOON)
    actions.receive(item.pk, by=people.leading, at=NOON)
    actions.submit(item.pk, by=people.leading, at=NOON, result="完成。")
    actions.close(item.pk, by=people.supervisor, at=NOON)


def test_who_leads_the_whole_sees_its_parts_and_who_has_a_part_sees_only_that(people: Cast) -> None:
    item = whole(people)
    sub = part_of(item, people, lead=people.outside)
    assert sub not in Task.objects.visible_to(people.leading), "not issued yet"
    actions.issue(sub.pk, by=people.supervisor, at=NOON)
    assert set(Task.objects.visible_to(people.leading)) == {item, sub}
    assert set(Task.objects.visible_to(people.outsider)) == {sub}
    assert set(Task.objects.visible_to(people.taking_part)) == {item}
    actions.refer(item.pk, by=people.supervisor, at=NOON, to=people.support, reason="职责")
    assert set(Task.objects.visible_to(people.leading)) == set(), "a former lead sees nothing any more"


def test_the_lead_of_the_whole_may_look_at_a_part_but_not_touch_it(people: Cast) -> None:
    sub = part_of(whole(people), people, lead=people.outside)
    actions.issue(sub.pk, by=people.supervisor, at=NOON)
    client = Client()
    client.force_login(people.leading, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/tasks/{sub.code}/").status_code == 200
    assert client.post(f"/tasks/{sub.code}/receive/").status_code == 403


def test_the_page_of_the_whole_sums_up_its_parts_and_each_part_leads_back(people: Cast) -> None:
    item = whole(people)
    first, second = (part_of(item, people, lead=people.lead) for _ in range(2))
    finish(first, people)
    shown = page(people.supervisor, item)
    assert "共 2 项，已办结 1 项" in shown
    assert f'href="/tasks/{second.code}/"' in shown
    assert f'href="/tasks/{item.code}/"' in page(people.supervisor, second)


def test_whoever_has_only_the_part_does_not_learn_of_the_whole(people: Cast) -> None:
    item = whole(people)
    sub = part_of(item, people, lead=people.outside)
    actions.issue(sub.pk, by=people.supervisor, at=NOON)
    shown = page(people.outsider, sub)
    assert item.title not in shown
    assert f'href="/tasks/{item.code}/"' not in shown
