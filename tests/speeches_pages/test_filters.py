"""The filters of the review page go together and stay; what was put aside is taken back where it happened."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Department
from speeches import actions
from speeches.models import Directive, Speech
from speeches.units import NOBODY, units_of
from tests.people import Cast
from tests.speeches_pages.conftest import SignIn

HTMX = {"HX-Request": "true"}
Office = dict[str, Department]


def address(speech: Speech) -> str:
    return reverse("speeches:review", args=[speech.pk])


def shown(client: Client, speech: Speech, **filters: str) -> list[Directive]:
    cards: list[Directive] = client.get(address(speech), filters).context["cards"]
    return cards


def key(department: Department) -> str:
    return f"d{department.pk}"


@pytest.fixture
def clerk(people: Cast, signed_in: SignIn) -> Client:
    return signed_in(people.supervisor)


# --- by unit ---


def test_every_unit_is_offered_with_as_many_drafts_as_it_then_shows(speech: Speech, clerk: Client) -> None:
    for filters in ({}, {"doubt": "assumed"}, {"tier": "named", "show": "all"}):
        units = clerk.get(address(speech), filters).context["units"]
        assert units
        for unit, label, count in units:
            cards = shown(clerk, speech, **filters, unit=unit)
            assert len(cards) == count, label
            assert all(unit in units_of(card) for card in cards)


def test_a_department_is_found_in_every_role(speech: Speech, office: Office, clerk: Client) -> None:
    cards = shown(clerk, speech, unit=key(office["市住建局"]))
    assert [card.quote for card in cards] == [speech.directives.get(quote__contains="用地报批").quote]


def test_a_collective_stands_for_itself_and_not_for_its_members(
    speech: Speech, office: Office, clerk: Client
) -> None:
    units = {label: unit for unit, label, _ in clerk.get(address(speech)).context["units"]}
    assert "各镇办" in units
    assert "柳河镇" not in units
    (card,) = shown(clerk, speech, unit=units["各镇办"])
    assert office["柳河镇"] in card.parts.all()


def test_what_names_nobody_is_offered_last(speech: Speech, people: Cast, clerk: Client) -> None:
    start = speech.text.index("今天召开")
    made = actions.add(speech.pk, by=people.supervisor, start=start, end=start + 14)
    units = clerk.get(address(speech)).context["units"]
    assert units[-1] == (NOBODY, "未写明", 1)
    assert shown(clerk, speech, unit=NOBODY) == [made]


def test_a_unit_that_nobody_is_any_more_shows_nothing(speech: Speech, clerk: Client) -> None:
    for unit in ("d99999999", "g77", "t查无此局", "<script>", "x" * 500):
        assert shown(clerk, speech, unit=unit) == []


def test_what_a_clerk_decided_is_what_is_filtered_by(
    speech: Speech, people: Cast, office: Office, clerk: Client
) -> None:
    draft = speech.directives.get(quote__contains="用地报批")
    actions.edit(draft.pk, by=people.supervisor, version=1, lead=office["市发改委"], supports=[])
    assert draft in shown(clerk, speech, unit=key(office["市发改委"]))
    assert draft not in shown(clerk, speech, unit=key(office["市资规局"]))


def test_the_filters_go_together_in_every_link(speech: Speech, office: Office, clerk: Client) -> None:
    unit = key(office["市发改委"])
    asked = {"show": "all", "tier": "named", "doubt": "assumed", "unit": unit}
    page = clerk.get(address(speech), asked).content.decode().replace("&amp;", "&")
    assert f'href="{address(speech)}?show=open&tier=named&doubt=assumed&unit={unit}"' in page
    assert f'href="{address(speech)}?show=all&tier=collective&doubt=assumed&unit={unit}"' in page
    assert f'href="{address(speech)}?show=all&tier=named&unit={unit}"' in page, "a second press cancels"
    for card in shown(clerk, speech, **asked):
        assert card.tier == "named"
        assert card.assumed
        assert unit in units_of(card)


# --- kept through what is done ---


def test_htmx_keeps_the_unit_of_the_page(speech: Speech, office: Office, clerk: Client) -> None:
    unit = key(office["市发改委"])
    draft = shown(clerk, speech, unit=unit)[0]
    answer = clerk.post(
        reverse("speeches:adopt", args=[draft.pk]),
        headers=HTMX | {"HX-Current-URL": f"http://testserver{address(speech)}?unit={unit}"},
    )
    assert all(unit in units_of(card) for card in answer.context["cards"])
    assert answer.context["filters"].unit == unit


def test_without_scripts_the_filters_are_kept_too(speech: Speech, office: Office, clerk: Client) -> None:
    unit = key(office["市发改委"])
    draft = shown(clerk, speech, unit=unit)[0]
    stood = f"http://testserver{address(speech)}?show=open&unit={unit}"
    answer = clerk.post(reverse("speeches:adopt", args=[draft.pk]), headers={"Referer": stood})
    assert answer["Location"] == f"{address(speech)}?show=open&unit={unit}&d={draft.pk}#d{draft.pk}"


def test_another_sites_address_sets_no_filter(speech: Speech, clerk: Client) -> None:
    draft = speech.directives.filter(state="open")[0]
    answer = clerk.post(
        reverse("speeches:adopt", args=[draft.pk]),
        headers={"Referer": "http://evil.example/?show=all&unit=none"},
    )
    assert answer["Location"] == f"{address(speech)}?show=open&d={draft.pk}#d{draft.pk}"


# --- the way back ---


def test_what_was_dropped_can_be_taken_back_where_it_stood(speech: Speech, clerk: Client) -> None:
    first, draft, *_ = shown(clerk, speech)
    answer = clerk.post(
        reverse("speeches:drop", args=[draft.pk]),
        headers=HTMX | {"HX-Current-URL": f"http://testserver{address(speech)}"},
    )
    page = answer.content.decode()
    assert (
        page.index(f'id="d{first.pk}"')
        < page.index("已不采纳")
        < page.index("看原句", page.index("已不采纳"))
    )
    row = re.search(rf'<section[^>]*id="d{draft.pk}".*?</section>', page, re.DOTALL)
    assert row is not None
    assert "撤销" in row[0]
    undo = re.search(r'action="([^"]+)"', row[0])
    assert undo is not None
    after = clerk.post(undo[1], headers=HTMX)
    draft.refresh_from_db()
    assert draft.state == "open"
    assert draft in after.context["cards"]


def test_without_scripts_the_way_back_is_there_as_well(speech: Speech, clerk: Client) -> None:
    draft = shown(clerk, speech)[0]
    answer = clerk.post(reverse("speeches:drop", args=[draft.pk]), follow=True)
    page = answer.content.decode()
    row = re.search(rf'<section[^>]*id="d{draft.pk}".*?</section>', page, re.DOTALL)
    assert row is not None
    assert "已不采纳" in row[0]
    assert f'action="{reverse("speeches:restore", args=[draft.pk])}"' in row[0]
    assert "已不采纳" not in clerk.get(address(speech)).content.decode(), "only where it has just happened"


def test_the_way_back_is_for_clerks(speech: Speech, people: Cast, signed_in: SignIn) -> None:
    draft = speech.directives.filter(state="open")[0]
    actions.drop(draft.pk, by=people.supervisor)
    page = signed_in(people.leader).get(address(speech), {"just": draft.pk}).content.decode()
    assert "撤销" not in page
