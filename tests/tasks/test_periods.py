"""Report days: made ahead, each its own row, missed for good when missed."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from pytest_django.fixtures import Settings

from tasks import actions
from tasks.actions import MoveRefused
from tasks.models import Period, Task, WorkDay
from tests.factories import MONDAY, at, task
from tests.people import Cast

FRIDAYS = "FREQ=WEEKLY;BYDAY=FR"
MONDAYS = "FREQ=WEEKLY;BYDAY=MO"
FRIDAY = date(2026, 3, 6)
WEEK = timedelta(days=7)


def issued(people: Cast, *, on: date = MONDAY, **fields: object) -> Task:
    who = {"lead": people.lead, "parts": [people.part], "supports": [people.support], "report_rule": FRIDAYS}
    item = task(people.supervisor, on=at(on), **(who | fields))
    actions.issue(item.pk, by=people.supervisor, at=at(on))
    actions.receive(item.pk, by=people.leading, at=at(on, 11))
    return item


def lead_periods(item: Task) -> list[Period]:
    return list(Period.objects.filter(assignment__task=item, assignment__role="lead"))


def test_issuing_makes_the_weeks_ahead_for_lead_and_part_but_not_for_support(people: Cast) -> None:
    item = issued(people)
    for role, expected in (("lead", 5), ("part", 5), ("support", 0)):
        days = item.assignments.get(role=role).periods.values_list("due_on", flat=True)
        assert list(days) == [FRIDAY + WEEK * number for number in range(expected)]


def test_the_day_of_issuing_asks_for_no_report_yet(people: Cast) -> None:
    item = issued(people, on=FRIDAY)
    assert lead_periods(item)[0].due_on == FRIDAY + WEEK


def test_two_beats_are_one_item_with_two_rows_a_week(people: Cast) -> None:
    item = issued(people, collect_rule=MONDAYS)
    first_fortnight = [p for p in lead_periods(item) if p.due_on <= MONDAY + 2 * WEEK]
    assert [(p.due_on, p.beat) for p in first_fortnight] == [
        (FRIDAY, "report"),
        (MONDAY + WEEK, "collect"),
        (FRIDAY + WEEK, "report"),
        (MONDAY + 2 * WEEK, "collect"),
    ]


def test_a_missed_friday_stays_open_when_the_next_is_filed(people: Cast) -> None:
    item = issued(people)
    first, second, third = lead_periods(item)[:3]
    filed_at = at(second.due_on)
    actions.report(item.pk, by=people.leading, at=filed_at, progress="完成5处。", period=second.pk)
    for period in (first, second, third):
        period.refresh_from_db()
    assert (first.filed_at, second.filed_at, third.filed_at) == (None, filed_at, None)
    missing = Period.objects.missing(second.due_on + timedelta(days=1)).filter(assignment__role="lead")
    assert list(missing) == [first]


def test_two_missed_fridays_are_two_open_rows(people: Cast) -> None:
    item = issued(people)
    missing = Period.objects.missing(FRIDAY + WEEK + timedelta(days=1)).filter(assignment__task=item)
    assert missing.filter(assignment__role="lead").count() == 2


def test_a_report_on_its_day_is_not_missing_that_day(people: Cast) -> None:
    issued(people)
    assert not Period.objects.missing(FRIDAY).exists()


def test_a_report_in_between_closes_no_period(people: Cast) -> None:
    item = issued(people)
    actions.report(item.pk, by=people.leading, at=at(FRIDAY), progress="完成5处。")
    assert not Period.objects.exclude(filed_at=None).exists()


def test_filing_closes_only_the_own_departments_row_of_that_day(people: Cast) -> None:
    item = issued(people)
    own = lead_periods(item)[0]
    actions.report(item.pk, by=people.leading, at=at(FRIDAY), progress="完成5处。", period=own.pk)
    assert list(Period.objects.exclude(filed_at=None)) == [own]


def test_another_departments_report_day_cannot_be_filed(people: Cast) -> None:
    item = issued(people)
    foreign = item.assignments.get(role="part").periods.first()
    assert foreign is not None
    with pytest.raises(ValidationError, match="没有找到这个反馈日"):
        actions.report(item.pk, by=people.leading, at=at(FRIDAY), progress="完成。", period=foreign.pk)
    foreign.refresh_from_db()
    assert foreign.filed_at is None


def test_the_same_report_sent_twice_is_kept_once(people: Cast) -> None:
    item = issued(people)
    own = lead_periods(item)[0]
    actions.report(item.pk, by=people.leading, at=at(FRIDAY), progress="完成5处。", period=own.pk)
    with pytest.raises(MoveRefused, match="已反馈"):
        actions.report(item.pk, by=people.leading, at=at(FRIDAY, 11), progress="完成5处。", period=own.pk)
    assert own.feedbacks.count() == 1


def test_a_holiday_friday_moves_and_says_so(people: Cast) -> None:
    item = issued(people, on=date(2026, 9, 28))
    first, second = lead_periods(item)[:2]
    assert (first.nominal_on, first.due_on) == (date(2026, 10, 2), date(2026, 10, 8))
    assert first.shift_reason == "原定10月2日遇节假日（国庆节），顺延至10月8日"
    assert (second.due_on, second.shift_reason) == (date(2026, 10, 9), "")


def test_an_ordinary_weekend_is_not_called_a_holiday(people: Cast) -> None:
    item = issued(people, report_rule="FREQ=MONTHLY;BYMONTHDAY=15")  # 15 March 2026 is a Sunday
    first = lead_periods(item)[0]
    assert (first.nominal_on, first.due_on) == (date(2026, 3, 15), date(2026, 3, 16))
    assert first.shift_reason == "原定3月15日遇休息日，顺延至3月16日"


def test_a_holiday_without_a_name_in_the_calendar_is_still_called_one(people: Cast) -> None:
    WorkDay.objects.update_or_create(on=FRIDAY, defaults={"is_workday": False, "name": ""})
    first = lead_periods(issued(people))[0]
    assert first.shift_reason == "原定3月6日遇节假日，顺延至3月9日"


def test_a_weekend_day_within_a_holiday_bears_its_name(people: Cast, settings: Settings) -> None:
    settings.REPORT_DAY_SHIFT = "previous"
    item = issued(people, on=date(2026, 9, 24), report_rule="FREQ=MONTHLY;BYMONTHDAY=3")
    assert lead_periods(item)[0].shift_reason == "原定10月3日遇节假日（国庆节），提前至9月30日"


def test_extending_twice_makes_each_day_once(people: Cast) -> None:
    item = issued(people, collect_rule=MONDAYS)
    until = MONDAY + timedelta(days=120)
    actions.extend_periods(item.pk, until=until)
    once = Period.objects.count()
    actions.extend_periods(item.pk, until=until)
    actions.extend_periods(item.pk, until=until - timedelta(days=30))
    assert Period.objects.count() == once
    assert once > 60


def test_every_second_friday_stays_every_second_friday_through_a_referral(people: Cast) -> None:
    item = issued(people, report_rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=FR")
    part = item.assignments.get(role="part")
    before = list(part.periods.values_list("nominal_on", flat=True))
    actions.refer(item.pk, by=people.supervisor, at=at(MONDAY + WEEK), to=people.outside, reason="职责调整")
    actions.extend_periods(item.pk, until=MONDAY + timedelta(days=60))
    after = list(part.periods.values_list("nominal_on", flat=True))
    assert after[: len(before)] == before
    assert {(later - earlier).days for earlier, later in pairwise(after)} == {14}


def test_applying_for_closing_takes_back_the_days_to_come_and_keeps_the_missed(people: Cast) -> None:
    item = issued(people)
    applied_on = FRIDAY + WEEK
    actions.submit(item.pk, by=people.leading, at=at(applied_on), result="完成。")
    assert [p.due_on for p in lead_periods(item)] == [FRIDAY]


def test_sent_back_the_days_go_on_from_the_next_one(people: Cast) -> None:
    item = issued(people)
    actions.submit(item.pk, by=people.leading, at=at(FRIDAY + WEEK), result="完成。")
    actions.send_back(item.pk, by=people.supervisor, at=at(MONDAY + 3 * WEEK), reason="缺验收")
    assert [p.due_on for p in lead_periods(item)[:2]] == [FRIDAY, FRIDAY + 3 * WEEK]


def test_no_day_falls_due_while_the_office_reviews(people: Cast) -> None:
    item = issued(people)
    actions.submit(item.pk, by=people.leading, at=at(MONDAY + WEEK), result="完成。")
    actions.extend_periods(item.pk, until=MONDAY + timedelta(days=90))
    assert set(Period.objects.values_list("due_on", flat=True)) == {FRIDAY}


def test_withdrawing_keeps_what_was_missed_and_asks_no_more(people: Cast) -> None:
    item = issued(people)
    actions.withdraw(item.pk, by=people.supervisor, at=at(MONDAY + WEEK), reason="并入")
    assert [p.due_on for p in lead_periods(item)] == [FRIDAY]
    assert not Period.objects.missing(MONDAY + 10 * WEEK).exists()


def test_the_old_lead_owes_nothing_after_a_referral_but_its_record_stays(people: Cast) -> None:
    item = issued(people)
    own = lead_periods(item)[0]
    actions.report(item.pk, by=people.leading, at=at(FRIDAY), progress="完成5处。", period=own.pk)
    actions.refer(
        item.pk, by=people.supervisor, at=at(MONDAY + 2 * WEEK), to=people.outside, reason="职责调整"
    )
    old = item.assignments.get(department=people.lead)
    assert old.role == "transferred"
    assert [(p.due_on, p.filed_at is not None) for p in old.periods.all()] == [
        (FRIDAY, True),
        (FRIDAY + WEEK, False),
    ]
    owing = Period.objects.missing(MONDAY + 3 * WEEK).values_list("assignment__department", flat=True)
    assert people.lead.pk not in set(owing)
    assert people.outside.pk in set(owing)


def test_an_item_without_a_rhythm_has_no_report_days(people: Cast) -> None:
    issued(people, report_rule="")
    assert not Period.objects.exists()
