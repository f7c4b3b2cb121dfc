"""A second speech that asks for what the first asked for, and what the tests do with both."""

from datetime import date

import pytest

from speeches import actions, intake, parsing, same_duty
from speeches.models import Directive, Speech
from tasks import actions as ledger
from tasks.models import Task
from tests.factories import at
from tests.people import Cast
from tests.speeches.conftest import UPLOADED

LATER = at("2026-07-21")
SECOND = """在云溪市要素保障座谈会上的讲话
（2026年7月20日）
市委书记 秦远山
同志们：
一、保用地
由市自然资源局牵头，市应急局配合，8月5日前完成用地报批。
二、强作风
各级各部门要高度重视，加强领导，压实责任，狠抓落实。
市应急局要高度重视，压实责任，确保各项工作落到实处。
"""


@pytest.fixture
def second(speech: Speech, people: Cast) -> Speech:
    """Another leader, two weeks later: the same land, an earlier day, one more department."""
    made, _ = intake.accept(file_name="二.txt", content=SECOND.encode(), by=people.supervisor, at=LATER)
    return parsing.parse(made.pk, at=LATER)


def land(speech: Speech) -> Directive:
    found: Directive = speech.directives.get(quote__contains="用地报批")
    return found


def offered(speech: Speech, people: Cast, who: str = "supervisor") -> list[same_duty.Offer]:
    drafts = speech.directives.select_related("speech", "lead").prefetch_related("parts", "supports")
    found = same_duty.offers(people[who], drafts, at=LATER)
    return [offer for shown in found.values() for offer in shown]


def adopted(speech: Speech, people: Cast, *, issue: bool = False) -> Task:
    return actions.adopt(land(speech).pk, by=people.supervisor, at=UPLOADED, issue=issue)


def join(second: Speech, task: Task, people: Cast, **choices: bool) -> Task:
    return actions.join_item(land(second).pk, task.pk, by=people.supervisor, at=LATER, **choices)


def finish(task: Task, people: Cast, *, on: date = date(2026, 7, 10)) -> None:
    """Through every verb to 已销号."""
    lead = task.lead
    assert lead is not None
    people.leading.department = lead
    people.leading.save()
    ledger.receive(task.pk, by=people.leading, at=at(on))
    ledger.submit(task.pk, by=people.leading, at=at(on), result="已报批。")
    ledger.close(task.pk, by=people.supervisor, at=at(on))
    ledger.strike_off(task.pk, by=people.supervisor, at=at(on))
