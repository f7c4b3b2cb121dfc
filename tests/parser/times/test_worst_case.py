"""The scanner stays linear: it is counted how often a rule is tried, not how long it takes."""

from datetime import date

import pytest

from speeches.parser import dates
from speeches.parser.times import rules
from speeches.parser.times.rules import Base, Draft
from speeches.parser.types import Calendar, Context

WORST = (
    *("1", "一", "2024年", "每周一、", "x月", "一月一调度、", "1—"),
    *(
        "前",
        "“十",
        "每月5日、",
        "二季度至",
        "-",
        "上下",
        "两点",
        "腊月",
        "中秋、",
        "3月5日、",
        "日跟踪、周分析、",
        "2025年3月、",
        "3天前",
    ),
)


@pytest.mark.parametrize("piece", WORST)
def test_a_doubled_text_is_tried_at_twice_the_places(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = 0
    true_best = dates._best

    def counted(text: str, at: int, base: Base) -> Draft | None:
        nonlocal tried
        tried += 1
        draft = true_best(text, at, base)
        assert draft is None or draft.end - at <= 120
        return draft

    monkeypatch.setattr(dates, "_best", counted)
    counts = []
    for times in (500, 1000):
        tried = 0
        dates.find_times(piece * times, Context(spoken_on=date(2024, 6, 3)))
        counts.append(tried)
    assert counts[1] <= 2 * counts[0] + 2


@pytest.mark.parametrize("piece", ["1零", "x1一", "几1"])
def test_a_long_run_of_mixed_numerals_is_not_read_again_from_each_place(piece: str) -> None:
    reach = max(
        match.end() - match.start()
        for match in (rules._RUN.match(piece * 500, at) for at in range(len(piece)))
        if match
    )
    assert reach <= 13


def test_far_working_days_cost_no_more_than_near_ones() -> None:
    asked = 0

    def is_workday(day: date) -> bool:
        nonlocal asked
        asked += 1
        return day.weekday() < 5

    context = Context(spoken_on=date(2024, 6, 3), calendar=Calendar(is_workday=is_workday))
    (find,) = dates.find_times("9999个工作日内", context)
    assert asked < 200
    assert find.end == date(2062, 9, 29)
