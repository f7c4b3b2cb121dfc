"""The API answers as the pages do: the same visibility, the same verbs, the same refusals."""

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from accounts.models import User
from tasks import actions
from tasks.models import Attachment, Task
from tasks.moves import Status
from tests.factories import MONDAY, NOON, department, paper, task
from tests.people import Cast
from tests.tasks.stages import at_stage


def signed_in(user: User) -> APIClient:
    client = APIClient()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_an_item_goes_its_whole_way_over_the_api(people: Cast) -> None:
    office, liaison = signed_in(people.supervisor), signed_in(people.leading)
    words = {
        "title": "老泵站改造",
        "requirement": "年底前改造3座。",
        "lead": people.lead.pk,
        "parts": [people.part.pk],
    }
    made = office.post("/api/tasks/", words)
    assert made.status_code == 201, made.json()
    base = f"/api/tasks/{made.json()['code']}/"
    steps = [
        (office, "amend", {"urgency": "urgent"}, "draft"),
        (office, "issue", {"note": "请抓紧"}, "issued"),
        (liaison, "receive", {}, "underway"),
        (liaison, "report", {"progress": "完成1座。"}, "underway"),
        (liaison, "submit", {"result": "3座完成。"}, "submitted"),
        (office, "send_back", {"reason": "缺验收"}, "underway"),
        (liaison, "submit", {"result": "3座完成并验收。"}, "submitted"),
        (office, "close", {}, "closed"),
        (office, "strike_off", {}, "struck_off"),
        (office, "reopen", {"reason": "抽查发现故障"}, "underway"),
        (office, "refer", {"reason": "职责划转", "to": people.part.pk}, "issued"),
        (office, "withdraw", {"reason": "并入全市方案"}, "withdrawn"),
    ]
    for client, verb, body, status in steps:
        answer = client.post(f"{base}{verb}/", body)
        assert (answer.status_code, answer.json().get("status")) == (200, status), (verb, answer.json())
    trail = office.get(base).json()["events"]
    assert [event["action"] for event in trail] == ["register", *(verb for _, verb, _, _ in steps)]


def test_declining_answers_although_the_item_is_then_hidden(people: Cast) -> None:
    item, client = at_stage(Status.ISSUED, people), signed_in(people.leading)
    with time_machine.travel(NOON, tick=False):
        answer = client.post(f"/api/tasks/{item.code}/decline/", {"reason": "不属本单位职责"})
    assert (answer.status_code, answer.json()["status"]) == (200, "draft")
    assert client.get(f"/api/tasks/{item.code}/").status_code == 404


def test_the_wrong_moment_is_409_and_names_the_present_state(people: Cast) -> None:
    item = at_stage(Status.UNDERWAY, people)
    answer = signed_in(people.supervisor).post(f"/api/tasks/{item.code}/close/", {})
    assert answer.status_code == 409
    assert "办理中" in answer.json()["detail"]


def test_the_wrong_person_is_403_in_chinese(people: Cast) -> None:
    item = at_stage(Status.SUBMITTED, people)
    answer = signed_in(people.leading).post(f"/api/tasks/{item.code}/close/", {})
    assert (answer.status_code, answer.json()["detail"]) == (403, "只有督查员可以办结。")


@pytest.mark.parametrize("name", ["leading", "outsider", "leader", "administrator", "homeless"])
def test_only_supervisors_create(name: str, people: Cast) -> None:
    answer = signed_in(people[name]).post("/api/tasks/", {"title": "甲", "requirement": "乙"})
    assert answer.status_code == 403
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"title": ""}, "title"),
        ({"due_on": "2020-01-01"}, "due_on"),
        ({"due_on": "六月底"}, "due_on"),
        ({"lead": 10**9}, "lead"),
        ({"lead": "不存在"}, "lead"),
        ({"parts": [10**9]}, "parts"),
        ({"report_rule": "每周五"}, "report_rule"),
        ({"urgency": "very"}, "urgency"),
        ({"title": "长" * 201}, "title"),
    ],
)
def test_bad_words_are_400_and_nothing_is_stored(words: dict[str, object], field: str, people: Cast) -> None:
    answer = signed_in(people.supervisor).post("/api/tasks/", {"title": "甲", "requirement": "乙"} | words)
    assert answer.status_code == 400
    assert field in answer.json()
    assert not Task.objects.exists()


