"""What each verb stores beyond the state, and what it refuses."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from tasks import actions
from tasks.actions import MoveRefused
from tasks.models import Assignment, Feedback, Task, TaskEvent
from tasks.moves import Status
from tasks.permissions import available
from tests.factories import MONDAY, NOON, at, department, paper, person, task
from tests.people import Cast
from tests.tasks.stages import at_stage

LATER = NOON + timedelta(hours=2)


# --- Registering and amending ---


def test_registering_stores_every_field_that_was_given(people: Cast) -> None:
    item = task(
        people.supervisor,
        lead=people.lead,
        parts=[people.part],
        supports=[people.support],
        due_on=date(2026, 6, 30),
        due_text="六月底前",
        due_is_assumed=True,
        report_rule="FREQ=WEEKLY;BYDAY=FR",
        collect_rule="FREQ=WEEKLY;BYDAY=MO",
        rhythm_text="每周一收集、每周五汇报",
        recipients="市委、市政府",
        urgency="urgent",
        source_kind="meeting",
        source_title="专题会议",
        source_quote="汛期前完成整治",
        source_url="/speeches/1/",
        source_on=MONDAY,
        raised_by="市长",
    )
    stored = Task.objects.get(pk=item.pk)
    assert (stored.due_on, stored.urgency, stored.recipients) == (date(2026, 6, 30), "urgent", "市委、市政府")
    assert (stored.created_by, stored.created_at, stored.due_is_assumed) == (people.supervisor, NOON, True)
    roles = dict(stored.assignments.values_list("department__name", "role"))
    assert roles == {"云川市水务局": "lead", "云川市城管局": "part", "云川市财政局": "support"}
    assert stored.lead == people.lead


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"title": "  "}, "title"),
        ({"requirement": ""}, "requirement"),
        ({"title": "长" * 201}, "title"),
        ({"urgency": "soon"}, "urgency"),
        ({"report_rule": "每周五"}, "report_rule"),
        ({"collect_rule": "FREQ=HOURLY"}, "collect_rule"),
    ],
)
def test_bad_words_are_named_and_no_number_is_used_up(
    words: dict[str, Any], field: str, people: Cast
) -> None:
    with pytest.raises(ValidationError) as refused:
        task(people.supervisor, **words)
    assert field in refused.value.message_dict
    assert task(people.supervisor).code.endswith("-0001")


def test_one_department_has_one_role_in_an_item(people: Cast) -> None:
    with pytest.raises(ValidationError, match="云川市水务局填了两处"):
        task(people.supervisor, lead=people.lead, supports=[people.lead])
    assert not Task.objects.exists()


def test_a_department_out_of_use_is_refused(people: Cast) -> None:
    retired = department("云川市旧局", is_active=False)
    with pytest.raises(ValidationError, match="云川市旧局已停用"):
        task(people.supervisor, lead=retired)
    assert not Task.objects.exists()


def test_the_database_refuses_two_leads(people: Cast) -> None:
    item = at_stage(Status.DRAFT, people)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(task=item, department=people.outside, role="lead")


def test_the_database_refuses_one_department_twice(people: Cast) -> None:
    item = at_stage(Status.DRAFT, people)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(task=item, department=people.lead, role="support")


def test_the_database_refuses_an_unknown_state(people: Cast) -> None:
    item = at_stage(Status.DRAFT, people)
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=item.pk).update(status="overdue")


def test_amending_names_what_changed_and_leaves_the_rest(people: Cast) -> None:
    item = at_stage(Status.DRAFT, people)
    changed = actions.amend(
        item.pk, by=people.supervisor, at=LATER, due_on=date(2026, 6, 1), supports=[people.outside]
    )
    event = changed.events.last()
    assert event is not None
    assert event.note == "完成时限、配合单位"
    roles = dict(changed.assignments.values_list("department__name", "role"))
    assert roles == {"云川市水务局": "lead", "云川市城管局": "part", "云川市文旅局": "support"}
    assert changed.title == item.title


def test_amending_with_nothing_different_writes_nothing(people: Cast) -> None:
    item = at_stage(Status.DRAFT, people)
    actions.amend(item.pk, by=people.supervisor, at=LATER, title=item.title, lead=people.lead)
    assert item.events.count() == 1


def test_lead_and_part_can_change_places(people: Cast) -> None:
    item = at_stage(Status.DRAFT, people)
    actions.amend(item.pk, by=people.supervisor, at=LATER, lead=people.part, parts=[people.lead])
    assert dict(item.assignments.values_list("department", "role")) == {
        people.part.pk: "lead",
        people.lead.pk: "part",
        people.support.pk: "support",
    }


def test_amending_badly_changes_nothing(people: Cast) -> None:
    item = at_stage(Status.DRAFT, people)
    with pytest.raises(ValidationError):
        actions.amend(item.pk, by=people.supervisor, at=LATER, title="新", parts=[people.lead])
    item.refresh_from_db()
    assert (item.title, item.events.count()) == ("城区内涝点整治", 1)
    assert item.assignments.get(department=people.part).role == "part"


def test_an_item_without_a_department_cannot_be_issued(people: Cast) -> None:
    item = task(people.supervisor, supports=[people.support])
    with pytest.raises(ValidationError, match="请先填写牵头单位或分办单位"):
        actions.issue(item.pk, by=people.supervisor, at=NOON)
    assert item.events.count() == 1


# --- Objection, referral, reasons ---


@pytest.mark.parametrize("reason", ["", "   \n"])
def test_a_reason_is_required_where_the_table_says_so(reason: str, people: Cast) -> None:
    item = at_stage(Status.ISSUED, people)
    with pytest.raises(ValidationError, match="请填写退回交办的理由"):
        actions.decline(item.pk, by=people.leading, at=LATER, reason=reason)
    with pytest.raises(ValidationError, match="请填写撤销的理由"):
        actions.withdraw(item.pk, by=people.supervisor, at=LATER, reason=reason)
    assert item.events.count() == 2


def test_an_objection_keeps_who_when_and_why(people: Cast) -> None:
    item = at_stage(Status.ISSUED, people)
    actions.decline(item.pk, by=people.leading, at=LATER, reason="属城管局职责")
    event = TaskEvent.objects.get(task=item, action="decline")
    assert (event.actor, event.department, event.at) == (people.leading, people.lead, LATER)
    assert event.note == "属城管局职责"


def test_after_an_objection_another_lead_is_named_and_the_first_no_longer_sees_the_item(people: Cast) -> None:
    item = at_stage(Status.ISSUED, people)
    actions.decline(item.pk, by=people.leading, at=LATER, reason="属文旅局职责")
    actions.amend(item.pk, by=people.supervisor, at=LATER, lead=people.outside)
    actions.issue(item.pk, by=people.supervisor, at=LATER)
    assert not Task.objects.visible_to(people.leading).exists()
    assert Task.objects.visible_to(people.outsider).get() == item


def test_issuing_again_asks_everybody_to_sign_anew(people: Cast) -> None:
    item = at_stage(Status.ISSUED, people)
    actions.receive(item.pk, by=people.taking_part, at=NOON)
    actions.decline(item.pk, by=people.leading, at=LATER, reason="要求不清")
    actions.issue(item.pk, by=people.supervisor, at=LATER)
    assert not item.assignments.exclude(received_at=None).exists()


def test_a_referral_names_both_departments_and_the_new_lead_signs_anew(people: Cast) -> None:
    item = at_stage(Status.UNDERWAY, people)
    moved = actions.refer(item.pk, by=people.supervisor, at=LATER, to=people.outside, reason="职责调整")
    event = TaskEvent.objects.get(task=item, action="refer")
    assert event.note == "由云川市水务局转云川市文旅局：职责调整"
    assert (event.department, moved.lead, moved.received_at) == (people.outside, people.outside, None)
    assert "receive" in available(people.outsider, moved)


def test_the_old_lead_no_longer_sees_the_item_and_can_do_nothing_in_it(people: Cast) -> None:
    item = at_stage(Status.UNDERWAY, people)
    moved = actions.refer(item.pk, by=people.supervisor, at=LATER, to=people.outside, reason="职责调整")
    assert not Task.objects.visible_to(people.leading).exists()
    assert available(people.leading, moved) == []
    with pytest.raises(PermissionDenied):
        actions.receive(item.pk, by=people.leading, at=LATER)


def test_a_part_department_that_becomes_lead_signs_as_lead(people: Cast) -> None:
    item = at_stage(Status.UNDERWAY, people)
    actions.receive(item.pk, by=people.taking_part, at=LATER)
    actions.refer(item.pk, by=people.supervisor, at=LATER, to=people.part, reason="职责调整")
    moved = actions.receive(item.pk, by=people.taking_part, at=LATER)
    assert (moved.status, moved.received_at) == (Status.UNDERWAY, LATER)


def test_referring_back_brings_the_first_lead_back(people: Cast) -> None:
    item = at_stage(Status.UNDERWAY, people)
    actions.refer(item.pk, by=people.supervisor, at=LATER, to=people.outside, reason="职责调整")
    moved = actions.refer(item.pk, by=people.supervisor, at=LATER, to=people.lead, reason="再次调整")
    assert moved.lead == people.lead
    assert moved.assignments.get(department=people.outside).role == "transferred"


def test_referring_to_the_present_lead_is_refused(people: Cast) -> None:
    item = at_stage(Status.ISSUED, people)
    with pytest.raises(ValidationError, match="已经是牵头单位"):
        actions.refer(item.pk, by=people.supervisor, at=LATER, to=people.lead, reason="误选")


# --- Signing, reporting, submitting ---


def test_a_supporter_signs_and_reports_but_never_submits_or_closes(people: Cast) -> None:
    item = at_stage(Status.UNDERWAY, people)
    actions.receive(item.pk, by=people.supporting, at=LATER)
    actions.report(item.pk, by=people.supporting, at=LATER, progress="资金已下达。")
    with pytest.raises(PermissionDenied):
        actions.submit(item.pk, by=people.supporting, at=LATER, result="完成")
    with pytest.raises(PermissionDenied):
        actions.close(item.pk, by=people.supporting, at=LATER)
    item.refresh_from_db()
    assert item.status == Status.UNDERWAY
    assert item.assignments.get(role="support").received_at == LATER


def test_a_part_department_under_a_lead_does_not_submit_the_item(people: Cast) -> None:
    item = at_stage(Status.UNDERWAY, people)
    with pytest.raises(PermissionDenied, match="只有牵头单位"):
        actions.submit(item.pk, by=people.taking_part, at=LATER, result="完成")


def test_a_collective_item_moves_on_the_first_signature_and_the_last_submission(people: Cast) -> None:
    towns = [department(f"云川市{name}镇") for name in ("青石", "白沙", "柳湾")]
    clerks = [person(f"town{number}", home=town) for number, town in enumerate(towns)]
    item = task(people.supervisor, parts=towns)
    actions.issue(item.pk, by=people.supervisor, at=NOON)
    statuses = [actions.receive(item.pk, by=clerk, at=NOON).status for clerk in clerks]
    assert statuses == [Status.UNDERWAY] * 3
    statuses = [
        actions.submit(item.pk, by=clerk, at=LATER, result=f"{clerk.department}已完成").status
        for clerk in clerks
    ]
    assert statuses == [Status.UNDERWAY, Status.UNDERWAY, Status.SUBMITTED]
    item.refresh_from_db()
    assert item.received_at == NOON
    assert item.submitted_at == LATER
    assert item.result.splitlines() == [f"{town}：{town}已完成" for town in towns]


def test_a_town_submits_once_until_the_item_is_sent_back(people: Cast) -> None:
    item = task(people.supervisor, parts=[people.part, people.outside])
    actions.issue(item.pk, by=people.supervisor, at=NOON)
    for clerk in (people.taking_part, people.outsider):
        actions.receive(item.pk, by=clerk, at=NOON)
    actions.submit(item.pk, by=people.taking_part, at=NOON, result="完成")
    with pytest.raises(MoveRefused, match="贵单位已经申请办结"):
        actions.submit(item.pk, by=people.taking_part, at=LATER, result="完成")
    actions.submit(item.pk, by=people.outsider, at=LATER, result="完成")
    actions.send_back(item.pk, by=people.supervisor, at=LATER, reason="缺照片")
    again = actions.submit(item.pk, by=people.taking_part, at=LATER, result="补齐")
    assert again.status == Status.UNDERWAY


def test_who_reports_without_having_signed_has_signed(people: Cast) -> None:
    item = at_stage(Status.UNDERWAY, people)
    actions.report(item.pk, by=people.taking_part, at=LATER, progress="正在清淤。")
    assert item.assignments.get(role="part").received_at == LATER


def test_no_change_is_one_click_but_not_the_first_report(people: Cast) -> None:
    item = at_stage(Status.UNDERWAY, people)
    with pytest.raises(ValidationError, match="第一次反馈"):
        actions.report(item.pk, by=people.leading, at=NOON, progress="", is_unchanged=True)
    actions.report(item.pk, by=people.leading, at=NOON, progress="完成8处。")
    unchanged = actions.report(item.pk, by=people.leading, at=LATER, progress="", is_unchanged=True)
    assert (unchanged.is_unchanged, unchanged.progress) == (True, "本期无变化。")


def test_an_empty_report_is_refused_and_nothing_is_stored(people: Cast) -> None:
    item = at_stage(Status.UNDERWAY, people)
    with pytest.raises(ValidationError, match="请填写落实情况"):
        actions.report(item.pk, by=people.leading, at=NOON, progress=" ", files=[paper()])
    assert not Feedback.objects.exists()
    assert item.events.count() == 3


def test_submitting_stores_the_result_as_the_final_report(people: Cast) -> None:
    item = at_stage(Status.SUBMITTED, people)
    final = Feedback.objects.get(assignment__task=item)
    assert (final.is_final, final.progress, item.result) == (True, "12处全部整治到位。", "12处全部整治到位。")


def test_submitting_without_a_result_is_refused(people: Cast) -> None:
    item = at_stage(Status.UNDERWAY, people)
    with pytest.raises(ValidationError, match="请填写办理结果"):
        actions.submit(item.pk, by=people.leading, at=LATER, result="")
    item.refresh_from_db()
    assert item.status == Status.UNDERWAY


# --- Stamps ---


def test_the_stamps_tell_the_way_and_reopening_clears_what_no_longer_holds(people: Cast) -> None:
    item = at_stage(Status.STRUCK_OFF, people)
    assert None not in (
        item.issued_at,
        item.received_at,
        item.submitted_at,
        item.closed_at,
        item.struck_off_at,
    )
    reopened = actions.reopen(item.pk, by=people.supervisor, at=LATER, reason="抽查发现积水")
    assert (reopened.submitted_at, reopened.closed_at, reopened.struck_off_at) == (None, None, None)
    assert reopened.received_at == NOON
    assert "submit" in available(people.leading, reopened)


def test_numbers_run_on_within_a_year_and_begin_anew_in_the_next(people: Cast) -> None:
    days = [at("2026-12-31"), at("2026-12-31"), at("2027-01-01"), at("2026-12-31")]
    codes = [task(people.supervisor, on=day).code for day in days]
    assert codes == ["DB2026-0001", "DB2026-0002", "DB2027-0001", "DB2026-0003"]


def test_the_year_of_a_number_is_shanghais(people: Cast) -> None:
    new_year = at("2027-01-01", 0)  # still the old year in UTC
    assert task(people.supervisor, on=new_year).code == "DB2027-0001"
