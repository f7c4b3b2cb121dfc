"""Joined across speeches: both sentences kept, nothing changed unasked, parted while the item goes on."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Department
from speeches import actions, parsing
from speeches.models import Speech, Twin
from tasks import actions as ledger
from tasks.models import Task
from tasks.moves import Action, Status
from tests.people import Cast
from tests.speeches.twice import LATER, adopted, finish, join, land, offered, second

__all__ = ["second"]
Office = dict[str, Department]


# --- joining an item ---


def test_the_item_keeps_both_sentences_and_nothing_else_is_changed(
    speech: Speech, second: Speech, people: Cast, office: Office
) -> None:
    task = adopted(speech, people, issue=True)
    was = Task.objects.filter(pk=task.pk).values().get()
    handling = set(task.assignments.values_list("department", "role"))
    join(second, task, people)
    assert Task.objects.filter(pk=task.pk).values().get() == was
    assert set(task.assignments.values_list("department", "role")) == handling
    draft = land(second)
    assert (draft.state, draft.merged_item, draft.is_touched) == ("merged", task, True)
    (source,) = task.more_sources.all()
    assert (source.quote, source.title, source.said_on) == (draft.quote, str(second), date(2026, 7, 20))
    assert source.url == f"/speeches/{second.pk}/?d={draft.pk}"
    event = task.events.get(action=Action.ADD_SOURCE)
    assert (event.actor, event.at) == (people.supervisor, LATER)


def test_joining_twice_is_joining_once(speech: Speech, second: Speech, people: Cast) -> None:
    task = adopted(speech, people)
    assert join(second, task, people) == join(second, task, people) == task
    assert task.more_sources.count() == 1


def test_the_choices_show_the_earlier_day_and_the_further_department(
    speech: Speech, second: Speech, people: Cast, office: Office
) -> None:
    adopted(speech, people)
    (offer,) = offered(second, people)
    assert offer.added.limit == date(2026, 8, 5)
    assert offer.added.departments == [office["市应急局"]]
    assert (offer.takes_limit, offer.takes_departments) == (True, True)


def test_a_draft_item_takes_over_what_the_clerk_chose(
    speech: Speech, second: Speech, people: Cast, office: Office
) -> None:
    task = adopted(speech, people)
    join(second, task, people, limit=True, departments=True)
    task.refresh_from_db()
    assert (task.due_on, task.due_text) == (date(2026, 8, 5), "8月5日前")
    supports = {a.department for a in task.assignments.filter(role="support")}
    assert supports == {office["市住建局"], office["市应急局"]}
    assert task.events.filter(action=Action.AMEND).count() == 1


def test_an_issued_item_is_redated_by_choice_and_gets_no_department_that_way(
    speech: Speech, second: Speech, people: Cast
) -> None:
    task = adopted(speech, people, issue=True)
    (offer,) = offered(second, people)
    assert (offer.takes_limit, offer.takes_departments) == (True, False)
    with pytest.raises(ValidationError, match="拆解"):
        join(second, task, people, departments=True)
    assert (land(second).state, task.more_sources.count()) == ("open", 0)
    join(second, task, people, limit=True)
    task.refresh_from_db()
    assert task.due_on == date(2026, 8, 5)
    assert "更早的时限" in task.events.get(action=Action.REDATE).note


def test_a_choice_that_has_gone_is_refused_and_nothing_is_joined(
    speech: Speech, second: Speech, people: Cast
) -> None:
    task = adopted(speech, people, issue=True)
    ledger.redate(task.pk, by=people.second_supervisor, at=LATER, due_on=date(2026, 8, 1), reason="汛期")
    with pytest.raises(actions.EditConflict, match="时限或单位"):
        join(second, task, people, limit=True)
    assert (land(second).state, task.more_sources.count()) == ("open", 0)


def test_a_later_day_is_no_choice(speech: Speech, second: Speech, people: Cast) -> None:
    actions.adopt(land(second).pk, by=people.supervisor, at=LATER)
    (offer,) = offered(speech, people)
    assert offer.added.limit is None


def test_nothing_is_joined_to_a_finished_item(speech: Speech, second: Speech, people: Cast) -> None:
    task = adopted(speech, people, issue=True)
    finish(task, people)
    with pytest.raises(actions.MoveRefused):
        join(second, task, people)
    assert land(second).state == "open"


def test_an_older_page_does_not_join_what_was_changed_since(
    speech: Speech, second: Speech, people: Cast
) -> None:
    task = adopted(speech, people)
    draft = land(second)
    actions.edit(draft.pk, by=people.second_supervisor, version=draft.version, title="改过")
    with pytest.raises(actions.EditConflict, match="别人保存过"):
        actions.join_item(draft.pk, task.pk, by=people.supervisor, at=LATER, version=draft.version)
    assert not task.more_sources.exists()


def test_parsing_again_leaves_what_was_joined(speech: Speech, second: Speech, people: Cast) -> None:
    task = adopted(speech, people)
    join(second, task, people)
    count = second.directives.count()
    actions.retry(second.pk, by=people.supervisor, at=LATER)
    parsing.parse(second.pk, at=LATER)
    assert (land(second).merged_item, second.directives.count()) == (task, count)


# --- parting ---


def test_parted_again_the_draft_is_open_and_the_trail_has_both_events(
    speech: Speech, second: Speech, people: Cast
) -> None:
    task = adopted(speech, people, issue=True)
    join(second, task, people)
    actions.unjoin(land(second).pk, by=people.second_supervisor, at=LATER)
    draft = land(second)
    assert (draft.state, draft.merged_item) == ("open", None)
    assert not task.more_sources.exists()
    trail = [event.action for event in task.events.all()]
    assert trail[-2:] == [Action.ADD_SOURCE, Action.REMOVE_SOURCE]
    assert len(offered(second, people)) == 1


def test_a_finished_item_keeps_its_sentences(speech: Speech, second: Speech, people: Cast) -> None:
    task = adopted(speech, people, issue=True)
    join(second, task, people)
    finish(task, people)
    with pytest.raises(actions.MoveRefused):
        actions.unjoin(land(second).pk, by=people.supervisor, at=LATER)
    assert (land(second).merged_item, task.more_sources.count()) == (task, 1)


def test_what_was_merged_within_a_speech_is_not_parted_that_way(speech: Speech, people: Cast) -> None:
    first, other = speech.directives.order_by("start")[:2]
    actions.merge(other.pk, first.pk, by=people.supervisor)
    with pytest.raises(actions.EditConflict, match="不能拆开"):
        actions.unjoin(other.pk, by=people.supervisor, at=LATER)


# --- joining a draft ---


def test_drafts_joined_across_speeches_become_one_item_with_both_sentences(
    speech: Speech, second: Speech, people: Cast
) -> None:
    actions.join_draft(land(second).pk, land(speech).pk, by=people.supervisor, at=LATER)
    assert (land(second).state, land(second).merged_into) == ("merged", land(speech))
    task = adopted(speech, people)
    assert [source.quote for source in task.more_sources.all()] == [land(second).quote]
    assert (land(second).merged_item, land(second).merged_into) == (task, None)
    actions.unjoin(land(second).pk, by=people.supervisor, at=LATER)
    assert not task.more_sources.exists()


def test_a_draft_takes_over_what_the_clerk_chose(
    speech: Speech, second: Speech, people: Cast, office: Office
) -> None:
    actions.join_draft(
        land(second).pk, land(speech).pk, by=people.supervisor, at=LATER, limit=True, departments=True
    )
    kept = land(speech)
    assert (kept.due_on, kept.due_text) == (date(2026, 8, 5), "8月5日前")
    assert set(kept.supports.all()) == {office["市住建局"], office["市应急局"]}


def test_a_draft_that_holds_anothers_sentence_is_not_dropped_with_it(
    speech: Speech, second: Speech, people: Cast
) -> None:
    actions.join_draft(land(second).pk, land(speech).pk, by=people.supervisor, at=LATER)
    with pytest.raises(actions.EditConflict, match="先在那里拆开"):
        actions.drop(land(speech).pk, by=people.supervisor)
    actions.unjoin(land(second).pk, by=people.supervisor, at=LATER)
    actions.drop(land(speech).pk, by=people.supervisor)
    assert (land(speech).state, land(second).state) == ("dropped", "open")


def test_a_joined_draft_follows_when_its_draft_is_joined_or_merged_further(
    speech: Speech, second: Speech, people: Cast, office: Office
) -> None:
    actions.join_draft(land(second).pk, land(speech).pk, by=people.supervisor, at=LATER)
    neighbour = speech.directives.filter(start__gt=land(speech).end, state="open").first()
    assert neighbour is not None
    actions.merge(land(speech).pk, neighbour.pk, by=people.supervisor)
    assert land(second).merged_into == neighbour
    task = ledger.register(
        by=people.supervisor, at=LATER, title="报批", requirement="报批。", lead=office["市资规局"]
    )
    actions.join_item(neighbour.pk, task.pk, by=people.supervisor, at=LATER)
    assert task.more_sources.count() == 2
    assert land(second).merged_item == task


def test_drafts_of_one_speech_are_merged_the_old_way(speech: Speech, people: Cast) -> None:
    first, other = speech.directives.order_by("start")[:2]
    with pytest.raises(ValidationError, match="并入下一条"):
        actions.join_draft(first.pk, other.pk, by=people.supervisor, at=LATER)


# --- who, and in bulk ---


@pytest.mark.parametrize("name", ["leader", "administrator", "leading", "outsider"])
def test_only_a_clerk_joins_parts_and_tells_apart(
    name: str, speech: Speech, second: Speech, people: Cast
) -> None:
    task = adopted(speech, people)
    draft = land(second)
    by = people[name]
    for act in (
        lambda: actions.join_item(draft.pk, task.pk, by=by, at=LATER),
        lambda: actions.join_draft(draft.pk, land(speech).pk, by=by, at=LATER),
        lambda: actions.unjoin(draft.pk, by=by, at=LATER),
        lambda: actions.tell_apart(draft.pk, item=task.pk, by=by, at=LATER),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert land(second).state == "open"
    assert not Twin.objects.filter(is_distinct=True).exists()


def test_adopting_in_bulk_leaves_what_may_be_on_the_ledger_already(
    speech: Speech, second: Speech, people: Cast
) -> None:
    task = adopted(speech, people)
    made, left = actions.adopt_tier(second.pk, by=people.supervisor, at=LATER, tier="named")
    assert land(second).pk in {draft.pk for draft, _ in left}
    assert land(second).state == "open"
    reason = next(reason for draft, reason in left if draft.pk == land(second).pk)
    assert task.code in reason
    actions.tell_apart(land(second).pk, by=people.supervisor, at=LATER, item=task.pk)
    made, _ = actions.adopt_tier(second.pk, by=people.supervisor, at=LATER, tier="named")
    assert land(second).task in made
    assert Task.objects.filter(status=Status.DRAFT).count() >= 2
