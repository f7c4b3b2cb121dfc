"""One thing asked for in two speeches: joined to an item or another draft, both sentences kept; parted."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from accounts.models import User
from speeches.actions.rules import EditConflict, check_clerk, check_open, check_version, locked, touch
from speeches.models import Directive, Twin
from speeches.same_duty import Added, Target, added_by
from tasks import actions as ledger
from tasks.models import Task
from tasks.moves import Status

State = Directive.State


@transaction.atomic
def join_item(
    pk: int,
    item: int,
    *,
    by: User,
    at: datetime,
    version: int | None = None,
    limit: bool = False,
    departments: bool = False,
) -> Task:
    """合并到事项: the item keeps this sentence beside its own; the draft is done with.

    `limit`, `departments`: the clerk's choice to take over what this sentence says beyond the item's.
    A second time changes nothing. When it raises (EditConflict, MoveRefused, ValidationError), nothing does.
    """
    check_clerk(by)
    directive = locked(pk)
    if directive.state == State.MERGED and directive.merged_item_id == item:
        return Task.objects.get(pk=item)
    check_version(directive, version)
    check_open(directive)
    joined = [directive, *followers(directive).select_for_update()]
    for draft in joined:
        bring(draft, item, by=by, at=at)
    task = Task.objects.get(pk=item)
    _settle(joined, merged_item=task, merged_into=None)
    if limit or departments:
        added = added_by(directive, Target(task, None), today=localdate(at))
        _take_over(task, directive, _chosen(added, limit, departments), by=by, at=at)
    return task


def bring(directive: Directive, item: int, *, by: User, at: datetime) -> None:
    """The sentence of the draft, as plain text with its place, to the item."""
    speech = directive.speech
    ledger.add_source(
        item,
        by=by,
        at=at,
        quote=directive.quote,
        url=directive.address,
        kind=speech.kind,
        title=str(speech)[:200],
        said_on=speech.spoken_on,
        raised_by=speech.speaker,
    )


def followers(directive: Directive) -> QuerySet[Directive]:
    """The drafts of other speeches that were joined to this one."""
    return Directive.objects.filter(merged_into=directive, state=State.MERGED).exclude(
        speech=directive.speech_id
    )


def follow(directive: Directive, task: Task, *, by: User, at: datetime) -> None:
    """The draft has become `task`: what was joined to it goes with it."""
    joined = list(followers(directive).select_for_update())
    for draft in joined:
        bring(draft, task.pk, by=by, at=at)
    _settle(joined, merged_item=task, merged_into=None)


def _settle(drafts: list[Directive], **where: Any) -> None:
    for draft in drafts:
        draft.state = State.MERGED
        for name, value in where.items():
            setattr(draft, name, value)
        touch(draft)
        draft.save(update_fields=["state", "is_touched", "version", *where])


def _chosen(added: Added, limit: bool, departments: bool) -> Added:
    """What the clerk ticked; a choice that is not there any more is refused, not passed over."""
    if (limit and added.limit is None) or (departments and not added.departments):
        raise EditConflict("时限或单位刚刚变了，请对照最新内容后再合并。")
    return Added(
        added.limit if limit else None,
        added.lead if departments else None,
        added.supports if departments else [],
    )


def _take_over(task: Task, directive: Directive, added: Added, *, by: User, at: datetime) -> None:
    if task.status == Status.DRAFT:
        ledger.amend(task.pk, by=by, at=at, **_amended(task, directive, added))
        return
    if added.departments:
        raise ValidationError("事项已经交办，不能直接增加单位。请在事项页用“拆解”分出子事项交给该单位。")
    if added.limit is not None:
        reason = f"{directive.speech}提出了更早的时限：“{directive.due_text or directive.quote[:40]}”"
        ledger.redate(task.pk, by=by, at=at, due_on=added.limit, reason=reason)


def _amended(task: Task, directive: Directive, added: Added) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if added.limit is not None:
        changes = {"due_on": added.limit, "due_text": directive.due_text, "due_is_assumed": False}
    if added.lead is not None:
        changes["lead"] = added.lead
    if added.supports:
        supports = task.assignments.filter(role="support").select_related("department")
        changes["supports"] = [*(own.department for own in supports), *added.supports]
    return changes


@transaction.atomic
def join_draft(
    pk: int,
    into: int,
    *,
    by: User,
    at: datetime,
    version: int | None = None,
    limit: bool = False,
    departments: bool = False,
) -> Directive:
    """合并到另一篇讲话的草稿: adopted later, its item keeps both sentences. Choices as in `join_item`."""
    check_clerk(by)
    if pk == into:
        raise ValidationError("不能与自己合并，请选择另一条草稿。")
    first, second = (locked(key) for key in sorted((pk, into)))
    kept, gone = (first, second) if first.pk == into else (second, first)
    if gone.state == State.MERGED and gone.merged_into_id == kept.pk:
        return kept
    if kept.speech_id == gone.speech_id:
        raise ValidationError("两条草稿在同一篇讲话中，请用“并入下一条”。")
    check_version(gone, version)
    check_open(gone)
    check_open(kept)
    if limit or departments:
        added = added_by(gone, Target(None, kept), today=localdate(at))
        _take_over_in_draft(kept, gone, _chosen(added, limit, departments))
    touch(kept)
    kept.save()
    joined = list(followers(gone).select_for_update())
    _settle([gone, *(d for d in joined if d.speech_id != kept.speech_id)], merged_into=kept)
    _reopen([d for d in joined if d.speech_id == kept.speech_id])
    return kept


def _take_over_in_draft(kept: Directive, gone: Directive, added: Added) -> None:
    if added.limit is not None:
        kept.due_on, kept.due_text = added.limit, gone.due_text
        kept.assumed = [name for name in kept.assumed if name != "due_on"]
    if added.lead is not None:
        kept.lead = added.lead
    kept.supports.add(*added.supports)


@transaction.atomic
def unjoin(pk: int, *, by: User, at: datetime) -> Directive:
    """拆开: the draft is open again, the item loses its sentence, with an event. Not from a finished item."""
    check_clerk(by)
    directive = locked(pk)
    if directive.state == State.OPEN:
        return directive
    if not directive.is_joined:
        raise EditConflict("这条草稿不是跨讲话合并的，不能拆开。")
    if directive.merged_item_id is not None:
        ledger.remove_source(directive.merged_item_id, by=by, at=at, url=directive.address)
    _reopen([directive])
    return directive


def _reopen(drafts: list[Directive]) -> None:
    for draft in drafts:
        draft.state, draft.merged_item, draft.merged_into = State.OPEN, None, None
        touch(draft)
        draft.save(update_fields=["state", "merged_item", "merged_into", "is_touched", "version"])


@transaction.atomic
def tell_apart(
    pk: int, *, by: User, at: datetime, item: int | None = None, draft: int | None = None
) -> Directive:
    """不是同一件事: remembered, from both sides, and not proposed again."""
    check_clerk(by)
    directive = locked(pk)
    decided: dict[str, Any] = {"is_distinct": True, "decided_by": by, "decided_at": at}
    if item is not None:
        leads_there = Q(task=item) | Q(other__task=item) | Q(other__merged_item=item)
        known = list(Twin.objects.filter(leads_there, directive=pk).values_list("pk", flat=True))
        if not known:
            known = [Twin.objects.create(directive=directive, task_id=item, likeness=0).pk]
        Twin.objects.filter(pk__in=known).update(**decided)
    if draft is not None:
        for one, other in ((pk, draft), (draft, pk)):
            Twin.objects.update_or_create(
                directive_id=one, other_id=other, defaults=decided, create_defaults=decided | {"likeness": 0}
            )
    return directive
