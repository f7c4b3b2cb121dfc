"""The verbs of the ledger: every change of an item goes through one of these, and none goes around them."""

from tasks.actions.closing import close, reopen, send_back, strike_off
from tasks.actions.handling import decline, receive, report, submit
from tasks.actions.issuing import amend, issue, refer, register, withdraw
from tasks.actions.moving import MoveRefused
from tasks.actions.periods import extend_periods

__all__ = [
    "MoveRefused",
    "amend",
    "close",
    "decline",
    "extend_periods",
    "issue",
    "receive",
    "refer",
    "register",
    "reopen",
    "report",
    "send_back",
    "strike_off",
    "submit",
    "withdraw",
]
