"""The scanner stays linear: it is counted how often a rule is tried, not how long it takes."""

from datetime import date

import pytest

from speeches.parser import dates
from speeches.parser.times.rules import Base, Draft
from speeches.parser.types import Context

WORST = (
    *("1", "一", "2024年", "每周一、", "x月", "一月一调度、", "1—"),
    *("前", "“十", "每月5日、", "二季度至", "-", "上下", "两点"),
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
