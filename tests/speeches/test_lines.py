"""Removed lines come back at one press; drafts move along, and what a clerk has decided stays."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Department
from speeches import actions, intake, parsing, wording
from speeches.models import Directive, Speech
from speeches.parser import clean
from speeches.parser.types import Frame, Span
from speeches.places import place_of
from speeches.readers.types import Left, read_text
from speeches.readers.woven import woven
from tests.people import Cast
from tests.speeches.conftest import UPLOADED
from tests.speeches.readers2 import making
from tests.speeches.test_cleaning import PAGE
from tests.speeches.texts import SPEECH

Office = dict[str, Department]
LINES = SPEECH.split("\n")
NOTICE = "下一篇：市应急局要在9月底前完成应急物资清点"


def parsed(people: Cast, content: bytes, name: str = "讲话.txt") -> Speech:
    made, _ = intake.accept(file_name=name, content=content, by=people.supervisor, at=UPLOADED)
    return parsing.parse(made.pk, at=UPLOADED)


@pytest.fixture
def page(people: Cast, office: Office) -> Speech:
    """A speech within the page of a site."""
    return parsed(people, PAGE.encode())


def start_of(speech: Speech, words: str) -> int:
    return next(int(line["start"]) for line in speech.removed if words in line["line"])


def restored(speech: Speech, people: Cast, *words: str) -> Speech:
    starts = {start_of(speech, word) for word in words} or None
    return actions.restore_lines(speech.pk, by=people.supervisor, at=UPLOADED, starts=starts)


def whole(speech: Speech) -> None:
    for draft in speech.directives.all():
        assert speech.text[draft.start : draft.end] == draft.quote
        for kind in ("units", "deadlines", "recurrences", "targets"):
            for find in draft.found.get(kind, []):
                assert speech.text[find["start"] : find["end"]] == find["text"]


def test_one_line_comes_back_and_the_others_stay_out(page: Speech, people: Cast) -> None:
    count = len(page.removed)
    after = restored(page, people, "发布时间")
    assert after.text.count("发布时间：2026-07-08 09:30") == 1
    assert "打印本页" not in after.text
    assert (len(after.removed), len(after.restored)) == (count - 1, 1)


def test_all_of_them_come_back_at_once_each_in_its_place(page: Speech, people: Cast) -> None:
    after = restored(page, people)
    assert after.removed == []
    solid = [line.strip() for line in PAGE.replace("　", " ").split("\n") if line.strip()]
    assert after.text.split("\n") == solid


def test_a_restored_line_may_hold_a_duty_and_gives_a_draft(people: Cast, office: Office) -> None:
    speech = parsed(people, f"{SPEECH}\n{NOTICE}".encode())
    assert "应急物资清点" not in speech.text
    after = restored(speech, people, "应急物资清点")
    draft = after.directives.get(quote__contains="应急物资清点")
    assert draft.lead == office["市应急局"]
    whole(after)


def test_drafts_move_along_and_keep_their_keys(page: Speech, people: Cast) -> None:
    before = {d.pk: d.quote for d in page.directives.all()}
    after = restored(page, people, "当前位置")
    assert {d.pk: d.quote for d in after.directives.all()} == before
    whole(after)


def test_what_a_clerk_has_touched_or_decided_stays(page: Speech, people: Cast) -> None:
    first, second, third = page.directives.all()[:3]
    actions.edit(first.pk, by=people.supervisor, version=1, title="改过的名称")
    actions.drop(second.pk, by=people.supervisor)
    task = actions.adopt(third.pk, by=people.supervisor, at=UPLOADED)
    total = page.directives.count()
    after = restored(page, people)
    assert after.directives.count() == total
    first.refresh_from_db()
    second.refresh_from_db()
    third.refresh_from_db()
    assert (first.title, first.version) == ("改过的名称", 2)
    assert second.state == Directive.State.DROPPED
    assert third.task == task
    whole(after)


def test_of_two_equal_sentences_each_draft_keeps_its_own(people: Cast, office: Office) -> None:
    same = "市应急局要逐个清点应急物资。"
    text = "\n".join((LINES[0], "来源：云溪网", *LINES[1:4], same, "责任编辑：小周", same, *LINES[4:]))
    speech = parsed(people, text.encode())
    assert speech.text.count(same) == 2
    places = [speech.text.index(same), speech.text.rindex(same)]
    drafts = [
        actions.add(speech.pk, by=people.supervisor, start=place, end=place + len(same)) for place in places
    ]
    after = restored(speech, people)
    for draft in drafts:
        draft.refresh_from_db()
    assert [draft.start for draft in drafts] == [after.text.index(same), after.text.rindex(same)]


def test_a_line_put_into_the_middle_of_a_draft_widens_it_and_says_so(people: Cast, office: Office) -> None:
    text = "\n".join((*LINES[:4], "市应急局要把应急分队组建起来，每队人数不少于30人，", "— 2 —",
                      "本周内开展一次拉练。", *LINES[4:]))  # fmt: skip
    speech = parsed(people, text.encode())
    draft = speech.directives.get(quote__contains="拉练")
    actions.edit(draft.pk, by=people.supervisor, version=draft.version, title="组建分队")
    after = restored(speech, people, "— 2 —")
    draft.refresh_from_db()
    assert after.text[draft.start : draft.end] == draft.quote
    assert "— 2 —" in draft.quote
    assert draft.title == "组建分队"
    assert any("请核对" in flag for flag in draft.flags)


def test_a_restored_line_can_be_let_go_again(page: Speech, people: Cast) -> None:
    text, drafts = page.text, list(page.directives.values_list("pk", "start", "end"))
    restored(page, people)
    after = actions.remove_lines(page.pk, by=people.supervisor, at=UPLOADED)
    assert (after.text, after.restored) == (text, [])
    assert list(after.directives.values_list("pk", "start", "end")) == drafts


def test_restored_lines_stay_when_the_file_is_read_anew(page: Speech, people: Cast) -> None:
    after = restored(page, people, "发布时间")
    actions.retry(page.pk, by=people.supervisor, at=UPLOADED)
    again = parsing.parse(page.pk, at=UPLOADED)
    assert again.text == after.text
    assert len(again.restored) == 1


def test_lines_are_found_again_where_another_version_reads_more() -> None:
    lines = [{"line": "来源：云溪网", "start": 3, "end": 9, "reason": "发布信息"}]
    before, after = "标题\n来源：云溪网\n正文", "页眉\n标题\n来源：云溪网\n正文"
    (found,) = wording.found_again(lines, before, after)
    assert after[found["start"] : found["end"]] == "来源：云溪网"
    assert wording.found_again(lines, before, "别的文字") == []


def test_the_head_a_reader_left_out_comes_back_on_its_page(people: Cast, office: Office) -> None:
    pages = making.set_lines(SPEECH.split("\n"), rows=6)
    for number, sheet in enumerate(pages, 1):
        sheet += [(80, 800, 10, "市应急局要每日报告汛情"), (290, 40, 12, f"— {number} —")]
    speech = parsed(people, making.pdf(pages), "讲话.pdf")
    assert [line["line"] for line in speech.removed if "汛情" in line["line"]] == ["市应急局要每日报告汛情"]
    assert any(f"{len(pages)}页相同" in line["reason"] for line in speech.removed)
    after = restored(speech, people, "汛情")
    assert after.text.startswith("市应急局要每日报告汛情")
    whole(after)
    assert place_of(after, after.text.index("市发改委")) == place_of(speech, speech.text.index("市发改委"))


def test_menus_of_a_page_are_shown_with_their_reason_and_come_back(people: Cast, office: Office) -> None:
    article = "".join(f"<p>{line}</p>" for line in SPEECH.split("\n"))
    speech = parsed(people, making.page(article).encode(), "讲话.html")
    reasons = {line["line"]: line["reason"] for line in speech.removed}
    assert reasons["政务公开"] == "网站导航"
    assert speech.text == SPEECH
    after = restored(speech, people, "政务公开")
    assert after.text == f"政务公开\n{SPEECH}"


def test_a_line_that_is_not_there_is_told_and_nothing_changes(page: Speech, people: Cast) -> None:
    with pytest.raises(ValidationError, match="刷新页面"):
        actions.restore_lines(page.pk, by=people.supervisor, at=UPLOADED, starts={10**6})
    with pytest.raises(ValidationError, match="刷新页面"):
        actions.remove_lines(page.pk, by=people.supervisor, at=UPLOADED)
    assert Speech.objects.get(pk=page.pk).text == page.text


@pytest.mark.parametrize("who", ["leading", "leader", "administrator"])
def test_only_a_supervisor_restores(who: str, page: Speech, people: Cast) -> None:
    for verb in (actions.restore_lines, actions.remove_lines):
        with pytest.raises(PermissionDenied):
            verb(page.pk, by=people[who], at=UPLOADED)


def test_a_speech_stored_before_places_were_kept_is_read_anew(page: Speech, people: Cast) -> None:
    Speech.objects.filter(pk=page.pk).update(sources=[], frames=[])
    page.refresh_from_db()
    waiting = restored(page, people, "发布时间")
    assert waiting.status == Speech.Status.RECEIVED
    after = parsing.parse(page.pk, at=UPLOADED)
    assert "发布时间：2026-07-08 09:30" in after.text
    assert after.sources


MIXED = st.sampled_from(
    [*LINES, "首页", "— 3 —", "来源：云溪网", "", "版权所有 © 云溪网", "相关推荐", "<b>要</b>抓好落实。"]
)


@given(st.lists(st.tuples(MIXED, st.booleans()), min_size=1, max_size=14), st.sets(st.integers(0, 13)))
def test_whatever_is_restored_every_character_is_still_that_of_the_file(
    lines: list[tuple[str, bool]], chosen: set[int]
) -> None:
    kept = [line for line, is_left in lines if not is_left]
    before = [sum(not is_left for _, is_left in lines[:at]) for at in range(len(lines))]
    left = [
        Left(before[at], line, "页眉页脚") for at, (line, is_left) in enumerate(lines) if is_left and line
    ]
    original = wording.original_of(read_text(kept, "txt", [], left=left))
    plain = wording.cleaned(original)
    assert plain.text == clean("\n".join(kept)).text, "what the reader left out changes nothing"
    keep = [{"start": gone.start, "end": gone.end} for at, gone in enumerate(plain.removed) if at in chosen]
    again = wording.cleaned(original, keep)
    assert list(again.offsets) == sorted(again.offsets)
    for char, place in zip(again.text, again.offsets, strict=True):
        assert char in (original.raw_text[place], "\n", " ")
    gone = {(one.start, one.end) for one in again.removed}
    assert not gone & {(one["start"], one["end"]) for one in keep}


def test_frames_are_taken_out_with_their_lines() -> None:
    raw = "页眉\n正文第一段。\n页脚"
    frames = [Frame(Span(0, 2), "页眉页脚"), Frame(Span(10, 12), "页眉页脚")]
    cleaned = clean(raw, frames)
    assert cleaned.text == "正文第一段。"
    assert [(gone.line, gone.start, gone.end) for gone in cleaned.removed] == [
        ("页眉", 0, 2),
        ("页脚", 10, 12),
    ]
    assert clean(raw, frames, [Span(0, 2)]).text == "页眉\n正文第一段。"


def test_what_was_left_out_is_put_back_between_the_paragraphs_it_stood_between() -> None:
    left = [Left(1, "脚注", "页下脚注", 1), Left(2, "页脚", "页眉页脚", 2)]
    everything = woven(read_text(("甲", "乙"), "pdf", [], (1, 2), left))
    assert everything.text == "甲\n脚注\n乙\n页脚"
    assert everything.sources == [(0, 1, 1), (2, 1, 1), (5, 2, 1), (7, 2, 1)]
    assert everything.frames == [(2, 4, "页下脚注"), (7, 9, "页眉页脚")]
