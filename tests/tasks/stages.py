"""Items brought into each state through the verbs themselves."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tasks import actions
from tasks.models import Task
from tasks.moves import Action, Status
from tests.factories import MONDAY, NOON, task
from tests.people import Cast


def at_stage(status: Status, people: Cast, **fields: Any) -> Task:
    """An item with lead, part and supporting department in that state; the lead signed where it must have."""
    who: dict[str, Any] = {"lead": people.lead, "parts": [people.part], "supports": [people.support]} | fields
    item = task(people.supervisor, **who)
    for step in PATHS[status]:
        step(item.pk, people)
    return Task.objects.get(pk=item.pk)


def _issue(pk: int, people: Cast) -> None:
    actions.issue(pk, by=people.supervisor, at=NOON)


def _receive(pk: int, people: Cast) -> None:
    actions.receive(pk, by=people.leading, at=NOON)


def _submit(pk: int, people: Cast) -> None:
    actions.submit(pk, by=people.leading, at=NOON, result="12处全部整治到位。")


def _close(pk: int, people: Cast) -> None:
    actions.close(pk, by=people.supervisor, at=NOON)


def _strike_off(pk: int, people: Cast) -> None:
    actions.strike_off(pk, by=people.supervisor, at=NOON)


def _withdraw(pk: int, people: Cast) -> None:
    actions.withdraw(pk, by=people.supervisor, at=NOON, reason="并入其他事项")


Step = Callable[[int, Cast], None]
PATHS: dict[Status, tuple[Step, ...]] = {
    Status.DRAFT: (),
    Status.ISSUED: (_issue,),
    Status.UNDERWAY: (_issue, _receive),
    Status.SUBMITTED: (_issue, _receive, _submit),
    Status.CLOSED: (_issue, _receive, _submit, _close),
    Status.STRUCK_OFF: (_issue, _receive, _submit, _close, _strike_off),
    Status.WITHDRAWN: (_withdraw,),
}


def attempt(action: Action, pk: int, by: Any, people: Cast) -> None:
    """Do the verb as this person, with everything it needs said."""
    words: dict[Action, dict[str, Any]] = {
        Action.AMEND: {"title": "改过的名称"},
        Action.DECLINE: {"reason": "不属本单位职责"},
        Action.REFER: {"to": people.outside, "reason": "职责调整"},
        Action.REPORT: {"progress": "已完成8处。"},
        Action.SUBMIT: {"result": "12处全部整治到位。"},
        Action.SEND_BACK: {"reason": "缺验收材料"},
        Action.REOPEN: {"reason": "抽查发现2处积水"},
        Action.WITHDRAW: {"reason": "并入其他事项"},
        Action.ASK_EXTENSION: {
            "due_on": MONDAY + timedelta(days=90),
            "reason": "管线迁改滞后",
            "progress": "已完成8处。",
        },
        Action.REFUSE_EXTENSION: {"reason": "不影响汛期的先办"},
        Action.REDATE: {"due_on": MONDAY + timedelta(days=90), "reason": "汛期提前"},
        Action.SPLIT_OFF: {"title": "清掏雨水口", "requirement": "汛前清掏全部雨水口。"},
        Action.PAUSE: {"reason": "等待上级方案"},
        Action.INSTRUCT: {"text": "务必汛前办好。", "voice": "闻市长"},
        Action.ADD_SOURCE: {"quote": "内涝点汛前要整治到位。", "url": f"/speeches/1/?d={by.pk}"},
        Action.REMOVE_SOURCE: {"url": "/speeches/1/?d=0"},
    }
    verb = getattr(actions, action.value)
    verb(pk, by=by, at=NOON, **words.get(action, {}))
