"""From the bytes of a CSV, as Excel in China saves it, to rows that know where they stand."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

LIMIT = 5 * 1024 * 1024
"""Bytes. A city's whole directory is about 200 kB."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong (or worth knowing), and where: `row` as the spreadsheet counts, 1 being the headings."""

    row: int
    column: str
    words: str

    def __str__(self) -> str:
        place = f"第 {self.row} 行" + (f"“{self.column}”列" if self.column else "")
        return f"{place}：{self.words}" if self.row else self.words


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: heading → trimmed cell, only for headings the file has."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def __contains__(self, column: str) -> bool:
        return column in self.cells


class TableRefused(Exception):
    """The file is no such table at all. The message is for the person who chose it."""


def read_rows(content: bytes, *, columns: Sequence[str], required: Sequence[str]) -> list[Row]:
    """The lines below the headings; empty ones are passed over. Raises TableRefused."""
    text = _decode(content)
    first_line = text.split("\n", 1)[0]
    delimiter = "\t" if "\t" in first_line and "," not in first_line else ","
    try:
        lines = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise TableRefused(
            "文件不是完整的 CSV（引号没有成对），请在 Excel 里重新另存为“CSV UTF-8”。"
        ) from error
    headings = [cell.strip() for cell in lines[0]] if lines else []
    _check(headings, columns, required)
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        cells = [cell.strip() for cell in line]
        if not any(cells):
            continue
        if len(cells) > len(headings) and any(cells[len(headings) :]):
            raise TableRefused(
                f"第 {number} 行比列名多出一格，请检查是否有多余的逗号，含逗号的内容要加英文引号。"
            )
        padded = cells + [""] * (len(headings) - len(cells))
        rows.append(Row(number, dict(zip(headings, padded, strict=False))))
    if not rows:
        raise TableRefused("文件里只有列名，没有内容。")
    return rows


def _decode(content: bytes) -> str:
    if content[:2] == b"PK" or content[:4] == b"\xd0\xcf\x11\xe0":
        raise TableRefused("这是 Excel 工作簿，请打开后“另存为 → CSV UTF-8（逗号分隔）”，再上传那个文件。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise TableRefused("认不出文件的编码，请在 Excel 里另存为“CSV UTF-8（逗号分隔）”。")


def _check(headings: list[str], columns: Sequence[str], required: Sequence[str]) -> None:
    """Every heading known and once, the required ones there. Raises TableRefused."""
    missing = [name for name in required if name not in headings]
    if missing:
        raise TableRefused(f"缺少{_listed(missing)}列。第一行应是列名：{'、'.join(columns)}。")
    strange = [name for name in headings if name and name not in columns]
    if strange:
        raise TableRefused(f"不认识的列{_listed(strange)}。可用的列名：{'、'.join(columns)}。")
    named = [name for name in headings if name]
    twice = sorted({name for name in named if named.count(name) > 1})
    if twice:
        raise TableRefused(f"列{_listed(twice)}出现了两次，请只留一列。")


def _listed(names: Sequence[str]) -> str:
    return "、".join(f"“{name}”" for name in names)
