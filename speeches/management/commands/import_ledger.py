"""`manage.py import_ledger FILE --by NAME`: a ledger from the command line, shown or for good."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from speeches.ledgers import actions
from speeches.ledgers.options import Options
from speeches.ledgers.plans import Planned, Problem
from speeches.ledgers.reading import Reading


class Command(BaseCommand):
    """Prints every problem by sheet, row and column; an error anywhere imports nothing."""

    help = "导入一份台账（.xlsx、.xls、.et、.csv），立项为拟办；有一处错误就什么也不导入。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="台账文件")
        parser.add_argument("--by", required=True, metavar="账号", help="以哪个督查员的名义立项")
        parser.add_argument(
            "--base", type=date.fromisoformat, metavar="日期", help="时间从哪天算起，如 2026-03-02"
        )
        parser.add_argument(
            "--sheet", type=int, action="append", metavar="N", help="只导入第 N 张工作表，可多次"
        )
        parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")

    def handle(self, *args: Any, **options: Any) -> None:
        path, by = options["file"], User.objects.filter(username=options["by"]).first()
        if by is None:
            raise CommandError(f"没有账号“{options['by']}”。")
        sheets = [number - 1 for number in options["sheet"]] if options["sheet"] else None
        try:
            content = path.read_bytes()
            with transaction.atomic():
                reading, codes = self._run(
                    path.name, content, by, Options(base=options["base"], sheets=sheets)
                )
                transaction.set_rollback(options["dry_run"])
        except OSError as failure:
            raise CommandError(f"读不到文件 {path}：{failure.strerror}") from failure
        except actions.NotReady as refused:
            self._tell(refused.reading)
            raise CommandError("；".join(refused.messages)) from refused
        except (ValidationError, PermissionDenied) as refused:
            words = refused.messages if isinstance(refused, ValidationError) else [str(refused)]
            raise CommandError("；".join(words)) from refused
        self._tell(reading)
        done = (
            f"将会导入 {len(codes)} 项。"
            if options["dry_run"]
            else f"已导入 {len(codes)} 项：{codes[0]} 至 {codes[-1]}。"
        )
        self.stdout.write(done)

    def _run(self, name: str, content: bytes, by: User, options: Options) -> tuple[Reading, list[str]]:
        at = timezone.now()
        file = actions.accept(file_name=name, content=content, by=by, at=at)
        actions.choose(file.pk, by=by, options=options)
        file.refresh_from_db()
        reading = actions.preview(file, by=by, at=at)
        return reading, [task.code for task in actions.import_file(file.pk, by=by, at=at)]

    def _tell(self, reading: Reading) -> None:
        for one in reading.planned:
            for problem in one.problems:
                self.stdout.write(
                    ("错误：" if problem.is_error else "注意：") + _place(one, problem) + problem.words
                )
            for heading, theirs, ours in one.differences:
                self.stdout.write(
                    f"差异：“{one.sheet}”第{one.row}行“{heading}”：表中“{theirs}”，台账“{ours}”"
                )
        for sheet in reading.sheets:
            for passed in sheet.passed:
                self.stdout.write(f"略过：“{sheet.name}”第{passed.row}行（{passed.reason}）：{passed.words}")


def _place(one: Planned, problem: Problem) -> str:
    column = f"{problem.column}列“{problem.heading}”" if problem.column else ""
    return f"“{one.sheet}”第{problem.row}行{column}："
