"""`manage.py times`: the words of time in lines of text, by the parser's own code. Needs no database."""

import json
import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from speeches.almanac import published_calendar
from speeches.parser.dates import find_times
from speeches.parser.types import Context, TimeFind

KINDS = {"date": "日期", "period": "时段", "recurrence": "频次", "duration": "时长"}


class Command(BaseCommand):
    """Reads standard input line by line and answers each at once."""

    help = "从标准输入逐行读取文字，列出其中的时间、时限和频次。加 --json 时每行输入、输出均为 JSON。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options in Chinese."""
        parser.add_argument(
            "--json",
            action="store_true",
            help='每行输入 {"text": 文字, "on": "讲话日期，如 2024-06-03"}，每行输出一个列表',
        )
        parser.add_argument("--on", metavar="日期", help="讲话日期（YYYY-MM-DD）；不给则只认写全年月日的时间")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line in, one line out with --json; one line per find without."""
        spoken_on = _day(options["on"])
        for number, line in enumerate(sys.stdin, start=1):
            if options["json"]:
                self.stdout.write(json.dumps(_answer(line, number, spoken_on), ensure_ascii=False))
                self.stdout.flush()
                continue
            for find in _finds(line.rstrip("\n"), spoken_on):
                self.stdout.write(_in_chinese(find))


def _day(words: str | None) -> date | None:
    if not words:
        return None
    try:
        return date.fromisoformat(words)
    except (TypeError, ValueError) as error:
        raise CommandError(f"日期“{words}”无法识别，请写成 2024-06-03 的样式。", returncode=2) from error


def _answer(line: str, number: int, spoken_on: date | None) -> list[dict[str, str | None]]:
    if not line.strip():
        return []
    try:
        asked = json.loads(line)
        text, on = asked["text"], asked.get("on")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CommandError(
            f'第 {number} 行不是 {{"text": …, "on": …}} 样式的 JSON，请检查后重试。', returncode=2
        ) from error
    return [_as_json(find) for find in _finds(str(text), _day(on) or spoken_on)]


def _finds(text: str, spoken_on: date | None) -> tuple[TimeFind, ...]:
    return find_times(text, Context(spoken_on=spoken_on, calendar=published_calendar()))


def _as_json(find: TimeFind) -> dict[str, str | None]:
    return {
        "text": find.text,
        "kind": find.kind,
        "start": find.start.isoformat() if find.start else None,
        "end": find.end.isoformat() if find.end else None,
        "rrule": find.rrule or None,
    }


def _in_chinese(find: TimeFind) -> str:
    if find.kind == "recurrence":
        meaning = find.rrule or "未写明频次"
    elif find.start is None and find.end is None:
        meaning = "无法确定日期"
    else:
        meaning = f"{find.start or '…'} 至 {find.end or '…'}"
    return f"{find.text}\t{KINDS[find.kind]}\t{meaning}" + ("\t时限" if find.is_deadline else "")
