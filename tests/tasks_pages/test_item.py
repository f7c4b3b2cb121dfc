"""The item page and its files."""

import re
from datetime import timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from tasks import actions
from tasks.models import Attachment, Task
from tasks.moves import Status
from tests.factories import MONDAY, NOON, at, paper
from tests.people import Cast
from tests.tasks.stages import at_stage
from tests.tasks_pages.conftest import SignIn

SOURCE = {
    "source_title": "在全市防汛工作会议上的讲话",
    "source_quote": "市水务局牵头，汛期前完成12处内涝点整治。",
    "source_url": "/speeches/7/?d=21",
    "source_on": MONDAY - timedelta(days=3),
    "raised_by": "市长",
}


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("supervisor", 200),
        ("leader", 200),
        ("administrator", 200),
        ("leading", 200),
        ("taking_part", 200),
        ("supporting", 200),
        ("outsider", 404),
        ("homeless", 404),
    ],
)
def test_an_item_is_there_for_who_has_to_do_with_it(
    name: str, status: int, people: Cast, signed_in: SignIn
) -> None:
    item = at_stage(Status.UNDERWAY, people)
    assert signed_in(people[name]).get(f"/tasks/{item.code}/").status_code == status


def test_a_draft_is_hidden_from_the_departments(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.DRAFT, people)
    assert signed_in(people.leading).get(f"/tasks/{item.code}/").status_code == 404
    assert signed_in(people.supervisor).get(f"/tasks/{item.code}/").status_code == 200


def test_the_source_sentence_is_shown_and_only_the_office_is_led_into_the_speech(
    people: Cast, signed_in: SignIn
) -> None:
    item = at_stage(Status.UNDERWAY, people, **SOURCE)
    office = signed_in(people.supervisor).get(f"/tasks/{item.code}/").content.decode()
    department = signed_in(people.leading).get(f"/tasks/{item.code}/").content.decode()
    for page in (office, department):
        assert "市水务局牵头，汛期前完成12处内涝点整治。" in page
        assert "2026年2月27日" in page
    assert 'href="/speeches/7/?d=21"' in office
    assert "/speeches/7/" not in department


def test_a_title_with_markup_is_shown_as_text(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.UNDERWAY, people, title="<script>alert(1)</script>")
    page = signed_in(people.supervisor).get(f"/tasks/{item.code}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_both_clocks_are_told_in_chinese_and_what_was_assumed_is_marked(
    people: Cast, signed_in: SignIn
) -> None:
    item = at_stage(
        Status.UNDERWAY,
        people,
        due_on=MONDAY + timedelta(days=29),
        due_is_assumed=True,
        report_rule="FREQ=WEEKLY;BYDAY=FR",
        collect_rule="FREQ=WEEKLY;BYDAY=MO",
        recipients="市委、市政府",
    )
    page = signed_in(people.leader).get(f"/tasks/{item.code}/").content.decode()
    for words in ("2026年3月31日（周二）", "推定", "每周五", "每周一收集", "市委、市政府"):
        assert words in page, words


def test_a_missed_day_stays_on_the_strip_beside_a_filed_one(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.UNDERWAY, people, report_rule="FREQ=WEEKLY;BYDAY=MO,FR")
    own = item.assignments.get(department=people.lead)
    periods = list(own.periods.order_by("due_on"))
    own.periods.filter(pk=periods[0].pk).update(due_on=MONDAY - timedelta(days=3))
    actions.report(item.pk, by=people.leading, at=NOON, progress="完成8处", period=periods[1].pk)
    parts = signed_in(people.supervisor).get(f"/tasks/{item.code}/").context["parts"]
    lead = next(part for part in parts if part.assignment == own)
    assert [beat.mark for beat in lead.beats][:3] == ["missing", "done", "now"]
    assert lead.missing == 1


def test_a_report_after_its_day_is_marked_late(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.UNDERWAY, people, report_rule="FREQ=WEEKLY;BYDAY=FR")
    own = item.assignments.get(department=people.lead)
    period = own.periods.order_by("due_on").first()
    assert period is not None
    own.periods.filter(pk=period.pk).update(due_on=MONDAY - timedelta(days=3))
    actions.report(item.pk, by=people.leading, at=NOON, progress="完成8处", period=period.pk)
    parts = signed_in(people.supervisor).get(f"/tasks/{item.code}/").context["parts"]
    assert next(part for part in parts if part.assignment == own).beats[0].word == "迟报"


def test_the_trail_names_who_when_and_why(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.SUBMITTED, people)
    actions.send_back(item.pk, by=people.supervisor, at=at(MONDAY, 15), reason="缺2处验收材料")
    page = signed_in(people.leading).get(f"/tasks/{item.code}/").content.decode()
    assert "退回重办" in page
    assert "缺2处验收材料" in page
    assert "2026年3月2日 15:00" in page
    order = [
        page.index(f"<strong>{word}</strong>") for word in ("退回重办", "申请办结", "签收", "交办", "立项")
    ]
    assert order == sorted(order)


