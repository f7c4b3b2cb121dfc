"""Five ledgers of different shapes: every item that comes of them, and every error at its very cell."""

from datetime import date

import pytest

from accounts.models import Department
from speeches.ledgers.plans import Planned
from tests.ledgers import making
from tests.ledgers.conftest import Read

NO_SUBJECT = "没有事项名称，也没有工作要求。与上一行是同一事项的，请合并单元格；不是事项的，请勾选“不导入”"


def handlers(one: Planned) -> tuple[str, list[str], list[str]]:
    def bare(units: list[Department]) -> list[str]:
        return [str(unit).removeprefix("云川市") for unit in units]

    lead = one.details["lead"]
    return str(lead or "").removeprefix("云川市"), bare(one.details["parts"]), bare(one.details["supports"])


def errors(planned: list[Planned]) -> list[tuple[str, int, str, str]]:
    return [(one.sheet, e.row, e.column, e.words) for one in planned for e in one.errors]


def remarks(one: Planned) -> list[tuple[str, str]]:
    return [(remark.column, remark.words) for remark in one.remarks]


def test_a_yearly_ledger_with_merged_headings_captions_and_a_total(reading: Read) -> None:
    read = reading(making.annual(), "年度台账.xlsx")
    (sheet,) = read.sheets
    assert [column.field for column in sheet.columns] == [
        "number", "title", "requirement", "lead", "supports", "due_on", "progress",
    ]  # fmt: skip
    assert [column.heading for column in sheet.columns][3:5] == ["责任单位／牵头", "责任单位／配合"]
    assert [(row.row, row.reason) for row in sheet.passed] == [
        (5, "小标题"), (9, "小标题"), (11, "合计行"), (12, "表尾说明"), (13, "表尾说明"),
    ]  # fmt: skip
    first, second, third = read.planned
    assert [one.row for one in read.planned] == [6, 7, 10]
    assert handlers(first) == ("水务局", [], ["财政局", "城管局"])
    assert handlers(second) == ("城管局", [], [])
    assert handlers(third) == ("文旅局", [], [])  # 李明 is a person, 市旅投公司 an alias of the same
    assert [one.details["due_on"] for one in read.planned] == [
        date(2026, 6, 30), date(2026, 9, 30), date(2026, 10, 31),
    ]  # fmt: skip
    assert first.details["due_text"] == "6月底"
    assert first.details["note"] == "由《年度台账.xlsx》“台账”第6行导入\n进展情况：已完成3处"
    assert first.details["source_title"] == "云川市2026年重点工作任务台账"
    assert not errors(read.planned)
    assert read.is_ready


def test_a_matter_merged_over_several_rows_is_one_item(reading: Read) -> None:
    read = reading(making.merged_down())
    whole, stock, markets, letters = read.planned
    assert (whole.row, whole.entry.last_row) == (2, 4)
    assert handlers(whole) == ("水务局", ["财政局", "城管局", "文旅局"], [])
    assert (whole.details["due_on"], whole.details["report_rule"]) == (
        date(2026, 6, 30),
        "FREQ=WEEKLY;BYDAY=FR",
    )
    assert handlers(stock) == ("水务局", ["财政局"], [])
    assert stock.details["due_on"] == date(2026, 6, 30)
    assert remarks(stock) == [("D", "没有写明谁牵头，由排在最前的云川市水务局牵头，其余作为分办单位，请核对")]
    assert handlers(markets) == ("", ["青石镇", "白沙镇"], [])
    assert (letters.details["due_on"], letters.details["due_text"]) == (None, "长期")
    assert letters.details["report_rule"] == "FREQ=MONTHLY;BYMONTHDAY=-1"
    assert "备注：省里交办" in whole.details["note"]


def test_every_error_stands_at_its_sheet_row_and_column(reading: Read) -> None:
    read = reading(making.faulty())
    assert [(sheet.name, sheet.is_taken) for sheet in read.sheets] == [
        ("上半年", True), ("下半年", True), ("旧表", False), ("说明", False),
    ]  # fmt: skip
    assert errors(read.planned) == [
        ("上半年", 2, "C", "没有“2026.2.30”这一天，请在表里改正"),
        ("上半年", 3, "A", NO_SUBJECT),
        ("上半年", 4, "A", "有240个字，最多200个字，请缩短"),
        ("上半年", 7, "B", "单元格是公式错误（如 #REF!、#N/A），请在表里改好后重新上传"),
    ]  # fmt: skip
    assert not read.is_ready
    toilets = read.planned[3]
    assert handlers(toilets) == ("城管局", [], [])
    assert remarks(toilets) == [
        ("C", "看不懂“尽快”是什么时间，已留空，立项后再填"),
        ("B", "“临江市财政局”不是本级单位，已留空，请到“单位与人员”登记该单位或别名，或立项后再填"),
    ]
    again = read.planned[4]
    assert (again.state, again.same_as, again.is_taken) == ("repeated", 2, False)
    assert remarks(read.planned[5])[0] == (
        "C",
        "“2026.1”分不清是2026年1月还是2026年10月，请写成“2026年1月”，已留空，立项后再填",
    )
    assert handlers(read.planned[6]) == ("文旅局", [], [])


def test_leaving_the_faulty_rows_out_makes_the_rest_ready(reading: Read) -> None:
    read = reading(making.faulty(), leave=["0:2", "0:3", "0:4", "0:7"])
    assert [one.ref for one in read.taken] == ["0:5", "1:2"]
    assert read.is_ready


def test_a_hidden_sheet_is_read_only_when_asked_for(reading: Read) -> None:
    read = reading(making.faulty(), sheets=[2])
    assert [one.details["title"] for one in read.planned] == ["陈年旧事"]


def test_an_old_excel_with_columns_in_another_order(reading: Read) -> None:
    read = reading(making.old_excel(), "督办.et")
    station, fence, trees = read.planned
    assert (station.details["title"], station.details["requirement"]) == ("泵站建设", "建成泵站2座。")
    assert handlers(station) == ("水务局", [], ["财政局"])
    assert station.details["due_on"] == date(2026, 5, 20)
    assert handlers(fence) == handlers(trees) == ("城管局", [], [])
    assert trees.details["due_on"] == date(2026, 6, 30)
    assert station.details["source_title"] == "督办事项一览表"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_of_any_encoding(encoding: str, reading: Read) -> None:
    read = reading(making.chinese_csv(encoding), "议定事项.csv")
    quarters, planted = read.planned
    assert quarters.details["title"] == "启动老旧小区改造，年内开工10个"
    assert quarters.details["requirement"] == "启动老旧小区改造，\n年内开工10个"
    assert handlers(quarters) == ("城管局", [], ["财政局"])
    assert (quarters.details["source_kind"], planted.details["source_kind"]) == ("meeting", "instruction")
    assert planted.details["report_rule"] == "FREQ=WEEKLY;BYDAY=FR"
    assert [(row.row, row.reason) for row in read.sheets[0].passed] == [(6, "合计行")]
