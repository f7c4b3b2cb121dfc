"""One page for every verb: 404 hidden, 403 not yours, 409 wrong moment, 400 words missing, no word lost."""

from datetime import timedelta
from typing import Any

import pytest

from tasks import actions
from tasks.actions import VERBS
from tasks.models import Feedback, Task, TaskEvent
from tasks.moves import MOVES, Action, Status
from tests.factories import MONDAY, NOON, paper
from tests.people import Cast
from tests.tasks.stages import at_stage
from tests.tasks_pages.conftest import SignIn

WORDS: dict[Action, dict[str, Any]] = {
    Action.ISSUE: {"note": "请抓紧"},
    Action.RECEIVE: {},
    Action.DECLINE: {"reason": "不属本单位职责"},
    Action.REFER: {"to": "云川市文旅局", "reason": "职责调整"},
    Action.REPORT: {"progress": "已完成8处。"},
    Action.SUBMIT: {"result": "12处全部整治到位。"},
    Action.SEND_BACK: {"reason": "缺验收材料"},
    Action.CLOSE: {"note": ""},
    Action.STRIKE_OFF: {"note": ""},
    Action.REOPEN: {"reason": "抽查发现2处积水"},
    Action.WITHDRAW: {"reason": "并入其他事项"},
    Action.ASK_EXTENSION: {"due_on": "2026-06-30", "reason": "管线迁改滞后", "progress": "已完成8处"},
    Action.REDATE: {"due_on": "2026-06-30", "reason": "汛期提前"},
    Action.PAUSE: {"reason": "等待上级方案"},
    Action.SPLIT_OFF: {"title": "清掏雨水口", "requirement": "汛前清掏全部雨水口。"},
    Action.INSTRUCT: {"text": "务必汛前办好", "voice": "闻市长"},
}
DOERS = {
    Action.RECEIVE: "leading",
    Action.DECLINE: "leading",
    Action.REPORT: "leading",
    Action.SUBMIT: "leading",
    Action.ASK_EXTENSION: "leading",
}
LIMIT = MONDAY + timedelta(days=60)


def right_moment(action: Action) -> Status:
    return sorted(MOVES[action].sources)[0]


def wrong_moment(action: Action) -> Status:
    """A state that even its departments see and in which the verb is not possible."""
    seen = [Status.ISSUED, Status.UNDERWAY, Status.SUBMITTED, Status.CLOSED]
    return next(status for status in seen if status not in MOVES[action].sources)


@pytest.mark.parametrize("action", WORDS)
def test_a_verb_is_shown_and_done_by_the_right_person_at_the_right_moment(
    action: Action, people: Cast, signed_in: SignIn
) -> None:
    item = at_stage(right_moment(action), people, due_on=LIMIT)
    client = signed_in(people[DOERS.get(action, "supervisor")])
    address = f"/tasks/{item.code}/{action}/"
    assert client.get(address).status_code == 200
    assert TaskEvent.objects.filter(task=item, action=action).count() == 0
    answer = client.post(address, WORDS[action])
    assert (answer.status_code, answer["Location"]) == (302, f"/tasks/{item.code}/")
    event = TaskEvent.objects.get(task=item, action=action)
    assert event.actor == people[DOERS.get(action, "supervisor")]
    changed = Task.objects.get(pk=item.pk)
    assert changed.status == (MOVES[action].to or item.status)


