"""Letters: subject, text and HTML from an event or a digest. Composed once, stored, sent as stored."""

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from accounts.models import Department
from config.templatetags.site import zh_date
from supervision import wording
from supervision.digest import Digest
from supervision.models import Notice
from tasks.models import Assignment, Task, TaskEvent
from tasks.permissions import responsible

SUBJECT_LIMIT = 120
BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the table in a letter."""

    label: str
    value: str
    is_quote: bool = False


def event_letter(notice: Notice, event: TaskEvent, department: Department | None, link: str) -> Letter:
    """The letter about one change of one item. `department`: the reader's, None for the office."""
    context = {
        "event": event,
        "task": event.task,
        "at": wording.moment(event.at),
        "department": department,
        "facts": facts(event.task, department),
        "is_released": department is not None and not handles(event.task, department),
        "duty": duty(event.task, department),
        "link": link,
    }
    return _render(notice, context)


def digest_letter(notice: Notice, digest: Digest, week: str, link: str) -> Letter:
    """The weekly letter. A row's link is the letter's own, told which item to go on to."""
    return _render(notice, {"digest": digest, "week": wording.week(week), "link": link})


def handles(task: Task, department: Department) -> bool:
    return any(a.department_id == department.pk for a in handling(task))


def handling(task: Task) -> list[Assignment]:
    return [a for a in task.assignments.all() if a.role != Assignment.Role.TRANSFERRED]


def duty(task: Task, department: Department | None) -> str:
    """What the department is asked to do first; only who answers for the item may object to it."""
    own = next((a for a in handling(task) if department and a.department_id == department.pk), None)
    if own in responsible(task):
        return "请及时签收；不属本单位职责的，请在签收前退回并说明理由。"
    if own and own.role == Assignment.Role.PART:
        return "请及时签收，办好本单位承担的部分。"
    return "请及时签收，配合牵头单位办理。"


def facts(task: Task, department: Department | None) -> list[Fact]:
    """What everybody handling the item must know, in the order of the ledger; others get its name only."""
    name = [Fact("编号", task.code), Fact("事项名称", task.title)]
    if department is not None and not handles(task, department):
        return name
    own = next((a for a in handling(task) if department and a.department_id == department.pk), None)
    due_on = (own and own.due_on) or task.due_on
    every = [
        *name,
        Fact("工作要求", task.requirement),
        Fact("完成形式", task.deliverable),
        Fact("原文摘录", task.source_quote, is_quote=True),
        Fact("来源", _source(task)),
        *_units(task),
        Fact("本单位分工", own.get_role_display() if own else ""),
        Fact("完成时限", wording.day(due_on) + ("（推定）" if task.due_is_assumed and due_on else "")),
        Fact("反馈周期", task.rhythm_text),
        Fact("汇报对象", task.recipients),
        Fact("紧急程度", "" if task.urgency == Task.Urgency.NORMAL else task.get_urgency_display()),
    ]
    return [fact for fact in every if fact.value]


def _source(task: Task) -> str:
    title = f"《{task.source_title.strip('《》')}》" if task.source_title else ""
    return " ".join(filter(None, [title, task.raised_by, zh_date(task.source_on)]))


def _units(task: Task) -> list[Fact]:
    """牵头单位, 分办单位, 配合单位, each with its departments."""
    roles = (Assignment.Role.LEAD, Assignment.Role.PART, Assignment.Role.SUPPORT)
    names = {role: [str(a.department) for a in handling(task) if a.role == role] for role in roles}
    return [Fact(role.label, "、".join(found)) for role, found in names.items()]


def _render(notice: Notice, context: dict[str, Any]) -> Letter:
    common = context | {
        "notice": notice,
        "reader": notice.recipient,
        "org_name": settings.ORG_NAME,
        "site_url": settings.SITE_URL,
    }
    name = f"supervision/mail/{notice.kind}"
    subject = render_to_string(f"{name}.subject.txt", common)
    text = render_to_string(f"{name}.body.txt", common)
    return Letter(
        wording.one_line(f"【落实】{subject}", SUBJECT_LIMIT),
        BLANK_LINES.sub("\n\n", text).strip() + "\n",
        render_to_string(f"{name}.body.html", common),
    )
