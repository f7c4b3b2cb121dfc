"""A change of an item becomes a letter to everybody it concerns, once; whoever cannot be reached is seen."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from accounts.models import User
from supervision import notices
from supervision.announcing import announce, unannounced
from supervision.models import Notice
from tasks import actions
from tasks.models import Task, TaskEvent
from tasks.moves import Action
from tests.factories import NOON, department, person
from tests.people import Cast
from tests.supervision.making import issued, live

State, Kind = Notice.State, Notice.Kind
LATER = NOON + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _at_work(db: None) -> None:
    live()


def told(kind: str) -> set[str]:
    """The people who get a letter of the kind."""
    return set(Notice.objects.filter(kind=kind).values_list("recipient__username", flat=True))


def quiet() -> None:
    """Nobody has heard of anything more than what is queued by now; forget it."""
    notices.queue_all(LATER)
    Notice.objects.exclude(kind=Kind.ISSUED).delete()


def test_issuing_tells_the_liaisons_of_every_assigned_department_and_nobody_else(cast: Cast) -> None:
    second = person("shuiwu2", User.Role.LIAISON, cast.lead)
    person("retired", User.Role.LIAISON, cast.lead, is_active=False)
    issued(cast)
    assert notices.queue_events(NOON) == 4
    assert told(Kind.ISSUED) == {"shuiwu", second.username, "chengguan", "caizheng"}
    assert set(Notice.objects.values_list("state", flat=True)) == {State.PENDING}


def test_the_letter_carries_number_requirement_quote_departments_limit_and_link(cast: Cast) -> None:
    task = issued(cast, due_on=NOON.date() + timedelta(days=28), rhythm_text="每周五")
    notices.queue_events(NOON)
    notice = Notice.objects.get(recipient=cast.taking_part)
    assert notice.subject == f"【落实】交办通知：{task.code} {task.title}"
    link = f"{settings.SITE_URL}/notices/{notice.pk}/open/"
    words = (
        *(task.code, task.requirement, task.source_quote, task.source_title, "每周五", link),
        *(cast.lead.name, cast.part.name, cast.support.name, "分办单位", "2026年3月30日（周一）"),
        *(notice.number, settings.ORG_NAME, str(cast.taking_part)),
    )
    for body in (notice.body_text, notice.body_html):
        assert [word for word in words if word not in body] == []


def test_only_who_answers_for_the_item_is_told_that_it_may_object(cast: Cast) -> None:
    issued(cast)
    notices.queue_events(NOON)
    said = {
        who: Notice.objects.get(recipient=cast[who]).body_text
        for who in ("leading", "taking_part", "supporting")
    }
    assert "请在签收前退回" in said["leading"]
    assert "办好本单位承担的部分" in said["taking_part"]
    assert "配合牵头单位办理" in said["supporting"]
    assert sum("请在签收前退回" in words for words in said.values()) == 1


def test_a_departments_own_limit_stands_in_its_letter(cast: Cast) -> None:
    task = issued(cast, due_on=NOON.date() + timedelta(days=28))
    task.assignments.filter(department=cast.part).update(due_on=NOON.date() + timedelta(days=14))
    notices.queue_events(NOON)
    assert "2026年3月16日（周一）" in Notice.objects.get(recipient=cast.taking_part).body_text
    assert "2026年3月30日（周一）" in Notice.objects.get(recipient=cast.leading).body_text


def test_asking_twice_writes_the_same_rows_once(cast: Cast) -> None:
    issued(cast)
    assert notices.queue_events(NOON) == 3
    before = set(Notice.objects.values_list("dedupe_key", "message_id"))
    assert notices.queue_events(NOON) == 0
    assert notices.queue_events(LATER) == 0
    assert set(Notice.objects.values_list("dedupe_key", "message_id")) == before
    assert len({message_id for _, message_id in before}) == 3


def test_keys_name_event_department_and_person(cast: Cast) -> None:
    task = issued(cast)
    notices.queue_events(NOON)
    event = task.events.get(action=Action.ISSUE)
    notice = Notice.objects.get(recipient=cast.leading)
    assert notice.dedupe_key == f"event:{event.pk}:dept:{cast.lead.pk}:user:{cast.leading.pk}"


def test_every_later_change_reaches_those_it_concerns(cast: Cast) -> None:
    task = issued(cast)
    quiet()
    actions.receive(task.pk, by=cast.leading, at=LATER)
    actions.submit(task.pk, by=cast.leading, result="全部完成。", at=LATER)
    notices.queue_events(LATER)
    assert told(Kind.SUBMITTED) == {"ducha"}  # who registered it, not the whole office
    actions.send_back(task.pk, by=cast.supervisor, reason="缺验收材料", at=LATER)
    notices.queue_events(LATER)
    assert told(Kind.SENT_BACK) == {"shuiwu"}
    actions.submit(task.pk, by=cast.leading, result="已补验收材料。", at=LATER)
    actions.close(task.pk, by=cast.supervisor, note="同意", at=LATER)
    notices.queue_events(LATER)
    assert told(Kind.CLOSED) == {"shuiwu", "chengguan", "caizheng"}
    actions.reopen(task.pk, by=cast.supervisor, reason="回访发现仍有积水", at=LATER)
    notices.queue_events(LATER)
    assert told(Kind.REOPENED) == {"shuiwu", "chengguan", "caizheng"}
    actions.withdraw(task.pk, by=cast.supervisor, reason="并入另一事项", at=LATER)
    notices.queue_events(LATER)
    assert told(Kind.WITHDRAWN) == {"shuiwu", "chengguan", "caizheng"}
    assert "缺验收材料" in Notice.objects.get(kind=Kind.SENT_BACK).body_text
    assert "并入另一事项" in Notice.objects.filter(kind=Kind.WITHDRAWN)[0].body_html


def test_an_objection_goes_to_the_office_with_its_reason(cast: Cast) -> None:
    task = issued(cast)
    quiet()
    actions.decline(task.pk, by=cast.leading, at=LATER, reason="排水管网属城管局管理")
    notices.queue_events(LATER)
    assert told(Kind.DECLINED) == {"ducha"}
    notice = Notice.objects.get(kind=Kind.DECLINED)
    assert "排水管网属城管局管理" in notice.body_text
    assert str(cast.lead) in notice.body_text


def test_when_the_clerk_has_left_the_whole_office_hears(cast: Cast) -> None:
    task = issued(cast)
    quiet()
    cast.supervisor.is_active = False
    cast.supervisor.save(update_fields=["is_active"])
    actions.decline(task.pk, by=cast.leading, at=LATER, reason="不属本单位")
    notices.queue_events(LATER)
    assert told(Kind.DECLINED) == {"ducha2"}


def test_a_referral_tells_the_new_lead_all_and_the_old_one_only_that_it_is_over(cast: Cast) -> None:
    task = issued(cast)
    quiet()
    actions.refer(task.pk, by=cast.supervisor, at=LATER, to=cast.outside, reason="职能调整")
    notices.queue_events(LATER)
    assert told(Kind.REFERRED) == {"wenlv", "chengguan", "caizheng", "shuiwu"}
    new, old = (
        Notice.objects.get(kind=Kind.REFERRED, recipient=who) for who in (cast.outsider, cast.leading)
    )
    assert task.requirement in new.body_text
    assert "职能调整" in new.body_text
    assert "不再承办" in old.body_text
    assert "不再承办" in old.body_html
    for body in (old.body_text, old.body_html):
        assert task.requirement not in body
        assert "职能调整" not in body


def test_a_second_referral_leaves_the_first_lead_in_peace(cast: Cast) -> None:
    task = issued(cast)
    quiet()
    for to in (cast.outside, cast.part):
        actions.refer(task.pk, by=cast.supervisor, at=LATER, to=to, reason="再议")
        notices.queue_events(LATER)
    last = task.events.filter(action=Action.REFER).latest("pk")
    told_now = set(Notice.objects.filter(event=last).values_list("recipient__username", flat=True))
    assert told_now == {"chengguan", "caizheng", "wenlv"}


def test_what_is_withdrawn_before_anybody_saw_it_is_told_to_nobody(cast: Cast) -> None:
    draft = actions.register(by=cast.supervisor, at=NOON, title="内涝点", requirement="整治", lead=cast.lead)
    actions.withdraw(draft.pk, by=cast.supervisor, at=NOON, reason="重复")
    assert notices.queue_events(LATER) == 0
    assert not unannounced(LATER).exists()


def test_work_that_was_taken_back_meanwhile_is_not_handed_out_any_more(cast: Cast) -> None:
    task = issued(cast)
    actions.withdraw(task.pk, by=cast.supervisor, at=LATER, reason="另行安排")
    notices.queue_events(LATER)
    assert set(Notice.objects.filter(kind=Kind.ISSUED).values_list("state", flat=True)) == {State.SKIPPED}
    assert "已撤销" in Notice.objects.filter(kind=Kind.ISSUED)[0].last_error
    assert set(Notice.objects.filter(kind=Kind.WITHDRAWN).values_list("state", flat=True)) == {State.PENDING}


@pytest.mark.parametrize("address", ["", "   ", "没有邮箱", "a@b\nBcc: c@d.example"])
def test_an_officer_without_a_usable_address_is_a_visible_failure(cast: Cast, address: str) -> None:
    User.objects.filter(pk=cast.leading.pk).update(email=address)
    issued(cast)
    assert notices.queue_events(NOON) == 3
    notice = Notice.objects.get(recipient=cast.leading)
    assert notice.state == State.DEAD
    assert "单位与人员" in notice.last_error
    assert notice.last_error.startswith("无收件地址" if not address.strip() else "收件地址")


def test_a_department_without_a_liaison_is_a_visible_failure(cast: Cast) -> None:
    empty = department("云川市气象局")
    issued(cast, supports=[empty])
    notices.queue_events(NOON)
    notice = Notice.objects.get(department=empty)
    assert (notice.state, notice.recipient, notice.address) == (State.DEAD, None, "")
    assert notice.last_error.startswith("无收件地址：云川市气象局没有启用的联络员")
    assert not unannounced(NOON).exists()


def test_nothing_from_before_the_office_went_live_is_told(cast: Cast) -> None:
    issued(cast, on=NOON.replace(year=2025, month=12))
    assert notices.queue_events(NOON) == 0


def test_an_event_of_the_future_waits_for_its_moment(cast: Cast) -> None:
    issued(cast, on=LATER)
    assert notices.queue_events(NOON) == 0
    assert notices.queue_events(LATER) == 3


def test_after_a_week_of_standstill_the_letter_is_put_on_record_and_not_sent(cast: Cast) -> None:
    issued(cast)
    assert notices.queue_events(NOON + timedelta(days=7, minutes=1)) == 3
    assert set(Notice.objects.values_list("state", flat=True)) == {State.SKIPPED}
    assert "不再补发" in Notice.objects.all()[0].last_error


def test_an_event_that_commits_after_a_younger_one_was_told_is_not_lost(cast: Cast) -> None:
    first, second = issued(cast), issued(cast, on=LATER)
    TaskEvent.objects.filter(task=first, action=Action.ISSUE).update(at=LATER + timedelta(hours=1))
    assert notices.queue_events(LATER) == 3
    TaskEvent.objects.filter(task=first, action=Action.ISSUE).update(at=NOON)
    assert notices.queue_events(LATER) == 3
    assert set(Notice.objects.values_list("task", flat=True)) == {first.pk, second.pk}


def test_one_event_that_cannot_be_told_does_not_silence_the_others(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison, fine = issued(cast), issued(cast)
    honest = notices.queue_events.__globals__["composing"].event_letter

    def compose(notice: Notice, event: TaskEvent, *rest: object) -> object:
        if event.task_id == poison.pk:
            raise ZeroDivisionError
        return honest(notice, event, *rest)

    monkeypatch.setattr("supervision.composing.event_letter", compose)
    with pytest.raises(ExceptionGroup):
        notices.queue_events(NOON)
    assert set(Notice.objects.values_list("task", flat=True)) == {fine.pk}


def test_hostile_words_do_nothing_in_a_letter(cast: Cast) -> None:
    hostile = "<script>alert(1)</script>{{ 7|add:7 }}"
    task = issued(cast, title=f"{hostile} 清淤", requirement=hostile, source_quote=hostile)
    Task.objects.filter(pk=task.pk).update(title=f"清淤\r\nBcc: all@yunchuan.example {hostile}")
    notices.queue_events(NOON)
    notice = Notice.objects.get(recipient=cast.leading)
    assert "\n" not in notice.subject
    assert "\r" not in notice.subject
    assert "<script>" not in notice.body_html
    assert "&lt;script&gt;" in notice.body_html
    assert "{{ 7|add:7 }}" in notice.body_text
    assert hostile in notice.body_text  # plain text stays as it was written


def test_a_very_long_title_is_cut_in_the_subject_and_whole_in_the_body(cast: Cast) -> None:
    title = "整治" * 100
    issued(cast, title=title)
    notices.queue_events(NOON)
    notice = Notice.objects.get(recipient=cast.leading)
    assert len(notice.subject) == 120
    assert notice.subject.endswith("…")
    assert title in notice.body_text


def test_a_former_lead_hears_that_it_is_over_even_when_all_happened_between_two_ticks(cast: Cast) -> None:
    task = issued(cast)
    actions.refer(task.pk, by=cast.supervisor, at=LATER, to=cast.outside, reason="职能调整")
    notices.queue_events(LATER)
    assert told(Kind.REFERRED) == {"wenlv", "chengguan", "caizheng", "shuiwu"}
    farewell = Notice.objects.get(recipient=cast.leading)
    assert (farewell.kind, farewell.state) == (Kind.REFERRED, State.PENDING)
    assert "不再承办" in farewell.body_text
    assert task.requirement not in farewell.body_text


def test_each_of_two_referrals_between_two_ticks_tells_the_lead_it_took_the_item_from(cast: Cast) -> None:
    task = issued(cast)
    for to in (cast.outside, cast.part):
        actions.refer(task.pk, by=cast.supervisor, at=LATER, to=to, reason="再议")
    notices.queue_events(LATER)
    first, second = task.events.filter(action=Action.REFER)
    told_by = {
        event: set(Notice.objects.filter(event=event).values_list("recipient__username", flat=True))
        for event in (first, second)
    }
    assert told_by == {first: {"chengguan", "caizheng", "shuiwu"}, second: {"chengguan", "caizheng", "wenlv"}}


def underway(cast: Cast) -> Task:
    """Handed out with a limit and signed for; nobody has anything more to hear of by now."""
    task = issued(cast, due_on=NOON.date() + timedelta(days=30))
    quiet()
    return actions.receive(task.pk, by=cast.leading, at=LATER)


def ask(task: Task, who: User) -> None:
    wanted = NOON.date() + timedelta(days=60)
    words: dict[str, Any] = {"due_on": wanted, "reason": "管线迁改滞后", "progress": "已完成8处"}
    actions.ask_extension(task.pk, by=who, at=LATER, **words)


def test_a_request_for_more_time_goes_to_the_office_and_the_answer_to_who_asked(cast: Cast) -> None:
    task = underway(cast)
    ask(task, cast.leading)
    notices.queue_events(LATER)
    assert told(Kind.EXTENSION_ASKED) == {"ducha"}
    assert "延至2026年5月1日：管线迁改滞后" in Notice.objects.get(kind=Kind.EXTENSION_ASKED).body_text
    actions.refuse_extension(task.pk, by=cast.supervisor, at=LATER, reason="汛期不等人")
    ask(task, cast.taking_part)
    actions.grant_extension(task.pk, by=cast.supervisor, at=LATER, department=cast.part)
    notices.queue_events(LATER)
    assert (told(Kind.EXTENSION_REFUSED), told(Kind.EXTENSION_GRANTED)) == ({"shuiwu"}, {"chengguan"})
    assert "汛期不等人" in Notice.objects.get(kind=Kind.EXTENSION_REFUSED).body_html
    granted = Notice.objects.get(kind=Kind.EXTENSION_GRANTED).body_text
    assert "完成时限：2026年5月1日（周五）" in granted


def test_pausing_resuming_and_a_new_limit_reach_everybody_who_handles_the_item(cast: Cast) -> None:
    task = underway(cast)
    everybody = {"shuiwu", "chengguan", "caizheng"}
    actions.redate(task.pk, by=cast.supervisor, at=LATER, due_on=NOON.date() + timedelta(20), reason="提前")
    actions.pause(task.pk, by=cast.supervisor, at=LATER, reason="等待方案")
    actions.resume(task.pk, by=cast.supervisor, at=LATER)
    notices.queue_events(LATER)
    assert [told(kind) for kind in (Kind.REDATED, Kind.PAUSED, Kind.RESUMED)] == [everybody] * 3


def test_a_limit_set_for_one_department_is_told_to_that_one(cast: Cast) -> None:
    task, day = underway(cast), NOON.date() + timedelta(20)
    actions.redate(task.pk, by=cast.supervisor, at=LATER, due_on=day, reason="先行", department=cast.part)
    notices.queue_events(LATER)
    assert told(Kind.REDATED) == {"chengguan"}


def test_a_leaders_words_reach_the_departments_and_the_office(cast: Cast) -> None:
    task = underway(cast)
    actions.instruct(task.pk, by=cast.leader, at=LATER, text="务必汛前办好")
    notices.queue_events(LATER)
    assert told(Kind.INSTRUCTED) == {"shuiwu", "chengguan", "caizheng", "ducha"}
    assert "批示：务必汛前办好" in Notice.objects.get(kind=Kind.INSTRUCTED, recipient=cast.leading).body_text
    Notice.objects.filter(kind=Kind.INSTRUCTED).delete()
    actions.instruct(task.pk, by=cast.supervisor, at=LATER, text="抓紧", voice="闻市长")
    last = task.events.latest("pk")
    announce(last.pk, LATER)
    assert told(Kind.INSTRUCTED) == {"shuiwu", "chengguan", "caizheng"}, "the office wrote it itself"
