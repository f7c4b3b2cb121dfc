"""The process that opens untrusted spreadsheets: `python -m speeches.readers.sheets_child KIND`.

Bytes in, JSON out. calamine runs no formula and no macro; it gives what was last computed and stored.
"""

import io
import json
import re
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from speeches.readers import child, ooxml
from speeches.readers.packed import Packed
from speeches.readers.sheets import ERROR, LONGEST_CELL, UNSTORABLE, check_size
from speeches.readers.types import MAX_ENTRIES, ReadRefused

MOST_MERGED = 20_000
_BROKEN = "表格已损坏，读不出来。请用 Excel 或 WPS 打开后另存为 .xlsx，再重新上传。"
_TOO_BIG = "表格解压后超过50MB，已停止读取。请删去图片和多余的行列，或拆成几个文件分别导入。"
_DTD = "表格里夹带了不应有的定义（DTD），可能是恶意文件，已拒绝读取。请向来文单位核实。"
_WRONG_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^<>]{0,100}\bt="e"')
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)

Places = set[tuple[int, int]]


def main() -> None:
    child.limit()
    content = sys.stdin.buffer.read()
    try:
        answer: dict[str, Any] = {"sheets": list(sheets(content, sys.argv[1]))}
    except ReadRefused as refused:
        answer = {"refused": refused.message}
    json.dump(answer, sys.stdout)


def sheets(content: bytes, kind: str) -> Iterator[dict[str, Any]]:
    """Every sheet of cells, as JSON takes it. Raises ReadRefused."""
    wrong = {} if kind == "xls" else checked_package(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            hidden = {m.name for m in book.sheets_metadata if m.visible != SheetVisibleEnum.Visible}
            yield from _every(book, hidden, wrong)
    except PasswordError as error:
        raise ReadRefused("表格加了打开密码，读不出内容。请去掉密码，另存后再上传。") from error
    except CalamineError as error:
        raise ReadRefused(_BROKEN) from error


def _every(book: CalamineWorkbook, hidden: set[str], wrong: dict[str, Places]) -> Iterator[dict[str, Any]]:
    count = 0
    for name in book.sheet_names:
        try:
            sheet = book.get_sheet_by_name(name)
        except CalamineError:
            continue  # a sheet of macros or of one chart: it has no cells
        rows = []
        for number, cells in _rows(sheet, wrong.get(name, set())):
            count += 1
            check_size(count, len(cells))
            rows.append((number, cells))
        merged = [(*first, *last) for first, last in (sheet.merged_cell_ranges or [])[:MOST_MERGED]]
        yield {"name": name, "rows": rows, "merged": merged, "is_hidden": name in hidden}


def _rows(sheet: CalamineSheet, wrong: Places) -> Iterator[tuple[int, list[Any]]]:
    """Number from 1 and cells up to the last that is not empty; empty rows are passed over."""
    left = sheet.start[1] if sheet.start else 0  # rows come from the first on, columns from the first used
    for index, line in enumerate(sheet.iter_rows()):
        cells = [""] * left + [_plain(value) for value in line]
        for column, cell in enumerate(cells):
            if cell == "" and (index, column) in wrong:
                cells[column] = ERROR
        while cells and cells[-1] == "":
            cells.pop()
        if cells:
            yield index + 1, cells


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime | date):
        return {"on": value.date().isoformat() if isinstance(value, datetime) else value.isoformat()}
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, str):
        return UNSTORABLE.sub("", value)[:LONGEST_CELL].replace("\r\n", "\n").strip()
    return value


def checked_package(content: bytes) -> dict[str, Places]:
    """Unpack within bounds before calamine does it without; the cells of each sheet that hold #REF! and such.

    calamine gives those as empty.
    """
    try:
        packed = Packed(content)
        names = packed.names()
        if len(names) > MAX_ENTRIES:
            raise ReadRefused(_BROKEN)
        parts = {name: packed.read(name) or b"" for name in names}
    except ReadRefused as refused:
        raise ReadRefused(_TOO_BIG if "50MB" in refused.message else _BROKEN) from refused
    if any(_DECLARATION.search(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))):
        raise ReadRefused(_DTD)
    return {name: _wrong_cells(parts.get(path, b"")) for name, path in _paths(parts).items()}


def _paths(parts: dict[str, bytes]) -> dict[str, str]:
    """Of each sheet of an .xlsx by its name, the part that holds it; nothing for other formats."""
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= set(parts):
        return {}
    relations = ooxml.tree(parts["xl/_rels/workbook.xml.rels"])
    targets = {found.get("Id"): found.get("Target", "") for found in relations}
    listed = next(ooxml.children(ooxml.tree(parts["xl/workbook.xml"]), "sheets"), ())
    paths = {}
    for sheet in listed:
        key = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
        paths[sheet.get("name", "")] = "xl/" + targets.get(key, "").removeprefix("/xl/")
    return paths


def _wrong_cells(part: bytes) -> Places:
    return {(int(row) - 1, _column(letters)) for letters, row in _WRONG_CELL.findall(part)}


def _column(letters: bytes) -> int:
    """A → 0, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


if __name__ == "__main__":
    main()
