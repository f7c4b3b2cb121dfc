"""The words the story is written in: an item taken from a speech, and what people did with it, day by day."""

from dataclasses import dataclass, field, replace

from tasks.moves import Action

OFFICE = "duban"  # who does what the supervision office does, unless the story says otherwise


@dataclass(frozen=True, slots=True)
class Act:
    """One verb by one person (`by` is the account), `ago` working days before today, at least one."""

    ago: int
    action: Action
    by: str = OFFICE
    words: dict[str, str] = field(default_factory=dict)
    evidence: str = ""  # the name of a file that goes with it
    beat: str = ""  # the kind of report day it answers: Period.Beat, or none
    is_unchanged: bool = False
    due_in: int | None = None  # working days from today: the limit asked for or set


@dataclass(frozen=True, slots=True)
class Item:
    """A ledger item: the speech, words that occur once in it, what the clerk settled, and what followed."""

    speech: str
    phrase: str
    title: str
    registered: int  # working days ago
    lead: str = ""
    parts: str = ""
    supports: str = ""
    due_in: int | None = None  # working days from today, where the clerk sets the limit
    rules: dict[str, str] = field(default_factory=dict)
    joins: str = ""  # words of the same sentence, to be merged in where the parser has cut it in two
    by: str = OFFICE
    acts: tuple[Act, ...] = ()


def issued(ago: int, by: str = OFFICE) -> Act:
    return Act(ago, Action.ISSUE, by)


def signed(ago: int, by: str) -> Act:
    return Act(ago, Action.RECEIVE, by)


def declined(ago: int, by: str, reason: str) -> Act:
    return Act(ago, Action.DECLINE, by, {"reason": reason})


def referred(ago: int, to: str, reason: str) -> Act:
    return Act(ago, Action.REFER, OFFICE, {"to": to, "reason": reason})


def reported(ago: int, by: str, progress: str, problems: str = "", next_steps: str = "") -> Act:
    return Act(ago, Action.REPORT, by, {"progress": progress, "problems": problems, "next_steps": next_steps})


def filed(ago: int, by: str, progress: str, problems: str = "", next_steps: str = "") -> Act:
    """A report that answers the next report day which is still open."""
    return replace(reported(ago, by, progress, problems, next_steps), beat="report")


def collected(ago: int, by: str, progress: str) -> Act:
    """The same for the next day of collecting."""
    return replace(reported(ago, by, progress), beat="collect")


def unchanged(ago: int, by: str) -> Act:
    """The one click: nothing has changed since the last report."""
    return Act(ago, Action.REPORT, by, {"progress": ""}, beat="report", is_unchanged=True)


def submitted(ago: int, by: str, result: str, evidence: str = "") -> Act:
    return Act(ago, Action.SUBMIT, by, {"result": result}, evidence)


def sent_back(ago: int, reason: str) -> Act:
    return Act(ago, Action.SEND_BACK, OFFICE, {"reason": reason})


def closed(ago: int, note: str) -> Act:
    return Act(ago, Action.CLOSE, OFFICE, {"note": note})


def struck_off(ago: int, note: str) -> Act:
    return Act(ago, Action.STRIKE_OFF, OFFICE, {"note": note})


def reopened(ago: int, reason: str) -> Act:
    return Act(ago, Action.REOPEN, OFFICE, {"reason": reason})


def withdrawn(ago: int, reason: str) -> Act:
    return Act(ago, Action.WITHDRAW, OFFICE, {"reason": reason})


def asked_for_time(ago: int, by: str, due_in: int, reason: str, progress: str) -> Act:
    return Act(ago, Action.ASK_EXTENSION, by, {"reason": reason, "progress": progress}, due_in=due_in)


def granted(ago: int, note: str) -> Act:
    return Act(ago, Action.GRANT_EXTENSION, OFFICE, {"note": note})


def refused(ago: int, reason: str) -> Act:
    return Act(ago, Action.REFUSE_EXTENSION, OFFICE, {"reason": reason})


def redated(ago: int, due_in: int, reason: str) -> Act:
    return Act(ago, Action.REDATE, OFFICE, {"reason": reason}, due_in=due_in)


def paused(ago: int, reason: str) -> Act:
    return Act(ago, Action.PAUSE, OFFICE, {"reason": reason})


def resumed(ago: int, note: str) -> Act:
    return Act(ago, Action.RESUME, OFFICE, {"note": note})


def split_off(ago: int, lead: str, title: str, requirement: str) -> Act:
    """A sub-item, issued at once."""
    return Act(ago, Action.SPLIT_OFF, OFFICE, {"lead": lead, "title": title, "requirement": requirement})


def instructed(ago: int, by: str, text: str) -> Act:
    return Act(ago, Action.INSTRUCT, by, {"text": text})
