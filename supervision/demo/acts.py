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
