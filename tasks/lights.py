"""Lights (亮灯): how an item stands today, always with the reason in words. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Protocol

from tasks.moves import OPEN, Status

Colour = Literal["green", "blue", "yellow", "red", "grey", "none"]
YELLOW_WORKDAYS = 3  # this many or fewer left
BLUE_WORKDAYS = 7
WORDS: dict[Colour, str] = {
    "green": "正常",
    "blue": "临期",
    "yellow": "预警",
    "red": "逾期",
    "grey": "等待",
}
OBJECTION_ANSWER_WORKDAYS = 1  # the office answers an objection on the same or the next working day


class CountingCalendar(Protocol):
    """What is needed of `tasks.workdays.WorkCalendar`."""

    def workdays_between(self, first: date, last: date) -> int: ...

    def after(self, day: date, workdays: int) -> date: ...

    def is_known(self, day: date) -> bool: ...


@dataclass(frozen=True, slots=True)
class Light:
    """`none`: drafts and finished items are not lit; `word` then names the state."""

    colour: Colour
    word: str
    reason: str


@dataclass(frozen=True, slots=True)
class Hold:
    """What the office has to decide, or has decided, before the clocks mean anything again."""

    kind: Literal["objection", "extension", "pause"]
    since: date


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The last days on which a limit shows yellow, and blue, seen from `today`."""

    today: date
    yellow_until: date
    blue_until: date


def thresholds(today: date, calendar: CountingCalendar) -> Thresholds:
    """For queries: the same borders as `light` draws by counting working days."""
    return Thresholds(
        today=today,
        yellow_until=calendar.after(today, YELLOW_WORKDAYS + 1) - timedelta(days=1),
        blue_until=calendar.after(today, BLUE_WORKDAYS + 1) - timedelta(days=1),
    )


def light(
    *,
    due_on: date | None,
    status: str,
    today: date,
    missing_reports: int,
    calendar: CountingCalendar,
    hold: Hold | None = None,
) -> Light:
    """The light of an item or of one department's part.

    `missing_reports`: report days past and not filed. `hold`: what is waited for, from `tasks.holds.hold_of`.
    """
    state = Status(status)
    if hold is not None:
        return _held(hold, today, calendar)
    if state not in OPEN:
        return Light("none", state.label, f"{state.label}，不亮灯")
    if state is Status.SUBMITTED:
        return Light("grey", "待审核", "已申请办结，等待督查室审核")
    limit, words = _of_limit(due_on, today, calendar)
    colour = max(limit, _of_reports(missing_reports), key=("green", "blue", "yellow", "red").index)
    owed = f"，缺{missing_reports}期反馈" if missing_reports else ""
    return Light(colour, WORDS[colour], words + owed)


def _held(hold: Hold, today: date, calendar: CountingCalendar) -> Light:
    since = _day(hold.since, today)
    if hold.kind == "pause":
        return Light("grey", "已暂停", f"{since}起暂停，恢复前不计时")
    if hold.kind == "extension":
        return Light("grey", "待批延期", f"{since}申请延期，等待督查室批复")
    until = calendar.after(hold.since, OBJECTION_ANSWER_WORKDAYS)
    late = "，已超过" if until < today else ""
    return Light("grey", "待裁定", f"{since}提出异议，督查室应在{_day(until, today)}前答复{late}")


def _of_limit(due_on: date | None, today: date, calendar: CountingCalendar) -> tuple[Colour, str]:
    """The colour that the limit alone would give, and why."""
    if due_on is None:
        return "green", "未设完成时限"
    day = _day(due_on, today)
    if due_on < today:
        return "red", f"时限{day}，已超过{(today - due_on).days}天"
    if due_on == today:
        return "yellow", "时限为今天"
    left = calendar.workdays_between(today, due_on)
    guessed = "" if calendar.is_known(due_on) else f"（{due_on.year}年放假安排尚未导入，按周末推算）"
    return _of_days(left), f"时限{day}，还有{left}个工作日{guessed}"


def _day(day: date, today: date) -> str:
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def _of_days(left: int) -> Colour:
    if left <= YELLOW_WORKDAYS:
        return "yellow"
    return "blue" if left <= BLUE_WORKDAYS else "green"


def _of_reports(missing: int) -> Colour:
    if missing >= 2:
        return "red"
    return "yellow" if missing else "green"
