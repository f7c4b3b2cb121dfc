"""The ledger as a file for Excel and WPS: .xlsx with real dates and a page to print, or CSV."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from typing import IO, Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tasks.columns import COLUMNS, HEADINGS

STARTS_OF_FORMULAS = tuple("=+-@\t\r\n＝＋－＠")  # Excel in China takes the full-width ones too
LONGEST = 32_000  # characters of a cell; Excel holds 32,767
CUT = "……（内容过长，完整内容见系统）"
A4 = 9
FROZEN = 2  # 序号, 编号 stay in sight, on the screen and on every page
PAGES_WIDE = 2  # thirty columns on one page would be too small to read
PLAIN = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Echo:
    """A file for csv.writer that hands back each line."""

    def write(self, line: str) -> str:
        return line


def csv_lines(lines: Iterable[list[Any]]) -> Iterator[bytes]:
    """UTF-8 with a mark at the beginning, or Excel in China shows it garbled."""
    writer = csv.writer(Echo())
    yield b"\xef\xbb\xbf" + writer.writerow(HEADINGS).encode()
    for line in lines:
        yield writer.writerow([safe(cell) for cell in line]).encode()


def safe(cell: Any) -> str:
    """A cell that a spreadsheet will not take for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(STARTS_OF_FORMULAS) else text


def bare(text: str) -> str:
    """What `safe` was given: the way back when a file comes in again."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(STARTS_OF_FORMULAS) else text


def write_workbook(target: IO[bytes], lines: Iterable[list[Any]], *, today: date) -> None:
    """One sheet, heading in the first row so that it sorts, filters and comes back as it went out.

    Rows go to the disk as they come: the memory is that of one row.
    """
    workbook = Workbook(target, PLAIN)
    sheet = workbook.add_worksheet("督办台账")
    last = _write_rows(sheet, lines, *_formats(workbook))
    # Empty cells are not written; this draws their borders.
    drawn = {"type": "blanks", "format": workbook.add_format({"border": 1})}
    sheet.conditional_format(0, 0, last, len(COLUMNS) - 1, drawn)
    sheet.freeze_panes(1, FROZEN)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    _lay_out(sheet, today)
    workbook.close()


def _formats(workbook: Workbook) -> tuple[Format, Format, Format]:
    """Of the heading, of text and numbers, of dates."""
    cell = {"text_wrap": True, "valign": "top", "border": 1, "font_name": "宋体", "font_size": 10}
    head = {**cell, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#DCE6F1"}
    day = {**cell, "num_format": "yyyy-mm-dd", "align": "center"}
    return workbook.add_format(head), workbook.add_format(cell), workbook.add_format(day)


def _write_rows(sheet: Worksheet, lines: Iterable[list[Any]], head: Format, cell: Format, day: Format) -> int:
    """The number of the last row. Text is written as text, whatever it begins with."""
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.heading, head)
    row = 0
    for row, line in enumerate(lines, start=1):
        for place, value in enumerate(line):
            if value is None or value == "":
                continue
            if isinstance(value, date):
                sheet.write_datetime(row, place, value, day)
            elif isinstance(value, int):
                sheet.write_number(row, place, value, cell)
            else:
                sheet.write_string(row, place, fitting(str(value)), cell)
    return row


def fitting(text: str) -> str:
    """As much of a text as a cell holds."""
    text = text.replace("\r\n", "\n")
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT


def _lay_out(sheet: Worksheet, today: date) -> None:
    """A4 across; heading, 序号 and 编号 on every page; who prints it sees of which day it is."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0, FROZEN - 1)
    sheet.print_across()
    sheet.fit_to_pages(PAGES_WIDE, 0)
    sheet.set_header(f"&C&14督办台账（{today.year}年{today.month}月{today.day}日）")
    sheet.set_footer("&C第 &P 页，共 &N 页")
