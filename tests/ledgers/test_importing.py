"""From the preview to the ledger: drafts only, all or nothing, once, and never over what is there."""

import csv
import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command

from speeches.ledgers import actions
from speeches.ledgers.models import LedgerFile
from speeches.ledgers.options import Options
from speeches.ledgers.reading import Reading
from tasks import actions as ledger
from tasks.columns import lines
from tasks.listing import ordered, with_latest
from tasks.models import Assignment, Task, TaskEvent
from tasks.moves import Action, Status
from tasks.spreadsheets import csv_lines, write_workbook
from tasks.workdays import calendar
from tests.factories import MONDAY, NOON, department, paper, task
from tests.ledgers import making
from tests.people import Cast
from tests.tasks.stages import at_stage

DAY = timedelta(days=1)


def kept(people: Cast, content: bytes, name: str = "台账.xlsx", **options: Any) -> LedgerFile:
    file = actions.accept(file_name=name, content=content, by=people.supervisor, at=NOON)
    actions.choose(file.pk, by=people.supervisor, options=Options(**options))
    return LedgerFile.objects.get(pk=file.pk)


def imported(people: Cast, content: bytes, name: str = "台账.xlsx", **options: Any) -> list[Task]:
    return actions.import_file(kept(people, content, name, **options).pk, by=people.supervisor, at=NOON)


def seen(people: Cast, content: bytes, name: str = "台账.xlsx") -> Reading:
    return actions.preview(kept(people, content, name), by=people.supervisor, at=NOON)


def as_workbook() -> bytes:
    target = io.BytesIO()
    found = ordered(with_latest(Task.objects.all()), "-code")
    write_workbook(target, lines(found, today=MONDAY, days=calendar()), today=MONDAY)
    return target.getvalue()


def as_csv() -> bytes:
    found = ordered(with_latest(Task.objects.all()), "-code")
    return b"".join(csv_lines(lines(found, today=MONDAY, days=calendar())))


def busy_ledger(people: Cast) -> list[Task]:
    """Items in every state, with everything a row can say, and texts that spreadsheets take amiss."""
    words: dict[str, Any] = {
        "due_on": MONDAY + 30 * DAY,
        "report_rule": "FREQ=MONTHLY;BYMONTHDAY=10,20,-1",
        "urgency": "urgent",
        "source_title": "在全市防汛工作会议上的讲话",
        "source_quote": "=SUM(A1)，汛期前完成。\r\n“抓紧”",
        "source_on": MONDAY,
        "raised_by": "闻市长",
    }
    made = [at_stage(status, people, title=f"{status.label}的事项", **words) for status in Status]
    underway = next(item for item in made if item.status == Status.UNDERWAY)
    said: dict[str, Any] = {"progress": "+完成8处", "problems": "-管线未迁", "next_steps": "@本周"}
    ledger.report(underway.pk, by=people.leading, at=NOON, files=[paper()], **said)
    ledger.instruct(underway.pk, by=people.leader, at=NOON, text="抓紧")
    made.append(task(people.supervisor, title="'=1+1", requirement="_x0041_ 与\t制表符", lead=None))
    return made


@pytest.mark.parametrize(("write", "name"), [(as_workbook, "导出.xlsx"), (as_csv, "导出.csv")])
def test_what_goes_out_comes_back_unchanged(write: Any, name: str, people: Cast) -> None:
    items = busy_ledger(people)
    before = list(Task.objects.order_by("pk").values()), TaskEvent.objects.count()
    read = seen(people, write(), name)
    assert [(one.state, one.differences) for one in read.planned] == [("same", [])] * len(items)
    assert [sheet.columns[0].field for sheet in read.sheets] == ["number"]
    assert all(column.field != "kept" and column.is_sure for column in read.sheets[0].columns)
    assert not read.taken
    with pytest.raises(actions.NotReady, match="台账中都已经有了"):
        imported(people, write(), name)
    assert (list(Task.objects.order_by("pk").values()), TaskEvent.objects.count()) == before


def test_what_was_changed_outside_is_listed_and_not_taken_over(people: Cast) -> None:
    item = at_stage(Status.UNDERWAY, people, due_on=MONDAY + 30 * DAY)
    book = openpyxl.load_workbook(io.BytesIO(as_workbook()))
    sheet: Any = book.active
    places = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, places["完成时限"]).value = date(2026, 12, 31)
    sheet.cell(2, places["牵头单位"]).value = "市财政局"
    sheet.cell(2, places["最新进展"]).value = "已全部完成"
    sheet.cell(3, places["事项名称"]).value = "加出来的一行"
    sheet.cell(3, places["牵头单位"]).value = "市文旅局"
    (new,) = imported(people, making.saved(book))
    read = seen(people, making.saved(book))
    assert read.planned[0].differences == [
        ("牵头单位", "市财政局", "云川市水务局"),
        ("完成时限", "2026-12-31", "2026-04-01"),
        ("最新进展", "已全部完成", ""),
    ]
    assert Task.objects.get(pk=item.pk).due_on == MONDAY + 30 * DAY
    assert (new.title, new.status, read.planned[1].state) == ("加出来的一行", Status.DRAFT, "twin")


