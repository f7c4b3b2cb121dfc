"""The State Council's yearly holiday notices, as the chinesecalendar package has them."""

from collections.abc import Iterator
from datetime import date

from chinese_calendar import Holiday
from chinese_calendar.constants import holidays, workdays

FIRST_YEAR = 2020
FULL_NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}
CHINESE = {holiday.value: FULL_NAMES.get(holiday.chinese, holiday.chinese) for holiday in Holiday}


def published(since: int = FIRST_YEAR) -> Iterator[tuple[date, bool, str]]:
    """(day, whether it is worked, whose holiday it belongs to) of every day that the notices name."""
    for day, name in holidays.items():
        if day.year >= since:
            yield day, False, CHINESE.get(name, "")
    for day, name in workdays.items():
        if day.year >= since:
            yield day, True, f"{CHINESE.get(name, '')}调休"