@pytest.mark.parametrize("action", WORDS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_wrong_moment_is_409_and_tells_the_present_state(
    action: Action, method: str, people: Cast, signed_in: SignIn
) -> None:
    item = at_stage(wrong_moment(action), people, due_on=LIMIT)
    events = TaskEvent.objects.count()
    client = signed_in(people[DOERS.get(action, "supervisor")])
    answer = getattr(client, method)(f"/tasks/{item.code}/{action}/", WORDS[action])
    assert answer.status_code == 409
    page = answer.content.decode()
    assert Status(item.status).label in page
    assert f'href="/tasks/{item.code}/"' in page
    assert (Task.objects.get(pk=item.pk).status, TaskEvent.objects.count()) == (item.status, events)


@pytest.mark.parametrize("action", WORDS)
@pytest.mark.parametrize("name", ["leader", "administrator", "supporting", "supervisor", "leading"])
def test_the_wrong_person_is_403(action: Action, name: str, people: Cast, signed_in: SignIn) -> None:
    if name == DOERS.get(action, "supervisor") or (name, action) in {
        ("supporting", Action.RECEIVE),
        ("supporting", Action.REPORT),
        ("leader", Action.INSTRUCT),
    }:
        return
    visible = {Status.DRAFT: Status.ISSUED}
    moment = right_moment(action)
    item = at_stage(visible.get(moment, moment), people, due_on=LIMIT)
    client = signed_in(people[name])
    for answer in (
        client.get(f"/tasks/{item.code}/{action}/"),
        client.post(f"/tasks/{item.code}/{action}/", WORDS[action]),
    ):
        assert answer.status_code == 403
    assert Task.objects.get(pk=item.pk).status == item.status


@pytest.mark.parametrize("action", [*WORDS, Action.AMEND])
def test_what_is_hidden_is_404_to_read_and_to_write(action: Action, people: Cast, signed_in: SignIn) -> None:
    item = at_stage(right_moment(action), people, due_on=LIMIT)
    client = signed_in(people.outsider)
    assert client.get(f"/tasks/{item.code}/{action}/").status_code == 404
    assert client.post(f"/tasks/{item.code}/{action}/", WORDS.get(action, {})).status_code == 404


@pytest.mark.parametrize("verb", ["delete", "register", "Issue", "__class__"])
def test_an_unknown_verb_is_404(verb: str, people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.ISSUED, people)
    assert signed_in(people.supervisor).post(f"/tasks/{item.code}/{verb}/").status_code == 404


@pytest.mark.parametrize(
    ("action", "field", "words"),
    [
        (Action.DECLINE, "reason", {"reason": "  "}),
        (Action.SEND_BACK, "reason", {}),
        (Action.REFER, "to", {"reason": "职责调整"}),
        (Action.REFER, "to", {"to": "没有的局", "reason": "职责调整"}),
        (Action.REFER, "to", {"to": "云川市水务局", "reason": "职责调整"}),
        (Action.REPORT, "progress", {"problems": "管线未迁"}),
        (Action.REPORT, "period", {"progress": "完成8处", "period": "999999"}),
        (Action.SUBMIT, "result", {"result": ""}),
    ],
)
def test_missing_or_wrong_words_are_told_beside_their_field(
    action: Action, field: str, words: dict[str, str], people: Cast, signed_in: SignIn
) -> None:
    item = at_stage(right_moment(action), people, due_on=LIMIT)
    client = signed_in(people[DOERS.get(action, "supervisor")])
    answer = client.post(f"/tasks/{item.code}/{action}/", words)
    assert answer.status_code == 400
    assert answer.context["form"].errors[field]
    assert Task.objects.get(pk=item.pk).status == item.status
    for name, typed in words.items():
        assert name == "period" or typed.strip() in answer.content.decode()


def test_issuing_an_item_nobody_handles_says_what_is_missing(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.DRAFT, people, lead=None, parts=[], supports=[])
    answer = signed_in(people.supervisor).post(f"/tasks/{item.code}/issue/")
    assert answer.status_code == 400
    assert "还没有承办单位" in answer.content.decode()


def test_what_was_typed_is_handed_back_when_somebody_was_faster(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.CLOSED, people)
    answer = signed_in(people.supervisor).post(f"/tasks/{item.code}/send_back/", {"reason": "缺2处验收材料"})
    assert answer.status_code == 409
    assert "缺2处验收材料" in answer.content.decode()


def test_a_move_lost_to_somebody_faster_is_409_with_the_state_it_is_in_now(
    people: Cast, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = at_stage(Status.SUBMITTED, people)

    def beaten(pk: int, **words: Any) -> None:
        actions.close(pk, by=people.second_supervisor, at=NOON)
        actions.close(pk, by=people.supervisor, at=NOON)

    monkeypatch.setitem(VERBS, Action.CLOSE, beaten)
    answer = signed_in(people.supervisor).post(f"/tasks/{item.code}/close/", {"note": "同意"})
    assert answer.status_code == 409
    assert "目前为“已办结”" in answer.content.decode()
    assert "同意" in answer.content.decode()


def test_a_report_keeps_words_and_evidence_and_files_its_day_only(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.UNDERWAY, people, report_rule="FREQ=WEEKLY;BYDAY=FR")
    own = item.assignments.get(department=people.lead)
    first = own.periods.order_by("due_on")[0]
    words = {"progress": "完成8处", "problems": "管线未迁", "next_steps": "本周迁改", "period": str(first.pk)}
    answer = signed_in(people.leading).post(
        f"/tasks/{item.code}/report/", words | {"files": [paper(), paper("照片说明.txt", b"ok")]}
    )
    assert answer.status_code == 302
    feedback = Feedback.objects.get()
    assert (feedback.progress, feedback.problems, feedback.next_steps) == ("完成8处", "管线未迁", "本周迁改")
    assert feedback.files.count() == 2
    assert list(own.periods.exclude(filed_at=None)) == [first]


def test_bad_evidence_is_refused_and_the_words_stay(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.UNDERWAY, people)
    sent = {"progress": "完成8处", "files": paper("run.exe", b"MZ\x90\x00")}
    answer = signed_in(people.leading).post(f"/tasks/{item.code}/report/", sent)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "没有保存" in page
    assert "完成8处" in page
    assert not Feedback.objects.exists()


def test_unchanged_is_one_press_but_not_the_first_time(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.UNDERWAY, people)
    client, address = signed_in(people.leading), f"/tasks/{item.code}/report/"
    assert "本期无变化</button>" not in client.get(address).content.decode()
    assert client.post(address, {"is_unchanged": "1"}).status_code == 400
    client.post(address, {"progress": "完成8处"})
    page = client.get(address).content.decode()
    assert "本期无变化</button>" in page
    assert "完成8处" in page  # what was said last is shown where it is asked again
    assert client.post(address, {"is_unchanged": "1"}).status_code == 302
    assert Feedback.objects.filter(is_unchanged=True).count() == 1


def test_the_report_day_offered_first_is_the_missed_one(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.UNDERWAY, people, report_rule="FREQ=WEEKLY;BYDAY=FR")
    own = item.assignments.get(department=people.lead)
    missed = own.periods.order_by("due_on")[0]
    own.periods.filter(pk=missed.pk).update(due_on=MONDAY - timedelta(days=3))
    form = signed_in(people.leading).get(f"/tasks/{item.code}/report/").context["form"]
    assert form.fields["period"].initial == missed.pk
    assert "补报" in form.fields["period"].choices[0][1]


def test_the_reviewer_reads_the_application_where_it_is_decided(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.SUBMITTED, people)
    assert (
        "12处全部整治到位。"
        in signed_in(people.supervisor).get(f"/tasks/{item.code}/close/").content.decode()
    )


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/tasks/mine/", "/tasks/mine/"),
        ("https://elsewhere.example/", None),
        ("//elsewhere.example/", None),
        ("javascript:alert(1)", None),
    ],
)
def test_the_way_back_stays_on_this_site(
    asked: str, led: str | None, people: Cast, signed_in: SignIn
) -> None:
    item = at_stage(Status.ISSUED, people)
    answer = signed_in(people.leading).post(f"/tasks/{item.code}/receive/", {"next": asked})
    assert answer["Location"] == (led or f"/tasks/{item.code}/")


def test_a_verb_is_not_done_by_following_a_link(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.ISSUED, people)
    signed_in(people.leading).get(f"/tasks/{item.code}/receive/")
    assert Task.objects.get(pk=item.pk).status == Status.ISSUED


def test_who_reviews_reads_the_latest_application_and_no_result_that_was_refused(
    people: Cast, signed_in: SignIn
) -> None:
    item = at_stage(Status.SUBMITTED, people)
    actions.send_back(item.pk, by=people.supervisor, at=NOON, reason="缺材料")
    client = signed_in(people.supervisor)
    assert "<strong>办理结果</strong>" not in client.get(f"/tasks/{item.code}/").content.decode()
    actions.submit(item.pk, by=people.leading, at=NOON, result="材料已补齐。")
    page = client.get(f"/tasks/{item.code}/close/").content.decode()
    assert page.count("的办结申请") == 1
    assert "材料已补齐。" in page
