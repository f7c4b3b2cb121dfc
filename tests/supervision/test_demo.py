"""The demo city: a ledger with something in every drawer, on whichever day it is loaded."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import transaction
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from pytest_django import DjangoDbBlocker

from accounts.demo import ACCOUNTS, PASSWORD
from accounts.models import Department, DepartmentGroup, User
from speeches.models import Directive, Speech, Twin
from supervision.demo.days import moment
from supervision.demo.texts import FOLDER, SPEECHES, DemoSpeech, render
from supervision.models import Notice
from tasks.models import Attachment, Feedback, Period, Task, TaskEvent, TaskSource
from tasks.moves import Action, Status
from tasks.workdays import calendar

TODAYS = (
    date(2026, 3, 4),  # the story reaches back over the Spring Festival
    date(2026, 10, 9),  # just after the National Day week
    date(2027, 1, 3),  # a Sunday; last year's quarter is the latest
)


OFFICE_PAGES = ("supervision:board", "speeches:list", "tasks:ledger", "supervision:notices")
VISITS = (
    *(("duban", page) for page in OFFICE_PAGES),
    *(("lingdao", page) for page in OFFICE_PAGES[:3]),  # letters are addressed; a leader gets none
    *((account, "tasks:mine") for account in ("fagai", "gongxin", "wanglan")),
    ("gongxin", "tasks:ledger"),
    ("admin", "accounts:people"),
)
EMPTY = re.compile(r'class="(card )?empty"')  # docs/ui.md: what a page shows when it has nothing to show


@pytest.fixture(scope="module", params=TODAYS, ids=str)
def today(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[date]:
    """The city as loaded on that day, once for all tests; each test's own changes are rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("seed_demo", "--today", request.param.isoformat(), stdout=StringIO())
        yield request.param
        transaction.set_rollback(True)


@pytest.fixture
def on_the_day(today: date, db: None) -> Iterator[date]:
    """The pages see the clock: show them the day for which the city was loaded."""
    with time_machine.travel(moment(today, 11), tick=False):
        yield today


def test_every_state_has_an_item(today: date, db: None) -> None:
    counts = Counter(Task.objects.values_list("status", flat=True))
    assert set(counts) == set(Status.values)
    assert counts[Status.UNDERWAY] >= 8
    assert counts[Status.ISSUED] >= 3


def test_something_is_overdue_and_something_is_due_soon(today: date, db: None) -> None:
    assert Task.objects.overdue(today).exists()
    assert Task.objects.due_within(today, today + timedelta(days=5)).exists()


def test_a_friday_was_missed_between_two_that_were_not(today: date, db: None) -> None:
    fridays = Period.objects.filter(
        assignment__task__title__contains="诉求",
        assignment__department__short_name="市工信局",
        beat=Period.Beat.REPORT,
    )
    answered = list(fridays.exclude(filed_at=None).order_by("due_on"))
    missed = fridays.filter(filed_at=None, due_on__lt=today)
    assert missed.filter(due_on__range=(answered[0].due_on, answered[-1].due_on)).exists()
    assert missed.count() <= 2


def test_everything_happened_before_today_and_on_working_days(today: date, db: None) -> None:
    days = {timezone.localdate(at) for at in TaskEvent.objects.values_list("at", flat=True)}
    assert max(days) < today
    assert all(map(calendar().is_workday, days))


def test_every_verb_of_the_table_has_been_used_once(today: date, db: None) -> None:
    used = set(TaskEvent.objects.values_list("action", flat=True))
    assert used >= set(Action) - {Action.AMEND, Action.REMOVE_SOURCE}


def test_one_duty_of_two_speeches_is_one_item_and_another_waits_for_the_clerk(today: date, db: None) -> None:
    joined = Directive.objects.get(merged_item__isnull=False)
    sources = TaskSource.objects.filter(task=joined.merged_item)
    assert [source.quote for source in sources] == [joined.quote]
    waiting = Twin.objects.filter(directive__state="open", other__state="adopted")
    assert [twin.directive.speech.file_name for twin in waiting] == [joined.speech.file_name]


