"""What the item page shows beside the item itself: verbs with their effect, report days, lights."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils.timezone import localdate

from accounts.models import User
from tasks.lights import Light
from tasks.listing import light_of
from tasks.models import Assignment, Period, Task
from tasks.moves import OPEN, Action
from tasks.permissions import available
from tasks.workdays import WorkCalendar

Mark = Literal["done", "late", "missing", "now", "ahead"]
WORDS: dict[Mark, str] = {"done": "已报", "late": "迟报", "missing": "缺报", "now": "本期", "ahead": "未到"}
SHOWN_PERIODS = 14

EFFECTS: dict[Action, str] = {
    Action.AMEND: "改要求、单位、时限，交办以前都可以改",
    Action.ISSUE: "发给承办单位，开始计时，并发邮件通知",
    Action.RECEIVE: "确认收到，由本单位办理",
    Action.DECLINE: "认为不归本单位办，退给督查室，须写理由",
    Action.REFER: "换一个牵头单位，原单位留痕，须写理由",
    Action.REPORT: "填报落实情况、存在问题、下步思路",
    Action.SUBMIT: "办完了，附结果和佐证，请督查室审核",
    Action.SEND_BACK: "办得不够，退回承办单位继续办，须写理由",
    Action.CLOSE: "认可办理结果，事项办结",
    Action.STRIKE_OFF: "从台账上销号，仍可查到",
    Action.REOPEN: "抽查发现没落实，重新办理，须写理由",
    Action.WITHDRAW: "不再督办，须写理由",
}
"""What each verb does, in a line beside its button."""
STRONG = frozenset({Action.ISSUE, Action.RECEIVE, Action.REPORT, Action.CLOSE, Action.STRIKE_OFF})
RISKY = frozenset({Action.DECLINE, Action.SEND_BACK, Action.WITHDRAW})


@dataclass(frozen=True, slots=True)
class Button:
    """A verb the reader may use now."""

    action: Action
    says: str
    style: str

    @property
    def is_immediate(self) -> bool:
        """Needs no words: one press does it."""
        return self.action is Action.RECEIVE


def buttons(user: User, task: Task) -> list[Button]:
    """The permitted verbs of this moment, and no others."""
    return [Button(action, EFFECTS[action], _style(action)) for action in available(user, task)]


def _style(action: Action) -> str:
    if action in STRONG:
        return "btn-primary"
    return "btn-danger" if action in RISKY else ""


@dataclass(frozen=True, slots=True)
class Beat:
    """One report day on the strip."""

    period: Period
    mark: Mark

    @property
    def word(self) -> str:
        return WORDS[self.mark]


@dataclass(frozen=True, slots=True)
class Part:
    """A department's part: its report days, its reports, how it stands."""

    assignment: Assignment
    beats: list[Beat]
    hidden: int  # report days too far back for the strip
    missing: int
    last_at: datetime | None  # of its reports


def part(assignment: Assignment, *, last_at: datetime | None, today: date) -> Part:
    """The strip ends with the next few days to come and shows all that is missing within its reach."""
    periods = list(assignment.periods.all())
    current = next((p for p in periods if p.filed_at is None and p.due_on >= today), None)
    beats = [Beat(period, mark_of(period, today, is_current=period is current)) for period in periods]
    past = [beat for beat in beats if beat.mark in ("done", "late", "missing")]
    coming = [beat for beat in beats if beat.mark in ("now", "ahead")][:3]
    shown = past[-(SHOWN_PERIODS - len(coming)) :]
    hidden, missing = len(past) - len(shown), missing_of(assignment, today)
    return Part(assignment, shown + coming, hidden, missing, last_at)


def mark_of(period: Period, today: date, *, is_current: bool) -> Mark:
    if period.filed_at is not None:
        return "late" if localdate(period.filed_at) > period.due_on else "done"
    if period.due_on < today:
        return "missing"
    return "now" if is_current else "ahead"


def missing_of(assignment: Assignment, today: date) -> int:
    """Report days past and not filed, of a department that still handles the open item."""
    if assignment.role == Assignment.Role.TRANSFERRED or assignment.task.status not in OPEN:
        return 0
    return sum(period.filed_at is None and period.due_on < today for period in assignment.periods.all())


def light_of_item(task: Task, parts: Iterable[Part], *, today: date, days: WorkCalendar) -> Light:
    """As the ledger lights it: by the most reports any one department owes."""
    return light_of(task, max((p.missing for p in parts), default=0), today=today, days=days)
