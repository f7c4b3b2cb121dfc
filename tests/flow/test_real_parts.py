"""Every real part the other tests lean on is there and does its work."""

import smtplib
from email.message import EmailMessage

import psycopg
import pytest
import redis
from django.db import connection
from playwright.sync_api import Page, expect

from tests.services import until_ready
from tests.sink import SmtpSink
from tests.stack import Stack, private_database


def test_databases_can_be_made_and_dropped(postgres_url: str) -> None:
    with private_database(postgres_url) as url, psycopg.connect(url) as client:
        row = client.execute("SELECT current_setting('server_encoding'), current_database()").fetchone()
    assert row is not None
    assert row[0] == "UTF8"
    with psycopg.connect(postgres_url) as client:
        assert client.execute("SELECT 1 FROM pg_database WHERE datname = %s", (row[1],)).fetchone() is None


@pytest.mark.redis
def test_redis_keeps_a_key(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        client.set("luoshi-smoke", "在", ex=5)
        assert client.getdel("luoshi-smoke") == "在".encode()


def test_the_sink_keeps_the_letter_or_gives_the_answer_it_was_told(smtp_sink: SmtpSink) -> None:
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = "提醒", "a@lan.example", "b@lan.example"
    letter.set_content("请于周五前反馈。")
    with smtplib.SMTP("127.0.0.1", smtp_sink.port) as client:
        client.send_message(letter)
        smtp_sink.answer = "451 稍后再试"
        with pytest.raises(smtplib.SMTPDataError):
            client.send_message(letter)
    (kept,) = smtp_sink.to("b@lan.example")
    assert kept["Subject"] == "提醒"
    assert kept.get_content().strip() == "请于周五前反馈。"


@pytest.mark.postgres
@pytest.mark.django_db
def test_the_second_pass_really_runs_on_postgresql() -> None:
    assert connection.vendor == "postgresql"


@pytest.mark.browser
@pytest.mark.redis
@pytest.mark.parametrize("kind", ["live_stack", "embedded_stack"])
def test_the_whole_site_serves_and_its_clock_ticks(
    kind: str, request: pytest.FixtureRequest, page: Page
) -> None:
    stack: Stack = request.getfixturevalue(kind)
    page.goto(f"{stack.url}/accounts/login/")
    expect(page.get_by_label("账号")).to_be_visible()
    until_ready(lambda: page.request.get(f"{stack.url}/readyz").status == 200, "readyz")
    for name, part in stack.parts.items():
        assert part.poll() is None, stack.log(name)