BUTTONS = {
    (Status.DRAFT, "supervisor"): {"amend", "issue", "withdraw", "split_off"},
    (Status.ISSUED, "leading"): {"receive", "decline"},
    (Status.ISSUED, "supporting"): {"receive"},
    (Status.UNDERWAY, "leading"): {"report", "submit"},
    (Status.UNDERWAY, "supporting"): {"receive", "report"},
    (Status.UNDERWAY, "supervisor"): {"refer", "withdraw", "redate", "pause", "instruct", "split_off"},
    (Status.SUBMITTED, "supervisor"): {"close", "send_back", "instruct"},
    (Status.SUBMITTED, "leading"): set(),
    (Status.CLOSED, "supervisor"): {"strike_off", "reopen"},
    (Status.STRUCK_OFF, "supervisor"): {"reopen"},
    (Status.UNDERWAY, "leader"): {"instruct"},
    (Status.UNDERWAY, "administrator"): set(),
}


@pytest.mark.parametrize(("status", "name"), BUTTONS)
def test_only_the_verbs_of_the_person_and_the_moment_are_offered(
    status: Status, name: str, people: Cast, signed_in: SignIn
) -> None:
    item = at_stage(status, people)
    page = signed_in(people[name]).get(f"/tasks/{item.code}/").content.decode()
    assert set(re.findall(rf"/tasks/{item.code}/(\w+)/", page)) == BUTTONS[status, name]


def test_an_item_with_a_long_history_costs_no_more_queries(
    people: Cast, signed_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    item = at_stage(Status.UNDERWAY, people, report_rule="FREQ=DAILY")
    for _ in range(10):
        actions.report(item.pk, by=people.leading, at=NOON, progress="进展", files=[paper()])
    client = signed_in(people.supervisor)
    with django_assert_max_num_queries(13):
        client.get(f"/tasks/{item.code}/")


def evidence_of(item: Task, people: Cast) -> Attachment:
    actions.report(item.pk, by=people.leading, at=NOON, progress="见附件", files=[paper("验收单.txt")])
    return Attachment.objects.get()


@pytest.mark.parametrize(
    ("name", "status"), [("supervisor", 200), ("leader", 200), ("supporting", 200), ("outsider", 404)]
)
def test_evidence_is_handed_to_who_sees_the_item_and_only_to_save(
    name: str, status: int, people: Cast, signed_in: SignIn
) -> None:
    file = evidence_of(at_stage(Status.UNDERWAY, people), people)
    answer = signed_in(people[name]).get(f"/tasks/files/{file.pk}/")
    assert answer.status_code == status
    if status == 200:
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_evidence_that_is_gone_from_the_disk_is_a_plain_404(people: Cast, signed_in: SignIn) -> None:
    file = evidence_of(at_stage(Status.UNDERWAY, people), people)
    file.file.storage.delete(file.file.name or "")
    assert signed_in(people.supervisor).get(f"/tasks/files/{file.pk}/").status_code == 404


def test_requests_for_more_time_and_leaders_words_stand_beside_the_limit(
    people: Cast, signed_in: SignIn
) -> None:
    item = at_stage(Status.UNDERWAY, people, due_on=MONDAY + timedelta(days=30))
    wanted: dict[str, Any] = {
        "due_on": MONDAY + timedelta(days=60),
        "reason": "管线<迁改>滞后",
        "progress": "完成8处",
    }
    actions.ask_extension(item.pk, by=people.leading, at=NOON, **wanted)
    actions.instruct(item.pk, by=people.leader, at=NOON, text="务必汛前办好")
    page = signed_in(people.supervisor).get(f"/tasks/{item.code}/").content.decode()
    assert "申请延至 2026年5月1日" in page
    assert "管线&lt;迁改&gt;滞后" in page
    assert "批示：务必汛前办好" in page
    assert "待批延期" in page
    answer = signed_in(people.supervisor).get(f"/tasks/{item.code}/grant_extension/").content.decode()
    assert "管线&lt;迁改&gt;滞后" in answer, "read where it is decided"
    assert 'name="department"' not in answer, "nothing to choose with one request"
    actions.ask_extension(item.pk, by=people.taking_part, at=NOON, **wanted)
    assert (
        'name="department"'
        in signed_in(people.supervisor).get(f"/tasks/{item.code}/refuse_extension/").content.decode()
    )


def test_each_department_has_its_own_light(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.UNDERWAY, people, due_on=MONDAY + timedelta(days=30))
    actions.redate(
        item.pk, by=people.supervisor, at=NOON, due_on=MONDAY, reason="先行", department=people.part
    )
    parts = signed_in(people.supervisor).get(f"/tasks/{item.code}/").context["parts"]
    lit = {p.assignment.department: p.light and p.light.colour for p in parts}
    assert lit == {people.lead: "green", people.part: "yellow", people.support: None}
