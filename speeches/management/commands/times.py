"""`manage.py times`: the words of time in lines of text, by the parser's own code. Needs no database."""

import io
import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from speeches.almanac import published_calendar
from speeches.parser.dates import find_times
from speeches.parser.types import Context, TimeFind

KINDS = {"date": "日期", "period": "时段", "recurrence": "频次", "duration": "时长"}


class Command(BaseCommand):
    """Reads standard input line by line and answers each at once."""

    help = (
        "从标准输入逐行读取文字，列出其中的时间、时限和频次。加 --json 时每行输入、输出均为 JSON；"
        "读不懂的行答以空列表 []，原因写到标准错误，其余各行照常，最后以 2 退出。"
    )
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
        try:
            spoken_on = _day(options["on"])
        except Unreadable as error:
            raise CommandError(str(error), returncode=2) from error
        if options["json"]:
            self._answer_lines(spoken_on)
            return
        for line in _lines():
            for find in _finds(line.rstrip("\n"), spoken_on):
                self.stdout.write(_in_chinese(find))

    def _answer_lines(self, spoken_on: date | None) -> None:
        """One bad line does not keep the others from being answered, nor shifts the answers."""
        unreadable = 0
        for number, line in enumerate(_lines(), start=1):
            try:
                answer = _answer(line, spoken_on)
            except Unreadable as error:
                answer, unreadable = [], unreadable + 1
                self.stderr.write(f"第 {number} 行：{error}")
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            self.stdout.flush()
        if unreadable:
            raise CommandError(f"有 {unreadable} 行未能读懂，已答以空列表，请改正后重试。", returncode=2)


class Unreadable(ValueError):
    """A line or a day that cannot be read; the message says in Chinese how to write it."""


def _lines() -> Iterator[str]:
    """Standard input as UTF-8 whatever the terminal says; a mark of byte order is no part of a line."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    for line in sys.stdin:
        yield line.removeprefix("\ufeff")


def _day(words: object) -> date | None:
    if words in (None, ""):
        return None
    try:
        return date.fromisoformat(str(words))
    except ValueError as error:
        raise Unreadable(f"日期“{words}”无法识别，请写成 2024-06-03 的样式。") from error


def _answer(line: str, spoken_on: date | None) -> list[dict[str, str | None]]:
    if not line.strip():
        return []
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Unreadable('不是 JSON，请写成 {"text": "文字", "on": "2024-06-03"}。') from error
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        raise Unreadable('缺少文字，请写成 {"text": "文字", "on": "2024-06-03"}。')
    return [_as_json(find) for find in _finds(asked["text"], _day(asked.get("on")) or spoken_on)]


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
        meaning = "未写明起止" if find.kind == "duration" else "无法确定日期"
    else:
        meaning = f"{find.start or '…'} 至 {find.end or '…'}"
    return f"{find.text}\t{KINDS[find.kind]}\t{meaning}" + ("\t时限" if find.is_deadline else "")