def test_a_department_out_of_use_cannot_be_chosen(people: Cast) -> None:
    retired = department("云川市旧局", is_active=False)
    answer = signed_in(people.supervisor).post(
        "/api/tasks/", {"title": "甲", "requirement": "乙", "lead": retired.pk}
    )
    assert answer.status_code == 400


def test_the_same_department_twice_is_400(people: Cast) -> None:
    words = {"title": "甲", "requirement": "乙", "lead": people.lead.pk, "supports": [people.lead.pk]}
    answer = signed_in(people.supervisor).post("/api/tasks/", words)
    assert answer.status_code == 400
    assert "填了两处" in str(answer.json())


def test_no_state_can_be_written_from_outside(people: Cast) -> None:
    words = {"title": "甲", "requirement": "乙", "status": "closed", "code": "X1", "result": "假"}
    made = signed_in(people.supervisor).post("/api/tasks/", words)
    assert (made.json()["status"], made.json()["result"]) == ("draft", "")
    for method in ("put", "patch", "delete"):
        answer = getattr(signed_in(people.supervisor), method)(f"/api/tasks/{made.json()['code']}/", words)
        assert answer.status_code == 405


def test_strangers_without_a_session_are_turned_away(people: Cast) -> None:
    item = at_stage(Status.UNDERWAY, people)
    for path in ("/api/tasks/", f"/api/tasks/{item.code}/", "/api/attachments/"):
        assert Client().get(path).status_code in {401, 403}
    assert Client().post(f"/api/tasks/{item.code}/receive/").status_code in {401, 403}


def test_evidence_travels_up_and_down(people: Cast) -> None:
    item, client = at_stage(Status.UNDERWAY, people), signed_in(people.leading)
    answer = client.post(
        f"/api/tasks/{item.code}/report/",
        {
            "progress": "见附件",
            "files": [paper("清单.txt", b"abc"), paper("照片.png", b"\x89PNG\r\n\x1a\n..")],
        },
        format="multipart",
    )
    assert answer.status_code == 200, answer.json()
    files = client.get(f"/api/tasks/{item.code}/").json()["feedbacks"][0]["files"]
    assert [file["name"] for file in files] == ["清单.txt", "照片.png"]
    content = client.get(files[0]["content_url"])
    assert b"".join(content.streaming_content) == b"abc"  # type: ignore[attr-defined]
    assert content["Content-Disposition"].startswith("attachment")
    assert content["X-Content-Type-Options"] == "nosniff"


def test_the_ledger_takes_the_same_number_of_queries_however_long(
    people: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(people.supervisor)
    for _ in range(12):
        at_stage(Status.UNDERWAY, people, report_rule="FREQ=WEEKLY;BYDAY=FR")
    with django_assert_max_num_queries(8):
        assert client.get("/api/tasks/").json()["count"] == 12


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=内涝", 1),
        ("q=水务 内涝", 1),
        ("q=绝无此词", 0),
        ("status=underway", 1),
        ("status=draft&status=closed", 0),
        ("light=red", 0),
        ("department=999999", 0),
    ],
)
def test_filters_narrow_the_ledger(query: str, found: int, people: Cast) -> None:
    at_stage(Status.UNDERWAY, people)
    answer = signed_in(people.supervisor).get(f"/api/tasks/?{query}")
    assert answer.status_code in {200, 400}
    assert answer.json().get("count", 0) == found


def test_the_light_on_a_row_is_the_light_of_the_filter(people: Cast) -> None:
    item = task(people.supervisor, lead=people.lead, due_on=MONDAY)
    actions.issue(item.pk, by=people.supervisor, at=NOON)
    row = signed_in(people.supervisor).get("/api/tasks/?light=red").json()["results"][0]
    assert (row["code"], row["light"]["word"]) == (item.code, "逾期")
    assert "已超过" in row["light"]["reason"]


def test_a_refused_report_leaves_no_file_row(people: Cast) -> None:
    item = at_stage(Status.ISSUED, people)
    answer = signed_in(people.leading).post(
        f"/api/tasks/{item.code}/report/", {"progress": "早了", "files": [paper()]}, format="multipart"
    )
    assert answer.status_code == 409
    assert not Attachment.objects.exists()
