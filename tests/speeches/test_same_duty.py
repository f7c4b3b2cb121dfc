"""The same duty in two speeches: proposed with both sentences, never by generic words or once told apart."""

from datetime import timedelta

from accounts.models import Department
from speeches import actions, intake, parsing, same_duty, twins
from speeches.models import Directive, Speech, Twin
from tasks import actions as ledger
from tests.people import Cast
from tests.speeches.conftest import UPLOADED
from tests.speeches.twice import LATER, SECOND, adopted, finish, land, offered, second

__all__ = ["second"]
Office = dict[str, Department]


# --- proposing ---


def test_the_item_of_another_speech_is_proposed_with_both_sentences_side_by_side(
    speech: Speech, second: Speech, people: Cast
) -> None:
    task = adopted(speech, people)
    (offer,) = offered(second, people)
    assert offer.target.task == task
    number = speech.directives.filter(start__lte=land(speech).start).count()
    assert offer.where == f"事项 {task.code}（《{speech}》第{number}条）"
    assert "".join(text for text, _ in offer.here) == land(second).quote
    assert "".join(text for text, _ in offer.there) == land(speech).quote
    assert "住建" in "".join(text for text, differs in offer.there if differs)


def test_an_open_draft_of_another_speech_is_proposed_on_both_pages(
    speech: Speech, second: Speech, people: Cast
) -> None:
    assert [offer.target.draft for offer in offered(second, people)] == [land(speech)]
    assert [offer.target.draft for offer in offered(speech, people)] == [land(second)]


def test_generic_wording_is_never_proposed(speech: Speech, second: Speech, people: Cast) -> None:
    """Both speeches parsed, one proposal: that of the land."""
    made, _ = intake.accept(
        file_name="三.txt", content=SECOND.split("二、")[1].encode(), by=people.supervisor, at=LATER
    )
    assert offered(parsing.parse(made.pk, at=LATER), people) == []
    assert {twin.directive.pk for twin in Twin.objects.all()} == {land(speech).pk, land(second).pk}


def test_an_item_registered_by_hand_after_the_parsing_is_proposed_too(
    second: Speech, people: Cast, office: Office
) -> None:
    actions.drop(land(Speech.objects.earliest("pk")).pk, by=people.supervisor)
    task = ledger.register(
        by=people.supervisor,
        at=LATER + timedelta(hours=1),
        title="用地报批",
        requirement="市自然资源局8月底前完成用地报批。",
        lead=office["市资规局"],
    )
    assert [offer.target.task for offer in offered(second, people)] == [task]


def test_an_item_registered_by_hand_before_the_parsing_is_proposed(
    speech: Speech, people: Cast, office: Office
) -> None:
    task = ledger.register(
        by=people.supervisor,
        at=UPLOADED,
        title="用地",
        requirement="市自然资源局8月底前完成用地报批。",
        lead=office["市资规局"],
    )
    Directive.objects.filter(speech=speech).delete()
    made, _ = intake.accept(file_name="二.txt", content=SECOND.encode(), by=people.supervisor, at=LATER)
    assert [o.target.task for o in offered(parsing.parse(made.pk, at=LATER), people)] == [task]


def test_what_was_struck_off_lately_is_named_and_after_that_no_more(
    speech: Speech, second: Speech, people: Cast
) -> None:
    task = adopted(speech, people, issue=True)
    finish(task, people)
    (offer,) = offered(second, people)
    assert offer.is_over
    drafts = second.directives.select_related("speech")
    much_later = LATER + timedelta(days=120)
    assert same_duty.offers(people.supervisor, drafts, at=much_later) == {}
    twins.seek(drafts, at=much_later)
    assert not Twin.objects.exists()


def test_a_dropped_draft_is_not_proposed_and_a_restored_one_is_again(
    speech: Speech, second: Speech, people: Cast
) -> None:
    actions.drop(land(speech).pk, by=people.supervisor)
    assert offered(second, people) == []
    actions.restore(land(speech).pk, by=people.supervisor)
    assert len(offered(second, people)) == 1


def test_whoever_may_not_see_the_speech_is_offered_nothing(
    speech: Speech, second: Speech, people: Cast
) -> None:
    adopted(speech, people, issue=True)
    for name in ("leading", "outsider", "homeless"):
        assert offered(second, people, name) == [], name


def test_the_proposals_of_a_page_cost_the_same_whatever_the_number_of_drafts(
    speech: Speech, second: Speech, people: Cast, django_assert_max_num_queries: object
) -> None:
    drafts = list(second.directives.select_related("speech", "lead").prefetch_related("parts", "supports"))
    with django_assert_max_num_queries(7):  # type: ignore[operator]
        assert same_duty.offers(people.supervisor, drafts, at=LATER)


def test_parsing_again_finds_the_same_and_doubles_nothing(
    speech: Speech, second: Speech, people: Cast
) -> None:
    before = set(Twin.objects.values_list("directive", "other"))
    actions.retry(second.pk, by=people.supervisor, at=LATER)
    parsing.parse(second.pk, at=LATER)
    assert set(Twin.objects.values_list("directive", "other")) == before


# --- two duties after all ---


def test_told_apart_they_are_not_proposed_again_from_either_side(
    speech: Speech, second: Speech, people: Cast
) -> None:
    actions.tell_apart(land(second).pk, by=people.supervisor, at=LATER, draft=land(speech).pk)
    assert offered(second, people) == offered(speech, people) == []
    actions.retry(second.pk, by=people.supervisor, at=LATER)
    parsing.parse(second.pk, at=LATER)
    adopted(speech, people)
    assert offered(second, people) == [], "neither after another parse nor when it has become an item"
    twin = Twin.objects.get(directive=land(second))
    assert (twin.decided_by, twin.decided_at) == (people.supervisor, LATER)


def test_an_item_told_apart_is_not_proposed_again(speech: Speech, second: Speech, people: Cast) -> None:
    task = adopted(speech, people)
    actions.tell_apart(land(second).pk, by=people.supervisor, at=LATER, item=task.pk)
    assert offered(second, people) == []