def test_another_way_to_write_the_same_is_no_difference(people: Cast) -> None:
    item = task(
        people.supervisor, lead=people.lead, supports=[people.support], due_on=MONDAY, source_on=MONDAY
    )
    row = {
        "编号": item.code,
        "事项名称": item.title,
        "牵头单位": "水务局",
        "配合单位": "市财政局",
        "完成时限": "2026年3月2日",
        "来源日期": "2026.3.2",
    }
    read = seen(people, making.sheet_of(tuple(row), tuple(row.values())))
    assert [(one.state, one.differences) for one in read.planned] == [("same", [])]


def test_everything_is_imported_as_a_draft_with_one_event_each(people: Cast) -> None:
    tasks = imported(people, making.annual(), "年度台账.xlsx")
    assert [item.title for item in tasks] == ["内涝点整治", "停车位建设", "古镇开街"]
    assert {item.status for item in tasks} == {Status.DRAFT}
    events = TaskEvent.objects.filter(task__in=tasks)
    assert [(event.action, event.actor) for event in events] == [(Action.REGISTER, people.supervisor)] * 3
    assert "进展情况：已完成3处" in events.get(task=tasks[0]).note
    roles = Assignment.objects.filter(task=tasks[0]).values_list("role", "department__name")
    assert set(roles) == {
        ("lead", "云川市水务局"),
        ("support", "云川市财政局"),
        ("support", "云川市城管局"),
    }


def test_one_error_imports_nothing(people: Cast) -> None:
    with pytest.raises(actions.NotReady, match="有4项有错误，什么也没有导入") as refused:
        imported(people, making.faulty())
    assert len(refused.value.reading.faulty) == 4
    assert not Task.objects.exists()
    assert LedgerFile.objects.get().imported_at is None
    assert len(imported(people, making.faulty(), leave=["0:2", "0:3", "0:4", "0:7"])) == 2


