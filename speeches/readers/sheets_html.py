"""Tables that a system exported as .xls and that are web pages inside: rows of cells with their merges."""

from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from speeches.readers import charsets, html
from speeches.readers.sheets import LONGEST_CELL, MOST_COLUMNS, UNSTORABLE, check_size
from speeches.readers.types import ReadRefused

_NO_TABLE = "这是网页，里面没有表格。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"


def sheets(content: bytes) -> Iterator[dict[str, Any]]:
    """Each table of the page as a sheet, as JSON takes it; those inside another are passed over."""
    page = LexborHTMLParser(charsets.decoded(content, html.declared_in(content)))
    tables = [table for table in page.css("table") if not _is_inside(table)]
    if not tables:
        raise ReadRefused(_NO_TABLE)
    count = 0
    for number, table in enumerate(tables, start=1):
        grid = Grid()
        for row in table.css("tr"):
            grid.add([cell for cell in row.iter() if cell.tag in {"td", "th"}])
        count += len(grid.rows)
        check_size(count, 0)
        yield {"name": f"表{number}", "rows": grid.rows, "merged": grid.merged, "is_hidden": False}


def _is_inside(table: LexborNode) -> bool:
    above = table.parent
    while above is not None:
        if above.tag == "table":
            return True
        above = above.parent
    return False


class Grid:
    """Cells in their places: what spans rows pushes the cells below it to the right."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, list[str]]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self._number = 0
        self._taken: dict[int, int] = {}  # column → the last row that a cell above covers

    def add(self, cells: list[LexborNode]) -> None:
        row, column = self._number, 0
        texts: list[str] = []
        for cell in cells:
            while self._taken.get(column, -1) >= row:
                column += 1
            down, across = _span(cell, "rowspan"), _span(cell, "colspan")
            check_size(0, column + across)
            texts += [""] * (column + 1 - len(texts))
            texts[column] = _words(cell)
            if down > 1 or across > 1:
                self.merged.append((row, column, row + down - 1, column + across - 1))
            self._taken |= dict.fromkeys(range(column, column + across), row + down - 1)
            column += across
        self._number += 1
        if any(texts):
            self.rows.append((row + 1, texts))


def _span(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "1").strip()
    return min(int(value), MOST_COLUMNS + 1) if value.isdecimal() and 0 < len(value) < 5 and int(value) else 1


def _words(cell: LexborNode) -> str:
    """The text, a line for each <br> and paragraph."""
    for ending in cell.css("br, p, div, li"):
        ending.insert_before("\n")
    lines = (UNSTORABLE.sub("", line).strip() for line in cell.text().split("\n"))
    return "\n".join(line for line in lines if line)[:LONGEST_CELL]
