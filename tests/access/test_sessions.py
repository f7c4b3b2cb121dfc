"""What a session, a token and a password are worth after they have been taken back; locks; doors."""

import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from django.urls import get_resolver
from pytest_django.fixtures import Settings
from rest_framework.authtoken.models import Token

from accounts.models import User
from tests.access.world import World
from tests.factories import person

OLD, NEW = "word-for-tests", "qinghe-2026-new-word"
ELSEWHERE = (
    "//evil.example/",
    "https://evil.example/",
    "https:evil.example",
    "https:///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "javascript:alert(1)",
    "http:/evil.example",
    "\t//evil.example",
    "///evil.example",
)


def sign_in(client: Client, username: str = "linye", password: str = OLD) -> int:
    return client.post("/accounts/login/", {"username": username, "password": password}).status_code


def with_token(user: User) -> Client:
    token, _ = Token.objects.get_or_create(user=user)
    return Client(headers={"Authorization": f"Token {token.key}"})


@pytest.fixture
def officer(db: None) -> User:
    return person("linye")


def test_signing_in_gives_a_new_session_and_the_one_before_is_worth_nothing(officer: User) -> None:
    client = Client()
    client.session.save()
    before = str(client.session.session_key)
    assert sign_in(client) == 302
    assert client.session.session_key != before
    assert not client.session.exists(before)


def test_signing_out_kills_the_session_on_the_server_too(officer: User) -> None:
    client = Client()
    sign_in(client)
    kept = client.cookies["sessionid"].value
    client.post("/accounts/logout/")
    client.cookies["sessionid"] = kept
    assert client.get("/tasks/").status_code == 302


def test_a_changed_password_ends_the_other_sessions_and_the_token(officer: User) -> None:
    here, there, api = Client(), Client(), with_token(officer)
    for client in (here, there):
        sign_in(client)
    assert api.get("/api/tasks/").status_code == 200
    words = {"old_password": OLD, "new_password1": NEW, "new_password2": NEW}
    assert here.post("/accounts/password/", words).status_code == 302
    assert here.get("/tasks/").status_code == 200
    assert there.get("/tasks/").status_code == 302
    assert api.get("/api/tasks/").status_code == 403
    assert sign_in(Client(), password=OLD) == 200
    assert sign_in(Client(), password=NEW) == 302


def test_a_refused_change_leaves_the_token(officer: User) -> None:
    client, api = Client(), with_token(officer)
    sign_in(client)
    client.post("/accounts/password/", {"old_password": "no", "new_password1": NEW, "new_password2": NEW})
    assert api.get("/api/tasks/").status_code == 200


def test_an_administrator_who_sets_a_password_ends_session_and_token(world: World) -> None:
    there, api = Client(), with_token(world.former)
    sign_in(there)
    admin = world.client("administrator")
    words = {"password1": NEW, "password2": NEW, "usable_password": "true"}
    assert admin.post(f"/admin/accounts/user/{world.former.pk}/password/", words).status_code == 302
    assert there.get("/tasks/").status_code == 302
    assert api.get("/api/tasks/").status_code == 403


def test_a_deactivated_person_is_out_at_once(officer: User) -> None:
    client, api = Client(), with_token(officer)
    sign_in(client)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert client.get("/tasks/").status_code == 302
    assert client.get("/api/tasks/").status_code == 403
    assert api.get("/api/tasks/").status_code == 403
    assert sign_in(Client()) == 200


def test_a_token_opens_the_api_and_no_page(officer: User) -> None:
    api = with_token(officer)
    assert api.get("/api/tasks/").status_code == 200
    assert api.get("/tasks/").status_code == 302


def test_a_person_moved_to_another_department_sees_with_the_new_one_at_once(world: World) -> None:
    client = world.client("leading")
    assert client.get(f"/tasks/{world.item.code}/").status_code == 200
    User.objects.filter(pk=world.cast.leading.pk).update(department=world.cast.outside)
    assert client.get(f"/tasks/{world.item.code}/").status_code == 404


def test_every_door_that_takes_a_password_is_known(db: None) -> None:
    """Form and admin site are locked by axes (tests/config/test_security.py); the API takes none."""
    names = {str(name) for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert not {name for name in names if re.search("token|auth|login", name)} - {"login"}
    answer = Client(headers={"Authorization": "Basic bGlueWU6d29yZC1mb3ItdGVzdHM="}).get("/api/tasks/")
    assert answer.status_code == 403


def test_a_locked_name_stays_locked_on_every_door_and_however_it_is_spelt(
    world: World, settings: Settings
) -> None:
    settings.AXES_ENABLED = True
    with time_machine.travel(datetime(2026, 3, 2, 1, tzinfo=UTC), tick=False):
        for spelling in ("linye", " linye", "linye ", "ｌｉｎｙｅ", "linye"):
            sign_in(Client(), username=spelling, password="wrong")
        for door in ("/accounts/login/", "/admin/login/"):
            for spelling in ("linye", "ｌｉｎｙｅ", " linye"):
                fields = {"username": spelling, "password": OLD}
                assert Client().post(door, fields).status_code == 429, (door, spelling)
        assert sign_in(Client(), username="wenlv") == 302, "nobody else is locked"


@pytest.mark.parametrize("place", ELSEWHERE)
def test_no_link_leads_off_the_site_after_signing_in_or_acting(place: str, world: World) -> None:
    fields = {"username": "linye", "password": OLD, "next": place}
    assert urlsplit(Client().post("/accounts/login/", fields)["Location"]).path == "/"
    client = world.client("supporting")
    page = client.get(f"/tasks/{world.item.code}/receive/", {"next": place}).content.decode()
    assert "evil" not in page
    assert "javascript:" not in page
    answer = client.post(f"/tasks/{world.item.code}/receive/", {"next": place})
    assert answer["Location"] == f"/tasks/{world.item.code}/"


def test_a_foreign_host_name_is_refused_everywhere_and_never_stands_in_a_letter(world: World) -> None:
    client = world.client("leading")
    for path in ("/", "/tasks/", "/api/tasks/", "/admin/", "/healthz", f"/notices/{world.letter.pk}/open/"):
        assert client.get(path, headers={"host": "evil.example"}).status_code == 400, path
    forwarded = client.get(f"/api/tasks/{world.item.code}/", headers={"x-forwarded-host": "evil.example"})
    assert "evil" not in forwarded.content.decode()
    assert f"http://testserver/notices/{world.letter.pk}/open/" in world.letter.body_text


def test_every_kind_of_answer_carries_the_headers_and_is_not_kept_by_browsers(world: World) -> None:
    client = world.client("leading")
    for path in (
        "/tasks/",
        f"/tasks/{world.item.code}/",
        f"/tasks/files/{world.file.pk}/",
        "/tasks/export/",
        "/tasks/gone/",
        f"/notices/{world.letter.pk}/",
        f"/notices/{world.letter.pk}/html/",
        "/api/tasks/",
        f"/api/attachments/{world.file.pk}/content/",
    ):
        headers = client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["X-Frame-Options"] in {"DENY", "SAMEORIGIN"}, path
        assert headers["Referrer-Policy"] == "same-origin", path
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin", path
        assert "script" not in headers["Content-Security-Policy"], path
        assert "no-store" in headers.get("Cache-Control", ""), path


def test_cookies_are_not_for_scripts_nor_for_other_sites(officer: User) -> None:
    client = Client()
    sign_in(client)
    session = client.cookies["sessionid"]
    assert session["httponly"]
    assert session["samesite"] == "Lax"
