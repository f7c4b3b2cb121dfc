"""Markup, line ends and formulas typed into a field come out as the characters they are, everywhere."""

import csv
import email
import email.policy
import io
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import Department, DepartmentAlias, DepartmentGroup
from speeches import intake, parsing
from supervision import notices
from supervision.models import Notice
from tasks import actions
from tasks.models import Task
from tests.access.test_matrix import table
from tests.access.world import World
from tests.factories import NOON, at, department, paper

ATTACK = "<script>x</script><img src=x onerror=y>\"'{{9999*9999}}"
LONG_ATTACK = ATTACK + '<a href="javascript:z">甲</a><svg/onload=y></textarea></title><!--\u2028'
LETTER_BREAK = "整治\r\nBcc: spy@evil.example\r\n\r\n正文"
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠A1")


class Markup(HTMLParser):
    """Collects what a browser would run or load."""

    def __init__(self) -> None:
        super().__init__()
        self.live: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        words = dict(attrs)
        if tag == "script" and not str(words.get("src", "")).startswith("/static/"):
            self.live.append(f"<script {words}>")
        if (tag in {"img", "iframe", "svg"} and "onload" in words) or words.get("src") == "x":
            self.live.append(f"<{tag} {words}>")
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.live.append(f"<{tag} {name}={value}>")


def live_in(page: str) -> list[str]:
    markup = Markup()
    markup.feed(page)
    return markup.live


@pytest.fixture
def poisoned(world: World) -> World:
    """The same item with the attack in every field that somebody may type, and a speech made of it."""
    people = world.cast
    for number, place in enumerate((people.lead, people.part, people.support)):
        Department.objects.filter(pk=place.pk).update(
            name=f"{number}{ATTACK}", short_name=f"{number}<b onclick=y>", contact_name="<script>c"[:40]
        )
    DepartmentAlias.objects.create(department=people.lead, name=f"别{ATTACK}")
    DepartmentGroup.objects.create(name=f"群{ATTACK}", kinds=["town"])
    for user in (people.leading, people.supervisor, world.former):
        user.full_name, user.post = "<img src=x onerror=n>", "<script>p</script>"
        user.save()
    # Each its own: a page leaves out what says the same as the line above.
    text = {name: name + LONG_ATTACK for name in ("title", "requirement", "source_quote", "source_title")}
    words = text | {"recipients": ATTACK, "raised_by": ATTACK[:60], "due_text": ATTACK, "rhythm_text": ATTACK}
    Task.objects.filter(pk__in=(world.item.pk, world.draft.pk)).update(**words)
    evidence = paper(f"{ATTACK}.txt")
    report: dict[str, Any] = {"progress": LONG_ATTACK, "problems": LONG_ATTACK, "next_steps": LONG_ATTACK}
    actions.report(world.item.pk, by=people.leading, at=NOON, files=[evidence], **report)
    speech, _ = intake.accept(
        file_name=f"{ATTACK}.txt",
        content=f"关于{LONG_ATTACK}的讲话\n\n云川市水务局要在4月底前完成{LONG_ATTACK}整治。".encode(),
        by=people.supervisor,
        at=NOON,
    )
    parsing.parse(speech.pk, at=NOON)
    actions.submit(world.item.pk, by=people.leading, at=NOON, result=LONG_ATTACK)
    actions.send_back(world.item.pk, by=people.supervisor, at=NOON, reason=LONG_ATTACK)
    actions.issue(world.draft.pk, by=people.supervisor, at=NOON, note=LONG_ATTACK)
    notices.queue_all(at("2026-03-09", 9))
    return world


def pages_of(world: World) -> set[str]:
    paths = {world.path(row.template) for row in table() if "/api/" not in row.template}
    paths |= {
        reverse(f"supervision:{name}", args=[n.pk])
        for n in Notice.objects.all()
        for name in ("notice", "notice_html")
    }
    for speech in type(world.speech).objects.all():
        paths |= {f"/speeches/{speech.pk}/?show=all", f"/speeches/{speech.pk}/progress/"}
        paths |= {
            f"/speeches/drafts/{d.pk}/{verb}/"
            for d in speech.directives.all()[:2]
            for verb in ("edit", "split")
        }
    return paths | {
        f"/tasks/?q={ATTACK}",
        f"/people/?q={ATTACK}",
        f"/notices/?q={ATTACK}",
        f"/speeches/?q={ATTACK}",
    }


