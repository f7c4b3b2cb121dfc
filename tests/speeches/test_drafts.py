"""What clerks do to drafts: nothing is lost, nobody overwrites unseen, a quote is always its text."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Department
from speeches import actions
from speeches.actions.editing import Proposal
from speeches.models import Directive, Speech
from tests.people import Cast
from tests.speeches.conftest import UPLOADED
from tests.speeches.texts import SENTENCE

Office = dict[str, Department]


def about(speech: Speech, words: str) -> Directive:
    found: Directive = speech.directives.get(quote__contains=words)
    return found


def is_whole(draft: Directive) -> bool:
    draft.refresh_from_db()
    return draft.quote == draft.speech.text[draft.start : draft.end]


# --- edit ---


def test_an_edit_saves_the_decided_fields_and_marks_the_draft_as_touched(
    speech: Speech, people: Cast, office: Office
) -> None:
    draft = about(speech, "每周一收集")
    actions.edit(
        draft.pk,
        by=people.supervisor,
        version=1,
        title="企业困难台账",
        lead=office["市工信局"],
        parts=[office["市发改委"]],
        supports=[office["市应急局"]],
        due_on=date(2026, 12, 31),
    )
    draft.refresh_from_db()
    assert (draft.title, draft.lead, draft.due_on) == ("企业困难台账", office["市工信局"], date(2026, 12, 31))
    assert list(draft.parts.all()) == [office["市发改委"]]
    assert (draft.version, draft.is_touched) == (2, True)
    assert "lead" not in draft.assumed
    assert "due_on" not in draft.assumed


def test_what_the_clerk_left_as_it_was_stays_assumed(speech: Speech, people: Cast) -> None:
    draft = about(speech, "每周一收集")
    actions.edit(
        draft.pk, by=people.supervisor, version=1, title="改个名称", due_on=draft.due_on, lead=draft.lead
    )
    draft.refresh_from_db()
    assert {"lead", "due_on"} <= set(draft.assumed)


def test_a_decided_day_is_no_longer_explained_by_the_words_that_said_another(
    speech: Speech, people: Cast
) -> None:
    draft = about(speech, "未开工项目逐个过一遍")
    assert draft.due_text
    actions.edit(draft.pk, by=people.supervisor, version=1, due_on=date(2026, 8, 20))
    draft.refresh_from_db()
    assert draft.due_text == ""


def test_the_second_of_two_clerks_is_told_and_overwrites_nothing(speech: Speech, people: Cast) -> None:
    draft = about(speech, "用地报批")
    actions.edit(draft.pk, by=people.supervisor, version=1, title="先存的")
    with pytest.raises(actions.EditConflict, match="别人保存过"):
        actions.edit(draft.pk, by=people.second_supervisor, version=1, title="后存的")
    draft.refresh_from_db()
    assert draft.title == "先存的"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"title": "  "}, "请填写"),
        ({"requirement": ""}, "请填写"),
        ({"report_rule": "每周五"}, "无法识别"),
        ({"collect_rule": "FREQ=NEVER"}, "无法识别"),
    ],
)
def test_a_draft_keeps_its_words_and_a_rhythm_that_can_be_followed(
    speech: Speech, people: Cast, words: Proposal, says: str
) -> None:
    draft = about(speech, "用地报批")
    with pytest.raises(ValidationError, match=says):
        actions.edit(draft.pk, by=people.supervisor, version=1, **words)
    assert Directive.objects.get(pk=draft.pk).version == 1


def test_nobody_gets_two_roles(speech: Speech, people: Cast, office: Office) -> None:
    draft = about(speech, "用地报批")
    with pytest.raises(ValidationError, match="两处"):
        actions.edit(draft.pk, by=people.supervisor, version=1, parts=[office["市资规局"]])
    assert list(Directive.objects.get(pk=draft.pk).parts.all()) == []


VERBS: dict[str, Callable[[Directive, Cast, str], object]] = {
    "edit": lambda d, c, who: actions.edit(d.pk, by=c[who], version=d.version, title="改"),
    "drop": lambda d, c, who: actions.drop(d.pk, by=c[who]),
    "restore": lambda d, c, who: actions.restore(d.pk, by=c[who]),
    "merge": lambda d, c, who: actions.merge(d.pk, d.pk + 1, by=c[who]),
    "split": lambda d, c, who: actions.split(d.pk, by=c[who], offset=d.start + 5),
    "add": lambda d, c, who: actions.add(d.speech_id, by=c[who], start=0, end=10),
    "adopt": lambda d, c, who: actions.adopt(d.pk, by=c[who], at=UPLOADED),
    "adopt_tier": lambda d, c, who: actions.adopt_tier(d.speech_id, by=c[who], at=UPLOADED, tier="named"),
    "update_speech": lambda d, c, who: actions.update_speech(d.speech_id, by=c[who], at=UPLOADED, title="改"),
    "retry": lambda d, c, who: actions.retry(d.speech_id, by=c[who], at=UPLOADED),
}


@pytest.mark.parametrize("who", ["leading", "outsider", "leader", "administrator", "homeless"])
@pytest.mark.parametrize("verb", VERBS)
def test_only_the_supervision_office_touches_drafts(
    speech: Speech, people: Cast, verb: str, who: str
) -> None:
    before = list(speech.directives.values())
    draft = speech.directives.all()[0]
    with pytest.raises(PermissionDenied):
        VERBS[verb](draft, people, who)
    assert list(speech.directives.values()) == before


# --- drop and restore ---


def test_a_dropped_draft_can_be_taken_back(speech: Speech, people: Cast) -> None:
    draft = about(speech, "用地报批")
    assert actions.drop(draft.pk, by=people.supervisor).state == Directive.State.DROPPED
    assert actions.drop(draft.pk, by=people.supervisor).version == 2
    assert actions.restore(draft.pk, by=people.supervisor).state == Directive.State.OPEN
    assert actions.restore(draft.pk, by=people.supervisor).version == 3


@pytest.mark.parametrize("verb", ["edit", "drop", "split", "merge"])
def test_an_adopted_draft_is_closed_to_changes(speech: Speech, people: Cast, verb: str) -> None:
    draft = speech.directives.all()[0]
    task = actions.adopt(draft.pk, by=people.supervisor, at=UPLOADED)
    draft.refresh_from_db()
    with pytest.raises(actions.EditConflict, match=task.code):
        VERBS[verb](draft, people, "supervisor")


def test_an_adopted_draft_is_not_restored(speech: Speech, people: Cast) -> None:
    draft = speech.directives.all()[0]
    actions.adopt(draft.pk, by=people.supervisor, at=UPLOADED)
    with pytest.raises(actions.EditConflict):
        actions.restore(draft.pk, by=people.supervisor)


# --- merge ---


def neighbours(speech: Speech) -> tuple[Directive, Directive]:
    return about(speech, "未开工项目"), about(speech, "用地报批")


def test_two_merged_drafts_become_one_stretch_with_the_departments_of_both(
    speech: Speech, people: Cast, office: Office
) -> None:
    first, second = neighbours(speech)
    kept = actions.merge(second.pk, first.pk, by=people.supervisor)
    second.refresh_from_db()
    assert is_whole(kept)
    assert (kept.start, kept.end) == (first.start, second.end)
    assert kept.lead == office["市发改委"]
    assert list(kept.parts.all()) == [office["市资规局"]]
    assert list(kept.supports.all()) == [office["市住建局"]]
    assert second.state == Directive.State.MERGED
    assert second.merged_into == kept
    assert [unit["text"] for unit in kept.found["units"]] == ["市发改委", "市自然资源局", "市住建局"]


def test_the_later_of_two_stated_days_holds_for_the_whole(speech: Speech, people: Cast) -> None:
    first, second = neighbours(speech)
    kept = actions.merge(first.pk, second.pk, by=people.supervisor)
    assert kept.due_on == max(first.due_on or date.min, second.due_on or date.min)
    assert "due_on" not in kept.assumed


def test_a_stated_day_wins_over_an_assumed_one(speech: Speech, people: Cast) -> None:
    stated, assumed = about(speech, "用地报批"), about(speech, "每周一收集")
    kept = actions.merge(stated.pk, assumed.pk, by=people.supervisor)
    assert kept.due_on == stated.due_on
    assert "due_on" not in kept.assumed
    assert kept.report_rule == "FREQ=WEEKLY;BYDAY=FR"


def test_edited_words_of_both_survive_a_merge(speech: Speech, people: Cast) -> None:
    first, second = neighbours(speech)
    actions.edit(first.pk, by=people.supervisor, version=1, requirement="列出问题清单。")
    kept = actions.merge(second.pk, first.pk, by=people.supervisor)
    assert kept.requirement.startswith("列出问题清单；")
    assert second.requirement in kept.requirement


def test_merging_twice_is_merging_once(speech: Speech, people: Cast) -> None:
    first, second = neighbours(speech)
    once = actions.merge(second.pk, first.pk, by=people.supervisor)
    assert actions.merge(second.pk, first.pk, by=people.supervisor).version == once.version


def test_a_draft_between_two_others_is_not_swallowed(speech: Speech, people: Cast) -> None:
    first, last = about(speech, "未开工项目"), about(speech, "每周一收集")
    with pytest.raises(ValidationError, match="之间还有"):
        actions.merge(last.pk, first.pk, by=people.supervisor)
    assert speech.directives.filter(state=Directive.State.OPEN).count() == speech.directives.count()


def test_a_draft_is_not_merged_with_itself(speech: Speech, people: Cast) -> None:
    first, _ = neighbours(speech)
    with pytest.raises(ValidationError):
        actions.merge(first.pk, first.pk, by=people.supervisor)


# --- split ---


def test_each_half_keeps_what_lies_in_it(speech: Speech, people: Cast, office: Office) -> None:
    first, second = neighbours(speech)
    joined = actions.merge(second.pk, first.pk, by=people.supervisor)
    left, right = actions.split(joined.pk, by=people.supervisor, offset=second.start)
    assert is_whole(left)
    assert is_whole(right)
    assert left.quote.startswith(first.quote)
    assert right.quote == second.quote
    assert [unit["text"] for unit in left.found["units"]] == ["市发改委"]
    assert right.due_on == date(2026, 8, 15)
    assert right.origin == Directive.Origin.CLERK


def test_a_half_without_a_subject_keeps_that_of_the_whole(
    speech: Speech, people: Cast, office: Office
) -> None:
    draft = about(speech, "未开工项目逐个过一遍")
    offset = speech.text.index("列出问题清单")
    left, right = actions.split(draft.pk, by=people.supervisor, offset=offset)
    assert (left.quote, right.quote) == (SENTENCE, "列出问题清单")
    assert left.lead == right.lead == office["市发改委"]
    assert left.due_on == date(2026, 7, 31)


def test_a_half_that_lost_its_deadline_gets_the_usual_limit_marked_as_assumed(
    speech: Speech, people: Cast
) -> None:
    draft = about(speech, "未开工项目逐个过一遍")
    _, right = actions.split(draft.pk, by=people.supervisor, offset=speech.text.index("列出问题清单"))
    assert right.due_on == date(2026, 8, 5)
    assert "due_on" in right.assumed


def test_two_beats_are_split_with_their_words(speech: Speech, people: Cast) -> None:
    draft = about(speech, "每周一收集")
    left, right = actions.split(draft.pk, by=people.supervisor, offset=speech.text.index("每周五"))
    assert (left.collect_rule, left.report_rule) == ("FREQ=WEEKLY;BYDAY=MO", "")
    assert (right.collect_rule, right.report_rule) == ("", "FREQ=WEEKLY;BYDAY=FR")


@pytest.mark.parametrize("where", ["start", "end"])
def test_a_cut_at_the_edge_is_refused(speech: Speech, people: Cast, where: str) -> None:
    draft = about(speech, "用地报批")
    with pytest.raises(ValidationError, match="位置"):
        actions.split(draft.pk, by=people.supervisor, offset=getattr(draft, where))
    assert is_whole(draft)


# --- add ---


def test_a_selected_sentence_becomes_a_draft_with_what_the_parser_sees_in_it(
    speech: Speech, people: Cast, office: Office
) -> None:
    speech.directives.all().delete()
    start = speech.text.index(SENTENCE)
    draft = actions.add(speech.pk, by=people.supervisor, start=start - 1, end=start + len(SENTENCE) + 1)
    assert is_whole(draft)
    assert draft.quote == SENTENCE
    assert draft.lead == office["市发改委"]
    assert draft.due_on == date(2026, 7, 31)
    assert draft.origin == Directive.Origin.CLERK
    unit = draft.found["units"][0]
    assert speech.text[unit["start"] : unit["end"]] == unit["text"]


def test_words_without_a_requirement_become_a_draft_too(speech: Speech, people: Cast) -> None:
    draft = actions.add(speech.pk, by=people.supervisor, start=0, end=7)
    assert draft.quote == speech.text[:7]
    assert draft.tier == Directive.Tier.UNASSIGNED
    assert draft.assumed == ["due_on"]


def test_adding_the_same_stretch_twice_gives_one_draft(speech: Speech, people: Cast) -> None:
    once = actions.add(speech.pk, by=people.supervisor, start=0, end=7)
    assert actions.add(speech.pk, by=people.supervisor, start=0, end=7).pk == once.pk


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (10_000, 10_010), (-5, 0)])
def test_a_stretch_outside_the_text_is_refused(speech: Speech, people: Cast, start: int, end: int) -> None:
    total = speech.directives.count()
    with pytest.raises(ValidationError, match="重新选择"):
        actions.add(speech.pk, by=people.supervisor, start=start, end=end)
    assert speech.directives.count() == total


def test_nothing_is_added_to_a_speech_that_is_not_parsed(speech: Speech, people: Cast) -> None:
    Speech.objects.filter(pk=speech.pk).update(status=Speech.Status.PARSING)
    with pytest.raises(actions.EditConflict):
        actions.add(speech.pk, by=people.supervisor, start=0, end=7)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(["merge", "split", "add"]), st.integers(0, 400)), max_size=8))
def test_whatever_is_cut_or_joined_a_quote_is_its_text(
    speech: Speech, people: Cast, steps: list[tuple[str, int]]
) -> None:
    for verb, number in steps:
        drafts = list(speech.directives.filter(state=Directive.State.OPEN))
        draft = drafts[number % len(drafts)]
        try:
            if verb == "merge":
                actions.merge(drafts[(number + 1) % len(drafts)].pk, draft.pk, by=people.supervisor)
            elif verb == "split":
                actions.split(
                    draft.pk,
                    by=people.supervisor,
                    offset=draft.start + number % (draft.end - draft.start + 1),
                )
            else:
                actions.add(speech.pk, by=people.supervisor, start=number, end=number + 30)
        except ValidationError:
            continue
    for draft in speech.directives.all():
        assert draft.quote == speech.text[draft.start : draft.end]
        assert draft.quote.strip() == draft.quote != ""


# --- the speech itself ---


def test_another_day_resolves_the_untouched_drafts_again_and_leaves_the_touched(
    speech: Speech, people: Cast
) -> None:
    touched, untouched = about(speech, "未开工项目"), about(speech, "用地报批")
    actions.edit(touched.pk, by=people.supervisor, version=1, due_on=date(2026, 7, 20))
    actions.update_speech(speech.pk, by=people.supervisor, at=UPLOADED, spoken_on=date(2025, 7, 6))
    touched.refresh_from_db()
    untouched.refresh_from_db()
    assert touched.due_on == date(2026, 7, 20)
    assert untouched.due_on == date(2025, 8, 15)


def test_another_kind_changes_only_assumed_limits(speech: Speech, people: Cast) -> None:
    stated, assumed = about(speech, "用地报批"), about(speech, "每周一收集")
    actions.update_speech(speech.pk, by=people.supervisor, at=UPLOADED, kind="instruction")
    stated.refresh_from_db()
    assumed.refresh_from_db()
    assert stated.due_on == date(2026, 8, 15)
    assert assumed.due_on == date(2026, 7, 21)


def test_a_speech_keeps_a_title(speech: Speech, people: Cast) -> None:
    with pytest.raises(ValidationError, match="标题"):
        actions.update_speech(speech.pk, by=people.supervisor, at=UPLOADED, title=" ")


def test_a_speech_being_parsed_is_not_queued_again(speech: Speech, people: Cast) -> None:
    Speech.objects.filter(pk=speech.pk).update(status=Speech.Status.PARSING, lease_until=UPLOADED)
    with pytest.raises(actions.EditConflict, match="正在解析"):
        actions.retry(speech.pk, by=people.supervisor, at=UPLOADED.replace(hour=1))
