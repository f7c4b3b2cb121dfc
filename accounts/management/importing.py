"""What the three import commands share."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.importing import IMPORTS


class ImportCommand(BaseCommand):
    """Reads one CSV; prints every fault by row and column and then changes nothing."""

    kind = ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV 文件，第一行为列名；UTF-8 或 GB18030 编码")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
        except OSError as failure:
            raise CommandError(f"读不到文件 {options['file']}：{failure.strerror}") from failure
        outcome = IMPORTS[self.kind].run(content, is_preview=options["dry_run"])
        if outcome.faults:
            lines = "\n".join(str(fault) for fault in outcome.faults)
            raise CommandError(f"{lines}\n共 {len(outcome.faults)} 处错误，什么也没有导入，请改正后再试。")
        for remark in outcome.remarks:
            self.stdout.write(f"注意：{remark}")
        self.stdout.write(("将会：" if options["dry_run"] else "") + outcome.summary() + "。")
