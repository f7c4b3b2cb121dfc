"""The weekly letter: one for each officer with something to do, never empty, never twice."""

from datetime import date, datetime, timedelta

import pytest

from accounts.models import User
from supervision import notices
from supervision.models import Notice, Round
from tasks import actions
from tasks.models import Period, Task
from tests.factories import at, department, person
from tests.people import Cast
from tests.supervision.making import issued, live

State, Kind = Notice.State, Notice.Kind
MONDAY = at("2026-03-09", 8)  # an ordinary Monday, the letter's hour
BEFORE = at("2026-03-02", 12)
FRIDAYS = "FREQ=WEEKLY;BYDAY=FR"


@pytest.fixture(autouse=True)
def _at_work(db: None) -> None:
    live()


def underway(cast: Cast, **fields: object) -> Task:
    task = issued(cast, on=BEFORE, **fields)
    for person_ in (cast.leading, cast.taking_part):
        actions.receive(task.pk, by=person_, at=BEFORE)
    return task


def weekly(now: datetime = MONDAY) -> dict[str, Notice]:
    """The week's letters by reader."""
    notices.queue_weekly(now)
    return {
        str(row.recipient and row.recipient.username): row for row in Notice.objects.filter(kind=Kind.WEEKLY)
    }


def test_nothing_to_do_means_no_letter_at_all(cast: Cast) -> None:
    assert weekly() == {}
    assert Round.objects.get().letters == 0


def test_an_item_with_time_enough_asks_for_nothing(cast: Cast) -> None:
    underway(cast, due_on=date(2026, 6, 30))
    assert weekly() == {}


def test_each_officer_gets_one_letter_however_many_items(cast: Cast) -> None:
    tasks = [issued(cast, on=BEFORE, due_on=date(2026, 3, 12)) for _ in range(3)]
    letters = weekly()
    assert set(letters) == {"shuiwu", "chengguan", "ducha", "ducha2"}
    assert all(task.code in letters["shuiwu"].body_text for task in tasks)
    assert letters["shuiwu"].subject == "【落实】2026年第11周督办周提醒：待签收 3 项，临期 3 项"


@pytest.mark.parametrize(
    ("fields", "group", "reason"),
    [
        ({"due_on": date(2026, 3, 6)}, "逾期", "已逾期 3 天"),
        ({"due_on": date(2026, 3, 9)}, "临期", "今天到期"),
        ({"due_on": date(2026, 3, 18)}, "临期", "还有 7 个工作日"),
    ],
)
def test_limits_are_grouped_by_how_near_they_are(
    cast: Cast, fields: dict[str, date], group: str, reason: str
) -> None:
    task = underway(cast, **fields)
    letter = weekly()["shuiwu"]
    assert f"【{group}】1 项" in letter.body_text
    assert reason in letter.body_text
    assert f"{letter.body_text.count(task.code)}" == "2"  # its line and its link


def test_a_row_has_light_number_name_quote_limit_and_link(cast: Cast) -> None:
    task = underway(cast, due_on=date(2026, 3, 6))
    letter = weekly()["shuiwu"]
    link = f"/notices/{letter.pk}/open/?item={task.code}"
    for body in (letter.body_text, letter.body_html):
        words = ("逾期", task.code, task.title, task.source_quote, "2026年3月6日（周五）", link)
        assert [word for word in words if word not in body] == []


def test_report_days_of_this_week_and_missed_ones_are_told_apart(cast: Cast) -> None:
    underway(cast, report_rule=FRIDAYS, rhythm_text="每周五")
    letter = weekly()["shuiwu"]
    assert "【本周要报】1 项" in letter.body_text
    assert "汇报日 3月13日（周五）" in letter.body_text
    assert "【缺报】1 项" in letter.body_text
    assert "汇报日 3月6日（周五）未报" in letter.body_text


def test_what_was_filed_is_not_asked_for_again(cast: Cast) -> None:
    task = underway(cast, report_rule=FRIDAYS)
    mine = Period.objects.filter(assignment__task=task, assignment__department=cast.lead)
    for period in mine.filter(due_on__lte=date(2026, 3, 15)):
        actions.report(task.pk, by=cast.leading, at=BEFORE, progress="已排查", period=period.pk)
    letters = weekly()
    assert "shuiwu" not in letters
    assert "chengguan" in letters


def test_no_letter_names_an_item_of_another_department(cast: Cast) -> None:
    other = department("云川市林业局")
    ranger = person("linye", User.Role.LIAISON, other)
    theirs = issued(cast, on=BEFORE, lead=other, parts=[], supports=[], title="林木采伐专项")
    ours = issued(cast, on=BEFORE, parts=[], supports=[])
    letters = weekly()
    assert set(letters) == {"shuiwu", ranger.username, "ducha", "ducha2"}
    for body in (letters["shuiwu"].body_text, letters["shuiwu"].body_html):
        assert theirs.code not in body
        assert "林木采伐" not in body
    assert ours.code not in letters["linye"].body_text
    assert {theirs.code, ours.code} <= set(letters["ducha"].body_text.replace("=", " ").split())


