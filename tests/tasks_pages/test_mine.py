"""我的事项: every open item of the department once, under the most pressing heading."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tasks import actions
from tasks.models import Feedback, Task
from tasks.moves import Status
from tests.factories import MONDAY, NOON
from tests.people import Cast
from tests.tasks.stages import at_stage
from tests.tasks_pages.conftest import SignIn

FRIDAYS = "FREQ=WEEKLY;BYDAY=FR"


def headings(client: Client) -> dict[str, list[str]]:
    groups = client.get("/tasks/mine/").context["groups"]
    return {group.key: [entry.task.code for entry in group.entries] for group in groups if group.entries}


def test_items_stand_where_they_press_most(people: Cast, signed_in: SignIn) -> None:
    unsigned = at_stage(Status.ISSUED, people, due_on=MONDAY - timedelta(days=1))
    weekly = at_stage(Status.UNDERWAY, people, report_rule=FRIDAYS, due_on=MONDAY - timedelta(days=1))
    late = at_stage(Status.UNDERWAY, people, due_on=MONDAY - timedelta(days=1))
    soon = at_stage(Status.UNDERWAY, people, due_on=MONDAY + timedelta(days=3))
    calm = at_stage(Status.UNDERWAY, people, due_on=MONDAY + timedelta(days=90))
    waiting = at_stage(Status.SUBMITTED, people)
    at_stage(Status.CLOSED, people)
    assert headings(signed_in(people.leading)) == {
        "receive": [unsigned.code],
        "report": [weekly.code],
        "overdue": [late.code],
        "soon": [soon.code],
        "review": [waiting.code],
        "underway": [calm.code],
    }


def test_a_filed_report_day_takes_the_item_off_the_list_of_reports(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.UNDERWAY, people, report_rule=FRIDAYS)
    client = signed_in(people.leading)
    assert headings(client) == {"report": [item.code]}
    friday = item.assignments.get(department=people.lead).periods.order_by("due_on")[0]
    words = {"progress": "完成8处", "period": str(friday.pk), "next": "/tasks/mine/"}
    assert client.post(f"/tasks/{item.code}/report/", words)["Location"] == "/tasks/mine/"
    assert headings(client) == {"underway": [item.code]}


def test_a_missed_friday_is_told_beside_the_coming_one(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.UNDERWAY, people, report_rule="FREQ=WEEKLY;BYDAY=WE,FR")
    periods = item.assignments.get(department=people.lead).periods.order_by("due_on")
    periods.filter(pk=periods[0].pk).update(due_on=MONDAY - timedelta(days=3))
    page = signed_in(people.leading).get("/tasks/mine/").content.decode()
    assert "2月27日（周五）的汇报还没有报" in page
    assert "3月6日（周五）前汇报" in page


def test_signing_is_one_press_and_leads_back(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.ISSUED, people)
    client = signed_in(people.leading)
    assert f'action="/tasks/{item.code}/receive/"' in client.get("/tasks/mine/").content.decode()
    page = client.post(f"/tasks/{item.code}/receive/", {"next": "/tasks/mine/"}, follow=True)
    assert page.redirect_chain == [("/tasks/mine/", 302)]
    assert "已签收" in page.content.decode()
    assert Task.objects.get(pk=item.pk).status == Status.UNDERWAY


def test_unchanged_is_one_press_on_the_right_day(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.UNDERWAY, people, report_rule=FRIDAYS)
    client = signed_in(people.leading)
    assert "本期无变化</button>" not in client.get("/tasks/mine/").content.decode()
    actions.report(item.pk, by=people.leading, at=NOON, progress="完成8处")
    page = client.get("/tasks/mine/").content.decode()
    friday = item.assignments.get(department=people.lead).periods.order_by("due_on")[0]
    assert f'name="period" value="{friday.pk}"' in page
    client.post(f"/tasks/{item.code}/report/", {"is_unchanged": "1", "period": str(friday.pk)})
    assert Feedback.objects.get(period=friday).is_unchanged


def test_what_was_said_last_is_shown_in_the_form(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.UNDERWAY, people)
    actions.report(item.pk, by=people.leading, at=NOON, progress="完成8处", problems="管线未迁")
    page = signed_in(people.leading).get("/tasks/mine/").content.decode()
    assert "上次填报" in page
    assert "管线未迁" in page


def test_a_supporting_department_is_asked_to_sign_and_never_to_submit(
    people: Cast, signed_in: SignIn
) -> None:
    item = at_stage(Status.UNDERWAY, people)
    page = signed_in(people.supporting).get("/tasks/mine/").content.decode()
    assert f"/tasks/{item.code}/receive/" in page
    assert f"/tasks/{item.code}/submit/" not in page


def test_a_part_department_that_has_submitted_waits_while_others_work(
    people: Cast, signed_in: SignIn
) -> None:
    item = at_stage(Status.ISSUED, people, lead=None, parts=[people.part, people.outside])
    for person in (people.taking_part, people.outsider):
        actions.receive(item.pk, by=person, at=NOON)
    actions.submit(item.pk, by=people.taking_part, at=NOON, result="本单位已办完")
    assert headings(signed_in(people.taking_part)) == {"review": [item.code]}
    assert headings(signed_in(people.outsider)) == {"underway": [item.code]}


def test_the_light_is_the_departments_own(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.UNDERWAY, people, report_rule=FRIDAYS)
    own = item.assignments.get(department=people.part)
    own.periods.update(due_on=MONDAY - timedelta(days=3))
    entries = [
        entry
        for name in ("leading", "taking_part")
        for group in signed_in(people[name]).get("/tasks/mine/").context["groups"]
        for entry in group.entries
    ]
    assert [entry.light.colour for entry in entries] == ["green", "red"]


def test_a_long_group_is_cut_and_leads_to_the_ledger(
    people: Cast, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tasks.desk.SHOWN", 2)
    for _ in range(3):
        at_stage(Status.UNDERWAY, people)
    answer = signed_in(people.leading).get("/tasks/mine/")
    assert answer.content.decode().count('class="item-title"') == 2
    assert "还有 1 项" in answer.content.decode()
    assert answer.context["count"] == 3


@pytest.mark.parametrize("name", ["outsider", "homeless"])
def test_who_has_nothing_to_do_is_told_so(name: str, people: Cast, signed_in: SignIn) -> None:
    at_stage(Status.UNDERWAY, people)
    answer = signed_in(people[name]).get("/tasks/mine/")
    assert "没有在办的事项" in answer.content.decode()
    assert answer.context["count"] == 0


def test_who_is_no_liaison_is_led_to_the_ledger(people: Cast, signed_in: SignIn) -> None:
    for name in ("supervisor", "leader", "administrator"):
        assert signed_in(people[name]).get("/tasks/mine/")["Location"] == "/tasks/"


def test_many_items_cost_as_many_queries_as_one(
    people: Cast, signed_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(10):
        item = at_stage(Status.UNDERWAY, people, report_rule=FRIDAYS)
        actions.report(item.pk, by=people.leading, at=NOON, progress="完成8处")
    client = signed_in(people.leading)
    with django_assert_max_num_queries(9):
        client.get("/tasks/mine/")


def test_what_was_sent_back_says_why_until_the_department_applies_again(
    people: Cast, signed_in: SignIn
) -> None:
    item = at_stage(Status.SUBMITTED, people)
    actions.send_back(item.pk, by=people.supervisor, at=NOON, reason="缺2处验收材料")
    client = signed_in(people.leading)
    assert "退回重办</strong>：缺2处验收材料" in client.get("/tasks/mine/").content.decode()
    actions.submit(item.pk, by=people.leading, at=NOON, result="已补齐。")
    assert "缺2处验收材料" not in client.get("/tasks/mine/").content.decode()
