"""The same thing asked for twice: both sentences stay with the item, and what was joined can be parted."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tasks import actions
from tasks.actions import MoveRefused
from tasks.models import Task, TaskSource
from tasks.moves import OVER, Action, Status
from tests.factories import NOON
from tests.people import Cast
from tests.tasks.stages import at_stage

URL = "/speeches/7/?d=31"
QUOTE = "城区12处内涝点，市水务局要赶在汛期前整治到位。"


def add(item: Task, people: Cast, url: str = URL) -> TaskSource:
    return actions.add_source(
        item.pk,
        by=people.supervisor,
        at=NOON,
        quote=QUOTE,
        url=url,
        title="防汛调度会讲话",
        said_on=date(2026, 3, 2),
        raised_by="副市长 闻一舟",
    )


def test_the_item_keeps_both_sentences_and_the_trail_says_which_was_added(people: Cast) -> None:
    item = at_stage(Status.UNDERWAY, people, source_quote="抓紧整治内涝点。")
    add(item, people)
    item.refresh_from_db()
    assert item.source_quote == "抓紧整治内涝点。"
    assert [source.quote for source in item.more_sources.all()] == [QUOTE]
    event = item.events.get(action=Action.ADD_SOURCE)
    assert (event.actor, event.note) == (people.supervisor, f"《防汛调度会讲话》（2026年3月2日）：“{QUOTE}”")


def test_one_place_is_kept_once(people: Cast) -> None:
    item = at_stage(Status.UNDERWAY, people)
    assert add(item, people) == add(item, people)
    assert item.events.filter(action=Action.ADD_SOURCE).count() == 1


def test_a_source_taken_back_is_gone_and_the_trail_still_has_its_words(people: Cast) -> None:
    item = at_stage(Status.ISSUED, people)
    add(item, people)
    actions.remove_source(item.pk, by=people.second_supervisor, at=NOON, url=URL)
    assert not item.more_sources.exists()
    event = item.events.get(action=Action.REMOVE_SOURCE)
    assert event.actor == people.second_supervisor
    assert QUOTE in event.note


def test_what_is_not_there_cannot_be_taken_back(people: Cast) -> None:
    item = at_stage(Status.ISSUED, people)
    add(item, people)
    with pytest.raises(MoveRefused, match="没有这条来源"):
        actions.remove_source(item.pk, by=people.supervisor, at=NOON, url="/speeches/7/?d=32")
    assert item.more_sources.count() == 1


@pytest.mark.parametrize("status", sorted(OVER))
def test_a_finished_item_gets_no_source_and_loses_none(status: Status, people: Cast) -> None:
    item = at_stage(status, people)
    TaskSource.objects.create(task=item, quote=QUOTE, url=URL, added_by=people.supervisor, added_at=NOON)
    with pytest.raises(MoveRefused):
        add(item, people, "/speeches/8/?d=1")
    with pytest.raises(MoveRefused):
        actions.remove_source(item.pk, by=people.supervisor, at=NOON, url=URL)
    assert item.more_sources.count() == 1


def test_an_empty_sentence_is_no_source(people: Cast) -> None:
    item = at_stage(Status.ISSUED, people)
    with pytest.raises(ValidationError):
        actions.add_source(item.pk, by=people.supervisor, at=NOON, quote=" ", url=URL)
    assert not item.more_sources.exists()


@pytest.mark.parametrize("name", ["leading", "leader", "administrator", "outsider"])
def test_only_the_office_adds_and_takes_back(name: str, people: Cast) -> None:
    item = at_stage(Status.ISSUED, people)
    add(item, people)
    with pytest.raises(PermissionDenied):
        actions.add_source(item.pk, by=people[name], at=NOON, quote=QUOTE, url="/x")
    with pytest.raises(PermissionDenied):
        actions.remove_source(item.pk, by=people[name], at=NOON, url=URL)
    assert item.more_sources.count() == 1


def test_a_paused_item_still_takes_a_sentence_in(people: Cast) -> None:
    item = at_stage(Status.UNDERWAY, people)
    actions.pause(item.pk, by=people.supervisor, at=NOON, reason="等待上级方案")
    add(item, people)
    assert item.more_sources.count() == 1


def test_a_source_is_seen_by_whoever_sees_the_item(people: Cast) -> None:
    source = add(at_stage(Status.ISSUED, people), people)
    for name in ("supervisor", "leader", "leading", "supporting"):
        assert list(TaskSource.objects.visible_to(people[name])) == [source], name
    for name in ("outsider", "homeless"):
        assert not TaskSource.objects.visible_to(people[name]).exists(), name


def test_an_item_is_found_by_the_words_of_its_second_sentence(people: Cast) -> None:
    item = at_stage(Status.ISSUED, people, title="内涝整治")
    add(item, people)
    at_stage(Status.ISSUED, people, title="别的事项", requirement="另一件事。")
    assert list(Task.objects.search("赶在汛期前")) == [item]
    assert list(Task.objects.search("防汛调度会讲话 内涝")) == [item]
