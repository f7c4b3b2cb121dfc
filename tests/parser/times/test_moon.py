"""Days of the moon calendar and of the solar terms, against days that are in print."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speeches.parser.times.moon import moon_day, moon_month, moon_year_of, moving_day, term_day

YEARS = st.integers(min_value=1950, max_value=2059)


@pytest.mark.parametrize(
    ("moon", "day"),
    [
        ((2024, 1, 1), date(2024, 2, 10)),
        ((2024, 8, 15), date(2024, 9, 17)),
        ((2023, 5, 5), date(2023, 6, 22)),
        ((2020, 8, 15), date(2020, 10, 1)),
        ((1978, 8, 15), date(1978, 9, 17)),
        ((2024, 12, 30), date(2025, 1, 28)),
    ],
)
def test_a_day_of_the_moon_calendar_is_the_one_in_print(moon: tuple[int, int, int], day: date) -> None:
    assert moon_day(*moon) == day


def test_a_leap_month_stands_between_its_number_and_the_next() -> None:
    assert moon_day(2025, 6, 1) == date(2025, 6, 25)
    assert moon_day(2025, 6, 1, is_leap=True) == date(2025, 7, 25)
    assert moon_day(2025, 7, 1) == date(2025, 8, 23)
    assert moon_day(2024, 6, 1, is_leap=True) is None


@given(YEARS)
def test_the_months_of_a_year_reach_to_the_first_day_of_the_next(year: int) -> None:
    last = moon_month(year, 12)
    assert last is not None
    assert last.end is not None
    assert moon_day(year + 1, 1, 1) == last.end + timedelta(days=1)


@given(YEARS)
def test_new_year_lies_between_21_january_and_21_february(year: int) -> None:
    day = moon_day(year, 1, 1)
    assert day is not None
    assert date(year, 1, 20) < day < date(year, 2, 22)
    assert (moon_year_of(day), moon_year_of(day - timedelta(days=1))) == (year, year - 1)


@pytest.mark.parametrize(("year", "month", "day"), [(1800, 1, 1), (2024, 13, 1), (2024, 1, 31), (2024, 1, 0)])
def test_what_the_table_does_not_know_is_none(year: int, month: int, day: int) -> None:
    assert moon_day(year, month, day) is None


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("清明", date(2024, 4, 4)),
        ("清明", date(2023, 4, 5)),
        ("夏至", date(2024, 6, 21)),
        ("冬至", date(2021, 12, 21)),
        ("立春", date(2025, 2, 3)),
        ("立春", date(2026, 2, 4)),
    ],
)
def test_a_solar_term_falls_on_its_day(name: str, day: date) -> None:
    assert term_day(name, day.year) == day


@pytest.mark.parametrize(
    ("words", "year", "day"),
    [
        ("05-日2", 2025, date(2025, 5, 11)),
        ("06-日3", 2024, date(2024, 6, 16)),
        ("农12-08", 2025, date(2025, 1, 7)),
        ("农01-00", 2025, date(2025, 1, 28)),
    ],
)
def test_a_day_that_moves_is_found_in_its_year(words: str, year: int, day: date) -> None:
    assert moving_day(words, year) == day
