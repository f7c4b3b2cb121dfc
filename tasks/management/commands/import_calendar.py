"""Fill the working calendar from the chinesecalendar package, or from a CSV for years it has not yet."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from tasks import holidays
from tasks.models import WorkDay
from tasks.workdays import calendar

COLUMNS = ("日期", "上班", "说明")
TRUTH = {"是": True, "否": False, "1": True, "0": False}

Day = tuple[date, bool, str]


class Command(BaseCommand):
    help = "导入节假日与调休：不带参数用 chinesecalendar 已有的年份，更新的年份用 --csv 文件"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--csv", type=Path, help="CSV 文件，列为“日期、上班、说明”，日期写 2027-01-01，上班写 是/否"
        )

    def handle(self, *args: object, **options: object) -> None:
        path = options["csv"]
        days = list(from_csv(path) if isinstance(path, Path) else holidays.published())
        new = store(days)
        until = calendar().known_until
        self.stdout.write(
            f"工作日历：新增或更正{new}天，已有安排到{until:%Y年}底。" if until else "工作日历是空的。"
        )


@transaction.atomic
def store(days: Iterable[Day]) -> int:
    """Write the days; return how many were new or different."""
    known = {day.on: (day.is_workday, day.name) for day in WorkDay.objects.all()}
    different = [day for day in days if known.get(day[0]) != (day[1], day[2])]
    for on, is_workday, name in different:
        WorkDay.objects.update_or_create(on=on, defaults={"is_workday": is_workday, "name": name})
    return len(different)


def from_csv(path: Path) -> Iterator[Day]:
    """The rows of the file. Raises CommandError that names the line and what is wrong with it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"读不出文件 {path.name}，请确认它存在并以 UTF-8 保存。") from error
    rows = csv.DictReader(text.splitlines())
    if set(COLUMNS[:2]) - set(rows.fieldnames or ()):
        raise CommandError("第1行应为表头：日期,上班,说明")
    for row in rows:
        yield _day(row, rows.line_num)


def _day(row: dict[str, str], line: int) -> Day:
    try:
        return (
            date.fromisoformat(row["日期"].strip()),
            TRUTH[row["上班"].strip()],
            (row.get("说明") or "").strip()[:40],
        )
    except (ValueError, KeyError, AttributeError) as error:
        raise CommandError(
            f"第{line}行读不懂：日期写成 2027-01-01，上班写 是 或 否。整个文件没有导入。"
        ) from error
