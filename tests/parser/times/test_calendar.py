"""Working days and feasts come from the calendar that is given."""

from datetime import date, timedelta

from speeches.almanac import published_calendar
from speeches.parser.dates import find_times
from speeches.parser.types import Calendar, Context, TimeFind

MAKE_UP_SATURDAY = date(2024, 6, 8)


def the_find(text: str, on: date, calendar: Calendar) -> TimeFind:
    (find,) = find_times(text, Context(spoken_on=on, calendar=calendar))
    return find


def test_working_days_skip_what_the_calendar_says_is_off() -> None:
    calendar = Calendar(is_workday=lambda day: day != date(2024, 6, 5) and day.weekday() < 5)
    assert the_find("3个工作日内答复", date(2024, 6, 3), calendar).end == date(2024, 6, 7)


def test_a_make_up_saturday_counts_as_a_working_day() -> None:
    calendar = Calendar(is_workday=lambda day: day.weekday() < 5 or day == MAKE_UP_SATURDAY)
    assert the_find("5个工作日内答复", date(2024, 6, 3), calendar).end == MAKE_UP_SATURDAY


def test_a_calendar_without_working_days_does_not_hang() -> None:
    never = Calendar(is_workday=lambda day: False)
    assert the_find("400个工作日内答复", date(2024, 6, 3), never).end is not None


def test_the_office_calendar_moves_the_day_before_a_feast() -> None:
    calendar = Calendar(feasts={(2025, "春节"): date(2025, 1, 26)})
    assert the_find("春节前兑付", date(2024, 12, 1), calendar).end == date(2025, 1, 25)


def test_the_office_calendar_may_name_its_own_season() -> None:
    calendar = Calendar(feasts={(2024, "汛期"): date(2024, 4, 15)})
    assert the_find("汛期前清淤", date(2024, 3, 1), calendar).end == date(2024, 4, 14)


def test_local_sessions_are_resolved_only_when_the_calendar_knows_them() -> None:
    known = Calendar(feasts={(2025, "两会"): date(2025, 1, 8)})
    assert the_find("两会前办结", date(2024, 12, 1), known).end == date(2025, 1, 7)
    assert the_find("两会前办结", date(2024, 12, 1), Calendar()).end is None


def test_the_published_calendar_knows_the_holidays_and_answers_beyond_them() -> None:
    calendar = published_calendar()
    assert calendar.feasts[2024, "国庆节"] == date(2024, 10, 1)
    assert calendar.feasts[2024, "元旦"] == date(2023, 12, 30)
    assert not calendar.is_workday(date(2024, 10, 1))
    assert calendar.is_workday(date(2024, 9, 29))
    assert calendar.is_workday(date(2090, 1, 2)) == (date(2090, 1, 2).weekday() < 5)


def test_moon_feasts_in_the_lexicon_lie_within_the_published_holidays() -> None:
    published = published_calendar().feasts
    for name in ("春节", "端午节", "中秋节", "清明节"):
        for year in range(2014, 2027):
            find = the_find(f"{year}年{name}", date(year, 1, 1), Calendar())
            assert find.start is not None
            assert abs(find.start - published.get((year, name), find.start)) <= timedelta(days=3)
