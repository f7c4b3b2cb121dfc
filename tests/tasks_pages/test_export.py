"""The ledger as a spreadsheet."""

import csv
import io
from datetime import timedelta

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tasks import actions
from tasks.columns import HEADINGS, safe
from tasks.moves import Status
from tests.factories import MONDAY, NOON, paper, task
from tests.people import Cast
from tests.tasks.stages import at_stage
from tests.tasks_pages.conftest import SignIn


def table(client: Client, **query: str) -> list[dict[str, str]]:
    answer = client.get("/tasks/export/", query)
    assert isinstance(answer, StreamingHttpResponse)
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_row_says_what_the_ledger_says(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(
        Status.UNDERWAY,
        people,
        due_on=MONDAY + timedelta(days=1),
        report_rule="FREQ=WEEKLY;BYDAY=FR",
        source_quote="汛期前完成12处内涝点整治。",
    )
    words = {"progress": "完成8处", "problems": "2处管线未迁", "next_steps": "本周迁改"}
    actions.report(item.pk, by=people.leading, at=NOON, files=[paper()], **words)  # type: ignore[arg-type]
    (row,) = table(signed_in(people.supervisor))
    assert tuple(row) == HEADINGS
    assert row["编号"] == item.code
    assert (row["牵头单位"], row["分办单位"], row["配合单位"]) == (
        "云川市水务局",
        "云川市城管局",
        "云川市财政局",
    )
    assert (row["完成时限"], row["反馈周期"], row["状态"]) == ("2026-03-03", "每周五", "办理中")
    assert (row["灯色"], row["最新进展"], row["存在问题"]) == ("预警", "完成8处", "2处管线未迁")
    assert (row["下步思路"], row["附件数"], row["退回次数"]) == ("本周迁改", "1", "0")


def test_returns_are_counted(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.SUBMITTED, people)
    actions.send_back(item.pk, by=people.supervisor, at=NOON, reason="缺验收")
    assert table(signed_in(people.supervisor))[0]["退回次数"] == "1"


def test_the_export_follows_the_filter_and_the_right_to_see(people: Cast, signed_in: SignIn) -> None:
    at_stage(Status.ISSUED, people, title="内涝点整治")
    task(people.supervisor, title="养老床位", lead=people.outside)
    assert [r["事项名称"] for r in table(signed_in(people.supervisor), q="养老")] == ["养老床位"]
    assert [r["事项名称"] for r in table(signed_in(people.leading))] == ["内涝点整治"]
    assert table(signed_in(people.outsider)) == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_never_starts_a_formula(start: str) -> None:
    assert safe(f"{start}cmd|' /C calc'!A0").startswith("'")


def test_a_planted_formula_reaches_nobodys_spreadsheet(people: Cast, signed_in: SignIn) -> None:
    task(people.supervisor, title="=HYPERLINK(1)", requirement="@SUM(1)")
    (row,) = table(signed_in(people.supervisor))
    assert (row["事项名称"], row["工作要求"]) == ("'=HYPERLINK(1)", "'@SUM(1)")


def test_many_rows_cost_few_queries(
    people: Cast, signed_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(8):
        at_stage(Status.ISSUED, people)
    client = signed_in(people.supervisor)
    with django_assert_max_num_queries(9):
        assert len(table(client)) == 8


def test_extensions_and_leaders_words_are_in_the_row(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(Status.UNDERWAY, people, due_on=MONDAY + timedelta(days=30))
    for reason, answer in (("管线迁改滞后", "grant"), ("汛期推迟", "refuse"), ("设备未到", "grant")):
        day = MONDAY + timedelta(days=60 if reason == "管线迁改滞后" else 90)
        actions.ask_extension(
            item.pk, by=people.leading, at=NOON, due_on=day, reason=reason, progress="完成8处"
        )
        if answer == "grant":
            actions.grant_extension(item.pk, by=people.supervisor, at=NOON)
        else:
            actions.refuse_extension(item.pk, by=people.supervisor, at=NOON, reason="不行")
    actions.instruct(item.pk, by=people.leader, at=NOON, text="抓紧")
    (row,) = table(signed_in(people.supervisor))
    assert row["延期次数及原因"] == "2次：管线迁改滞后；设备未到"
    assert row["领导批示"] == f"{people.leader}批示：抓紧"
