"""Keys of other people's things, fields nobody asked for, values no calendar or database knows."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from speeches import intake, parsing
from speeches.models import Speech
from tasks.models import Feedback, Period, Task
from tests.access.world import World
from tests.factories import NOON, department

# --- keys of others, and fields nobody asked for ---


def sent(client: Client, path: str, words: dict[str, Any]) -> tuple[int, Any]:
    answer = client.post(path, words, content_type="application/json")
    return answer.status_code, answer.json()


def test_keys_of_things_that_are_not_there_or_not_in_use_are_400(world: World) -> None:
    client, gone = world.client("supervisor"), department("云川市旧局", is_active=False)
    words = {"title": "甲", "requirement": "乙"}
    before = Task.objects.count()
    for field, value in (
        ("lead", gone.pk),
        ("lead", 999999),
        ("lead", 10**30),
        ("lead", "1; DROP"),
        ("lead", [1]),
        ("lead", True),
        ("parts", [gone.pk]),
        ("parts", 5),
        ("supports", [world.cast.part.pk, "x"]),
    ):
        status, body = sent(client, "/api/tasks/", words | {field: value})
        assert (status, list(body)) == (400, [field]), (field, value, body)
    status, _ = sent(client, f"/api/tasks/{world.item.code}/refer/", {"to": gone.pk, "reason": "丙"})
    assert status == 400
    assert Task.objects.count() == before


def test_a_draft_cannot_be_merged_into_one_of_another_speech(world: World) -> None:
    other, _ = intake.accept(
        file_name="另一篇.txt",
        content="云川市财政局要在5月底前拨付资金。".encode(),
        by=world.cast.supervisor,
        at=NOON,
    )
    theirs = parsing.parse(other.pk, at=NOON).directives.get()
    path = f"/api/directives/{world.directive.pk}/merge/"
    for into in (theirs.pk, world.directive.pk, 999999):
        status, _ = sent(world.client("supervisor"), path, {"into": into})
        assert status in {400, 409}
    theirs.refresh_from_db()
    world.directive.refresh_from_db()
    assert {theirs.state, world.directive.state} == {"open"}


def test_a_report_cannot_be_filed_into_another_item_or_department(world: World) -> None:
    foreign = Period.objects.filter(assignment__department=world.cast.part).earliest("due_on")
    client = world.client("leading")
    for period in (foreign.pk, 999999, 10**30):
        words = {"progress": "代报", "period": period}
        status, _ = sent(client, f"/api/tasks/{world.item.code}/report/", words)
        assert status == 400
        answer = client.post(f"/tasks/{world.item.code}/report/", words)
        assert answer.status_code == 400
    foreign.refresh_from_db()
    assert foreign.filed_at is None


STOLEN = {
    "status": "struck_off",
    "code": "DB2026-9999",
    "id": 424242,
    "pk": 424242,
    "created_by": 1,
    "created_at": "2020-01-01T00:00:00Z",
    "issued_at": "2020-01-01T00:00:00Z",
    "closed_at": "2020-01-01T00:00:00Z",
    "result": "已办结",
    "source_url": "javascript:alert(1)",
    "is_final": True,
    "by": 1,
    "at": "2020-01-01T00:00:00Z",
    "role": "administrator",
    "is_staff": True,
    "is_superuser": True,
    "state": "adopted",
    "task": 1,
    "is_touched": False,
    "uploaded_by": 1,
    "sha256": "0",
    "confidence": 9,
}


@pytest.mark.parametrize("way", ["/api/tasks/", "/tasks/new/"])
def test_registering_takes_the_office_s_fields_and_no_others(way: str, world: World) -> None:
    words = STOLEN | {"title": "冒充", "requirement": "冒充", "urgency": "normal", "source_kind": "document"}
    kind = {"content_type": "application/json"} if way.startswith("/api/") else {}
    answer = world.client("supervisor").post(way, words, **kind)  # type: ignore[arg-type]
    assert answer.status_code in {201, 302}
    made = Task.objects.get(title="冒充")
    assert (made.status, made.created_by, made.created_at) == ("draft", world.cast.supervisor, NOON)
    assert (made.source_url, made.result, made.closed_at, made.issued_at) == ("", "", None, None)
    assert made.code.startswith("DB2026-000")
    assert made.pk != 424242


@pytest.mark.parametrize("way", ["/api/tasks/{code}/report/", "/tasks/{code}/report/"])
def test_a_report_is_of_whoever_sends_it_and_of_now(way: str, world: World) -> None:
    kind = {"content_type": "application/json"} if way.startswith("/api/") else {}
    world.client("supporting").post(world.path(way), STOLEN | {"progress": "冒充"}, **kind)  # type: ignore[arg-type]
    made = Feedback.objects.get(progress="冒充")
    assert (made.by, made.at, made.is_final) == (world.cast.supporting, NOON, False)
    assert made.assignment.department == world.cast.support
    world.item.refresh_from_db()
    assert world.item.status == "underway"


def test_a_draft_takes_what_a_clerk_decides_and_no_others(world: World) -> None:
    words = STOLEN | {"version": world.directive.version, "title": "改名", "quote": "改原文", "start": 0}
    status, _ = sent(world.client("supervisor"), f"/api/directives/{world.directive.pk}/edit/", words)
    assert status == 200
    changed = type(world.directive).objects.get(pk=world.directive.pk)
    assert changed.title == "改名"
    assert (changed.state, changed.task, changed.quote) == ("open", None, world.directive.quote)
    assert changed.confidence == world.directive.confidence


def test_a_speech_takes_its_head_and_no_others(world: World) -> None:
    words = STOLEN | {"title": "改名", "text": "改正文"}
    sent(world.client("supervisor"), f"/api/speeches/{world.speech.pk}/amend/", words)
    changed = Speech.objects.get(pk=world.speech.pk)
    assert (changed.title, changed.text, changed.sha256) == ("改名", world.speech.text, world.speech.sha256)
    assert (changed.status, changed.uploaded_by) == ("parsed", world.cast.supervisor)


def test_nobody_makes_himself_more_than_he_is(world: World) -> None:
    grab = {"role": "administrator", "is_staff": True, "is_superuser": True, "department": world.cast.lead.pk}
    client = world.client("outsider")
    for path in ("/accounts/password/", "/people/", "/people/import/", "/api/departments/", "/admin/"):
        client.post(path, grab)
    after = User.objects.get(pk=world.cast.outsider.pk)
    assert (after.role, after.is_staff, after.is_superuser) == ("liaison", False, False)
    assert after.department == world.cast.outside


# --- characters that databases, numbers and calendars do not know ---


NUL = "%00"


@pytest.mark.parametrize(
    "path",
    [
        f"/tasks/?q={NUL}",
        f"/tasks/{NUL}/",
        f"/tasks/DB{NUL}/close/",
        f"/tasks/export/?q=a{NUL}b",
        f"/people/?q={NUL}&kind={NUL}",
        f"/speeches/?q=a{NUL}b",
        f"/notices/?q={NUL}&kind={NUL}&state={NUL}",
        f"/api/tasks/?q={NUL}",
        f"/api/tasks/?status={NUL}",
        f"/api/notices/?task__code={NUL}",
        f"/api/directives/?speech={NUL}",
        f"/api/speeches/?spoken_on={NUL}",
        "/notices/{letter}/open/?item=" + NUL,
        f"/notices/outbox/{NUL}/",
        f"/tasks/?q={'a%20' * 900}",
        f"/people/?q={'a%20' * 900}",
        f"/notices/?q={'a%20' * 900}",
        f"/speeches/?q={'a%20' * 900}",
        f"/api/tasks/?q={'a%20' * 900}",
        "/tasks/?department=99999999999999999999999&page=99999999999999999999999",
        f"/tasks/?page={'9' * 5000}",
        f"/api/tasks/?page={'9' * 5000}&department={'9' * 5000}",
        "/tasks/files/99999999999999999999999/",
        "/speeches/99999999999999999999999/",
        "/speeches/drafts/99999999999999999999999/edit/",
        "/api/speeches/99999999999999999999999/",
        "/api/speeches/abc/",
        "/api/notices/abc/",
        "/tasks/?due_from=0001-01-01&due_to=9999-12-31",
        "/tasks/?issued_until=9999-12-31&missing=on&light=blue&sort=-latest",
        "/tasks/?issued_until=0001-01-01",
        "/api/tasks/?due_on_after=0001-01-01&due_on_before=9999-12-31",
        "/speeches/{speech}/?d=" + "9" * 5000,
        "/speeches/{speech}/?show=%00&tier=%00&d=%00",
        "/board/?show=%00&page=abc",
    ],
)
def test_no_question_breaks_a_page(path: str, world: World) -> None:
    status = world.client("supervisor").get(world.path(path)).status_code
    assert status in {200, 302, 400, 404}, path


ODD: dict[str, tuple[dict[str, Any], ...]] = {
    "/speeches/{speech}/add/": (
        {"start": "9" * 5000, "end": "9" * 5001},
        {"start": "٣", "end": "٩"},
        {"start": "5", "end": "2"},
        {"start": "99999999999", "end": "999999999999"},
        {"quote": "\x00"},
        {},
    ),
    "/speeches/{speech}/about/": (
        {"title": "甲", "kind": "speech", "spoken_on": "9999-12-31"},
        {"title": "甲", "kind": "speech", "spoken_on": "0001-01-01"},
        {"title": "\x00", "kind": "speech"},
        {"title": "", "kind": "nothing"},
    ),
    "/speeches/{speech}/adopt/": ({"tier": "\x00"}, {"tier": "named", "issue": "1"}, {}),
    "/speeches/drafts/{directive}/split/": ({"offset": "9" * 5000}, {"offset": "-1"}, {"offset": "²"}, {}),
    "/speeches/drafts/{directive}/edit/": ({}, {"d{directive}-version": "9" * 5000}),
    "/tasks/new/": (
        {"title": "\x00", "requirement": "\x00", "urgency": "\x00"},
        {"title": "甲" * 5000, "requirement": "乙", "urgency": "normal", "source_kind": "speech"},
        {
            "due_on": "9999-12-31",
            "title": "甲",
            "requirement": "乙",
            "urgency": "normal",
            "source_kind": "speech",
        },
        {
            "source_on": "0001-01-01",
            "title": "丙",
            "requirement": "丁",
            "urgency": "normal",
            "source_kind": "speech",
        },
    ),
    "/tasks/{code}/refer/": ({"to": "\x00", "reason": "甲"}, {"to": "甲" * 9000, "reason": "乙"}),
    "/api/tasks/": (
        *(
            {"title": "甲", "requirement": "乙", "report_rule": rule}
            for rule in (
                "FREQ=DAILY;INTERVAL=" + "9" * 150,
                "FREQ=SECONDLY",
                "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2",
                "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=30",
                "FREQ=WEEKLY;BYDAY=9999MO",
                "FREQ=MONTHLY;BYDAY=99MO",
                "FREQ=MONTHLY;BYSETPOS=99;BYDAY=MO",
                "RRULE:FREQ=DAILY;COUNT=1",
                "\x00",
            )
        ),
        {"title": "甲", "requirement": "乙", "due_on": "9999-12-31"},
        {"title": "\ud800", "requirement": "乙"},
        {"title": {"a": 1}, "requirement": ["b"]},
        {"title": "甲", "requirement": "乙", "source_on": "0001-01-01"},
    ),
    "/api/speeches/{speech}/amend/": (
        {"spoken_on": "9999-12-31"},
        {"spoken_on": "0001-01-01"},
        {"kind": 5},
        {},
    ),
    "/api/speeches/{speech}/add/": ({"start": 10**30, "end": 10**31}, {"start": 0, "end": 10**9}),
    "/api/directives/{directive}/split/": ({"offset": 10**30},),
    "/api/directives/{directive}/edit/": ({"version": 10**30}, {"version": 1, "due_on": "9999-12-31"}),
    "/api/directives/{directive}/adopt/": ({"issue": "maybe"}, {"version": 10**30}),
}


@pytest.mark.parametrize("path", ODD)
def test_no_field_breaks_a_verb(path: str, world: World) -> None:
    client = world.client("supervisor")
    kind = {"content_type": "application/json"} if path.startswith("/api/") else {}
    for words in ODD[path]:
        named = {name.format(directive=world.directive.pk): value for name, value in words.items()}
        status = client.post(world.path(path), named, **kind).status_code  # type: ignore[arg-type]
        assert status in {200, 201, 302, 400, 404, 409}, (path, str(words)[:80])


@pytest.mark.parametrize("told", ["http://[", "http://[::1", "\\\\?d=%00", "javascript:alert(1)", "?" * 5000])
def test_a_forged_address_of_the_page_on_the_screen_breaks_nothing(told: str, world: World) -> None:
    client, headers = world.client("supervisor"), {"HX-Request": "true", "HX-Current-URL": told}
    for path in ("/speeches/{speech}/", "/tasks/", "/speeches/drafts/{directive}/", "/tasks/{code}/"):
        assert client.get(world.path(path), headers=headers).status_code == 200, path
    dropped = client.post(world.path("/speeches/drafts/{directive}/drop/"), headers=headers)
    assert dropped.status_code == 200


def test_what_is_no_json_and_no_form_is_a_clear_400(world: World) -> None:
    client = world.client("supervisor")
    for content in (b"{", b"[1]", b"null", b'"a"', b"\xff\xfe"):
        answer = client.post("/api/tasks/", content, content_type="application/json")
        assert answer.status_code == 400, content[:10]
    assert client.post("/api/tasks/", b"<a/>", content_type="text/xml").status_code == 415


def test_more_text_than_a_form_may_hold_is_refused_in_chinese(world: World) -> None:
    words = {"text": "整治" * 1024 * 1024, "title": "甲"}
    for path in ("/speeches/upload/", "/tasks/new/"):
        answer = world.client("supervisor").post(path, words)
        assert answer.status_code == 400
        assert "什么都没有改动" in answer.content.decode()
    assert Speech.objects.count() == 1


# --- things that have gone away under the reader ---


def test_an_original_that_was_changed_on_the_disk_is_not_served(world: World) -> None:
    client = world.client("supervisor")
    assert b"".join(client.get(f"/speeches/{world.speech.pk}/file/").streaming_content)  # type: ignore[attr-defined]
    with open(world.speech.file.path, "ab") as stored:
        stored.write(b"x")
    answer = client.get(f"/speeches/{world.speech.pk}/file/", follow=True)
    assert "校验值不符" in answer.content.decode()
    assert client.get(f"/api/speeches/{world.speech.pk}/original/").status_code == 400


def test_evidence_that_is_gone_from_the_disk_is_404(world: World) -> None:
    world.file.file.storage.delete(str(world.file.file.name))
    client = world.client("leading")
    assert client.get(f"/tasks/files/{world.file.pk}/").status_code == 404
    assert client.get(f"/api/attachments/{world.file.pk}/content/").status_code == 404


def test_evidence_that_was_changed_on_the_disk_is_not_served(world: World) -> None:
    with open(world.file.file.path, "ab") as stored:
        stored.write(b"x")
    client = world.client("leading")
    assert client.get(f"/tasks/files/{world.file.pk}/").status_code == 404
    assert client.get(f"/api/attachments/{world.file.pk}/content/").status_code == 404


def test_a_speech_in_a_workers_hands_is_not_queued_twice(world: World) -> None:
    held = {"status": Speech.Status.PARSING, "lease_until": NOON + timedelta(minutes=5)}
    Speech.objects.filter(pk=world.speech.pk).update(**held)
    client = world.client("supervisor")
    answer = client.post(f"/speeches/{world.speech.pk}/retry/", follow=True)
    assert answer.status_code == 200
    assert "正在解析" in answer.content.decode()
    assert client.post(f"/api/speeches/{world.speech.pk}/retry/").status_code == 409
    assert Speech.objects.get(pk=world.speech.pk).status == Speech.Status.PARSING
