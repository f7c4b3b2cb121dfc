"""`manage.py read FILE`: the paragraphs of a file as the readers give them. Needs no database."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from speeches import parser as speech_parser
from speeches.management.files import read_file
from speeches.readers import ReadText


class Command(BaseCommand):
    """Prints for people, or with --json for programs."""

    help = "读取一个讲话文件，一行打印一段；提醒打印到标准错误。加 --json 时输出 JSON。不需要数据库。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Options in Chinese."""
        parser.add_argument("file", metavar="FILE", help="讲话文件，格式按内容识别")
        parser.add_argument("--json", action="store_true", help="输出 JSON：段落及其所在页、提醒、略去的行")
        parser.add_argument("--clean", action="store_true", help="打印去掉网页导航、广告等之后的正文")

    def handle(self, *args: Any, **options: Any) -> None:
        """One paragraph a line, warnings on standard error."""
        read = read_file(options["file"])
        answer = as_cleaned(read) if options["clean"] else as_read(read)
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
            return
        for line in answer["paragraphs"]:
            self.stdout.write(line["text"] if isinstance(line, dict) else line)
        for warning in answer["warnings"]:
            self.stderr.write(warning)


def as_read(read: ReadText) -> dict[str, Any]:
    """The paragraphs with their places in the file."""
    return {
        "kind": read.kind,
        "paragraphs": [
            {"text": text, "place": read.place(index), "page": read.pages[index] if read.pages else None}
            for index, text in enumerate(read.paragraphs)
            if text.strip()
        ],
        "warnings": list(read.warnings),
        "left_out": list(read.left_out),
    }


def as_cleaned(read: ReadText) -> dict[str, Any]:
    """The lines that the parser is given; what was cleaned away is listed with what the reader left out."""
    cleaned = speech_parser.clean(read.text)
    return {
        "kind": read.kind,
        "paragraphs": [line for line in cleaned.text.split("\n") if line.strip()],
        "warnings": [*read.warnings, *cleaned.warnings],
        "left_out": [*read.left_out, *(removed.line for removed in cleaned.removed)],
    }
