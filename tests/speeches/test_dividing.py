"""Several speeches in one file: each becomes its own, and they may be put together again for a while."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Department, User
from speeches import actions, intake, originals, parsing
from speeches.allowance import check_allowance
from speeches.models import Directive, Speech
from speeches.places import place_of
from tests.people import Cast
from tests.speeches.conftest import UPLOADED
from tests.speeches.readers2 import making
from tests.speeches.texts import SPEECH

SAME = "各镇办要立即开展一次隐患排查，市应急局每月通报一次排查情况。"
SECOND = "\n".join(
    (
        "在云溪市防汛工作会议上的讲话",
        "（2026年5月11日）",
        "市委书记 罗启新",
        "同志们：",
        "今天召开全市防汛工作会议，主要任务是安排部署汛期各项工作，确保安全度汛，人民群众生命财产不受损失。",
        "市应急局要在6月10日前检修完全部排涝泵站。",
        SAME,
    )
)
THIRD = "\n".join(
    (
        "在云溪市营商环境座谈会上的发言",
        "同志们：",
        "刚才听了大家的发言，很受启发，下面我就优化营商环境讲几点意见，请大家认真抓好贯彻，确保取得实效。",
        "市工信局要逐户走访规模以上企业，建立诉求台账。",
    )
)
FILE = "\n".join((SPEECH, SECOND, THIRD))
Office = dict[str, Department]


@pytest.fixture
def whole(people: Cast, office: Office) -> Speech:
    """The file with three speeches, taken in and parsed."""
    made, _ = intake.accept(file_name="汇编.txt", content=FILE.encode(), by=people.supervisor, at=UPLOADED)
    return parsing.parse(made.pk, at=UPLOADED)


def divided(whole: Speech, people: Cast) -> list[Speech]:
    """Its speeches, each parsed."""
    pieces = actions.divide(whole.pk, by=people.supervisor)
    return [parsing.parse(piece.pk, at=UPLOADED) for piece in pieces]


def about(speech: Speech, words: str) -> Directive:
    found: Directive = speech.directives.get(quote__contains=words)
    return found


def test_each_speech_has_its_own_title_day_speaker_and_drafts(whole: Speech, people: Cast) -> None:
    first, second, third = divided(whole, people)
    assert [str(piece) for piece in (first, second, third)] == [
        "在云溪市重点项目推进会上的讲话",
        "在云溪市防汛工作会议上的讲话",
        "在云溪市营商环境座谈会上的发言",
    ]
    assert [piece.spoken_on for piece in (first, second, third)] == [
        date(2026, 7, 6),
        date(2026, 5, 11),
        None,
    ]
    assert (first.speaker, second.speaker, third.speaker) == ("市长 周明川", "市委书记 罗启新", "")
    assert about(second, "排涝泵站").due_on == date(2026, 6, 10)
    assert about(third, "逐户走访").due_on is None, "no day: no limit is counted from that of another speech"


def test_nothing_of_the_file_is_lost_or_doubled(whole: Speech, people: Cast) -> None:
    pieces = divided(whole, people)
    assert "\n".join(piece.text for piece in pieces) == whole.text
    assert not whole.directives.exists()
    for piece in pieces:
        for draft in piece.directives.all():
            assert piece.text[draft.start : draft.end] == draft.quote


def test_the_file_stays_as_it_was_and_each_speech_leads_back_to_it(whole: Speech, people: Cast) -> None:
    before = Speech.objects.values("text", "raw_text", "status", "title").get(pk=whole.pk)
    pieces = divided(whole, people)
    assert Speech.objects.values("text", "raw_text", "status", "title").get(pk=whole.pk) == before
    for piece in pieces:
        assert piece.parent_id == whole.pk
        assert originals.content(piece) == FILE.encode()


def test_a_quote_has_the_page_and_paragraph_of_the_file(people: Cast, office: Office) -> None:
    content = making.pdf(making.set_lines(FILE.split("\n"), rows=12))
    made, _ = intake.accept(file_name="汇编.pdf", content=content, by=people.supervisor, at=UPLOADED)
    whole = parsing.parse(made.pk, at=UPLOADED)
    wanted = place_of(whole, whole.text.index("市应急局要在6月10日前"))
    second = divided(whole, people)[1]
    assert place_of(second, about(second, "排涝泵站").start) == wanted
    assert wanted.startswith("第")
    assert not wanted.startswith("第1页")


def test_dividing_twice_gives_the_same_speeches(whole: Speech, people: Cast) -> None:
    first = [piece.pk for piece in actions.divide(whole.pk, by=people.supervisor)]
    assert [piece.pk for piece in actions.divide(whole.pk, by=people.second_supervisor)] == first
    assert Speech.objects.count() == 4


def test_a_draft_a_clerk_has_touched_goes_with_its_sentence(whole: Speech, people: Cast) -> None:
    # The same sentence stands in two of the speeches; the parser lists it once, so the clerk adds the other.
    at = whole.text.rindex(SAME)
    added = actions.add(whole.pk, by=people.supervisor, start=at, end=at + len(SAME))
    edited = about(whole, "逐户走访")
    actions.edit(edited.pk, by=people.supervisor, version=1, title="走访企业")
    _, second, third = divided(whole, people)
    added.refresh_from_db()
    edited.refresh_from_db()
    assert (added.speech_id, edited.speech_id) == (second.pk, third.pk)
    assert second.text[added.start : added.end] == added.quote
    assert (edited.title, third.text[edited.start : edited.end]) == ("走访企业", edited.quote)
    assert second.directives.filter(quote=added.quote).count() == 1
    for unit in added.found["units"]:
        assert second.text[unit["start"] : unit["end"]] == unit["text"], "finds move along"


def test_what_was_registered_before_keeps_its_item(whole: Speech, people: Cast) -> None:
    draft = about(whole, "排涝泵站")
    task = actions.adopt(draft.pk, by=people.supervisor, at=UPLOADED)
    _, second, _ = divided(whole, people)
    draft.refresh_from_db()
    assert (draft.speech_id, draft.task) == (second.pk, task)


def test_put_together_again_it_is_as_before(whole: Speech, people: Cast) -> None:
    before = list(whole.directives.values_list("start", "end", "quote"))
    _, second, _ = divided(whole, people)
    draft = about(second, "排涝泵站")
    actions.edit(draft.pk, by=people.supervisor, version=1, title="检修泵站")
    actions.reunite(whole.pk, by=people.supervisor, at=UPLOADED)
    assert Speech.objects.get() == whole
    assert list(whole.directives.values_list("start", "end", "quote")) == before
    draft.refresh_from_db()
    assert (draft.speech_id, draft.title) == (whole.pk, "检修泵站")
    assert originals.content(whole) == FILE.encode()


def test_once_a_draft_is_an_item_they_stay_apart_and_the_item_is_named(whole: Speech, people: Cast) -> None:
    _, second, _ = divided(whole, people)
    task = actions.adopt(about(second, "排涝泵站").pk, by=people.supervisor, at=UPLOADED)
    with pytest.raises(actions.EditConflict, match=task.code):
        actions.reunite(whole.pk, by=people.supervisor, at=UPLOADED)
    assert whole.pieces.count() == 3


def test_a_sentence_joined_to_an_item_can_be_parted_from_it_however_its_file_is_divided(
    whole: Speech, speech: Speech, people: Cast
) -> None:
    task = actions.adopt(speech.directives.all()[0].pk, by=people.supervisor, at=UPLOADED)
    draft = about(whole, "排涝泵站")
    actions.join_item(draft.pk, task.pk, by=people.supervisor, at=UPLOADED)
    _, second, _ = divided(whole, people)
    with pytest.raises(actions.EditConflict, match=task.code):
        actions.reunite(whole.pk, by=people.supervisor, at=UPLOADED)
    actions.unjoin(draft.pk, by=people.supervisor, at=UPLOADED)
    draft.refresh_from_db()
    assert (draft.speech_id, draft.state) == (second.pk, Directive.State.OPEN)
    assert not task.more_sources.exists()
    actions.reunite(whole.pk, by=people.supervisor, at=UPLOADED)


def test_a_worker_that_reads_a_speech_no_longer_there_does_no_harm(whole: Speech, people: Cast) -> None:
    piece = actions.divide(whole.pk, by=people.supervisor)[0]
    actions.reunite(whole.pk, by=people.supervisor, at=UPLOADED)
    with pytest.raises(Speech.DoesNotExist):
        parsing.parse(piece.pk, at=UPLOADED)


def test_a_file_read_anew_keeps_its_speeches_and_makes_no_second_drafts(whole: Speech, people: Cast) -> None:
    pieces = divided(whole, people)
    count = Directive.objects.count()
    actions.retry(whole.pk, by=people.supervisor, at=UPLOADED)
    parsing.parse(whole.pk, at=UPLOADED)
    actions.retry(pieces[1].pk, by=people.supervisor, at=UPLOADED)
    parsing.parse(pieces[1].pk, at=UPLOADED)
    actions.update_speech(whole.pk, by=people.supervisor, at=UPLOADED, spoken_on=date(2026, 7, 1))
    assert Directive.objects.count() == count
    assert whole.pieces.count() == 3


def test_a_later_day_counts_the_limits_of_its_own_speech_alone(whole: Speech, people: Cast) -> None:
    first, _, third = divided(whole, people)
    limits = list(first.directives.values_list("due_on", flat=True))
    actions.update_speech(third.pk, by=people.supervisor, at=UPLOADED, spoken_on=date(2026, 7, 7))
    assert about(third, "逐户走访").due_on == date(2026, 8, 6)
    assert list(first.directives.values_list("due_on", flat=True)) == limits


def test_a_file_with_one_speech_and_one_of_several_are_not_divided(
    speech: Speech, whole: Speech, people: Cast
) -> None:
    with pytest.raises(ValidationError, match="按一篇处理"):
        actions.divide(speech.pk, by=people.supervisor)
    piece = divided(whole, people)[0]
    with pytest.raises(actions.EditConflict, match="不能再拆"):
        actions.divide(piece.pk, by=people.supervisor)


def test_a_divided_file_takes_no_draft_of_its_own(whole: Speech, people: Cast) -> None:
    divided(whole, people)
    with pytest.raises(actions.EditConflict, match="已拆成几篇"):
        actions.add(whole.pk, by=people.supervisor, start=0, end=10)
    with pytest.raises(actions.EditConflict, match="已拆成几篇"):
        actions.restore_lines(whole.pk, by=people.supervisor, at=UPLOADED)


def test_the_same_file_again_opens_the_file_not_a_piece(whole: Speech, people: Cast) -> None:
    divided(whole, people)
    again, created = intake.accept(
        file_name="副本.txt", content=FILE.encode(), by=people.supervisor, at=UPLOADED
    )
    assert (again.pk, created) == (whole.pk, False)


def test_pieces_do_not_use_up_what_a_person_may_upload(
    whole: Speech, people: Cast, settings: pytest.FixtureRequest
) -> None:
    divided(whole, people)
    settings.UPLOAD_BYTES_PER_DAY = len(FILE.encode()) + 1  # type: ignore[attr-defined]
    check_allowance(by=people.supervisor, at=UPLOADED)


def reunite(pk: int, *, by: User) -> object:
    return actions.reunite(pk, by=by, at=UPLOADED)


@pytest.mark.parametrize("verb", [actions.divide, actions.treat_as_one, reunite, actions.cancel])
@pytest.mark.parametrize("who", ["leading", "leader", "administrator"])
def test_only_a_supervisor_decides(verb: object, who: str, whole: Speech, people: Cast) -> None:
    with pytest.raises(PermissionDenied):
        verb(whole.pk, by=people[who])  # type: ignore[operator]


def test_what_the_reader_left_out_goes_with_the_speech_it_stands_in(people: Cast, office: Office) -> None:
    pages = making.set_lines(FILE.split("\n"), rows=12)
    for number, page in enumerate(pages, 1):
        page.append((80, 800, 10, f"云溪市会议文件汇编 内部资料{'甲乙丙丁戊己'[number]}"))
    made, _ = intake.accept(
        file_name="汇编.pdf", content=making.pdf(pages), by=people.supervisor, at=UPLOADED
    )
    whole = parsing.parse(made.pk, at=UPLOADED)
    heads = [line["line"] for line in whole.removed]
    assert heads
    pieces = divided(whole, people)
    assert [line["line"] for piece in pieces for line in piece.removed] == heads
    piece = next(piece for piece in pieces[1:] if piece.removed)
    after = actions.restore_lines(piece.pk, by=people.supervisor, at=UPLOADED)
    for line in after.restored:
        assert after.raw_text[line["start"] : line["end"]] == line["line"]
        assert line["line"] in after.text
