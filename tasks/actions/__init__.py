"""The verbs of the ledger: every change of an item goes through one of these, and none goes around them."""

from collections.abc import Callable
from typing import Any

from tasks.actions.closing import close, reopen, send_back, strike_off
from tasks.actions.handling import decline, receive, report, submit
from tasks.actions.issuing import amend, issue, refer, register, split_off, withdraw
from tasks.actions.limits import ask_extension, grant_extension, redate, refuse_extension
from tasks.actions.moving import MoveRefused, check_person
from tasks.actions.periods import extend_periods
from tasks.actions.sources import add_source, remove_source
from tasks.actions.steering import instruct, pause, resume
from tasks.moves import Action

VERBS: dict[Action, Callable[..., Any]] = {
    Action.ISSUE: issue,
    Action.RECEIVE: receive,
    Action.DECLINE: decline,
    Action.REFER: refer,
    Action.REPORT: report,
    Action.SUBMIT: submit,
    Action.SEND_BACK: send_back,
    Action.CLOSE: close,
    Action.STRIKE_OFF: strike_off,
    Action.REOPEN: reopen,
    Action.WITHDRAW: withdraw,
    Action.ASK_EXTENSION: ask_extension,
    Action.GRANT_EXTENSION: grant_extension,
    Action.REFUSE_EXTENSION: refuse_extension,
    Action.REDATE: redate,
    Action.PAUSE: pause,
    Action.RESUME: resume,
    Action.INSTRUCT: instruct,
    Action.SPLIT_OFF: split_off,
}
"""What a person does to an item on its page: not registering, amending, making periods, keeping sources."""

__all__ = [
    "VERBS",
    "MoveRefused",
    "add_source",
    "amend",
    "ask_extension",
    "check_person",
    "close",
    "decline",
    "extend_periods",
    "grant_extension",
    "instruct",
    "issue",
    "pause",
    "receive",
    "redate",
    "refer",
    "refuse_extension",
    "register",
    "remove_source",
    "reopen",
    "report",
    "resume",
    "send_back",
    "split_off",
    "strike_off",
    "submit",
    "withdraw",
]
