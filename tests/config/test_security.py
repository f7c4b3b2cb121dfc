"""What every answer carries, and what happens to a guesser of passwords."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.models import User

PASSWORD = "清单-台账-2026-ok"
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def officer(db: None) -> User:
    """A person who signs in by name and password."""
    person: User = User.objects.create_user("fagai", password=PASSWORD)
    return person


def sign_in(client: Client, path: str, password: str, address: str = "10.0.0.1", **headers: str) -> int:
    """The status that a sign-in from the address is answered with."""
    fields = {"username": "fagai", "password": password}
    return client.post(path, fields, REMOTE_ADDR=address, headers=headers).status_code


def test_every_page_forbids_inline_and_foreign_code(client: Client, db: None) -> None:
    answer = client.get("/accounts/login/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_a_foreign_host_name_is_refused(client: Client, db: None) -> None:
    assert client.get("/accounts/login/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("path", ["/accounts/login/", "/admin/login/"])
def test_five_wrong_passwords_lock_the_name_everywhere_for_a_quarter_of_an_hour(
    path: str, client: Client, officer: User, settings: Settings
) -> None:
    settings.AXES_ENABLED = True
    User.objects.filter(pk=officer.pk).update(is_staff=True)
    with time_machine.travel(START, tick=False) as clock:
        for _ in range(5):
            sign_in(client, path, "wrong")
        assert sign_in(client, path, PASSWORD) == 429
        assert sign_in(client, path, PASSWORD, address="10.9.9.9") == 429
        assert sign_in(client, "/accounts/login/", PASSWORD, **{"x-forwarded-for": "8.8.8.8"}) == 429
        clock.shift(timedelta(minutes=16))
        assert sign_in(client, path, PASSWORD) == 302


def test_four_wrong_passwords_and_a_right_one_start_the_count_again(
    client: Client, officer: User, settings: Settings
) -> None:
    settings.AXES_ENABLED = True
    for password in ("wrong",) * 4 + (PASSWORD,) + ("wrong",) * 4:
        sign_in(client, "/accounts/login/", password)
    assert sign_in(client, "/accounts/login/", PASSWORD) == 302


def test_the_api_answers_nobody_without_a_name(client: Client, db: None) -> None:
    for path in ("/api/tasks/", "/api/departments/", "/api/schema/"):
        assert client.get(path).status_code in {401, 403}
    assert client.get("/api/docs/").status_code == 302


def test_every_static_file_a_page_names_is_in_the_manifest(
    client: Client, db: None, settings: Settings, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    page = client.get("/accounts/login/").content.decode()
    assert "/static/app." in page
    assert "/static/app.css" not in page  # the name carries the content's hash


@pytest.mark.browser
def test_the_api_pages_work_under_the_strict_policy(
    live_server: LiveServer, officer: User, page: Page
) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_label("账号").fill("fagai")
    page.get_by_label("密码").fill(PASSWORD)
    page.click("button[type=submit]")
    page.goto(f"{live_server.url}/api/docs/")
    expect(page.locator(".opblock").first).to_be_visible()


def change(client: Client, old: str, new: str = "qinghe-2026-new-word") -> int:
    fields = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post("/accounts/password/", fields).status_code


def test_guessing_the_old_password_on_an_open_session_locks_the_name(
    client: Client, officer: User, settings: Settings
) -> None:
    settings.AXES_ENABLED = True
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client, "/accounts/login/", PASSWORD)
        assert [change(client, "wrong") for _ in range(5)] == [200, 200, 200, 200, 429]
        assert change(client, PASSWORD) == 429, "the right one is not told apart while locked"
        assert sign_in(Client(), "/accounts/login/", PASSWORD) == 429
        officer.refresh_from_db()
        assert officer.check_password(PASSWORD)
        clock.shift(timedelta(minutes=16))
        assert change(client, PASSWORD) == 302


def test_wrong_guesses_at_both_doors_are_counted_together(
    client: Client, officer: User, settings: Settings
) -> None:
    settings.AXES_ENABLED = True
    sign_in(client, "/accounts/login/", PASSWORD)
    for _ in range(3):
        change(client, "wrong")
    for _ in range(2):
        sign_in(Client(), "/accounts/login/", "wrong")
    assert sign_in(Client(), "/accounts/login/", PASSWORD) == 429


def test_the_right_old_password_starts_the_count_again(
    client: Client, officer: User, settings: Settings
) -> None:
    settings.AXES_ENABLED = True
    sign_in(client, "/accounts/login/", PASSWORD)
    for _ in range(4):
        change(client, "wrong")
    assert change(client, PASSWORD) == 302
    assert change(client, "wrong") == 200


def test_the_admin_site_has_no_second_door_to_change_a_password(
    client: Client, officer: User, settings: Settings
) -> None:
    settings.AXES_ENABLED = True
    User.objects.filter(pk=officer.pk).update(role=User.Role.ADMINISTRATOR, is_staff=True, is_superuser=True)
    sign_in(client, "/accounts/login/", PASSWORD)
    for method in (client.get, client.post):
        answer = method("/admin/password_change/")
        assert (answer.status_code, answer["Location"]) == (302, "/accounts/password/")