def test_a_row_that_the_ledger_refuses_takes_the_others_back(
    people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[Any] = []
    register = ledger.register

    def fail_at_the_third(**words: Any) -> Task:
        calls.append(words)
        if len(calls) == 3:
            raise ValidationError("不行。")
        return register(**words)

    monkeypatch.setattr(ledger, "register", fail_at_the_third)
    with pytest.raises(actions.NotReady, match="“台账”第10行：不行。什么也没有导入。"):
        imported(people, making.annual())
    assert not Task.objects.exists()


def test_a_file_is_imported_once(people: Cast) -> None:
    file = kept(people, making.annual())
    actions.import_file(file.pk, by=people.supervisor, at=NOON)
    with pytest.raises(ValidationError, match="已经导入"):
        actions.import_file(file.pk, by=people.supervisor, at=NOON)
    file.refresh_from_db()
    assert (len(file.codes), bytes(file.content)) == (3, b"")
    assert Task.objects.count() == 3


def test_the_same_ledger_again_is_all_doubles_unless_wanted(people: Cast) -> None:
    imported(people, making.annual())
    read = seen(people, making.annual())
    assert [one.state for one in read.planned] == ["twin"] * 3
    assert [one.task.code for one in read.planned if one.task] == [
        "DB2026-0001",
        "DB2026-0002",
        "DB2026-0003",
    ]
    assert not read.taken
    assert [item.code for item in imported(people, making.annual(), also=["0:7"])] == ["DB2026-0004"]


def test_a_number_of_the_ledger_is_never_registered_again(people: Cast) -> None:
    item = task(people.supervisor, title="内涝点整治")
    content = making.sheet_of(("编号", "事项名称"), (item.code, "另一个名称"))
    with pytest.raises(actions.NotReady):
        imported(people, content, also=["0:2"])
    assert Task.objects.count() == 1


def test_a_number_of_somebody_elses_ledger_is_kept_in_the_trail(people: Cast) -> None:
    (item,) = imported(people, making.sheet_of(("编号", "事项名称"), ("云督〔2026〕3号", "泵站建设")))
    assert item.code == "DB2026-0001"
    assert "原编号：云督〔2026〕3号" in TaskEvent.objects.get().note


def test_nothing_in_the_file_is_lost(people: Cast) -> None:
    """What has no field, and columns nobody knows, are in the trail."""
    rows = (("事项名称", "资金（万元）", "分管领导", "备注"), ("泵站建设", 1200, "闻市长", "省级项目"))
    imported(people, making.sheet_of(*rows))
    note = TaskEvent.objects.get().note
    assert all(words in note for words in ("资金（万元）：1200", "分管领导：闻市长", "备注：省级项目"))


def test_a_column_may_be_taken_for_another_or_left_out(people: Cast) -> None:
    rows = (("事项名称", "天气", "备注"), ("泵站建设", "市水务局", "不要"))
    (item,) = imported(people, making.sheet_of(*rows), columns={"0": {"1": "lead", "2": ""}})
    assert item.lead == people.lead
    assert "不要" not in TaskEvent.objects.get().note


def test_two_columns_cannot_be_the_same_field(people: Cast) -> None:
    rows = (("事项名称", "天气"), ("泵站建设", "晴"))
    with pytest.raises(actions.NotReady, match="“事项名称”选了两列"):
        imported(people, making.sheet_of(*rows), columns={"0": {"1": "title"}})


def test_the_day_from_which_is_counted_can_be_said(people: Cast) -> None:
    rows = (("事项名称", "完成时限"), ("泵站建设", "年底前"))
    (item,) = imported(people, making.sheet_of(*rows), base=date(2027, 1, 4))
    assert item.due_on == date(2027, 12, 31)


def test_the_year_in_the_title_is_the_year_of_its_dates(people: Cast) -> None:
    rows = (("2027年重点工作台账",), ("事项名称", "完成时限"), ("泵站建设", "6月底"))
    assert seen(people, making.sheet_of(*rows)).planned[0].details["due_on"] == date(2027, 6, 30)


def test_a_name_with_two_bearers_is_left_empty_and_told(people: Cast) -> None:
    for name in ("云川市青石镇财政所", "云川市白沙镇财政所"):
        department(name, short_name="财政所")
    read = seen(people, making.sheet_of(("事项名称", "牵头单位"), ("清产核资", "财政所")))
    (one,) = read.planned
    assert one.details["lead"] is None
    assert "有几个单位都这样称呼" in one.remarks[0].words


def test_a_formula_in_a_file_is_a_text_in_the_ledger_and_leaves_it_as_one(people: Cast) -> None:
    imported(people, making.chinese_csv(), "议定事项.csv")
    item = Task.objects.get(title__startswith="=cmd")
    rows = list(csv.DictReader(io.StringIO(as_csv().decode("utf-8-sig"))))
    assert {row["事项名称"] for row in rows if row["编号"] == item.code} == {f"'{item.title}"}
    sheet: Any = openpyxl.load_workbook(io.BytesIO(as_workbook())).active
    planted = [cell for row in sheet for cell in row if str(cell.value).startswith("=cmd")]
    assert planted
    assert all(cell.data_type == "s" for cell in planted)


def test_a_formula_of_a_workbook_is_never_worked_out(people: Cast) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(("事项名称", "工作要求"))
    sheet.append(('=HYPERLINK("http://evil.example","点我")', "建成泵站。"))
    (item,) = imported(people, making.saved(book))
    assert item.title == "建成泵站"  # no value was ever computed and stored


def test_only_the_office_imports_and_only_its_own_files(people: Cast) -> None:
    for name in ("leader", "administrator", "leading"):
        with pytest.raises(PermissionDenied):
            actions.accept(file_name="台账.xlsx", content=making.annual(), by=people[name], at=NOON)
    file = kept(people, making.annual())
    assert not LedgerFile.objects.visible_to(people.second_supervisor).exists()
    assert LedgerFile.objects.visible_to(people.supervisor).get() == file


def test_a_file_is_forgotten_after_a_day(people: Cast) -> None:
    file = kept(people, making.annual())
    with pytest.raises(ValidationError, match="24小时"):
        actions.preview(file, by=people.supervisor, at=NOON + 2 * DAY)
    actions.accept(file_name="新.xlsx", content=making.annual(), by=people.supervisor, at=NOON + 2 * DAY)
    assert [one.file_name for one in LedgerFile.objects.all()] == ["新.xlsx"]


def test_the_command_tells_everything_and_writes_nothing_when_asked_to(
    people: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(making.annual())
    call_command("import_ledger", str(path), "--by", "ducha", "--dry-run", "--base", "2026-03-02")
    told = capsys.readouterr().out
    assert "将会导入 3 项" in told
    assert "略过：“台账”第11行（合计行）" in told
    assert not Task.objects.exists()
    assert not LedgerFile.objects.exists()
    call_command("import_ledger", str(path), "--by", "ducha")
    assert "已导入 3 项" in capsys.readouterr().out
    assert Task.objects.count() == 3


def test_the_command_prints_errors_by_sheet_row_and_column(
    people: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "台账.xlsx"
    path.write_bytes(making.faulty())
    with pytest.raises(CommandError, match="有4项有错误"):
        call_command("import_ledger", str(path), "--by", "ducha")
    assert "错误：“上半年”第2行C列“完成日期”：没有“2026.2.30”这一天" in capsys.readouterr().out
    with pytest.raises(CommandError, match="没有账号"):
        call_command("import_ledger", str(path), "--by", "nobody")
    with pytest.raises(CommandError, match="只有督查员"):
        call_command("import_ledger", str(path), "--by", "fushizhang")