def test_a_supporter_is_asked_for_nothing_that_only_the_lead_owes(cast: Cast) -> None:
    issued(cast, on=BEFORE, due_on=date(2026, 3, 6))
    assert "caizheng" not in weekly()


def test_leaders_and_administrators_get_no_weekly_letter(cast: Cast) -> None:
    issued(cast, on=BEFORE, due_on=date(2026, 3, 6))
    assert not {"fushizhang", "guanli", "wudanwei", "wenlv"} & set(weekly())


def test_the_office_sees_what_waits_for_it(cast: Cast) -> None:
    done, late = underway(cast), underway(cast, due_on=date(2026, 3, 6))
    actions.submit(done.pk, by=cast.leading, at=BEFORE, result="办完")
    letter = weekly()["ducha"]
    assert "【待审核】1 项" in letter.body_text
    assert "【逾期】1 项" in letter.body_text
    assert "全部督办事项" in letter.body_text
    assert done.code in letter.body_text
    assert late.code in letter.body_text


def test_running_again_the_same_week_sends_nothing_new_even_to_new_work(cast: Cast) -> None:
    issued(cast, on=BEFORE)
    first = weekly()
    newcomer = department("云川市林业局")
    person("linye", User.Role.LIAISON, newcomer)
    issued(cast, on=MONDAY, lead=newcomer, parts=[], supports=[])
    assert notices.queue_weekly(MONDAY + timedelta(hours=1)) == 0
    assert notices.queue_weekly(MONDAY + timedelta(days=6)) == 0
    assert set(weekly()) == set(first)
    assert notices.queue_weekly(MONDAY + timedelta(days=7)) > 0


def test_a_clock_set_back_an_hour_or_a_week_makes_no_second_letter(cast: Cast) -> None:
    issued(cast, on=BEFORE)
    count = notices.queue_weekly(MONDAY)
    assert count > 0
    for back in (timedelta(hours=1), timedelta(minutes=1)):
        notices.queue_weekly(MONDAY - back)
    notices.queue_weekly(MONDAY)
    keys = Notice.objects.filter(kind=Kind.WEEKLY, dedupe_key__startswith="weekly:2026-W11")
    assert keys.count() == count


def test_down_on_monday_the_letter_goes_late_up_to_three_days(cast: Cast) -> None:
    issued(cast, on=BEFORE)
    letters = weekly(MONDAY + timedelta(days=3))
    assert {letter.state for letter in letters.values()} == {State.PENDING}
    assert {letter.due_at for letter in letters.values()} == {MONDAY}


def test_later_than_that_it_is_put_on_record_as_skipped(cast: Cast) -> None:
    issued(cast, on=BEFORE)
    letters = weekly(MONDAY + timedelta(days=3, minutes=1))
    assert {letter.state for letter in letters.values()} == {State.SKIPPED}
    assert all("不再补发" in letter.last_error for letter in letters.values())
    assert Round.objects.get().is_skipped


def test_key_is_by_week_and_person(cast: Cast) -> None:
    issued(cast, on=BEFORE)
    assert weekly()["shuiwu"].dedupe_key == f"weekly:2026-W11:user:{cast.leading.pk}"


def test_an_officer_without_an_address_and_a_department_without_officer_are_seen(cast: Cast) -> None:
    User.objects.filter(pk=cast.leading.pk).update(email="")
    empty = department("云川市气象局")
    issued(cast, on=BEFORE)
    issued(cast, on=BEFORE, lead=empty, parts=[], supports=[])
    weekly()
    dead = Notice.objects.filter(kind=Kind.WEEKLY, state=State.DEAD)
    assert {row.department for row in dead} == {cast.lead, empty}
    assert all(row.last_error.startswith("无收件地址") for row in dead)


def test_a_long_list_is_cut_and_says_how_much_is_missing(cast: Cast) -> None:
    for _ in range(43):
        issued(cast, on=BEFORE, parts=[], supports=[])
    letter = weekly()["shuiwu"]
    assert "【待签收】43 项" in letter.body_text
    assert "另有 3 项" in letter.body_text
    assert "另有 3 项" in letter.body_html


def test_a_part_department_of_an_item_without_a_lead_is_asked_to_sign_until_it_has(cast: Cast) -> None:
    task = issued(cast, on=BEFORE, lead=None, parts=[cast.lead, cast.part], supports=[])
    actions.receive(task.pk, by=cast.leading, at=BEFORE)
    letters = weekly()
    assert "shuiwu" not in letters
    assert "【待签收】1 项" in letters["chengguan"].body_text


def test_queries_do_not_grow_with_the_number_of_officers(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    for number in range(20):
        home = department(f"云川市第{number}中心")
        person(f"officer{number}", User.Role.LIAISON, home)
        issued(cast, on=BEFORE, lead=home, parts=[], supports=[])
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        assert notices.queue_weekly(MONDAY) == 22
