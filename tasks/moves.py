"""The state table of the ledger: which verb leads from where to where. Pure data."""

from dataclasses import dataclass

from django.db.models import TextChoices


class Status(TextChoices):
    DRAFT = "draft", "拟办"
    ISSUED = "issued", "待签收"
    UNDERWAY = "underway", "办理中"
    SUBMITTED = "submitted", "待审核"
    CLOSED = "closed", "已办结"
    STRUCK_OFF = "struck_off", "已销号"
    WITHDRAWN = "withdrawn", "已撤销"


class Action(TextChoices):
    REGISTER = "register", "立项"
    AMEND = "amend", "修改"
    ISSUE = "issue", "交办"
    RECEIVE = "receive", "签收"
    DECLINE = "decline", "退回交办"
    REFER = "refer", "转办"
    REPORT = "report", "反馈"
    SUBMIT = "submit", "申请办结"
    SEND_BACK = "send_back", "退回重办"
    CLOSE = "close", "办结"
    STRIKE_OFF = "strike_off", "销号"
    REOPEN = "reopen", "回头看重启"
    WITHDRAW = "withdraw", "撤销"
    ASK_EXTENSION = "ask_extension", "申请延期"
    GRANT_EXTENSION = "grant_extension", "同意延期"
    REFUSE_EXTENSION = "refuse_extension", "不同意延期"
    REDATE = "redate", "调整时限"
    PAUSE = "pause", "暂停"
    RESUME = "resume", "恢复"
    INSTRUCT = "instruct", "批示"
    SPLIT_OFF = "split_off", "拆解"
    ADD_SOURCE = "add_source", "补充来源"
    REMOVE_SOURCE = "remove_source", "撤回来源"


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table. `to=None`: the state stays as it is.

    `beside`: where a department that does not move the item (配合单位; one of several 分办单位) may still do
    its own part of the verb; the state then stays as it is.
    """

    sources: frozenset[Status]
    to: Status | None
    needs_reason: bool = False
    beside: frozenset[Status] = frozenset()


def _from(
    *sources: Status, to: Status | None, needs_reason: bool = False, beside: tuple[Status, ...] = ()
) -> Move:
    return Move(frozenset(sources), to, needs_reason, frozenset(beside))


MOVES: dict[Action, Move] = {
    Action.AMEND: _from(Status.DRAFT, to=None),
    Action.ISSUE: _from(Status.DRAFT, to=Status.ISSUED),
    Action.RECEIVE: _from(Status.ISSUED, to=Status.UNDERWAY, beside=(Status.ISSUED, Status.UNDERWAY)),
    Action.DECLINE: _from(Status.ISSUED, to=Status.DRAFT, needs_reason=True),
    Action.REFER: _from(Status.ISSUED, Status.UNDERWAY, to=Status.ISSUED, needs_reason=True),
    Action.REPORT: _from(Status.UNDERWAY, to=None),
    Action.SUBMIT: _from(Status.UNDERWAY, to=Status.SUBMITTED, beside=(Status.UNDERWAY,)),
    Action.SEND_BACK: _from(Status.SUBMITTED, to=Status.UNDERWAY, needs_reason=True),
    Action.CLOSE: _from(Status.SUBMITTED, to=Status.CLOSED),
    Action.STRIKE_OFF: _from(Status.CLOSED, to=Status.STRUCK_OFF),
    Action.REOPEN: _from(Status.CLOSED, Status.STRUCK_OFF, to=Status.UNDERWAY, needs_reason=True),
    Action.WITHDRAW: _from(
        Status.DRAFT, Status.ISSUED, Status.UNDERWAY, to=Status.WITHDRAWN, needs_reason=True
    ),
    Action.ASK_EXTENSION: _from(Status.ISSUED, Status.UNDERWAY, to=None, needs_reason=True),
    Action.GRANT_EXTENSION: _from(Status.ISSUED, Status.UNDERWAY, to=None),
    Action.REFUSE_EXTENSION: _from(Status.ISSUED, Status.UNDERWAY, to=None, needs_reason=True),
    Action.REDATE: _from(Status.ISSUED, Status.UNDERWAY, to=None, needs_reason=True),
    Action.PAUSE: _from(Status.ISSUED, Status.UNDERWAY, to=None, needs_reason=True),
    Action.RESUME: _from(Status.ISSUED, Status.UNDERWAY, to=None),
    Action.INSTRUCT: _from(Status.ISSUED, Status.UNDERWAY, Status.SUBMITTED, to=None),
    Action.SPLIT_OFF: _from(Status.DRAFT, Status.ISSUED, Status.UNDERWAY, to=None),
    Action.ADD_SOURCE: _from(Status.DRAFT, Status.ISSUED, Status.UNDERWAY, Status.SUBMITTED, to=None),
    Action.REMOVE_SOURCE: _from(Status.DRAFT, Status.ISSUED, Status.UNDERWAY, Status.SUBMITTED, to=None),
}

FROM_THE_SOURCE = frozenset({Action.ADD_SOURCE, Action.REMOVE_SOURCE})
"""Done where the sentence stands, on the pages of speeches: the item has no button for them."""

ANSWERS = frozenset({Action.GRANT_EXTENSION, Action.REFUSE_EXTENSION})
"""What answers a request: possible only while one waits."""

WHILE_PAUSED = frozenset({Action.RESUME, Action.INSTRUCT, Action.WITHDRAW, *FROM_THE_SOURCE})
"""What may still be done to a paused item."""

OPEN = frozenset({Status.ISSUED, Status.UNDERWAY, Status.SUBMITTED})
"""Issued and not finished: what can be due, overdue or missing a report."""

OVER = frozenset({Status.CLOSED, Status.STRUCK_OFF, Status.WITHDRAWN})
"""Nothing more is to be done, unless it is reopened."""
