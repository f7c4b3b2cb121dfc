"""Lights, departments by role: {% load tasks %}."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tasks.lights import Light
from tasks.listing import Row
from tasks.models import Assignment, Task
from tasks.moves import Action, Status

register = template.Library()

SHORT_ROLES = {"lead": "牵头", "part": "分办", "support": "配合", "transferred": "转出"}
TONES = {
    Action.CLOSE: "is-green",
    Action.STRIKE_OFF: "is-green",
    Action.DECLINE: "is-red",
    Action.SEND_BACK: "is-red",
    Action.REOPEN: "is-red",
    Action.WITHDRAW: "is-red",
    Action.GRANT_EXTENSION: "is-green",
    Action.REFUSE_EXTENSION: "is-red",
}


@register.simple_tag
def light_of(light: Light) -> SafeString:
    """Shape, colour and word; the reason for the pointer and for screen readers."""
    return format_html(
        '<span class="light light-{}" title="{}">{}</span>', light.colour, light.reason, light.word
    )


@register.simple_tag
def status_of(task: Task) -> SafeString:
    return format_html('<span class="badge badge-{}">{}</span>', task.status, task.get_status_display())


@register.filter
def in_role(task: Task, role: str) -> list[Assignment]:
    """The assignments of one role, from what was brought along."""
    return [assignment for assignment in task.assignments.all() if assignment.role == role]


@register.filter
def finished(found: list[Row]) -> int:
    """How many of the lines are closed or struck off."""
    return sum(row.task.status in (Status.CLOSED, Status.STRUCK_OFF) for row in found)


@register.filter
def short_role(assignment: Assignment) -> str:
    return SHORT_ROLES[assignment.role]


@register.filter
def tone(action: str) -> str:
    """The class of an event on the timeline."""
    return TONES.get(Action(action), "")


@register.filter
def aria_sort(sort: str, name: str) -> str:
    """What a heading says of the present order: ascending, descending or nothing."""
    return {name: "ascending", f"-{name}": "descending"}.get(sort, "")


@register.filter
def turned(sort: str, name: str) -> str:
    """The order that a press on the heading asks for."""
    return f"-{name}" if sort == name else name


@register.filter
def size_words(size: Any) -> str:
    """Bytes as 12 KB or 3.4 MB."""
    number = int(size)
    return f"{number / 1024 / 1024:.1f} MB" if number >= 1024 * 1024 else f"{max(1, number // 1024)} KB"


@register.filter
def after_comma(reason: str) -> str:
    """A light's reason without the limit that stands beside it anyway."""
    return reason.partition("，")[2]
