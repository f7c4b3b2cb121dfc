"""What every verb checks first: the person, the state, and that nobody saved in between."""

from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import User
from speeches.models import Directive, Speech


class EditConflict(Exception):
    """The draft is not as the person last saw it; the message says what it is now and what to do."""


def check_clerk(by: User) -> None:
    if not by.is_supervisor:
        raise PermissionDenied("只有督查员可以处理讲话和任务草稿。")


def locked(pk: int) -> Directive:
    """The draft, its row locked until the transaction ends.

    Without joins: a row joined to one we had to wait for would still be of before the wait.
    """
    directive: Directive = Directive.objects.select_for_update().get(pk=pk)
    return directive


def locked_speech(pk: int) -> Speech:
    speech: Speech = Speech.objects.select_for_update().get(pk=pk)
    return speech


def check_version(directive: Directive, version: int | None) -> None:
    """`version` is what the person's page showed; None: the person saw no form."""
    if version is not None and version != directive.version:
        raise EditConflict("这条草稿刚刚被别人保存过。您填写的内容还在页面上，请对照最新内容后再保存一次。")


def check_open(directive: Directive) -> None:
    if directive.state == Directive.State.OPEN:
        return
    code = directive.task.code if directive.task else ""
    now = {
        Directive.State.ADOPTED: f"这条草稿已立项（{code}），请到台账中办理。",
        Directive.State.DROPPED: "这条草稿已标为不采纳。如需处理，请先恢复。",
        Directive.State.MERGED: _merged_where(directive),
    }
    raise EditConflict(now[Directive.State(directive.state)])


def _merged_where(directive: Directive) -> str:
    if directive.merged_item is not None:
        return f"这条草稿已并入事项{directive.merged_item.code}，请到台账中办理，或先拆开。"
    return "这条草稿已合并到另一条，请处理合并后的那一条。"


def check_words(directive: Directive) -> None:
    if not directive.title.strip():
        raise ValidationError({"title": "请填写事项名称。"})
    if not directive.requirement.strip():
        raise ValidationError({"requirement": "请填写工作要求。"})


def touch(directive: Directive) -> None:
    """A clerk's hand was on it: the next parse leaves it alone, and an older page no longer saves over it."""
    directive.is_touched = True
    directive.version += 1
