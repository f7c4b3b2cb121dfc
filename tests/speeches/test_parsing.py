"""The parsing job: its progress, its failures, its second tries, and what it leaves alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import Department
from speeches import actions, intake, jobs, parser, parsing
from speeches.models import Directive, Speech
from speeches.places import place_of
from speeches.readers import ReadRefused, read_bytes
from tasks.models import Task
from tests.people import Cast
from tests.speeches.conftest import UPLOADED
from tests.speeches.making import RELATIONS, docx, p, packed
from tests.speeches.texts import SPEECH

Office = dict[str, Department]


def received(people: Cast, content: bytes = SPEECH.encode(), name: str = "讲话.txt") -> Speech:
    speech, _ = intake.accept(file_name=name, content=content, by=people.supervisor, at=UPLOADED)
    return speech


def about(speech: Speech, words: str) -> Directive:
    found: Directive = speech.directives.get(quote__contains=words)
    return found


def names(departments: Any) -> list[str]:
    return [str(department) for department in departments.all()]


def test_a_speech_is_read_cleaned_and_parsed(speech: Speech) -> None:
    assert speech.status == Speech.Status.PARSED
    assert (speech.percent, speech.error, speech.lease_until) == (100, "", None)
    assert speech.title == "在云溪市重点项目推进会上的讲话"
    assert speech.speaker == "市长 周明川"
    assert speech.spoken_on == date(2026, 7, 6)
    assert speech.occasion == "云溪市重点项目推进会"
    assert [heading["depth"] for heading in speech.outline][:2] == [1, 2]
    assert speech.parser_version == parser.VERSION


def test_every_draft_is_its_stretch_of_the_text(speech: Speech) -> None:
    assert speech.directives.count() >= 5
    for draft in speech.directives.all():
        assert draft.quote == speech.text[draft.start : draft.end]


def test_a_named_department_leads_and_nothing_is_assumed_about_it(speech: Speech, office: Office) -> None:
    draft = about(speech, "未开工项目逐个过一遍")
    assert draft.lead == office["市发改委"]
    assert draft.due_on == date(2026, 7, 31)
    assert draft.assumed == []


def test_the_words_lead_and_support_are_taken_at_their_word(speech: Speech, office: Office) -> None:
    draft = about(speech, "用地报批")
    assert draft.lead == office["市资规局"]
    assert names(draft.supports) == ["市住建局"]
    assert "lead" not in draft.assumed


def test_of_two_equal_departments_the_first_leads_and_that_is_marked_as_assumed(
    speech: Speech, office: Office
) -> None:
    draft = about(speech, "每周一收集")
    assert draft.lead == office["市发改委"]
    assert names(draft.parts) == ["市工信局"]
    assert "lead" in draft.assumed
    assert (draft.collect_rule, draft.report_rule) == ("FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=FR")
    assert draft.found["recipients"] == ["市委", "市政府"]


def test_a_group_stands_for_its_members_each_with_a_part(speech: Speech) -> None:
    draft = about(speech, "隐患排查")
    assert draft.lead is None or str(draft.lead) == "市应急局"
    assert {"柳河镇", "石桥办事处"} <= set(names(draft.parts))


def test_a_deadline_nobody_gave_is_assumed_from_the_day_of_speaking_and_marked(speech: Speech) -> None:
    draft = speech.directives.filter(due_text="").first()
    assert draft is not None
    assert draft.due_on == date(2026, 7, 6) + timedelta(days=30)
    assert "due_on" in draft.assumed


def test_a_department_nobody_registered_stays_visible(people: Cast, db: None) -> None:
    speech = parsing.parse(received(people).pk, at=UPLOADED)
    draft = about(speech, "未开工项目逐个过一遍")
    assert draft.lead is None
    assert [unit["text"] for unit in draft.found["units"]] == ["市发改委"]
    assert any("市发改委" in flag for flag in draft.flags)


def test_minutes_are_known_by_their_title_and_have_their_own_limit(people: Cast) -> None:
    minutes = (
        "云溪市政府常务会议纪要\n2026年7月6日，市长主持召开会议。"
        "会议要求，市水利局要编制防汛物资清单，充实应急队伍。"
    )
    speech = parsing.parse(received(people, minutes.encode()).pk, at=UPLOADED)
    assert speech.kind == Task.Source.MEETING
    assert {d.due_on for d in speech.directives.all() if "due_on" in d.assumed} <= {date(2026, 7, 26)}


def test_an_old_speech_gets_a_limit_from_the_upload_not_one_that_is_past(people: Cast) -> None:
    old = SPEECH.replace("2026年", "2021年")
    speech = parsing.parse(received(people, old.encode()).pk, at=UPLOADED)
    assumed = [d for d in speech.directives.all() if "due_on" in d.assumed]
    assert assumed
    assert all(d.due_on == date(2026, 8, 7) for d in assumed)


def test_parsing_twice_changes_nothing(speech: Speech) -> None:
    before = list(speech.directives.values())
    parsing.parse(speech.pk, at=UPLOADED)
    assert list(speech.directives.values()) == before


def test_the_job_may_run_twice(speech: Speech) -> None:
    jobs.parse_speech(speech.pk)
    jobs.parse_speech(speech.pk)
    assert Speech.objects.get(pk=speech.pk).status == Speech.Status.PARSED


def test_reading_again_keeps_the_keys_of_untouched_drafts(speech: Speech, people: Cast) -> None:
    before = list(speech.directives.values_list("pk", "start", "end"))
    actions.retry(speech.pk, by=people.supervisor, at=UPLOADED)
    again = parsing.parse(speech.pk, at=UPLOADED)
    assert list(again.directives.values_list("pk", "start", "end")) == before


def test_reading_again_leaves_what_a_clerk_has_touched_or_decided(speech: Speech, people: Cast) -> None:
    first, second, third = speech.directives.all()[:3]
    actions.edit(first.pk, by=people.supervisor, version=1, title="改过的名称")
    actions.drop(second.pk, by=people.supervisor)
    actions.adopt(third.pk, by=people.supervisor, at=UPLOADED)
    total = speech.directives.count()
    actions.retry(speech.pk, by=people.supervisor, at=UPLOADED)
    parsing.parse(speech.pk, at=UPLOADED)
    assert speech.directives.count() == total
    assert Directive.objects.get(pk=first.pk).title == "改过的名称"
    assert Directive.objects.get(pk=second.pk).state == Directive.State.DROPPED
    assert Directive.objects.get(pk=third.pk).task is not None


def test_a_touched_quote_is_found_again_when_cleaning_has_moved_the_text(
    speech: Speech, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = speech.directives.all()[1]
    actions.edit(draft.pk, by=people.supervisor, version=1, title="改过")
    clean = parser.clean
    monkeypatch.setattr(
        parser, "clean", lambda raw, *more: clean("新的第一行，讲清楚了会议的背景，内容比较长。\n" + raw)
    )
    actions.retry(speech.pk, by=people.supervisor, at=UPLOADED)
    again = parsing.parse(speech.pk, at=UPLOADED)
    draft.refresh_from_db()
    assert again.text[draft.start : draft.end] == draft.quote


def test_what_the_clerk_said_about_the_speech_survives_a_second_reading(speech: Speech, people: Cast) -> None:
    actions.update_speech(
        speech.pk, by=people.supervisor, at=UPLOADED, title="我的标题", spoken_on=date(2026, 7, 1)
    )
    actions.retry(speech.pk, by=people.supervisor, at=UPLOADED)
    again = parsing.parse(speech.pk, at=UPLOADED)
    assert (again.title, again.spoken_on) == ("我的标题", date(2026, 7, 1))


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (docx("<w:p/>"), "空.docx", "没有文字"),
        (docx("<w:p>"), "坏.docx", "损坏"),
        (docx('<w:p><w:r><w:drawing><a:blip xmlns:a="urn:a"/></w:drawing></w:r></w:p>'), "图.docx", "图片"),
        (
            packed({"word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "_rels/.rels": RELATIONS}),
            "d.docx",
            "DTD",
        ),
        ("首页\n打印本页\n版权所有 © 云溪网".encode(), "页.txt", "没有正文"),
    ],
)
def test_a_failure_ends_in_the_row_with_its_reason_and_no_drafts(
    people: Cast, content: bytes, name: str, says: str
) -> None:
    speech = parsing.parse(received(people, content, name).pk, at=UPLOADED)
    assert speech.status == Speech.Status.FAILED
    assert says in speech.error
    assert (speech.percent, speech.lease_until) == (0, None)
    assert not speech.directives.exists()
    assert speech.text == ""


def test_a_word_file_goes_all_the_way(people: Cast, office: Office) -> None:
    content = docx("".join(p(line) for line in SPEECH.split("\n")))
    speech = parsing.parse(received(people, content, "讲话.docx").pk, at=UPLOADED)
    assert speech.text == SPEECH
    assert about(speech, "用地报批").lead == office["市资规局"]


def test_an_error_of_our_own_is_told_in_plain_words_and_nothing_is_half_saved(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("speeches.proposals.save", broken)
    speech = parsing.parse(received(people).pk, at=UPLOADED)
    assert speech.status == Speech.Status.FAILED
    assert "内部错误" in speech.error
    assert "a bug" not in speech.error
    assert speech.text == ""
    assert not speech.directives.exists()


def test_a_failed_speech_waits_for_a_person_and_can_then_be_tried_again(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(parsing, "read_bytes", refuse)
        speech = parsing.parse(received(people).pk, at=UPLOADED)
    assert parsing.parse(speech.pk, at=UPLOADED).status == Speech.Status.FAILED
    actions.retry(speech.pk, by=people.supervisor, at=UPLOADED)
    assert parsing.parse(speech.pk, at=UPLOADED).status == Speech.Status.PARSED


def refuse(*args: object, **more: object) -> None:
    raise ReadRefused("读不出来。请另存。")


def test_progress_goes_through_the_stages_in_order(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, int]] = []
    step = parsing._step

    def watched(pk: int, attempt: int, stage: str, *pages: int) -> None:
        step(pk, attempt, stage, *pages)
        seen.append(Speech.objects.values_list("stage", "percent").get(pk=pk))

    monkeypatch.setattr(parsing, "_step", watched)
    parsing.parse(received(people).pk, at=UPLOADED)
    assert [stage for stage, _ in seen] == ["读取文件", "整理正文", "识别要求", "保存草稿"]
    assert [percent for _, percent in seen] == sorted(percent for _, percent in seen)


def test_a_speech_in_another_workers_hands_is_left_alone(people: Cast) -> None:
    speech = received(people)
    held = UPLOADED + timedelta(minutes=1)
    Speech.objects.filter(pk=speech.pk).update(status=Speech.Status.PARSING, lease_until=held, attempts=1)
    assert parsing.parse(speech.pk, at=UPLOADED).status == Speech.Status.PARSING
    assert parsing.parse(speech.pk, at=held).status == Speech.Status.PARSED


@contextmanager
def taken_over(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another worker takes the speech while we read it."""

    def slow(content: bytes, name: str, **told: Any) -> object:
        Speech.objects.update(attempts=2)
        return read_bytes(content, name)

    monkeypatch.setattr(parsing, "read_bytes", slow)
    yield


