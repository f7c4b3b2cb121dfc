"""Tokens of the API: given and taken in the list of people, shown once, never written down in clear."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from rest_framework.authtoken.models import Token

from accounts.models import User
from tests.factories import person

PEOPLE = "/admin/accounts/user/"


@pytest.fixture
def admin(db: None) -> Client:
    boss = person("guanli", User.Role.ADMINISTRATOR)
    boss.align_admin_rights()
    boss.save()
    client = Client()
    client.force_login(boss, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def officer(db: None) -> User:
    return person("linye")


def act(client: Client, action: str, *people: User) -> str:
    """Do the action of the list for these people; the page that follows."""
    fields = {"action": action, "_selected_action": [person.pk for person in people]}
    return client.post(PEOPLE, fields, follow=True).content.decode()


def opens(key: str) -> bool:
    return Client(headers={"Authorization": f"Token {key}"}).get("/api/tasks/").status_code == 200


def test_a_new_token_is_shown_once_and_then_only_its_end(admin: Client, officer: User) -> None:
    told = act(admin, "renew_tokens", officer)
    key = Token.objects.get(user=officer).key
    assert key in told
    assert opens(key)
    for path in (PEOPLE, f"{PEOPLE}{officer.pk}/change/", f"{PEOPLE}{officer.pk}/history/", "/admin/"):
        page = admin.get(path).content.decode()
        assert key not in page, path
        assert key[:-4] not in page, path
    assert f"••••{key[-4:]}" in admin.get(PEOPLE).content.decode()
    assert f"••••{key[-4:]}" in admin.get(f"{PEOPLE}{officer.pk}/change/").content.decode()


def test_renewing_makes_the_old_one_worthless_and_leaves_a_record_without_the_key(
    admin: Client, officer: User
) -> None:
    act(admin, "renew_tokens", officer)
    old = Token.objects.get(user=officer).key
    act(admin, "renew_tokens", officer)
    new = Token.objects.get(user=officer).key
    assert new != old
    assert (opens(old), opens(new)) == (False, True)
    entries = LogEntry.objects.filter(object_id=str(officer.pk))
    assert entries.count() == 2
    assert not [e for e in entries for key in (old, new) if key in f"{e.change_message}{e.object_repr}"]
    assert "接口令牌" in entries[0].get_change_message()


def test_revoking_shuts_the_door(admin: Client, officer: User) -> None:
    act(admin, "renew_tokens", officer)
    key = Token.objects.get(user=officer).key
    act(admin, "revoke_tokens", officer)
    assert not Token.objects.exists()
    assert not opens(key)
    assert LogEntry.objects.filter(object_id=str(officer.pk)).count() == 2


def test_who_has_left_gets_no_token(admin: Client, officer: User) -> None:
    User.objects.filter(pk=officer.pk).update(is_active=False)
    told = act(admin, "renew_tokens", officer)
    assert "已停用" in told
    assert not Token.objects.exists()


def test_no_other_page_of_the_admin_site_lists_tokens(admin: Client, officer: User) -> None:
    act(admin, "renew_tokens", officer)
    for path in ("/admin/authtoken/tokenproxy/", "/admin/authtoken/token/"):
        assert admin.get(path).status_code == 404
