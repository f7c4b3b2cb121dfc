"""The demo's mail lands in files, whole, private and in order; keys are made once."""

import email
import email.policy
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection
from pytest_django.fixtures import Settings

from config.mailbox import store
from config.paths import private_folder, stored_key


@pytest.fixture
def outbox(settings: Settings, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "config.mailbox.EmlBackend"
    settings.MAIL_OUTBOX = tmp_path / "outbox"
    return private_folder(settings.MAIL_OUTBOX)


def test_a_letter_can_be_read_back_from_its_file(outbox: Path) -> None:
    letter = EmailMessage(
        "【落实】交办通知", "请于6月30日前办结。", "duban@lan.example", ["gongxin@lan.example"]
    )
    assert get_connection().send_messages([letter]) == 1
    (path,) = outbox.iterdir()
    read = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert read["Subject"] == "【落实】交办通知"
    assert read["To"] == "gongxin@lan.example"
    assert "请于6月30日前办结。" in read.get_content()
    assert path.stat().st_mode & 0o077 == 0


def test_a_letter_sent_twice_is_seen_twice_and_names_sort_by_time(outbox: Path) -> None:
    paths = [store(f"letter {number % 2}".encode(), outbox) for number in range(6)]
    assert sorted(outbox.glob("*.eml")) == paths


def test_with_a_mail_server_set_the_file_backend_refuses(outbox: Path, settings: Settings) -> None:
    settings.MAIL_OUTBOX = None
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        get_connection().send_messages([EmailMessage("x", "x", "a@b.example", ["c@d.example"])])


def test_processes_that_start_at_the_same_moment_agree_on_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        keys = set(pool.map(lambda _: stored_key(tmp_path / "key"), range(64)))
    assert len(keys) == 1
    assert len(keys.pop()) >= 50
    assert [path.name for path in tmp_path.iterdir()] == ["key"]
