"""Registering by hand and amending."""

from typing import Any

import pytest

from accounts.models import Department, DepartmentAlias, DepartmentGroup
from tasks.models import Task
from tasks.moves import Status
from tests.factories import department
from tests.people import Cast
from tests.tasks.stages import at_stage
from tests.tasks_pages.conftest import SignIn

FULL: dict[str, Any] = {
    "title": "城区内涝点整治",
    "requirement": "汛期前完成12处内涝点整治。",
    "lead": "云川市水务局",
    "parts": "云川市城管局",
    "supports": "云川市财政局",
    "due_on": "2026-04-30",
    "report_rule": "FREQ=WEEKLY;BYDAY=FR",
    "collect_rule": "",
    "recipients": "市委、市政府",
    "urgency": "urgent",
    "source_kind": "instruction",
    "source_title": "关于防汛的批示",
    "source_on": "2026-02-27",
    "raised_by": "市长",
    "deliverable": "整治报告",
    "source_quote": "抓紧办。",
}


def test_everything_typed_is_in_the_ledger(people: Cast, signed_in: SignIn) -> None:
    answer = signed_in(people.supervisor).post("/tasks/new/", FULL)
    item = Task.objects.get()
    assert answer["Location"] == f"/tasks/{item.code}/"
    assert (item.status, item.created_by) == (Status.DRAFT, people.supervisor)
    for name in (
        "title",
        "requirement",
        "report_rule",
        "recipients",
        "urgency",
        "source_title",
        "raised_by",
        "deliverable",
    ):
        assert getattr(item, name) == FULL[name]
    roles = {a.role: a.department for a in item.assignments.all()}
    assert roles == {"lead": people.lead, "part": people.part, "support": people.support}


def test_it_can_be_issued_at_once(people: Cast, signed_in: SignIn) -> None:
    signed_in(people.supervisor).post("/tasks/new/", FULL | {"issue": "1"})
    assert Task.objects.get().status == Status.ISSUED


def test_what_cannot_be_issued_is_registered_and_says_why(people: Cast, signed_in: SignIn) -> None:
    nobody = FULL | {"lead": "", "parts": "", "issue": "1"}
    page = signed_in(people.supervisor).post("/tasks/new/", nobody, follow=True)
    assert Task.objects.get().status == Status.DRAFT
    assert "没有交办" in page.content.decode()


@pytest.mark.parametrize("name", ["leader", "administrator", "leading", "outsider"])
def test_nobody_but_a_supervisor_registers(name: str, people: Cast, signed_in: SignIn) -> None:
    client = signed_in(people[name])
    assert client.get("/tasks/new/").status_code == 403
    assert client.post("/tasks/new/", FULL).status_code == 403
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"title": ""}, "title", "必填"),
        ({"requirement": "   "}, "requirement", "必填"),
        ({"due_on": "2026-03-01"}, "due_on", "早于今天"),
        ({"due_on": "下周五"}, "due_on", "日期"),
        ({"lead": "云川市水务局、云川市城管局", "parts": ""}, "lead", "只能填 1 个"),
        ({"lead": "没有的局"}, "lead", "没有找到单位“没有的局”"),
        ({"supports": "云川市水务局"}, "__all__", "填了两处"),
        ({"report_rule": "FREQ=SECONDLY"}, "report_rule", "FREQ=SECONDLY"),
        ({"title": "长" * 201}, "title", "200"),
    ],
)
def test_bad_words_are_told_beside_their_field_and_nothing_is_saved(
    changes: dict[str, str], field: str, words: str, people: Cast, signed_in: SignIn
) -> None:
    answer = signed_in(people.supervisor).post("/tasks/new/", FULL | changes)
    assert answer.status_code == 400
    assert words in "".join(answer.context["form"].errors[field])
    assert not Task.objects.exists()
    assert FULL["source_title"] in answer.content.decode()


def test_departments_are_typed_by_alias_and_by_group(people: Cast, signed_in: SignIn) -> None:
    DepartmentAlias.objects.create(department=people.lead, name="水务")
    towns = [department(f"云川市第{n}镇", kind=Department.Kind.TOWN) for n in range(3)]
    DepartmentGroup.objects.create(name="各镇（街道）", aliases="各镇办", kinds=["town"])
    signed_in(people.supervisor).post("/tasks/new/", FULL | {"lead": "水务", "parts": "各镇办、云川市城管局"})
    item = Task.objects.get()
    assert item.lead == people.lead
    parts = {a.department for a in item.assignments.filter(role="part")}
    assert parts == {*towns, people.part}


def test_amending_shows_what_is_stored_and_saves_what_changed(people: Cast, signed_in: SignIn) -> None:
    client = signed_in(people.supervisor)
    client.post("/tasks/new/", FULL)
    item = Task.objects.get()
    form = client.get(f"/tasks/{item.code}/amend/").context["form"]
    assert (form["lead"].value(), form["parts"].value()) == ("云川市水务局", "云川市城管局")
    client.post(f"/tasks/{item.code}/amend/", FULL | {"title": "内涝点整治", "parts": ""})
    item.refresh_from_db()
    assert item.title == "内涝点整治"
    assert not item.assignments.filter(role="part").exists()
    assert item.events.filter(action="amend").count() == 1


def test_saving_without_a_change_leaves_no_trace(people: Cast, signed_in: SignIn) -> None:
    client = signed_in(people.supervisor)
    client.post("/tasks/new/", FULL)
    item = Task.objects.get()
    assert client.post(f"/tasks/{item.code}/amend/", FULL).status_code == 302
    assert item.events.filter(action="amend").count() == 0


def test_a_limit_somebody_typed_is_assumed_no_longer(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.DRAFT, people, due_on="2026-04-01", due_is_assumed=True, due_text="近期")
    client = signed_in(people.supervisor)
    form = client.get(f"/tasks/{item.code}/amend/").context["form"]
    words = {name: form[name].value() or "" for name in form.fields}
    client.post(f"/tasks/{item.code}/amend/", words)
    item.refresh_from_db()
    assert item.due_is_assumed
    client.post(f"/tasks/{item.code}/amend/", words | {"due_on": "2026-05-06"})
    item.refresh_from_db()
    assert (item.due_is_assumed, item.due_text) == (False, "")


def test_an_issued_item_is_amended_no_more(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.ISSUED, people)
    client = signed_in(people.supervisor)
    assert client.get(f"/tasks/{item.code}/amend/").status_code == 409
    answer = client.post(f"/tasks/{item.code}/amend/", FULL | {"title": "改名"})
    assert answer.status_code == 409
    assert "改名" in answer.content.decode()
    assert signed_in(people.leading).get(f"/tasks/{item.code}/amend/").status_code == 403
