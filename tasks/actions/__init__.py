"""The verbs of the ledger: every change of an item goes through one of these, and none goes around them."""

from tasks.actions.closing import close, reopen, send_back, strike_off
from tasks.actions.handling import decline, receive, report, submit
from tasks.actions.issuing import amend, issue, refer, register, split_off, withdraw
from tasks.actions.limits import ask_extension, grant_extension, redate, refuse_extension
from tasks.actions.moving import MoveRefused, check_person
from tasks.actions.periods import extend_periods
from tasks.actions.steering import instruct, pause, resume

__all__ = [
    "MoveRefused",
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
    "reopen",
    "report",
    "resume",
    "send_back",
    "split_off",
    "strike_off",
    "submit",
    "withdraw",
]
