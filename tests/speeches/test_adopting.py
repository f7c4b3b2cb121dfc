"""From draft to item: once, whole, and with its source."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Department
from speeches import actions
from speeches.models import Directive, Speech
from tasks.models import Assignment, Task
from tasks.moves import Status
from tests.people import Cast
from tests.speeches.conftest import UPLOADED

Office = dict[str, Department]


def about(speech: Speech, words: str) -> Directive:
    found: Directive = speech.directives.get(quote__contains=words)
    return found


def test_an_item_carries_its_source_with_it(speech: Speech, people: Cast, office: Office) -> None:
    draft = about(speech, "每周一收集")
    task = actions.adopt(draft.pk, by=people.supervisor, at=UPLOADED)
    assert task.status == Status.DRAFT
    assert (task.title, task.requirement, task.source_quote) == (draft.title, draft.requirement, draft.quote)
    assert task.source_title == "在云溪市重点项目推进会上的讲话"
    assert task.source_url == f"/speeches/{speech.pk}/?d={draft.pk}"
    assert task.source_on == speech.spoken_on
    assert task.raised_by == "市长 周明川"
    assert task.recipients == "市委、市政府"
    assert (task.collect_rule, task.report_rule) == ("FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=FR")
    assert task.due_is_assumed
    assert task.lead == office["市发改委"]


def test_a_stated_deadline_is_not_called_assumed(speech: Speech, people: Cast) -> None:
    task = actions.adopt(about(speech, "用地报批").pk, by=people.supervisor, at=UPLOADED)
    assert not task.due_is_assumed
    assert task.due_text == "8月15日前"


def test_adopting_twice_gives_the_same_item(speech: Speech, people: Cast) -> None:
    draft = about(speech, "用地报批")
    first = actions.adopt(draft.pk, by=people.supervisor, at=UPLOADED)
    second = actions.adopt(draft.pk, by=people.second_supervisor, at=UPLOADED, version=1)
    assert first == second
    assert Task.objects.count() == 1
    assert first.events.count() == 1


def test_issuing_at_once_hands_the_item_out(speech: Speech, people: Cast, office: Office) -> None:
    task = actions.adopt(about(speech, "用地报批").pk, by=people.supervisor, at=UPLOADED, issue=True)
    task.refresh_from_db()
    assert task.status == Status.ISSUED
    roles = {str(a.department): a.role for a in task.assignments.all()}
    assert roles == {"市资规局": Assignment.Role.LEAD, "市住建局": Assignment.Role.SUPPORT}


def test_an_item_nobody_handles_is_not_issued_and_nothing_is_registered(speech: Speech, people: Cast) -> None:
    draft = actions.add(speech.pk, by=people.supervisor, start=0, end=7)
    with pytest.raises(ValidationError, match="没有承办单位"):
        actions.adopt(draft.pk, by=people.supervisor, at=UPLOADED, issue=True)
    draft.refresh_from_db()
    assert draft.state == Directive.State.OPEN
    assert not Task.objects.exists()


def test_a_draft_somebody_has_changed_since_is_not_adopted_unseen(speech: Speech, people: Cast) -> None:
    draft = about(speech, "用地报批")
    actions.edit(draft.pk, by=people.second_supervisor, version=1, title="改过")
    with pytest.raises(actions.EditConflict):
        actions.adopt(draft.pk, by=people.supervisor, at=UPLOADED, version=1)
    assert not Task.objects.exists()


@pytest.mark.parametrize("verb", ["drop", "merge"])
def test_a_draft_put_aside_is_not_adopted(speech: Speech, people: Cast, verb: str) -> None:
    draft, other = about(speech, "用地报批"), about(speech, "未开工项目")
    if verb == "drop":
        actions.drop(draft.pk, by=people.supervisor)
    else:
        actions.merge(draft.pk, other.pk, by=people.supervisor)
    with pytest.raises(actions.EditConflict):
        actions.adopt(draft.pk, by=people.supervisor, at=UPLOADED)
    assert not Task.objects.exists()


def test_a_whole_tier_is_adopted_and_what_lacks_a_department_is_left_with_the_reason(
    speech: Speech, people: Cast
) -> None:
    lacking = about(speech, "用地报批")
    actions.edit(lacking.pk, by=people.supervisor, version=1, lead=None)
    named = list(speech.directives.filter(tier=Directive.Tier.NAMED))
    tasks, left = actions.adopt_tier(speech.pk, by=people.supervisor, at=UPLOADED, tier="named", issue=True)
    assert [draft.pk for draft, _ in left] == [lacking.pk]
    assert "没有承办单位" in left[0][1]
    assert len(tasks) == len(named) - 1
    assert {task.status for task in Task.objects.all()} == {Status.ISSUED}
    assert not speech.directives.filter(tier="collective", state=Directive.State.ADOPTED).exists()


def test_a_tier_adopted_twice_makes_no_second_items(speech: Speech, people: Cast) -> None:
    actions.adopt_tier(speech.pk, by=people.supervisor, at=UPLOADED, tier="named")
    total = Task.objects.count()
    assert actions.adopt_tier(speech.pk, by=people.supervisor, at=UPLOADED, tier="named") == ([], [])
    assert Task.objects.count() == total


def test_one_refused_draft_does_not_take_the_others_with_it(
    speech: Speech, people: Cast, office: Office
) -> None:
    Department.objects.filter(pk=office["市资规局"].pk).update(is_active=False)
    tasks, left = actions.adopt_tier(speech.pk, by=people.supervisor, at=UPLOADED, tier="named")
    assert tasks
    assert [draft.lead for draft, _ in left] == [office["市资规局"]]
