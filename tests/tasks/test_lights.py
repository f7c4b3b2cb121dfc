"""The light is a pure function of dates and reports, and always gives its reason."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks import actions
from tasks.holidays import published
from tasks.lights import Light, light, thresholds
from tasks.models import Period, Task
from tasks.moves import OPEN, Status
from tasks.workdays import WorkCalendar, calendar
from tests.factories import MONDAY, NOON, task
from tests.people import Cast

CALENDAR = WorkCalendar({on: is_workday for on, is_workday, _ in published()})


def shown(
    due_on: date | None, *, status: Status = Status.UNDERWAY, missing: int = 0, today: date = MONDAY
) -> Light:
    return light(due_on=due_on, status=status, today=today, missing_reports=missing, calendar=CALENDAR)


@pytest.mark.parametrize(
    ("due_on", "missing", "colour", "reason"),
    [
        (None, 0, "green", "未设完成时限"),
        (date(2026, 3, 12), 0, "green", "时限3月12日，还有8个工作日"),
        (date(2026, 3, 11), 0, "blue", "时限3月11日，还有7个工作日"),
        (date(2026, 3, 6), 0, "blue", "时限3月6日，还有4个工作日"),
        (date(2026, 3, 5), 0, "yellow", "时限3月5日，还有3个工作日"),
        (date(2026, 3, 3), 0, "yellow", "时限3月3日，还有1个工作日"),
        (MONDAY, 0, "yellow", "时限为今天"),
        (date(2026, 3, 1), 0, "red", "时限3月1日，已超过1天"),
        (date(2025, 12, 31), 0, "red", "时限2025年12月31日，已超过61天"),
        (date(2026, 6, 30), 1, "yellow", "时限6月30日，还有82个工作日，缺1期反馈"),
        (date(2026, 6, 30), 2, "red", "时限6月30日，还有82个工作日，缺2期反馈"),
        (None, 1, "yellow", "未设完成时限，缺1期反馈"),
        (date(2026, 3, 6), 1, "yellow", "时限3月6日，还有4个工作日，缺1期反馈"),
        (date(2026, 3, 1), 1, "red", "时限3月1日，已超过1天，缺1期反馈"),
    ],
)
def test_colour_and_reason(due_on: date | None, missing: int, colour: str, reason: str) -> None:
    seen = shown(due_on, missing=missing)
    assert (seen.colour, seen.reason) == (colour, reason)


def test_overdue_and_due_tomorrow_never_look_alike() -> None:
    assert shown(MONDAY - timedelta(days=1)).colour != shown(MONDAY + timedelta(days=1)).colour


def test_a_week_of_holidays_does_not_use_up_working_days() -> None:
    assert shown(date(2026, 10, 9), today=date(2026, 9, 30)).colour == "yellow"
    assert "还有2个工作日" in shown(date(2026, 10, 9), today=date(2026, 9, 30)).reason


def test_a_year_whose_holidays_are_not_known_yet_is_named() -> None:
    seen = shown(date(2041, 1, 8), today=date(2041, 1, 2))
    assert (seen.colour, seen.reason) == (
        "blue",
        "时限1月8日，还有4个工作日（2041年放假安排尚未导入，按周末推算）",
    )


def test_waiting_for_the_office_is_grey_even_past_the_limit() -> None:
    assert shown(date(2026, 1, 1), status=Status.SUBMITTED, missing=3).colour == "grey"


@pytest.mark.parametrize("status", sorted(set(Status) - OPEN))
def test_drafts_and_finished_items_are_not_lit(status: Status) -> None:
    seen = shown(date(2026, 1, 1), status=status)
    assert (seen.colour, seen.word) == ("none", status.label)


@given(
    ahead=st.integers(-400, 400),
    missing=st.integers(0, 4),
    today=st.dates(date(2025, 1, 1), date(2027, 6, 1)),
)
def test_time_passing_never_brightens_a_light(ahead: int, missing: int, today: date) -> None:
    order = ("green", "blue", "yellow", "red")
    due_on = today + timedelta(days=ahead)
    now = shown(due_on, missing=missing, today=today)
    tomorrow = shown(due_on, missing=missing, today=today + timedelta(days=1))
    assert order.index(tomorrow.colour) >= order.index(now.colour)
    assert now.reason


@pytest.mark.parametrize("today", [MONDAY, date(2026, 9, 29), date(2026, 12, 31)])
def test_the_ledgers_filter_and_the_light_agree_on_every_item(today: date, people: Cast) -> None:
    """Each colour's filter finds exactly the items that the pure function paints so."""
    for ahead in (None, -40, -1, 0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 14, 15, 20, 90):
        due_on = None if ahead is None else today + timedelta(days=ahead)
        for owed in (0, 1, 2):
            _owing(people, due_on, owed, today)
    _owing(people, today, 1, today, status="submitted")
    task(people.supervisor, due_on=today)
    days = calendar()
    borders = thresholds(today, days)
    painted = {
        item.pk: light(
            due_on=item.due_on,
            status=item.status,
            today=today,
            missing_reports=item.missing_reports,
            calendar=days,
        ).colour
        for item in Task.objects.with_missing(today)
    }
    assert set(painted.values()) == {"green", "blue", "yellow", "red", "grey", "none"}
    for colour in ("green", "blue", "yellow", "red", "grey", "none"):
        found = set(Task.objects.lit(colour, borders).values_list("pk", flat=True))
        assert found == {pk for pk, shade in painted.items() if shade == colour}, colour


def _owing(people: Cast, due_on: date | None, owed: int, today: date, status: str = "") -> None:
    """An issued item whose lead owes so many reports."""
    item = task(people.supervisor, lead=people.lead, due_on=due_on)
    actions.issue(item.pk, by=people.supervisor, at=NOON)
    lead = item.assignments.get()
    for number in range(owed):
        day = today - timedelta(days=1 + number)
        Period.objects.create(assignment=lead, nominal_on=day, due_on=day)
    if status == "submitted":
        actions.receive(item.pk, by=people.leading, at=NOON)
        actions.submit(item.pk, by=people.leading, at=NOON, result="完成")


def test_two_departments_owing_one_report_each_are_yellow_not_red(people: Cast) -> None:
    item = task(people.supervisor, lead=people.lead, parts=[people.part])
    actions.issue(item.pk, by=people.supervisor, at=NOON)
    for assignment in item.assignments.all():
        Period.objects.create(assignment=assignment, nominal_on=MONDAY, due_on=MONDAY)
    assert Task.objects.with_missing(MONDAY + timedelta(days=1)).get().missing_reports == 1
