"""The pages of this floor: who sees what, that numbers and lists agree, and that letters stay inert."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import User
from config.mailbox import store
from supervision import notices
from supervision.models import Notice
from tasks import actions
from tests.people import Cast
from tests.supervision.making import issued, letter, live

State = Notice.State


def enter(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def words(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


# --- the way in and the board ---


@pytest.mark.parametrize(
    ("who", "place"),
    [
        ("leading", "/tasks/mine/"),
        ("homeless", "/tasks/mine/"),
        ("supervisor", "/board/"),
        ("leader", "/board/"),
        ("administrator", "/board/"),
    ],
)
def test_the_way_in_leads_to_each_ones_work(cast: Cast, who: str, place: str) -> None:
    assert enter(cast[who]).get("/").headers["Location"] == place


def test_a_liaison_has_no_board(cast: Cast) -> None:
    words(enter(cast.leading), "/board/", 403)


def test_strangers_are_sent_to_the_door(db: None, client: Client) -> None:
    for path in ("/", "/board/", "/notices/", "/notices/outbox/"):
        assert client.get(path).headers["Location"].startswith("/accounts/login/")


def test_every_number_on_the_board_is_the_length_of_its_list(cast: Cast) -> None:
    today = timezone.localdate()
    now = timezone.now()
    monday = today - timedelta(days=today.weekday() + 14)
    then = now - timedelta(days=20)
    issued(cast, on=then, due_on=monday)  # not signed for, and overdue
    late = issued(cast, on=then, due_on=today - timedelta(days=1), report_rule="FREQ=DAILY")
    actions.receive(late.pk, by=cast.leading, at=then)
    done = issued(cast, on=then)
    actions.receive(done.pk, by=cast.leading, at=then)
    actions.submit(done.pk, by=cast.leading, at=now, result="办完")
    issued(cast, on=now, due_on=today + timedelta(days=1))
    actions.register(by=cast.supervisor, at=now, title="拟办事项", requirement="研究")
    asked = issued(cast, on=now, due_on=today + timedelta(days=60))
    wanted: dict[str, Any] = {"due_on": today + timedelta(days=90), "reason": "管线", "progress": "一半"}
    actions.ask_extension(asked.pk, by=cast.leading, at=now, **wanted)
    disputed = issued(cast, on=now)
    actions.decline(disputed.pk, by=cast.leading, at=now, reason="不属本单位")
    letter(cast.leading, state=State.DEAD)
    client = enter(cast.supervisor)
    numbers = dict(re.findall(r'show=(\w+)".*?<b>(\d+)</b>', words(client, "/board/"), re.DOTALL))
    assert set(numbers) == {
        *(
            "drafts",
            "unissued",
            "unsigned",
            "submitted",
            "undecided",
            "overdue",
            "due_soon",
            "missing",
            "failed",
        )
    }
    assert {key: int(numbers[key]) for key in numbers if key not in {"missing"}} == {
        "drafts": 0,
        "unissued": 2,
        "unsigned": 1,
        "submitted": 1,
        "undecided": 2,
        "overdue": 2,
        "due_soon": 1,
        "failed": 1,
    }
    assert int(numbers["missing"]) > 20
    for key, number in numbers.items():
        page = words(client, f"/board/?show={key}")
        rows = page.count("<tr>") - (1 if int(number) else 0)  # without the heading
        assert rows == min(int(number), 20), key


def test_leaders_see_no_piles_that_are_the_offices_own(cast: Cast) -> None:
    page = words(enter(cast.leader), "/board/")
    assert "待审核" in page
    assert "待立项草稿" not in page
    assert "发送失败" not in page


def test_the_boards_queries_do_not_grow_with_its_rows(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    now = timezone.now()
    for _ in range(12):
        issued(cast, on=now - timedelta(days=9), due_on=date(2026, 1, 30))
    client = enter(cast.supervisor)
    with django_assert_max_num_queries(32):  # type: ignore[operator]
        words(client, "/board/?show=overdue")


# --- letters ---


def test_the_office_sees_all_letters_a_liaison_only_the_own(cast: Cast) -> None:
    mine, other = letter(cast.leading), letter(cast.outsider)
    assert words(enter(cast.supervisor), "/notices/").count('href="/notices/') >= 2
    page = words(enter(cast.leading), "/notices/")
    assert mine.subject in page
    assert other.subject not in page
    for suffix in ("", "html/", "open/"):
        words(enter(cast.leading), f"/notices/{other.pk}/{suffix}", 404)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("?state=dead", 1),
        ("?kind=weekly", 1),
        ("?q=水务", 2),
        ("?q=水务 周提醒", 1),
        ("?q=没有这样的", 0),
        ("?kind=nonsense&state=nonsense", 3),
        ("?page=99", 3),
        ("?q=%00", 3),
    ],
)
def test_letters_are_found_by_state_kind_and_words(cast: Cast, query: str, found: int) -> None:
    letter(cast.leading, department=cast.lead, kind="weekly", subject="周提醒")
    letter(cast.leading, department=cast.lead)
    letter(cast.outsider, department=cast.outside, state=State.DEAD)
    page = words(enter(cast.supervisor), f"/notices/{query}")
    assert page.count("badge badge-") == found


def test_one_letter_shows_its_trail_and_its_words(cast: Cast) -> None:
    notice = letter(cast.leading, state=State.DEAD, last_error="550 no such mailbox", attempts=1)
    page = words(enter(cast.supervisor), f"/notices/{notice.pk}/")
    for word in ("550 no such mailbox", "重新发送", notice.address, notice.number, notice.body_text[:8]):
        assert word in page


def test_the_frame_of_a_letter_allows_styles_and_nothing_else(cast: Cast) -> None:
    notice = letter(cast.leading, body_html="<p style='color:red'>正文</p>")
    answer = enter(cast.supervisor).get(f"/notices/{notice.pk}/html/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "unsafe-inline" not in enter(cast.supervisor).get("/notices/").headers["Content-Security-Policy"]


def test_sending_again_by_button(cast: Cast) -> None:
    notice = letter(cast.leading, state=State.DEAD, last_error="550")
    client = enter(cast.supervisor)
    assert client.get(f"/notices/{notice.pk}/retry/").status_code == 405
    assert client.post(f"/notices/{notice.pk}/retry/").status_code == 302
    again = client.post(f"/notices/{notice.pk}/retry/")
    assert again.status_code == 409
    assert "不需要重新发送" in again.content.decode()
    assert enter(cast.leading).post(f"/notices/{notice.pk}/retry/").status_code in {403, 404}


def test_the_link_in_a_letter_needs_signing_in_notes_the_reader_and_goes_to_the_item(
    cast: Cast, client: Client
) -> None:
    live(timezone.localdate())
    task = issued(cast, on=timezone.now())
    notices.queue_events(timezone.now())
    notice = Notice.objects.get(recipient=cast.leading)
    path = f"/notices/{notice.pk}/open/"
    assert path in notice.body_text
    assert client.get(path).headers["Location"] == f"/accounts/login/?next={path}"
    assert Notice.objects.get(pk=notice.pk).opened_at is None
    assert enter(cast.leading).get(path).headers["Location"] == f"/tasks/{task.code}/"
    assert Notice.objects.get(pk=notice.pk).opened_at is not None


def test_the_link_of_an_item_that_is_not_theirs_any_more_explains_itself(cast: Cast) -> None:
    live(timezone.localdate())
    task = issued(cast, on=timezone.now())
    notices.queue_events(timezone.now())
    actions.decline(task.pk, by=cast.leading, at=timezone.now(), reason="不属本单位职责")
    notice = Notice.objects.get(recipient=cast.leading)
    answer = enter(cast.leading).get(f"/notices/{notice.pk}/open/", follow=True)
    assert answer.redirect_chain[0][0] == f"/notices/{notice.pk}/"
    assert "不在您的可见范围内" in answer.content.decode()


def test_a_foreign_code_in_the_link_opens_nothing(cast: Cast) -> None:
    hidden = issued(cast, on=timezone.now(), title="别家的事")
    notice = letter(cast.outsider)
    answer = enter(cast.outsider).get(f"/notices/{notice.pk}/open/?item={hidden.code}", follow=True)
    assert "别家的事" not in answer.content.decode()
    evil = enter(cast.outsider).get(f"/notices/{notice.pk}/open/?item=//evil.example/")
    assert evil.headers["Location"].startswith("/notices/")


# --- the file outbox ---


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.MAIL_OUTBOX = tmp_path
    mail = EmailMultiAlternatives(
        "【落实】交办通知", "请签收。", "a@yunchuan.example", ["b@yunchuan.example"]
    )
    mail.attach_alternative("<p>请<b>签收</b>。</p>", "text/html")
    store(mail.message().as_bytes(), tmp_path)
    (tmp_path.parent / "secret.eml").write_text("Subject: secret")
    return tmp_path


def test_the_outbox_lists_and_shows_what_lies_in_the_folder(cast: Cast, folder: Path) -> None:
    client = enter(cast.supervisor)
    page = words(client, "/notices/outbox/")
    assert "【落实】交办通知" in page
    assert "b@yunchuan.example" in page
    (name,) = (path.name for path in folder.glob("*.eml"))
    assert "请签收。" in words(client, f"/notices/outbox/{name}/")
    assert "请<b>签收</b>。" in words(client, f"/notices/outbox/{name}/html/")


@pytest.mark.parametrize("name", ["..%2Fsecret.eml", "secret.eml", "%2e%2e", ".hidden.eml", "x.eml%00"])
def test_nothing_outside_the_folder_can_be_read(cast: Cast, folder: Path, name: str) -> None:
    words(enter(cast.supervisor), f"/notices/outbox/{name}/", 404)


def test_the_outbox_is_the_offices_alone(cast: Cast, folder: Path) -> None:
    for who in ("leading", "leader"):
        words(enter(cast[who]), "/notices/outbox/", 403)


def test_with_a_mail_server_there_is_no_outbox(cast: Cast, settings: Settings) -> None:
    settings.MAIL_OUTBOX = None
    words(enter(cast.supervisor), "/notices/outbox/", 404)


# --- admin and API ---


def test_the_admin_shows_letters_and_lets_nobody_change_them(cast: Cast) -> None:
    notice = letter(cast.leading)
    User.objects.filter(pk=cast.administrator.pk).update(is_staff=True, is_superuser=True)
    client = enter(User.objects.get(pk=cast.administrator.pk))
    words(client, "/admin/supervision/notice/")
    assert notice.subject in words(client, f"/admin/supervision/notice/{notice.pk}/change/")
    assert client.post(f"/admin/supervision/notice/{notice.pk}/change/", {"subject": "x"}).status_code == 403
    assert client.post(f"/admin/supervision/notice/{notice.pk}/delete/").status_code == 403
    words(client, "/admin/supervision/notice/add/", 403)


def test_the_api_gives_each_reader_the_own_letters_and_takes_nothing(cast: Cast) -> None:
    mine, other = letter(cast.leading), letter(cast.outsider)
    client = enter(cast.leading)
    listed = client.get("/api/notices/").json()
    assert [row["id"] for row in listed["results"]] == [str(mine.pk)]
    assert client.get(f"/api/notices/{other.pk}/").status_code == 404
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(f"/api/notices/{mine.pk}/").status_code == 405
    assert enter(cast.supervisor).get("/api/notices/?state=pending").json()["count"] == 2


def test_the_apis_figures_are_those_of_the_board(cast: Cast) -> None:
    issued(cast, on=timezone.now(), due_on=timezone.localdate())
    figures = {row["key"]: row["count"] for row in enter(cast.supervisor).get("/api/figures/").json()}
    assert figures["due_soon"] == 1
    assert enter(cast.leading).get("/api/figures/").status_code == 403


def test_a_failed_letter_is_dismissed_on_its_page_and_leaves_the_list_of_failures(cast: Cast) -> None:
    notice = letter(cast.leading, state=State.DEAD, last_error="550 no such user")
    client = enter(cast.supervisor)
    assert "作废这封通知" in words(client, f"/notices/{notice.pk}/")
    empty = client.post(f"/notices/{notice.pk}/dismiss/", {"reason": " "})
    assert empty.status_code == 400
    assert "has-error" in empty.content.decode()
    answer = client.post(f"/notices/{notice.pk}/dismiss/", {"reason": "已<b>电话</b>告知"}, follow=True)
    page = answer.content.decode()
    assert "已&lt;b&gt;电话&lt;/b&gt;告知" in page
    assert "已作废" in page
    assert "550 no such user" in page
    assert "作废这封通知" not in page
    assert notice.subject not in words(client, "/notices/?state=dead")
    assert notice.subject in words(client, "/notices/?state=dismissed")
    assert client.post(f"/notices/{notice.pk}/dismiss/", {"reason": "再来"}).status_code == 409


def test_whose_letter_it_is_may_read_but_not_dismiss_it(cast: Cast) -> None:
    notice = letter(cast.leading, state=State.DEAD)
    assert "作废这封通知" not in words(enter(cast.leading), f"/notices/{notice.pk}/")
    assert enter(cast.leading).post(f"/notices/{notice.pk}/dismiss/", {"reason": "x"}).status_code == 403
    assert enter(cast.outsider).post(f"/notices/{notice.pk}/dismiss/", {"reason": "x"}).status_code == 404


def test_the_api_retries_and_dismisses_by_the_same_rules(cast: Cast) -> None:
    again, gone = (letter(cast.leading, state=State.DEAD) for _ in range(2))
    client = enter(cast.supervisor)
    assert client.post(f"/api/notices/{again.pk}/retry/").json()["state"] == "pending"
    assert client.post(f"/api/notices/{again.pk}/retry/").status_code == 409
    assert "reason" in client.post(f"/api/notices/{gone.pk}/dismiss/").json()
    done = client.post(f"/api/notices/{gone.pk}/dismiss/", {"reason": "已电话告知"}).json()
    assert (done["state"], done["state_name"], done["dismissal"]) == ("dismissed", "已作废", "已电话告知")
    assert done["dismissed_by"] == str(cast.supervisor)
    assert client.post(f"/api/notices/{gone.pk}/dismiss/", {"reason": "再"}).status_code == 409
    assert enter(cast.leading).post(f"/api/notices/{gone.pk}/retry/").status_code == 403