def test_markup_in_any_field_is_inert_on_every_page_and_in_every_letter(poisoned: World) -> None:
    live, showed = {}, 0
    for name in ("supervisor", "leading", "administrator"):
        client = poisoned.client(name)
        for path in sorted(
            pages_of(poisoned) | ({"/admin/tasks/task/"} if name == "administrator" else set())
        ):
            answer = client.get(path)
            if not answer.headers.get("Content-Type", "").startswith("text/html"):
                continue
            page = answer.content.decode()
            assert answer.status_code < 500, path
            assert str(9999 * 9999) not in page, path
            showed += "&lt;script&gt;" in page
            if found := live_in(page):
                live[path] = found
    assert live == {}
    assert showed > 20, "the attack was really on the pages"
    letters = [letter.body_html for letter in Notice.objects.all()]
    assert sum("&lt;script&gt;" in html for html in letters) > 5
    assert [live_in(html) for html in letters if live_in(html)] == []


def test_the_page_inspector_sees_what_a_browser_would_run() -> None:
    assert len(live_in(LONG_ATTACK)) >= 4
    assert live_in("&lt;script&gt;<p title='onerror=y'>javascript:z</p>") == []


def test_a_refused_form_gives_the_words_back_inert(poisoned: World) -> None:
    client = poisoned.client("supervisor")
    words = {"title": LONG_ATTACK * 9, "lead": ATTACK, "parts": ATTACK, "due_on": ATTACK, "urgency": ATTACK}
    for path in ("/tasks/new/", f"/tasks/{poisoned.item.code}/refer/", f"/tasks/{poisoned.item.code}/close/"):
        answer = client.post(path, words | {"to": ATTACK, "reason": LONG_ATTACK, "note": LONG_ATTACK})
        assert answer.status_code in {400, 409}
        assert live_in(answer.content.decode()) == []
    answer = client.post("/accounts/login/", {"username": ATTACK, "password": "x", "next": ATTACK})
    assert live_in(answer.content.decode()) == []


def test_line_ends_in_a_name_add_no_header_to_a_letter(world: World) -> None:
    people = world.cast
    answer = world.client("supervisor").post(
        "/api/tasks/",
        {"title": LETTER_BREAK, "requirement": LETTER_BREAK, "lead": people.lead.pk},
        content_type="application/json",
    )
    assert answer.status_code == 201
    item = Task.objects.get(code=answer.json()["code"])
    people.leading.full_name = "石\r\nBcc: spy@evil.example"[:40]
    people.leading.save()
    actions.issue(item.pk, by=people.supervisor, at=NOON)
    notices.queue_events(NOON)
    notices.drain(lambda: NOON)
    letters = [
        email.message_from_bytes(sent.message().as_bytes(), policy=email.policy.default)
        for sent in mail.outbox
    ]
    about = [letter for letter in letters if item.code in str(letter["Subject"])]
    assert about
    for letter in letters:
        assert letter["Bcc"] is None
        assert "evil.example" not in str(letter["To"])
        assert not re.search(r"[\r\n]", str(letter["Subject"]))


def test_no_cell_of_the_export_is_a_formula(world: World) -> None:
    for number, formula in enumerate(FORMULAS):
        place = department(
            f"{formula}局{number}", short_name=f"{formula}{number}", contact_name=formula, phone=formula
        )
        item = actions.register(
            by=world.cast.supervisor,
            at=NOON,
            title="甲",
            requirement="乙",
            lead=place,
            parts=[world.cast.lead],
        )
        actions.issue(item.pk, by=world.cast.supervisor, at=NOON)
        actions.receive(item.pk, by=world.cast.leading, at=NOON)
        text = dict.fromkeys(("title", "requirement", "source_quote", "source_title", "raised_by"), formula)
        Task.objects.filter(pk=item.pk).update(**text, status="underway")
        actions.report(item.pk, by=world.cast.leading, at=NOON, progress="x", problems="y")
        item.assignments.get(department=world.cast.lead).feedbacks.update(
            progress=formula, problems=formula, next_steps=formula
        )
    answer = world.client("supervisor").get("/tasks/export/")
    content = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(content, newline="")))
    assert len(rows) == len(FORMULAS) + 3
    dangerous = [cell for row in rows for cell in row if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))]
    assert dangerous == []
