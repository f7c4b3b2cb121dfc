"""The demo city: a ledger with something in every drawer, on whichever day it is loaded."""

from collections import Counter
from datetime import date, timedelta
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import Settings

from accounts.demo import ACCOUNTS, PASSWORD
from accounts.models import Department, DepartmentGroup, User
from speeches.models import Directive, Speech
from supervision.demo.texts import FOLDER, SPEECHES, render
from supervision.models import Notice
from tasks.models import Attachment, Feedback, Period, Task, TaskEvent
from tasks.moves import Action, Status

pytestmark = pytest.mark.django_db

TODAYS = (
    date(2026, 3, 4),  # the story reaches back over the Spring Festival
    date(2026, 10, 9),  # just after the National Day week
    date(2026, 11, 25),
    date(2027, 1, 3),  # a Sunday; last year's quarter is the latest
)


def seed(*options: str) -> str:
    out = StringIO()
    call_command("seed_demo", *options, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("today", TODAYS, ids=str)
def test_every_state_has_an_item(today: date) -> None:
    seed("--today", today.isoformat())
    counts = Counter(Task.objects.values_list("status", flat=True))
    assert set(counts) == set(Status.values)
    assert counts[Status.UNDERWAY] >= 8
    assert counts[Status.ISSUED] >= 3


@pytest.mark.parametrize("today", TODAYS, ids=str)
def test_something_is_overdue_something_is_due_soon_and_a_friday_was_missed(today: date) -> None:
    seed("--today", today.isoformat())
    assert Task.objects.overdue(today).exists()
    assert Task.objects.due_within(today, today + timedelta(days=5)).exists()
    fridays = Period.objects.filter(
        assignment__task__title__contains="诉求",
        assignment__department__short_name="市工信局",
        beat=Period.Beat.REPORT,
    )
    missed = fridays.filter(due_on__lt=today, filed_at=None)
    assert missed.exists()
    assert fridays.filter(filed_at__isnull=False, due_on__gt=missed.first().due_on).exists()
    assert fridays.filter(filed_at__isnull=False, due_on__lt=missed.first().due_on).exists()


@pytest.mark.parametrize("today", TODAYS, ids=str)
def test_nothing_happens_after_today_or_on_a_day_off(today: date) -> None:
    seed("--today", today.isoformat())
    days = {timezone.localdate(at) for at in TaskEvent.objects.values_list("at", flat=True)}
    assert max(days) < today
    assert {day.weekday() for day in days} <= {0, 1, 2, 3, 4, 5}
    assert not any(Task.objects.filter(events__action=Action.RECEIVE, received_at=None))


def test_every_verb_of_the_table_has_been_used_once() -> None:
    seed()
    used = set(TaskEvent.objects.values_list("action", flat=True))
    assert used >= set(Action) - {Action.AMEND}


def test_the_parser_and_not_the_story_found_the_drafts_that_were_adopted() -> None:
    seed()
    adopted = Directive.objects.filter(state=Directive.State.ADOPTED)
    by_hand = adopted.filter(origin=Directive.Origin.CLERK)
    assert by_hand.count() <= adopted.count() // 10, [draft.quote for draft in by_hand]


def test_no_page_is_empty() -> None:
    seed()
    assert Speech.objects.filter(status=Speech.Status.PARSED).count() == len(SPEECHES)
    assert not Speech.objects.filter(title="").exists()
    assert not Speech.objects.filter(speaker="").exists()
    assert not Speech.objects.filter(spoken_on=None).exists()
    fresh = Speech.objects.get(title__contains="乡村")
    assert fresh.directives.filter(state=Directive.State.OPEN).count() >= 15
    assert not fresh.directives.exclude(state=Directive.State.OPEN).exists()
    assert Feedback.objects.count() >= 20
    assert Attachment.objects.count() >= 2
    assert Notice.objects.filter(kind=Notice.Kind.WEEKLY).exists()
    assert Notice.objects.filter(kind=Notice.Kind.ISSUED, state=Notice.State.PENDING).exists()


@pytest.mark.parametrize("account", ["fagai", "gongxin"])
def test_the_liaisons_of_the_sign_in_page_have_something_to_sign_and_to_report(
    account: str,
) -> None:
    seed()
    mine = Task.objects.visible_to(User.objects.get(username=account))
    statuses = set(mine.values_list("status", flat=True))
    assert Status.ISSUED in statuses
    assert statuses & {Status.UNDERWAY, Status.SUBMITTED}


def test_a_second_run_changes_nothing() -> None:
    seed("--today", "2026-11-25")
    before = picture()
    answer = seed("--today", "2026-12-01")
    assert picture() == before
    assert "没有改动" in answer


def picture() -> list[object]:
    models = (Department, DepartmentGroup, User, Speech, Directive, Task, TaskEvent, Period, Feedback, Notice)
    return [list(model.objects.order_by("pk").values_list()) for model in models]


def test_if_empty_leaves_an_office_that_has_people_alone() -> None:
    User.objects.create_user("zhang")
    assert seed("--if-empty") == ""
    assert User.objects.count() == 1
    assert not Department.objects.exists()


def test_if_empty_greets_again_when_the_demo_is_there() -> None:
    first, second = seed("--if-empty"), seed("--if-empty")
    assert "duban" in first
    assert second == first


def test_a_site_in_service_refuses_the_demo(settings: Settings) -> None:
    settings.DEMO = settings.DEBUG = False
    with pytest.raises(CommandError, match="正式环境"):
        seed()
    assert not User.objects.exists()


def test_a_site_in_service_takes_the_demo_by_force(settings: Settings) -> None:
    settings.DEMO = settings.DEBUG = False
    seed("--force")
    assert Task.objects.exists()


def test_every_account_that_is_told_can_sign_in() -> None:
    told = seed()
    for account, _ in ACCOUNTS:
        assert account in told
        assert authenticate(RequestFactory().get("/"), username=account, password=PASSWORD) is not None
    assert PASSWORD in told


def test_a_password_somebody_has_changed_stays() -> None:
    duban = User.objects.create_user("duban", password="changed-by-somebody")
    seed()
    duban.refresh_from_db()
    assert duban.check_password("changed-by-somebody")


def test_the_city_has_its_departments_towns_and_a_liaison_for_each() -> None:
    seed()
    assert Department.objects.filter(kind=Department.Kind.TOWN).count() == 12
    assert Department.objects.exclude(kind=Department.Kind.TOWN).count() >= 40
    served = User.objects.filter(role=User.Role.LIAISON).values("department")
    assert not Department.objects.exclude(pk__in=served).exists()
    assert not Department.objects.filter(leader=None).exists()
    assert DepartmentGroup.objects.get(name="各镇（街道）").departments().count() == 12


@pytest.mark.parametrize("speech", SPEECHES, ids=lambda speech: speech.key)
@pytest.mark.parametrize("spoken_on", [date(2026, 1, 8), date(2026, 6, 30), date(2026, 12, 3)], ids=str)
def test_a_speech_reads_whole_on_any_day(speech: object, spoken_on: date) -> None:
    text = render((FOLDER / f"{speech.key}.txt").read_text(encoding="utf-8"), spoken_on)
    assert "{" not in text
    assert 1500 <= len(text) <= 3000
    assert f"{spoken_on.year}年{spoken_on.month}月{spoken_on.day}日" in text


def test_dates_of_a_text_follow_the_day_it_is_spoken() -> None:
    template = "{日期}，{上季}、{累计}、{本月-1}、{本月}底、{本月+2}前、{年}年"
    assert render(template, date(2026, 11, 2)) == (
        "2026年11月2日，三季度、1—9月份、10月、11月底、明年1月前、2026年"
    )
    assert render(template, date(2026, 1, 8)) == (
        "2026年1月8日，2025年四季度、去年全年、去年12月、1月底、3月前、2026年"
    )
