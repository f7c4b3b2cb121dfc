"""Another department's liaison finds nothing of an item over the API: not by reading, writing or guessing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from accounts.models import User
from tasks import actions
from tasks.models import Attachment, Feedback, Period, Task, TaskEvent
from tasks.moves import FROM_THE_SOURCE, Action, Status
from tests.factories import NOON, paper, task
from tests.people import Cast, cast
from tests.tasks.stages import at_stage

VERBS = [action.value for action in Action if action not in {Action.REGISTER, *FROM_THE_SOURCE}]
INSTRUCTS = ("leader", Action.INSTRUCT)  # the one thing a leader does
UNSEEING = ["outsider", "homeless"]
WORDS = {
    "title": "改名",
    "reason": "理由",
    "progress": "进展",
    "result": "结果",
    "note": "说明",
    "due_on": "2099-06-30",
    "text": "抓紧",
    "voice": "闻市长",
}


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


@pytest.fixture
def item(people: Cast) -> Task:
    made = at_stage(Status.UNDERWAY, people, report_rule="FREQ=WEEKLY;BYDAY=FR")
    actions.report(made.pk, by=people.leading, at=NOON, progress="机密进展", files=[paper()])
    return Task.objects.get(pk=made.pk)


def signed_in(user: User) -> APIClient:
    client = APIClient()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def everything(item: Task) -> tuple[object, ...]:
    """All that a write could have changed."""
    rows = (Task, TaskEvent, Period, Feedback, Attachment)
    return tuple(list(model.objects.order_by("pk").values()) for model in rows)


@pytest.mark.parametrize("name", UNSEEING)
def test_reading_finds_nothing(name: str, item: Task, people: Cast) -> None:
    client, file = signed_in(people[name]), Attachment.objects.get()
    assert client.get("/api/tasks/").json()["results"] == []
    assert client.get("/api/attachments/").json()["results"] == []
    for path in (f"tasks/{item.code}/", f"attachments/{file.pk}/", f"attachments/{file.pk}/content/"):
        answer = client.get(f"/api/{path}")
        assert answer.status_code == 404, path
        assert "机密" not in answer.content.decode()


@pytest.mark.parametrize("query", ["q=内涝", "q=水务", "q=DB2026", "status=underway", "light=green"])
@pytest.mark.parametrize("name", UNSEEING)
def test_searching_finds_nothing(name: str, query: str, item: Task, people: Cast) -> None:
    assert signed_in(people[name]).get(f"/api/tasks/?{query}").json()["count"] == 0


def test_filtering_by_the_other_department_finds_nothing(item: Task, people: Cast) -> None:
    found = signed_in(people.outsider).get(f"/api/tasks/?department={people.lead.pk}").json()
    assert found["count"] == 0


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("name", UNSEEING)
def test_writing_is_404_and_changes_nothing(name: str, verb: str, item: Task, people: Cast) -> None:
    before = everything(item)
    body = WORDS | {"to": people.outside.pk, "lead": people.outside.pk}
    answer = signed_in(people[name]).post(f"/api/tasks/{item.code}/{verb}/", body)
    assert answer.status_code == 404
    assert everything(item) == before


@pytest.mark.parametrize("verb", VERBS)
def test_a_hidden_item_and_one_that_does_not_exist_answer_alike(verb: str, item: Task, people: Cast) -> None:
    client = signed_in(people.outsider)
    hidden = client.post(f"/api/tasks/{item.code}/{verb}/", WORDS)
    missing = client.post(f"/api/tasks/DB2026-9999/{verb}/", WORDS)
    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)


@pytest.mark.parametrize(
    ("name", "verb"),
    [(name, verb) for name in ("leader", "administrator") for verb in VERBS if (name, verb) != INSTRUCTS],
)
def test_who_only_looks_on_is_403_and_changes_nothing(name: str, verb: str, item: Task, people: Cast) -> None:
    before = everything(item)
    answer = signed_in(people[name]).post(
        f"/api/tasks/{item.code}/{verb}/", WORDS | {"to": people.outside.pk}
    )
    assert answer.status_code == 403
    assert everything(item) == before


def test_a_department_cannot_file_another_departments_report_day(item: Task, people: Cast) -> None:
    foreign = item.assignments.get(role="lead").periods.earliest("due_on")
    answer = signed_in(people.taking_part).post(
        f"/api/tasks/{item.code}/report/", {"progress": "代报", "period": foreign.pk}
    )
    assert answer.status_code == 400
    foreign.refresh_from_db()
    assert foreign.filed_at is None


def test_a_report_day_of_another_item_is_no_report_day_here(item: Task, people: Cast) -> None:
    other = at_stage(Status.UNDERWAY, people, report_rule="FREQ=WEEKLY;BYDAY=FR")
    theirs = other.assignments.get(role="lead").periods.earliest("due_on")
    answer = signed_in(people.leading).post(
        f"/api/tasks/{item.code}/report/", {"progress": "错报", "period": theirs.pk}
    )
    assert answer.status_code == 400
    assert Feedback.objects.count() == 1


def test_naming_oneself_in_the_body_gives_no_rights(item: Task, people: Cast) -> None:
    body = {
        "progress": "冒名",
        "by": people.leading.pk,
        "assignment": item.assignments.get(role="lead").pk,
        "department": people.lead.pk,
    }
    signed_in(people.supporting).post(f"/api/tasks/{item.code}/report/", body)
    newest = Feedback.objects.first()
    assert newest is not None
    assert (newest.by, newest.assignment.department) == (people.supporting, people.support)


def test_a_draft_is_hidden_from_the_department_it_names(people: Cast) -> None:
    draft = task(people.supervisor, lead=people.lead)
    client = signed_in(people.leading)
    assert client.get(f"/api/tasks/{draft.code}/").status_code == 404
    assert client.post(f"/api/tasks/{draft.code}/receive/").status_code == 404


def test_evidence_cannot_be_uploaded_into_a_foreign_item(item: Task, people: Cast) -> None:
    answer = signed_in(people.outsider).post(
        f"/api/tasks/{item.code}/report/",
        {"progress": "塞入", "files": [SimpleUploadedFile("甲.txt", b"x")]},
        format="multipart",
    )
    assert answer.status_code == 404
    assert Attachment.objects.count() == 1