def test_the_parser_and_not_the_story_found_the_drafts_that_were_adopted(today: date, db: None) -> None:
    adopted = Directive.objects.filter(state=Directive.State.ADOPTED)
    by_hand = adopted.filter(origin=Directive.Origin.CLERK)
    assert by_hand.count() <= adopted.count() // 10, [draft.quote for draft in by_hand]


def test_no_page_is_empty(today: date, db: None) -> None:
    assert Speech.objects.filter(status=Speech.Status.PARSED).count() == len(SPEECHES)
    assert not Speech.objects.filter(title="").exists()
    assert not Speech.objects.filter(speaker="").exists()
    assert not Speech.objects.filter(spoken_on=None).exists()
    fresh = Speech.objects.get(title__contains="乡村")
    assert fresh.directives.filter(state=Directive.State.OPEN).count() >= 15
    assert fresh.directives.exclude(state=Directive.State.OPEN).count() == 1, "joined to an older item"
    assert Feedback.objects.count() >= 20
    assert Attachment.objects.count() >= 2
    assert Notice.objects.filter(kind=Notice.Kind.WEEKLY).exists()
    assert Notice.objects.filter(kind=Notice.Kind.ISSUED, state=Notice.State.SENT).exists()


def test_every_letter_went_out_in_its_own_day(today: date, db: None) -> None:
    assert set(Notice.objects.values_list("state", flat=True)) == {Notice.State.SENT}
    for notice in Notice.objects.exclude(event=None).select_related("event"):
        assert notice.event
        assert notice.sent_at
        assert localdate(notice.sent_at) == localdate(notice.event.at)


def test_a_page_has_rows_for_whoever_opens_it(on_the_day: date, client: Client) -> None:
    empty = []
    for account, page in VISITS:
        client.force_login(User.objects.get(username=account))
        response = client.get(reverse(page))
        assert response.status_code == 200, (account, page)
        if EMPTY.search(response.text):
            empty.append((account, page))
    assert not empty


def test_every_item_and_every_speech_opens(on_the_day: date, client: Client) -> None:
    client.force_login(User.objects.get(username="duban"))
    for task in Task.objects.all():
        page = client.get(reverse("tasks:detail", args=[task.code]))
        assert task.title in page.text
        assert client.get(task.source_url).status_code == 200


@pytest.mark.parametrize("account", ["fagai", "gongxin"])
def test_the_liaisons_of_the_sign_in_page_have_something_to_sign_and_to_report(
    account: str, today: date, db: None
) -> None:
    mine = Task.objects.visible_to(User.objects.get(username=account))
    statuses = set(mine.values_list("status", flat=True))
    assert Status.ISSUED in statuses
    assert statuses & {Status.UNDERWAY, Status.SUBMITTED}


def test_every_account_that_is_told_can_sign_in(today: date, db: None) -> None:
    for account, _ in ACCOUNTS:
        assert authenticate(RequestFactory().get("/"), username=account, password=PASSWORD) is not None


def test_the_city_has_its_departments_towns_and_a_liaison_for_each(today: date, db: None) -> None:
    assert Department.objects.filter(kind=Department.Kind.TOWN).count() == 12
    assert Department.objects.exclude(kind=Department.Kind.TOWN).count() >= 40
    served = User.objects.filter(role=User.Role.LIAISON).values("department")
    assert not Department.objects.exclude(pk__in=served).exists()
    assert not Department.objects.filter(leader=None).exists()
    assert DepartmentGroup.objects.get(name="各镇（街道）").departments().count() == 12


@pytest.mark.parametrize("speech", SPEECHES, ids=lambda speech: speech.key)
@pytest.mark.parametrize("spoken_on", [date(2026, 1, 8), date(2026, 6, 30), date(2026, 12, 3)], ids=str)
def test_a_speech_reads_whole_on_any_day(speech: DemoSpeech, spoken_on: date) -> None:
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
