"""The word that fills another department's item occurs in nothing that an outsider can call up."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.http import HttpResponseBase
from django.test import Client

from supervision import notices
from supervision.models import Notice
from tasks import actions
from tests.access.test_matrix import METHODS, table
from tests.access.world import CANARY, UNSEEING, World
from tests.factories import MONDAY, NOON, at

PROBES = {
    "/tasks/": (
        *(f"q={word}" for word in ("", "河段", "内涝", "水务", "DB2026", "%", "' OR 1=1 --", "*")),
        *("status=open", "status=draft", "status=underway", "light=green", "light=red", "missing=on"),
        *("sort=code", "sort=-due", "sort=requirement", "sort=source_quote", "page=1", "page=99"),
        *("department={department}", "due_from=2000-01-01", "source=speech", "issued_until=2099-01-01"),
    ),
    "/people/": ("q=河段", "kind=government"),
    "/speeches/": ("q=河段", "page=1"),
    "/notices/": ("q=河段", "q={code}", "state=sent", "state=pending", "kind=issued"),
    "/notices/{letter}/open/": ("item={code}",),
    "/api/tasks/": (
        *("q=河段", "q=内涝", "status=underway", "status=draft", "department={department}"),
        *("light=green", "urgency=normal", "source_kind=speech", "due_on_after=2000-01-01"),
        *(
            "ordering=title",
            "ordering=-requirement",
            "page_size=1000",
            "limit=1000",
            "page=1",
            "fields=title",
        ),
    ),
    "/api/notices/": ("kind=issued", "state=pending", "task__code={code}"),
    "/api/speeches/": ("status=parsed", "kind=speech"),
    "/api/directives/": ("speech={speech}", "state=open", "tier=named"),
    "/api/attachments/": ("feedback=1",),
}
SPELLINGS = [CANARY, quote(CANARY), json.dumps(CANARY).strip('"')]  # in a page, an address, escaped JSON


def text_of(answer: HttpResponseBase) -> str:
    """All that reaches the reader: the body, streamed or not, and the headers."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return body.decode("utf-8", "replace") + str(answer.headers)


def addresses(world: World) -> Iterator[tuple[str, str]]:
    """Every address of the table, asked in every way that only reads, and every probing question."""
    for template in dict.fromkeys(row.template for row in table()):
        yield "GET", world.path(template)
        if template.startswith("/api/"):
            yield "OPTIONS", world.path(template)
    for template, questions in PROBES.items():
        for question in questions:
            yield "GET", f"{world.path(template)}?{quote(world.path(question), safe='=&')}"
    for question in PROBES["/tasks/"][:8]:
        yield "GET", f"/tasks/export/?{quote(world.path(question), safe='=&')}"


def leaks(client: Client, world: World, *, but: tuple[str, ...] = ("-",)) -> list[str]:
    """The requests whose answers hold the word; those whose address starts with one of `but` are not made."""
    found = []
    for method, address in addresses(world):
        for headers in ({}, {"HX-Request": "true"}):
            if address.startswith(but) or (headers and ("?" in address or address.startswith("/api/"))):
                continue
            body = text_of(client.generic(method, address, headers=headers))
            if any(spelling in body for spelling in SPELLINGS):
                found.append(f"{method} {address}")
    return found


@pytest.mark.parametrize("name", UNSEEING)
def test_an_outsider_finds_the_word_nowhere(name: str, world: World) -> None:
    assert leaks(world.client(name), world) == []


def test_the_word_is_there_for_whoever_may_read_it(world: World) -> None:
    """The test above can fail: the same walk by the lead finds it in page, table, file and letter."""
    found = "\n".join(leaks(world.client("leading"), world))
    for place in (
        f"GET /tasks/{world.item.code}/",
        f"GET /tasks/?q={quote('河段')}",
        "GET /tasks/export/",
        f"GET /tasks/files/{world.file.pk}/",
        f"GET /notices/{world.letter.pk}/",
        f"GET /api/tasks/{world.item.code}/",
        f"GET /api/attachments/{world.file.pk}/content/",
        "GET /api/notices/",
    ):
        assert place in found
    assert "speeches" not in found, "departments see the quote, never the speech"


