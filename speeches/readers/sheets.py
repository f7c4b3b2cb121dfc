"""Spreadsheets as offices send them (.xlsx, .xls, .et, .ods, CSV), to rows of cells."""

import codecs
import csv
import io
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from speeches.readers import kinds, txt
from speeches.readers.sandbox import answered
from speeches.readers.types import MAX_UPLOAD, ReadRefused

Cell: TypeAlias = str | int | float | date
Area: TypeAlias = tuple[int, int, int, int]
"""First row, first column, last row, last column; all counted from 0."""

MOST_ROWS = 5_000  # that are not empty, over all sheets
MOST_COLUMNS = 200
LONGEST_CELL = 32_767  # characters; what Excel itself holds
ERROR = "#错误"
_SAVE_AS = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"
_KILLED = (
    "读取这个表格占用的时间或内存超过上限，已停止。"
    "请删去表格右侧、下方多余的行和列（选中后右键“删除”），另存后再上传。"
)
UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # in a database
_DELIMITERS = ",\t;"


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows`: number as the program shows it (from 1) and cells; empty rows are left out."""

    name: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    merged: tuple[Area, ...] = ()
    is_hidden: bool = False


def read_sheets(content: bytes, name: str) -> tuple[Sheet, ...]:
    """The sheets of a file, told by its content; `name` names the only sheet of a CSV.

    Raises ReadRefused, whose message says in Chinese what the file is and what to do.
    """
    kind = _kind(content)
    if kind == "csv":
        return (Sheet(name, tuple(_csv_rows(content))),)
    words = [sys.executable, "-m", "speeches.readers.sheets_child", kind]
    answer = answered(words, content, _KILLED)
    if "refused" in answer:
        raise ReadRefused(str(answer["refused"]))
    return tuple(_sheet(one) for one in answer["sheets"])


def _sheet(one: dict[str, Any]) -> Sheet:
    rows = tuple((number, tuple(map(_cell, cells))) for number, cells in one["rows"])
    return Sheet(one["name"], rows, tuple(map(tuple, one["merged"])), one["is_hidden"])


def _cell(value: Any) -> Cell:
    """Dates come as {"on": "2026-06-30"}: JSON has none."""
    cell: Cell = date.fromisoformat(value["on"]) if isinstance(value, dict) else value
    return cell


def _kind(content: bytes) -> str:
    """xlsx, xls, ods or csv. Raises ReadRefused for anything else."""
    if not content:
        raise ReadRefused("文件是空的（0字节）。请确认表格已保存完整，再重新上传。")
    if len(content) > MAX_UPLOAD:
        raise ReadRefused(f"表格超过{MAX_UPLOAD // 1024 // 1024}MB的上限，请拆成几个文件分别导入。")
    if content.startswith(b"PK"):
        return _packed(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _ole(content)
    kind = kinds.kind_of(content)
    if kind in {"html", "mht"}:
        raise ReadRefused(f"这是网页存成的表格，不是真正的 Excel 文件。{_SAVE_AS}")
    if kind != "txt":
        raise ReadRefused("这不是表格。请选择 .xlsx、.xls、.et 或 .csv 文件；讲话稿请到“讲话”里导入。")
    return "csv"


def _packed(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = set(packed.namelist())
            begins = packed.read("mimetype")[:60] if "mimetype" in names else b""
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, RuntimeError) as error:
        raise ReadRefused(f"文件已损坏，打不开。{_SAVE_AS}") from error
    if any(name.startswith("xl/") for name in names):
        return "xlsx"
    if begins == b"application/vnd.oasis.opendocument.spreadsheet":
        return "ods"
    if any(name.startswith("word/") for name in names):
        raise ReadRefused("这是 Word 文档，不是表格。讲话稿请到“讲话”里导入；表格请另存为 .xlsx 再上传。")
    raise ReadRefused("这是压缩包，不是表格。请解压后选择里面的 .xlsx、.xls 或 .csv 文件。")


def _ole(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise ReadRefused("表格加了打开密码，读不出内容。请去掉密码，另存后再上传。")
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return "xls"
    raise ReadRefused(f"这是旧格式的 Office 文件，但不是表格。{_SAVE_AS}")


def _csv_rows(content: bytes) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    text, count = _decoded(content), 0
    try:
        for number, line in enumerate(csv.reader(io.StringIO(text), delimiter=_delimiter(text)), start=1):
            cells = tuple(UNSTORABLE.sub("", cell).strip() for cell in line)
            if not any(cells):
                continue
            count += 1
            check_size(count, len(cells))
            yield number, cells
    except csv.Error as error:
        raise ReadRefused("CSV 不完整（引号没有成对，或一格太长）。请用 Excel 重新另存为 .xlsx。") from error


def _decoded(content: bytes) -> str:
    """As Excel in China saves it: with a mark, as UTF-8 or as GB18030; short tables give no more to go by."""
    if not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        for encoding in ("utf-8-sig", "gb18030"):
            try:
                text = content.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\x00" not in text:
                return text
    return txt.decoded(content)[0]


def _delimiter(text: str) -> str:
    """The one that its first lines have most of."""
    start = text[:4000]
    return max(_DELIMITERS, key=start.count)


def check_size(rows: int, columns: int) -> None:
    """Raises ReadRefused for more than any ledger has."""
    if rows > MOST_ROWS:
        raise ReadRefused(f"表格超过{MOST_ROWS}行有内容的行，请按年度或按类别拆开，分几次导入。")
    if columns > MOST_COLUMNS:
        raise ReadRefused(f"表格超过{MOST_COLUMNS}列，不像一份台账。请删去右侧多余的列，另存后再上传。")
