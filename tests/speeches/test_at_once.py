"""Two people, or two workers, at the same moment: one speech, one item, nothing overwritten."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from django.db import connection

from speeches import actions, intake, parsing
from speeches.models import Directive, Speech, Twin
from tasks.models import Task, TaskEvent
from tests.factories import department
from tests.people import Cast
from tests.people import cast as make_cast
from tests.speeches.conftest import UPLOADED
from tests.speeches.texts import SPEECH

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What the acts, let loose together in a thread each, gave back or raised."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        with closing(connection):
            gate.wait()
            try:
                return act()
            except actions.EditConflict as conflict:
                return conflict

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def taken_in(people: Cast) -> Speech:
    department("云溪市发展和改革委员会", short_name="市发改委")
    speech, _ = intake.accept(file_name="a.txt", content=SPEECH.encode(), by=people.supervisor, at=UPLOADED)
    return speech


def test_one_file_uploaded_eight_times_at_once_is_one_speech() -> None:
    people = make_cast()

    def is_new() -> bool:
        _, created = intake.accept(
            file_name="a.txt", content=SPEECH.encode(), by=people.supervisor, at=UPLOADED
        )
        return created

    answers = at_once(*[is_new] * 8)
    assert answers.count(True) == 1
    assert Speech.objects.count() == 1


def test_two_workers_parse_one_speech_once() -> None:
    speech = taken_in(make_cast())
    parsing.parse(speech.pk, at=UPLOADED)
    once = speech.directives.count()
    Speech.objects.filter(pk=speech.pk).update(status=Speech.Status.RECEIVED, parser_version="")
    at_once(*[lambda: parsing.parse(speech.pk, at=UPLOADED)] * 4)
    speech.refresh_from_db()
    assert speech.status == Speech.Status.PARSED
    assert speech.directives.count() == once


def test_two_supervisors_adopt_one_draft_into_one_item() -> None:
    people = make_cast()
    draft = parsing.parse(taken_in(people).pk, at=UPLOADED).directives.all()[0]
    answers = at_once(
        lambda: actions.adopt(draft.pk, by=people.supervisor, at=UPLOADED),
        lambda: actions.adopt(draft.pk, by=people.second_supervisor, at=UPLOADED),
    )
    assert answers[0] == answers[1] == Task.objects.get()
    assert TaskEvent.objects.count() == 1


def test_of_two_saves_at_once_one_is_told() -> None:
    people = make_cast()
    draft = parsing.parse(taken_in(people).pk, at=UPLOADED).directives.all()[0]
    answers = at_once(
        lambda: actions.edit(draft.pk, by=people.supervisor, version=1, title="甲"),
        lambda: actions.edit(draft.pk, by=people.second_supervisor, version=1, title="乙"),
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Directive", "EditConflict"]
    kept = next(answer for answer in answers if isinstance(answer, Directive))
    draft.refresh_from_db()
    assert (draft.title, draft.version) == (kept.title, 2)


def test_drop_and_adopt_at_once_end_in_one_of_the_two() -> None:
    people = make_cast()
    draft = parsing.parse(taken_in(people).pk, at=UPLOADED).directives.all()[0]
    at_once(
        lambda: actions.drop(draft.pk, by=people.supervisor),
        lambda: actions.adopt(draft.pk, by=people.second_supervisor, at=UPLOADED),
    )
    draft.refresh_from_db()
    assert (draft.state, Task.objects.count()) in {("dropped", 0), ("adopted", 1)}


def two_of_one_kind(people: Cast) -> tuple[Directive, Task]:
    """A draft, and the item of another speech that asks for the same."""
    first = parsing.parse(taken_in(people).pk, at=UPLOADED).directives.all()[0]
    task = actions.adopt(first.pk, by=people.supervisor, at=UPLOADED)
    again, _ = intake.accept(
        file_name="b.txt", content=f"再次强调：{first.quote}。".encode(), by=people.supervisor, at=UPLOADED
    )
    draft: Directive = parsing.parse(again.pk, at=UPLOADED).directives.all()[0]
    return draft, task


def test_two_clerks_join_one_draft_once() -> None:
    people = make_cast()
    draft, task = two_of_one_kind(people)
    at_once(
        *(
            lambda who=who: actions.join_item(draft.pk, task.pk, by=who, at=UPLOADED)
            for who in (people.supervisor, people.second_supervisor)
        )
    )
    draft.refresh_from_db()
    assert (draft.state, draft.merged_item) == ("merged", task)
    assert (task.more_sources.count(), task.events.filter(action="add_source").count()) == (1, 1)


def test_joined_and_adopted_at_once_it_is_one_of_the_two() -> None:
    people = make_cast()
    draft, task = two_of_one_kind(people)
    at_once(
        lambda: actions.join_item(draft.pk, task.pk, by=people.supervisor, at=UPLOADED),
        lambda: actions.adopt(draft.pk, by=people.second_supervisor, at=UPLOADED),
    )
    draft.refresh_from_db()
    ends = (draft.state, task.more_sources.count(), Task.objects.count())
    assert ends in {("merged", 1, 1), ("adopted", 0, 2)}


def test_parted_by_two_at_once_it_is_parted_once() -> None:
    people = make_cast()
    draft, task = two_of_one_kind(people)
    actions.join_item(draft.pk, task.pk, by=people.supervisor, at=UPLOADED)
    at_once(
        *(
            lambda who=who: actions.unjoin(draft.pk, by=who, at=UPLOADED)
            for who in (people.supervisor, people.second_supervisor)
        )
    )
    draft.refresh_from_db()
    assert (draft.state, task.more_sources.count()) == ("open", 0)
    assert task.events.filter(action="remove_source").count() == 1


def test_two_speeches_parsed_at_once_find_each_other() -> None:
    people = make_cast()
    first = taken_in(people)
    again, _ = intake.accept(
        file_name="b.txt", content=f"再次强调。\n{SPEECH}".encode(), by=people.supervisor, at=UPLOADED
    )
    answers = at_once(*(lambda pk=pk: parsing.parse(pk, at=UPLOADED) for pk in (first.pk, again.pk)))
    assert [answer.status for answer in answers if isinstance(answer, Speech)] == ["parsed", "parsed"]
    found = set(Twin.objects.values_list("directive__speech", "other__speech"))
    assert found == {(first.pk, again.pk), (again.pk, first.pk)}