def test_a_worker_that_lost_its_claim_stores_nothing(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    speech = received(people)
    with taken_over(monkeypatch):
        parsing.parse(speech.pk, at=UPLOADED)
    speech.refresh_from_db()
    assert speech.status == Speech.Status.PARSING
    assert not speech.directives.exists()


def test_the_tick_finds_what_nobody_works_on(people: Cast) -> None:
    speech = received(people)
    later = UPLOADED + timedelta(minutes=5)
    assert jobs.requeue(UPLOADED + timedelta(seconds=30)) == []
    assert jobs.requeue(later) == [speech.pk]
    assert jobs.requeue(later + timedelta(seconds=30)) == []
    assert jobs.requeue(later + timedelta(minutes=3)) == [speech.pk]


def test_the_tick_takes_back_what_a_dead_worker_left_and_gives_up_after_five(people: Cast) -> None:
    speech = received(people)
    now = UPLOADED
    for attempt in range(1, parsing.MAX_ATTEMPTS + 1):
        _, token = parsing._claim(speech.pk, now)
        assert token == attempt
        assert jobs.requeue(now + timedelta(minutes=1)) == []
        now += parsing.LEASE + timedelta(seconds=1)
        assert jobs.requeue(now) == [speech.pk]
    speech = parsing.parse(speech.pk, at=now)
    assert speech.status == Speech.Status.FAILED
    assert "停止自动重试" in speech.error
    assert jobs.requeue(now + timedelta(hours=1)) == []


def test_parsed_and_failed_speeches_are_not_queued_again(speech: Speech, people: Cast) -> None:
    failed = received(people, b"\n".join([SPEECH.encode(), "尾".encode()]))
    Speech.objects.filter(pk=failed.pk).update(status=Speech.Status.FAILED)
    assert jobs.requeue(UPLOADED + timedelta(days=1)) == []


@pytest.mark.parametrize("words", ["x月底前", "x月x日前"])
def test_a_limit_that_cannot_be_resolved_is_asked_about_and_never_guessed(
    words: str, people: Cast, office: dict[str, Department]
) -> None:
    text = f"在调度会上的讲话\n（2026年7月6日）\n市发改委要在{words}完成全市重点项目清单。"
    made, _ = intake.accept(file_name="讲话.txt", content=text.encode(), by=people.supervisor, at=UPLOADED)
    (draft,) = parsing.parse(made.pk, at=UPLOADED).directives.all()
    assert (draft.due_on, draft.due_text) == (None, words)
    assert "due_on" not in draft.assumed


def test_a_draft_tells_where_it_stands_in_the_original(speech: Speech) -> None:
    first = speech.directives.order_by("start")[0]
    number = speech.raw_text[: speech.raw_text.index(first.quote[:12])].count("\n") + 1
    assert place_of(speech, first.start) == f"第{number}段"


def test_no_limit_is_assumed_before_the_day_of_the_speech_is_known(people: Cast, office: Office) -> None:
    text = "各位同志：\n市住建局要对老旧小区管网改造逐个建立台账，明确责任人。\n"
    made, _ = intake.accept(file_name="讲话.txt", content=text.encode(), by=people.supervisor, at=UPLOADED)
    undated = parsing.parse(made.pk, at=UPLOADED)
    assert [(d.due_on, d.assumed) for d in undated.directives.all()] == [(None, [])]
    actions.update_speech(undated.pk, by=people.supervisor, at=UPLOADED, spoken_on=date(2026, 7, 7))
    draft = undated.directives.get()
    assert draft.due_on is not None
    assert draft.assumed == ["due_on"]
