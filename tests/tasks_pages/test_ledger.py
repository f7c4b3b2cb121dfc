"""The ledger: who finds what, filters, order, constant queries."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tasks import actions
from tasks.models import Period
from tasks.moves import Status
from tests.factories import MONDAY, NOON, at, task
from tests.people import Cast
from tests.tasks.stages import at_stage
from tests.tasks_pages.conftest import SignIn


def codes(answer: object) -> list[str]:
    return [row.task.code for row in answer.context["rows"]]  # type: ignore[attr-defined]


def test_the_office_finds_every_item_and_a_liaison_only_the_own(people: Cast, signed_in: SignIn) -> None:
    issued = at_stage(Status.ISSUED, people)
    draft = at_stage(Status.DRAFT, people)
    for name in ("supervisor", "leader", "administrator"):
        assert set(codes(signed_in(people[name]).get("/tasks/"))) == {issued.code, draft.code}
    for name in ("leading", "taking_part", "supporting"):
        assert codes(signed_in(people[name]).get("/tasks/")) == [issued.code]
    for name in ("outsider", "homeless"):
        answer = signed_in(people[name]).get("/tasks/")
        assert codes(answer) == []
        assert issued.title not in answer.content.decode()


def test_a_stranger_is_asked_to_sign_in(client: object, db: None) -> None:
    answer = client.get("/tasks/")  # type: ignore[attr-defined]
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "内涝"}, ["flood"]),
        ({"q": "水务局"}, ["flood", "late"]),
        ({"q": "内涝 养老"}, []),
        ({"status": "draft"}, ["draft"]),
        ({"status": "open"}, ["flood", "late"]),
        ({"light": "red"}, ["late"]),
        ({"light": "green"}, ["flood"]),
        ({"source": "document"}, ["draft"]),
        ({"due_from": "2026-04-01", "due_to": "2026-04-30"}, ["flood"]),
        ({"due_to": "2026-03-01"}, ["late"]),
        ({"issued_until": "2026-03-02"}, ["flood", "late"]),
        ({"issued_until": "2026-03-01"}, []),
        ({"missing": "on"}, []),
        ({"status": "nonsense", "due_from": "soon"}, ["flood", "late", "draft"]),
    ],
)
def test_each_filter_leaves_what_it_names(
    query: dict[str, str], found: list[str], people: Cast, signed_in: SignIn
) -> None:
    flood = at_stage(Status.UNDERWAY, people, title="内涝点整治", due_on=MONDAY + timedelta(days=45))
    late = at_stage(
        Status.UNDERWAY, people, title="泵站检修", due_on=MONDAY - timedelta(days=3), requirement="修好"
    )
    draft = task(people.supervisor, title="养老床位", requirement="新增300张", source_kind="document")
    names = {flood.code: "flood", late.code: "late", draft.code: "draft"}
    answer = signed_in(people.supervisor).get("/tasks/", query)
    assert answer.status_code == 200
    assert {names[code] for code in codes(answer)} == set(found)


def test_items_of_one_department_can_be_picked(people: Cast, signed_in: SignIn) -> None:
    mine = at_stage(Status.ISSUED, people)
    task(people.supervisor, lead=people.outside)
    client = signed_in(people.supervisor)
    assert codes(client.get("/tasks/", {"department": people.support.pk})) == [mine.code]
    assert len(codes(client.get("/tasks/", {"department": "999999"}))) == 2


def test_a_missed_report_day_is_found_by_its_own_filter(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.UNDERWAY, people, report_rule="FREQ=WEEKLY;BYDAY=FR")
    at_stage(Status.UNDERWAY, people)
    friday = Period.objects.filter(assignment__task=item).order_by("due_on").first()
    assert friday is not None
    Period.objects.filter(pk=friday.pk).update(due_on=MONDAY - timedelta(days=3))
    assert codes(signed_in(people.supervisor).get("/tasks/", {"missing": "on"})) == [item.code]


def test_the_order_follows_the_heading_and_what_has_no_limit_comes_last(
    people: Cast, signed_in: SignIn
) -> None:
    later = task(people.supervisor, due_on=MONDAY + timedelta(days=9))
    none = task(people.supervisor)
    sooner = task(people.supervisor, due_on=MONDAY + timedelta(days=2))
    client = signed_in(people.supervisor)
    assert codes(client.get("/tasks/", {"sort": "due"})) == [sooner.code, later.code, none.code]
    assert codes(client.get("/tasks/", {"sort": "-due"})) == [later.code, sooner.code, none.code]
    assert codes(client.get("/tasks/")) == [sooner.code, none.code, later.code]
    assert codes(client.get("/tasks/", {"sort": "password"})) == codes(client.get("/tasks/"))


def test_the_pages_divide_the_ledger_and_keep_the_filter(people: Cast, signed_in: SignIn) -> None:
    for number in range(53):
        task(people.supervisor, title=f"事项{number}")
    client = signed_in(people.supervisor)
    first, second = client.get("/tasks/", {"q": "事项"}), client.get("/tasks/", {"q": "事项", "page": "2"})
    assert (len(codes(first)), len(codes(second))) == (50, 3)
    assert "q=%E4%BA%8B%E9%A1%B9&amp;page=2" in first.content.decode()
    assert codes(client.get("/tasks/", {"page": "nonsense"})) == codes(client.get("/tasks/"))


def test_fifty_rows_cost_as_many_queries_as_one(
    people: Cast, signed_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(12):
        item = at_stage(Status.UNDERWAY, people, report_rule="FREQ=WEEKLY;BYDAY=FR")
        actions.report(item.pk, by=people.leading, at=NOON, progress="已完成8处。")
    client = signed_in(people.supervisor)
    with django_assert_max_num_queries(8):
        client.get("/tasks/")


def test_htmx_gets_the_table_alone_and_caches_keep_them_apart(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.ISSUED, people)
    answer = signed_in(people.supervisor).get("/tasks/", headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert item.code in page
    assert "<html" not in page
    assert "HX-Request" in answer["Vary"]


def test_every_light_stands_with_its_word_and_reason(people: Cast, signed_in: SignIn) -> None:
    at_stage(Status.UNDERWAY, people, due_on=MONDAY - timedelta(days=3))
    page = signed_in(people.leader).get("/tasks/").content.decode()
    assert 'class="light light-red"' in page
    assert "已超过3天" in page


def test_an_empty_ledger_says_what_to_do_first(people: Cast, signed_in: SignIn) -> None:
    assert "手工立项" in signed_in(people.supervisor).get("/tasks/").content.decode()
    assert "交办给本单位的事项会出现在这里" in signed_in(people.leading).get("/tasks/").content.decode()


def test_only_a_supervisor_is_offered_to_register(people: Cast, signed_in: SignIn) -> None:
    for name in ("leader", "administrator", "leading"):
        assert "/tasks/new/" not in signed_in(people[name]).get("/tasks/").content.decode()


def test_a_year_without_holidays_imported_is_told(people: Cast, signed_in: SignIn) -> None:
    client = signed_in(people.supervisor)
    assert "放假安排还没有导入" not in client.get("/tasks/").content.decode()
    item = at_stage(Status.ISSUED, people, due_on=at("2031-05-06").date())
    assert "2031年的放假安排还没有导入" in client.get(f"/tasks/{item.code}/").content.decode()


def test_the_day_of_the_page_is_the_day_of_the_clock(noon: None) -> None:
    assert timezone.localdate() == MONDAY
