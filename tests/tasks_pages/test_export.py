"""The ledger as a spreadsheet."""

import csv
import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.http import FileResponse, StreamingHttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tasks import actions
from tasks.columns import HEADINGS
from tasks.moves import Status
from tasks.spreadsheets import CUT, bare, safe
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


def book(client: Client, **query: str) -> Any:
    """The sheet as another program reads it."""
    answer = client.get("/tasks/export/xlsx/", query)
    assert isinstance(answer, FileResponse)
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active


def row_of(sheet: Any, number: int = 2) -> dict[str, Any]:
    headings = [cell.value for cell in sheet[1]]
    return dict(zip(headings, sheet[number], strict=True))


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


def test_the_workbook_opens_as_an_office_expects_it(people: Cast, signed_in: SignIn) -> None:
    item = at_stage(
        Status.UNDERWAY, people, due_on=MONDAY, source_on=MONDAY, requirement="第一步。\r\n第二步。"
    )
    sheet = book(signed_in(people.supervisor))
    row = row_of(sheet)
    assert tuple(row) == HEADINGS
    assert row["编号"].value == item.code
    assert row["工作要求"].value == "第一步。\n第二步。"
    assert row["工作要求"].alignment.wrap_text
    assert (row["完成时限"].value.date(), row["完成时限"].number_format) == (MONDAY, "yyyy-mm-dd")
    assert (row["序号"].value, row["附件数"].value) == (1, 0)
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:AE2"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (2, 0)
    assert min(sheet.column_dimensions[letter].width for letter in ("B", "I", "R")) > 10


def test_workbook_and_page_have_the_same_rows_in_the_same_order(people: Cast, signed_in: SignIn) -> None:
    for days, title in ((5, "内涝点整治"), (1, "雨污分流"), (3, "泵站检修")):
        at_stage(Status.ISSUED, people, title=title, due_on=MONDAY + timedelta(days=days))
    task(people.supervisor, title="养老床位", lead=people.outside)
    client = signed_in(people.supervisor)
    asked = {"sort": "due", "status": "issued"}
    page = client.get("/tasks/", asked).context["rows"]
    sheet = book(client, **asked)
    listed = [cell.value for cell in sheet["H"]][1:]
    assert listed == [row.task.title for row in page] == ["雨污分流", "泵站检修", "内涝点整治"]
    assert [cell.value for cell in book(signed_in(people.outsider))["H"]] == ["事项名称"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_the_workbook_holds_no_formula_whatever_a_text_begins_with(
    start: str, people: Cast, signed_in: SignIn
) -> None:
    planted = f"{start}HYPERLINK(1)"
    task(people.supervisor, title=f"甲{planted}", requirement="乙", source_quote=planted)
    cell = row_of(book(signed_in(people.supervisor)))["原文摘录"]
    assert cell.data_type == "s"
    assert bare(safe(planted)) == planted


def test_a_text_longer_than_a_cell_is_cut_and_says_so(people: Cast, signed_in: SignIn) -> None:
    task(people.supervisor, requirement="长" * 40_000)
    value = row_of(book(signed_in(people.supervisor)))["工作要求"].value
    assert len(value) < 32_767
    assert value.endswith(CUT)


def test_the_links_to_both_files_carry_the_filter_of_the_rows_shown(people: Cast, signed_in: SignIn) -> None:
    at_stage(Status.ISSUED, people)
    answer = signed_in(people.supervisor).get("/tasks/", {"status": "issued"}, headers={"HX-Request": "true"})
    for address in ("/tasks/export/xlsx/?status=issued", "/tasks/export/?status=issued"):
        assert f'href="{address}"' in answer.content.decode()
