"""Where the headings stand and what they are taken for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speeches.ledgers.fields import fields, known, likely, plain
from speeches.ledgers.heads import Column, chosen, find_head, taken
from speeches.readers.sheets import Sheet


def sheet(*rows: tuple[str, ...]) -> Sheet:
    return Sheet("台账", tuple((number, row) for number, row in enumerate(rows, start=1) if any(row)))


def test_no_heading_has_two_meanings() -> None:
    owners: dict[str, str] = {}
    for field in fields().values():
        for heading in field.headings:
            assert owners.setdefault(plain(heading), field.name) == field.name, heading


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("完成\n时限", "due_on"),
        (" 责任单位 ", "units"),
        ("落实情况（截至6月底）", "progress"),
        ("*事项名称：", "title"),
        ("ｎｏ", ""),
        ("工作任务", "title"),
    ],
)
def test_a_heading_is_known_however_it_is_set(heading: str, field: str) -> None:
    assert known(heading) == field


def test_a_longer_heading_is_likely_what_it_ends_with() -> None:
    assert likely("2026年重点工作任务") == "title"
    assert likely("市级牵头责任单位") == "lead"
    assert likely("天气") == ""


def test_the_head_is_found_below_titles_and_blank_rows() -> None:
    head = find_head(
        sheet(("某市台账",), (), ("填报时间：2026年3月",), ("序号", "事项", "承办单位"), ("1", "甲", "乙"))
    )
    assert head is not None
    assert head.last_row == 4
    assert head.above == ("某市台账", "填报时间：2026年3月")


def test_a_sheet_without_headings_has_no_head() -> None:
    assert find_head(sheet(("通知",), ("各单位：", "请于周五前报送"))) is None


def test_no_field_is_given_twice_and_the_known_heading_wins() -> None:
    columns = taken([("年度重点工作任务",), ("事项名称",), ("任务",), ("天气",), ()])
    assert [(column.place, column.field) for column in columns] == [
        (0, "kept"),
        (1, "title"),
        (2, "kept"),
        (3, "kept"),
    ]


def test_a_choice_that_takes_two_columns_for_one_is_refused() -> None:
    columns = (Column(0, "甲", "title"), Column(1, "乙", "kept"))
    assert [column.field for column in chosen(columns, {"1": "requirement"})] == ["title", "requirement"]
    with pytest.raises(ValueError, match="事项名称"):
        chosen(columns, {"1": "title"})


def test_columns_have_the_letters_of_the_spreadsheet() -> None:
    letters = {place: Column(place, "", "").letter for place in (0, 25, 26, 51, 52, 701, 702)}
    assert letters == {0: "A", 25: "Z", 26: "AA", 51: "AZ", 52: "BA", 701: "ZZ", 702: "AAA"}


@given(st.lists(st.lists(st.text(max_size=8), max_size=6), max_size=8))
def test_any_sheet_is_looked_through_without_harm(rows: list[list[str]]) -> None:
    head = find_head(sheet(*(tuple(row) for row in rows)))
    assert head is None or {"title", "requirement"} & {column.field for column in head.columns}
