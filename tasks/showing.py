"""What the item page shows beside the item itself: verbs with their effect, report days, lights."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils.timezone import localdate

from accounts.models import User
from tasks.holds import hold_of
from tasks.lights import Light, light
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
    Action.ASK_EXTENSION: "到期完不成，时限前向督查室申请，须写理由和进展",
    Action.GRANT_EXTENSION: "同意单位的申请，时限随之调整",
    Action.REFUSE_EXTENSION: "维持原时限，须写理由",
    Action.REDATE: "改整个事项或某一单位的时限，须写理由",
    Action.PAUSE: "暂不办理，不计时、不要求反馈，须写理由",
    Action.RESUME: "继续办理，重新计时",
    Action.SPLIT_OFF: "分出一个子事项，另定单位和时限，办完后上级事项才能办结",
    Action.INSTRUCT: "领导批示，通知全部承办单位，可以定时限",
}
"""What each verb does, in a line beside its button."""
STRONG = frozenset(
    {
        *(Action.ISSUE, Action.RECEIVE, Action.REPORT, Action.CLOSE, Action.STRIKE_OFF),
        *(Action.GRANT_EXTENSION, Action.RESUME),
    }
)
RISKY = frozenset({Action.DECLINE, Action.SEND_BACK, Action.WITHDRAW, Action.REFUSE_EXTENSION})
LAST = (Action.PAUSE, Action.WITHDRAW)  # at the end of the row, away from what is pressed every day


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
    possible = sorted(
        available(user, task), key=lambda action: LAST.index(action) + 1 if action in LAST else 0
    )
    return [Button(action, EFFECTS[action], _style(action)) for action in possible]


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
    light: Light | None  # its own; None where nothing is asked of it


def part(assignment: Assignment, *, last_at: datetime | None, today: date, days: WorkCalendar) -> Part:
    """The strip ends with the next few days to come and shows all that is missing within its reach."""
    periods = list(assignment.periods.all())
    current = next((p for p in periods if p.filed_at is None and p.due_on >= today), None)
    beats = [Beat(period, mark_of(period, today, is_current=period is current)) for period in periods]
    past = [beat for beat in beats if beat.mark in ("done", "late", "missing")]
    coming = [beat for beat in beats if beat.mark in ("now", "ahead")][:3]
    shown = past[-(SHOWN_PERIODS - len(coming)) :]
    hidden, missing = len(past) - len(shown), missing_of(assignment, today)
    own_light = _light_of_part(assignment, missing, today=today, days=days)
    return Part(assignment, shown + coming, hidden, missing, last_at, own_light)


def _light_of_part(assignment: Assignment, missing: int, *, today: date, days: WorkCalendar) -> Light | None:
    """By the department's own limit and reports; supporters have a light only with a limit of their own."""
    task, role = assignment.task, assignment.role
    is_asked = role in (Assignment.Role.LEAD, Assignment.Role.PART) or assignment.due_on is not None
    if task.status not in OPEN or role == Assignment.Role.TRANSFERRED or not is_asked:
        return None
    if assignment.submitted_at is not None:
        return Light("grey", "待审核", "已申请办结，等待督查室审核")
    return light(
        due_on=assignment.due_on or task.due_on,
        status=task.status,
        today=today,
        missing_reports=missing,
        calendar=days,
        hold=hold_of(task, assignment),
    )


def mark_of(period: Period, today: date, *, is_current: bool) -> Mark:
    if period.filed_at is not None:
        return "late" if localdate(period.filed_at) > period.due_on else "done"
    if period.due_on < today:
        return "missing"
    return "now" if is_current else "ahead"


def missing_of(assignment: Assignment, today: date) -> int:
    """Report days past and not filed, of a department that still handles the open item."""
    task = assignment.task
    if assignment.role == Assignment.Role.TRANSFERRED or task.status not in OPEN or task.paused_at:
        return 0
    return sum(period.filed_at is None and period.due_on < today for period in assignment.periods.all())


def light_of_item(task: Task, parts: Iterable[Part], *, today: date, days: WorkCalendar) -> Light:
    """As the ledger lights it: by the most reports any one department owes."""
    return light_of(task, max((p.missing for p in parts), default=0), today=today, days=days)
