"""Spreadsheets made to do harm: opened in a child process, within bounds, and nothing in them is run."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from speeches.readers import ReadRefused
from speeches.readers.sheets import MOST_COLUMNS, MOST_ROWS, read_sheets
from tests.ledgers import making


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The package with one part changed (or added)."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, change(old.read(part) if part in old.namelist() else b""))
    return target.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(ReadRefused) as refused:
        read_sheets(content, "台账")
    return refused.value.message


def test_a_bomb_is_not_unpacked() -> None:
    bomb = changed(making.annual(), "xl/media/image1.bin", lambda _: b"\x00" * 60_000_000)
    assert len(bomb) < 200_000
    assert "解压后超过50MB" in refusal(bomb)


def test_a_definition_of_entities_is_refused() -> None:
    planted = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    content = changed(making.annual(), "xl/sharedStrings.xml", lambda old: planted + old.partition(b"?>")[2])
    assert "DTD" in refusal(content)


def test_a_sheet_as_wide_as_excel_can_be_ends_the_child_and_not_the_site() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "事项名称"
    sheet.cell(1_048_576, 16_384).value = "x"
    assert "占用的时间或内存超过上限" in refusal(making.saved(book))


def test_more_rows_or_columns_than_a_ledger_has_are_refused() -> None:
    assert "行有内容的行" in refusal("\n".join(f"{n},甲" for n in range(MOST_ROWS + 1)).encode())
    assert "列，不像一份台账" in refusal((",".join("甲" * (MOST_COLUMNS + 1))).encode())


def test_a_cell_that_spans_the_whole_sheet_costs_nothing() -> None:
    small = making.sheet_of(("事项名称", "单位"), ("甲", "乙"), merged=("A3:B4",))
    content = changed(small, "xl/worksheets/sheet1.xml", lambda old: old.replace(b"A3:B4", b"A3:XFD1048576"))
    assert content != small
    (sheet,) = read_sheets(content, "台账")
    assert len(sheet.rows) == 2


def test_a_workbook_with_a_password_says_so() -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    assert "打开密码" in refusal(content)


def test_a_broken_package_is_refused() -> None:
    content = making.annual()
    assert "损坏" in refusal(content[: len(content) // 2])
    assert "损坏" in refusal(changed(content, "xl/workbook.xml", lambda _: b"<workbook"))


def test_what_no_database_takes_is_dropped() -> None:
    (sheet,) = read_sheets("事项名称,单位\n甲\x01乙,丙".encode(), "台账")
    assert sheet.rows[1][1][0] == "甲乙"