def test_who_led_the_item_before_finds_the_word_in_old_letters_and_nowhere_else(world: World) -> None:
    assert leaks(world.client("former"), world, but=("/notices/", "/api/notices/")) == []
    assert world.client("former").get("/api/tasks/").json()["count"] == 0


def test_the_letter_to_the_former_lead_says_all_it_needs_and_its_link_ends_at_the_letter(
    world: World,
) -> None:
    letter, client = world.farewell, world.client("former")
    for word in (world.item.code, world.item.title, "不再承办", "云川市林业局"):
        assert word in letter.body_text
    assert "职责调整" not in letter.body_text, "the office's reason is for those who handle the item"
    assert world.item.requirement not in letter.body_text
    answer = client.get(f"/notices/{letter.pk}/open/", follow=True)
    assert answer.status_code == 200
    assert answer.request["PATH_INFO"] == f"/notices/{letter.pk}/"
    page = answer.content.decode()
    assert "可能已转办" in page
    for link in re.findall(r'href="(/[^"]*)"', page):
        assert client.get(link, follow=True).status_code == 200, link


def test_moving_an_item_hides_it_at_once_and_moving_it_back_shows_it_again(world: World) -> None:
    client, path = world.client("leading"), f"/tasks/{world.item.code}/"
    assert client.get(path).status_code == 200
    by, pk = world.cast.supervisor, world.item.pk
    actions.refer(pk, by=by, at=NOON, to=world.cast.outside, reason="职责调整")
    assert client.get(path).status_code == 404
    assert client.get(f"/tasks/files/{world.file.pk}/").status_code == 404
    assert client.get(f"/api{path}").status_code == 404
    assert world.item.code not in client.get("/tasks/mine/").content.decode()
    assert world.client("outsider").get(path).status_code == 200
    actions.refer(pk, by=by, at=NOON, to=world.cast.lead, reason="调整有误")
    assert client.get(path).status_code == 200


def test_an_item_taken_back_by_its_department_is_hidden_until_issued_again(world: World) -> None:
    actions.issue(world.draft.pk, by=world.cast.supervisor, at=NOON)
    client, path = world.client("leading"), f"/tasks/{world.draft.code}/"
    assert client.get(path).status_code == 200
    actions.decline(world.draft.pk, by=world.cast.leading, at=NOON, reason="不属本单位职责")
    for name in ("leading", "taking_part", "supporting", "outsider"):
        assert world.client(name).get(path).status_code == 404


def test_no_letter_about_the_item_goes_to_anybody_outside_it(world: World) -> None:
    monday = MONDAY + timedelta(days=14)
    notices.queue_all(at(monday, 9))
    weekly = Notice.objects.filter(kind=Notice.Kind.WEEKLY)
    assert weekly.filter(recipient=world.cast.leading, body_text__contains=CANARY).exists()
    for person in (world.cast.outsider, world.cast.homeless):
        assert not Notice.objects.filter(recipient=person).exists()
    assert not weekly.filter(recipient=world.former).exists()


def test_hidden_and_missing_answer_alike_on_every_address_with_a_key(world: World) -> None:
    """Or a guesser could count the items of others."""
    client = world.client("outsider")
    for row in table():
        if "{" not in row.template or row.method not in METHODS or "{eml}" in row.template:
            continue
        hidden, missing = world.path(row.template), row.template.format(**MISSING)
        answers = [client.generic(row.method, path) for path in (hidden, missing)]
        if "{department}" in row.template:
            continue
        assert [a.status_code for a in answers] == [404, 404], row
        assert answers[0].content == answers[1].content, row


MISSING = {
    "code": "DB2026-9999",
    "letter": "00000000-0000-4000-8000-000000000000",
    "eml": "none.eml",
    **dict.fromkeys(("file", "speech", "directive", "department", "ledger"), 999999),
}
