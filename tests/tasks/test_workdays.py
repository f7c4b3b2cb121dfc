"""Working days as the State Council set them, and as well as can be known where it has not yet."""

import io
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from tasks.holidays import published
from tasks.models import WorkDay
from tasks.workdays import WorkCalendar, calendar

CALENDAR = WorkCalendar({on: is_workday for on, is_workday, _ in published()})
LAST_YEAR = max(on.year for on, _, _ in published())  # moves on with chinesecalendar
ANY_DAY = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def test_every_day_of_the_published_years_is_what_the_notices_say() -> None:
    day = date(2020, 1, 1)
    while day <= date(2026, 12, 31):
        assert CALENDAR.is_workday(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


@pytest.mark.django_db
def test_a_new_database_knows_the_holidays_by_name() -> None:
    days = calendar()
    assert not days.is_workday(date(2026, 2, 17))
    assert days.is_workday(date(2026, 2, 28))  # a Saturday made up for 春节
    assert WorkDay.objects.get(on=date(2026, 10, 1)).name == "国庆节"
    assert WorkDay.objects.get(on=date(2026, 10, 10)).name == "国庆节调休"


@given(day=ANY_DAY)
def test_a_year_without_a_notice_counts_weekends_only_and_says_that_it_does_not_know(day: date) -> None:
    if not CALENDAR.is_known(day):
        assert CALENDAR.is_workday(day) == (day.weekday() < 5)
    assert CALENDAR.is_known(day) == (day.year <= LAST_YEAR)


def test_an_empty_table_still_answers() -> None:
    empty = WorkCalendar()
    assert empty.known_until is None
    assert empty.next_workday(date(2026, 10, 2)) == date(2026, 10, 5)


def test_known_until_is_the_end_of_the_last_year_with_a_notice() -> None:
    assert CALENDAR.known_until == date(LAST_YEAR, 12, 31)


@given(day=ANY_DAY)
def test_neighbours_are_working_days_with_none_between(day: date) -> None:
    after, before = CALENDAR.next_workday(day), CALENDAR.previous_workday(day)
    assert before < day < after
    assert CALENDAR.workdays_between(day, after) == 1
    assert CALENDAR.is_workday(before)
    assert CALENDAR.is_workday(after)


@given(first=ANY_DAY, length=st.integers(0, 60))
def test_counting_there_and_back_gives_opposite_numbers(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    assert CALENDAR.workdays_between(first, last) == -CALENDAR.workdays_between(last, first)


@given(day=ANY_DAY, count=st.integers(0, 15))
def test_going_ahead_by_working_days_is_counted_back(day: date, count: int) -> None:
    assert CALENDAR.workdays_between(day, CALENDAR.after(day, count)) == count


@pytest.mark.django_db
def test_importing_again_changes_nothing() -> None:
    before = list(WorkDay.objects.values_list("on", "is_workday", "name"))
    out = io.StringIO()
    call_command("import_calendar", stdout=out)
    assert "新增或更正0天" in out.getvalue()
    assert list(WorkDay.objects.values_list("on", "is_workday", "name")) == before


@pytest.mark.django_db
def test_next_years_notice_comes_in_by_csv(tmp_path: Path) -> None:
    path = tmp_path / "2041.csv"
    path.write_text("日期,上班,说明\n2041-01-01,否,元旦\n2041-01-05,是,元旦调休\n", encoding="utf-8-sig")
    call_command("import_calendar", csv=path, stdout=io.StringIO())
    assert not calendar().is_workday(date(2041, 1, 1))
    assert calendar().is_workday(date(2041, 1, 5))
    assert calendar().known_until == date(2041, 12, 31)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("日期,上班\n2027-01-01,否\n2027年元旦,否\n", "第3行读不懂"),
        ("日期,上班\n2027-01-01,放假\n", "第2行读不懂"),
        ("date,work\n2027-01-01,0\n", "第1行应为表头"),
    ],
)
def test_a_bad_csv_names_the_line_and_imports_nothing(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(content, encoding="utf-8")
    count = WorkDay.objects.count()
    with pytest.raises(CommandError, match=words):
        call_command("import_calendar", csv=path)
    assert WorkDay.objects.count() == count


@given(first=ANY_DAY, last=ANY_DAY)
def test_a_long_stretch_is_counted_by_weeks_as_it_would_be_day_by_day(first: date, last: date) -> None:
    first, last = min(first, last), max(first, last)
    walked = sum(CALENDAR.is_workday(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
    assert CALENDAR.workdays_between(first, last) == walked


def test_a_mistyped_year_is_counted_without_walking_there() -> None:
    asked: list[date] = []

    class Watched(WorkCalendar):
        def is_workday(self, day: date) -> bool:
            asked.append(day)
            return super().is_workday(day)

    days = Watched(CALENDAR.days)
    assert days.workdays_between(date(2026, 3, 2), date(9999, 12, 31)) > 2_000_000
    assert len(asked) < 1000
