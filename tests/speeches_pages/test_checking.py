"""Suggested departments on the review page, and the drafts worth a second look."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Department
from speeches.models import Directive, Speech
from tests.people import Cast
from tests.speeches_pages.conftest import SignIn


def first_open(speech: Speech) -> Directive:
    found: Directive = speech.directives.filter(state="open")[0]
    return found


def test_a_suggested_department_becomes_the_lead_by_one_click(
    speech: Speech, people: Cast, office: dict[str, Department], signed_in: SignIn
) -> None:
    draft = speech.directives.filter(state="open", lead__isnull=True).first() or first_open(speech)
    works = office["市住建局"]
    Directive.objects.filter(pk=draft.pk).update(
        lead=None, suggested=[{"department": works.pk, "score": 44.0, "reason": "职责中有“老旧小区改造”"}]
    )
    clerk = signed_in(people.supervisor)
    page = clerk.get(reverse("speeches:review", args=[speech.pk])).content.decode()
    assert "系统推荐" in page
    assert "职责中有“老旧小区改造”" in page
    clerk.post(reverse("speeches:take", args=[draft.pk]), {"department": works.pk, "version": draft.version})
    draft.refresh_from_db()
    assert (draft.lead, draft.is_touched) == (works, True)


def test_a_suggestion_taken_on_an_old_page_is_refused(
    speech: Speech, people: Cast, office: dict[str, Department], signed_in: SignIn
) -> None:
    draft = first_open(speech)
    answer = signed_in(people.supervisor).post(
        reverse("speeches:take", args=[draft.pk]),
        {"department": office["市住建局"].pk, "version": draft.version + 1},
    )
    assert answer.status_code == 409
    draft.refresh_from_db()
    assert not draft.is_touched


def test_the_least_sure_drafts_are_shown_alone_and_first(
    speech: Speech, people: Cast, signed_in: SignIn
) -> None:
    drafts = list(speech.directives.filter(state="open")[:3])
    speech.directives.update(confidence=0.95)
    for draft, confidence in zip(drafts, (0.6, 0.9, 0.4), strict=True):
        Directive.objects.filter(pk=draft.pk).update(confidence=confidence)
    answer = signed_in(people.supervisor).get(
        reverse("speeches:review", args=[speech.pk]), {"doubt": "unsure"}
    )
    assert [card.pk for card in answer.context["cards"]] == [drafts[2].pk, drafts[0].pk]
    assert ("unsure", "把握较低", 2) in answer.context["doubts"]


def test_vague_and_assumed_drafts_can_be_shown_alone(speech: Speech, people: Cast, signed_in: SignIn) -> None:
    first, second = speech.directives.filter(state="open")[:2]
    speech.directives.update(flags=[], assumed=[])
    Directive.objects.filter(pk=first.pk).update(flags=["职责模糊"])
    Directive.objects.filter(pk=second.pk).update(assumed=["due_on"])
    client, address_ = signed_in(people.supervisor), reverse("speeches:review", args=[speech.pk])
    assert [c.pk for c in client.get(address_, {"doubt": "vague"}).context["cards"]] == [first.pk]
    assert [c.pk for c in client.get(address_, {"doubt": "assumed"}).context["cards"]] == [second.pk]


def test_many_suggestions_cost_one_query(
    speech: Speech,
    people: Cast,
    office: dict[str, Department],
    signed_in: SignIn,
) -> None:
    offer = [{"department": office["市住建局"].pk, "score": 44.0, "reason": "职责相近"}]
    speech.directives.update(lead=None, suggested=offer)
    client, page = signed_in(people.supervisor), reverse("speeches:review", args=[speech.pk])
    with CaptureQueriesContext(connection) as queries:
        assert "系统推荐" in client.get(page).content.decode()
    of_departments = [
        query
        for query in queries
        if 'FROM "accounts_department" WHERE' in query["sql"] and " IN (" in query["sql"]
    ]
    assert len(of_departments) == 1
