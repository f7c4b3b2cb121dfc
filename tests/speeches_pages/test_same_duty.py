"""One duty of two speeches on the review page: side by side, joined, told apart, parted, by a click."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Department
from speeches import actions
from speeches.models import Directive, Speech, Twin
from tasks.models import Task
from tasks.moves import Action
from tests.people import Cast
from tests.speeches.conftest import UPLOADED
from tests.speeches.twice import LATER, adopted, land, second
from tests.speeches_pages.conftest import SignIn

__all__ = ["second"]
HTMX = {"HX-Request": "true"}
Office = dict[str, Department]


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    """A limit that has passed would be no choice any more."""
    with time_machine.travel(LATER, tick=False):
        yield


def page_of(client: Client, speech: Speech, **filters: str) -> str:
    return client.get(reverse("speeches:review", args=[speech.pk]), filters).content.decode()


def words(page: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", page))


def card(page: str, draft: Directive) -> str:
    start = page.index(f'id="d{draft.pk}"')
    return page[start : page.index("</section>", start)]


def send(client: Client, verb: str, one: Directive, **fields: object) -> tuple[int, str]:
    version = Directive.objects.get(pk=one.pk).version
    answer = client.post(
        reverse(f"speeches:{verb}", args=[one.pk]), {"version": version} | fields, follow=True
    )
    return answer.status_code, answer.content.decode()


def test_a_card_shows_both_sentences_with_the_differing_words_and_both_buttons(
    speech: Speech, second: Speech, people: Cast, signed_in: SignIn
) -> None:
    task = adopted(speech, people)
    shown = card(page_of(signed_in(people.supervisor), second), land(second))
    assert f"疑与事项{task.code}（《{speech}》第" in words(shown)
    assert land(speech).quote in words(shown)
    assert re.search(r"<b>[^<]*应急[^<]*</b>", shown)
    assert land(speech).address in shown.replace("&amp;", "&")
    assert "合并到该事项" in shown
    assert "不是同一件事" in shown


def test_joined_by_a_click_both_sentences_stand_on_the_item_with_their_places(
    speech: Speech, second: Speech, people: Cast, office: Office, signed_in: SignIn
) -> None:
    task = adopted(speech, people, issue=True)
    clerk = signed_in(people.supervisor)
    status, page = send(clerk, "join", land(second), item=task.code)
    assert status == 200
    assert f"已合并到事项{task.code}" in words(card(page, land(second)))
    item = clerk.get(f"/tasks/{task.code}/").content.decode()
    for draft in (land(speech), land(second)):
        assert draft.quote in item
        assert draft.address in item
    assert "补充来源" in item
    people.leading.department = office["市资规局"]
    people.leading.save()
    seen = signed_in(people.leading).get(f"/tasks/{task.code}/").content.decode()
    assert land(second).quote in seen, "who handles it reads both sentences"
    assert land(second).address not in seen, "and is not sent to a page he may not open"


def test_what_was_joined_is_undone_where_it_happened_and_from_its_own_tab(
    speech: Speech, second: Speech, people: Cast, signed_in: SignIn
) -> None:
    task = adopted(speech, people)
    clerk = signed_in(people.supervisor)
    send(clerk, "join", land(second), item=task.code)
    shown = page_of(clerk, second, show="merged")
    assert f"并入事项{task.code}" in words(card(shown, land(second)))
    assert re.search(rf'<mark[^>]*is-merged[^>]*data-draft="{land(second).pk}"', shown)
    send(clerk, "unjoin", land(second))
    assert (land(second).state, task.more_sources.count()) == ("open", 0)
    assert task.events.filter(action=Action.REMOVE_SOURCE).count() == 1


def test_the_choices_are_boxes_that_are_not_ticked(
    speech: Speech, second: Speech, people: Cast, signed_in: SignIn
) -> None:
    task = adopted(speech, people)
    clerk = signed_in(people.supervisor)
    shown = card(page_of(clerk, second), land(second))
    assert "同时把时限改为2026年8月5日" in words(shown)
    assert "同时列入配合单位市应急局" in words(shown)
    assert "checked" not in shown
    before = task.due_on
    send(clerk, "join", land(second), item=task.code, departments="1")
    task.refresh_from_db()
    assert task.due_on == before
    assert task.assignments.filter(department__short_name="市应急局", role="support").exists()


def test_told_apart_by_a_click_it_is_gone_from_both_pages(
    speech: Speech, second: Speech, people: Cast, signed_in: SignIn
) -> None:
    clerk = signed_in(people.supervisor)
    assert "疑与" in page_of(clerk, speech)
    send(clerk, "apart", land(second), draft=land(speech).pk)
    assert "疑与" not in page_of(clerk, second)
    assert "疑与" not in page_of(clerk, speech)


def test_a_draft_joins_an_item_by_its_number(speech: Speech, people: Cast, signed_in: SignIn) -> None:
    task = adopted(speech, people)
    other = speech.directives.filter(state="open")[0]
    status, _ = send(signed_in(people.supervisor), "join", other, item=f" {task.code} ")
    other.refresh_from_db()
    assert (status, other.merged_item) == (200, task)


@pytest.mark.parametrize("typed", ["", "DB2026-9999", "x\x00y", "9" * 100])
def test_a_number_that_is_no_item_is_told_and_nothing_is_changed(
    typed: str, speech: Speech, people: Cast, signed_in: SignIn
) -> None:
    draft = speech.directives.filter(state="open")[0]
    answer = signed_in(people.supervisor).post(reverse("speeches:join", args=[draft.pk]), {"item": typed})
    assert answer.status_code == 400
    assert "编号" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.state == "open"


def test_an_old_page_is_told_and_joins_nothing(
    speech: Speech, second: Speech, people: Cast, signed_in: SignIn
) -> None:
    task, draft = adopted(speech, people), land(second)
    actions.edit(draft.pk, by=people.second_supervisor, version=draft.version, title="同事刚改过")
    answer = signed_in(people.supervisor).post(
        reverse("speeches:join", args=[draft.pk]),
        {"item": task.code, "version": draft.version},
        headers=HTMX,
    )
    assert answer.status_code == 409
    assert "别人保存过" in answer.content.decode()
    assert not task.more_sources.exists()


@pytest.mark.parametrize("verb", ["join", "unjoin", "apart"])
def test_a_leader_is_shown_no_button_and_refused(
    verb: str, speech: Speech, second: Speech, people: Cast, signed_in: SignIn
) -> None:
    task = adopted(speech, people)
    leader = signed_in(people.leader)
    assert "疑与" not in page_of(leader, second)
    answer = leader.post(reverse(f"speeches:{verb}", args=[land(second).pk]), {"item": task.code})
    assert answer.status_code == 403
    assert land(second).state == "open"
    assert not Twin.objects.filter(is_distinct=True).exists()


@pytest.mark.parametrize("verb", ["join", "unjoin", "apart"])
def test_a_department_finds_no_such_draft(
    verb: str, speech: Speech, second: Speech, people: Cast, signed_in: SignIn
) -> None:
    task = adopted(speech, people)
    answer = signed_in(people.leading).post(
        reverse(f"speeches:{verb}", args=[land(second).pk]), {"item": task.code}
    )
    assert answer.status_code == 404
    assert land(second).state == "open"


def test_a_page_with_proposals_asks_the_database_the_same_number_of_times(
    speech: Speech,
    second: Speech,
    people: Cast,
    signed_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    task = adopted(speech, people)
    clerk, address = signed_in(people.supervisor), reverse("speeches:review", args=[second.pk])
    for number in range(6):  # six more drafts that are like an item
        draft = land(second)
        draft.pk, draft.start, draft._state.adding = None, number, True
        draft.quote, draft.title = "另一处用地", "另一处"
        draft.save()
        Twin.objects.create(directive=draft, other=land(speech), likeness=0.7)
    with django_assert_max_num_queries(20):
        page = clerk.get(address).content.decode()
    assert page.count("不是同一件事") == 7
    assert task.code in page


# --- the same over the API ---


def test_the_api_proposes_joins_parts_and_tells_apart(
    speech: Speech, second: Speech, people: Cast, signed_in: SignIn
) -> None:
    task, clerk = adopted(speech, people), signed_in(people.supervisor)
    path = f"/api/directives/{land(second).pk}"
    (offer,) = clerk.get(f"{path}/alike/").json()
    assert (offer["item"], offer["limit"], offer["departments"]) == (task.code, "2026-08-05", ["市应急局"])
    joined = clerk.post(f"{path}/join/", {"item": task.code, "limit": True}).json()
    assert (joined["state"], joined["merged_item"]) == ("merged", task.code)
    item = clerk.get(f"/api/tasks/{task.code}/").json()
    assert [source["quote"] for source in item["more_sources"]] == [land(second).quote]
    assert item["due_on"] == "2026-08-05"
    assert clerk.post(f"{path}/unjoin/").json()["state"] == "open"
    assert clerk.post(f"{path}/apart/", {"item": task.code}).status_code == 200
    assert clerk.get(f"{path}/alike/").json() == []


@pytest.mark.parametrize(
    "fields", [{}, {"item": "DB2026-9999"}, {"draft": 10**8}, {"item": "x", "draft": 1}, {"limit": "也许"}]
)
def test_the_api_says_what_is_wrong_with_the_other_one(
    fields: dict[str, object], speech: Speech, second: Speech, people: Cast, signed_in: SignIn
) -> None:
    answer = signed_in(people.supervisor).post(f"/api/directives/{land(second).pk}/join/", fields)
    assert answer.status_code == 400
    assert land(second).state == "open"


def test_the_api_refuses_a_finished_item_with_its_state(
    speech: Speech, second: Speech, people: Cast, signed_in: SignIn
) -> None:
    task = adopted(speech, people)
    Task.objects.filter(pk=task.pk).update(status="withdrawn")
    answer = signed_in(people.supervisor).post(
        f"/api/directives/{land(second).pk}/join/", {"item": task.code}
    )
    assert answer.status_code == 409
    assert "已撤销" in answer.json()["detail"]


def test_bulk_adopting_says_what_was_left_for_its_likeness(
    speech: Speech, second: Speech, people: Cast, signed_in: SignIn
) -> None:
    actions.adopt(land(speech).pk, by=people.supervisor, at=UPLOADED)
    answer = signed_in(people.supervisor).post(
        reverse("speeches:adopt_tier", args=[second.pk]), {"tier": "named"}, follow=True
    )
    assert "疑与" in answer.content.decode()
    assert land(second).state == "open"
