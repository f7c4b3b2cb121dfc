"""`manage.py seed_demo`: when it acts, when it keeps off, what it tells."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from accounts.demo import ACCOUNTS, PASSWORD
from accounts.models import Department, DepartmentGroup, User
from speeches.models import Directive, Speech
from supervision.demo import cast
from supervision.models import Notice
from tasks.models import Feedback, Period, Task, TaskEvent

pytestmark = pytest.mark.django_db


def seed(*options: str) -> str:
    out = StringIO()
    call_command("seed_demo", *options, stdout=out)
    return out.getvalue()


def test_a_second_run_changes_nothing_and_greets_again() -> None:
    first = seed("--today", "2026-11-25")
    before = picture()
    assert seed("--if-empty", "--today", "2026-12-01") == first
    assert "没有改动" in seed("--today", "2026-12-01")
    assert picture() == before
    assert PASSWORD in first
    assert all(account in first for account, _ in ACCOUNTS)


def picture() -> list[object]:
    models = (Department, DepartmentGroup, User, Speech, Directive, Task, TaskEvent, Period, Feedback, Notice)
    return [list(model.objects.order_by("pk").values_list()) for model in models]


def test_if_empty_leaves_an_office_that_has_people_alone() -> None:
    User.objects.create_user("zhang")
    assert seed("--if-empty") == ""
    assert User.objects.count() == 1
    assert not Department.objects.exists()


def test_a_site_in_service_refuses_the_demo(settings: Settings) -> None:
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError, match="正式环境"):
        seed()
    assert not User.objects.exists()


def test_a_site_in_service_takes_the_demo_by_force(settings: Settings) -> None:
    settings.DEMO = settings.DEBUG = False
    seed("--force")
    assert Task.objects.exists()


def test_a_password_somebody_has_changed_stays() -> None:
    duban = User.objects.create_user("duban", password="changed-by-somebody")
    cast.enter()
    duban.refresh_from_db()
    assert duban.check_password("changed-by-somebody")
