"""`manage.py read FILE`: the paragraphs of a file as the readers give them. Needs no database."""

import json
from bisect import bisect_right
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from speeches import wording
from speeches.management.files import read_file
from speeches.places import placed
from speeches.readers import ReadText
from speeches.readers.types import place_words


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
        for warning in answer["warnings"]:
            self.stderr.write(warning)
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
            return
        for line in answer["paragraphs"]:
            self.stdout.write(line["text"])


def as_read(read: ReadText) -> dict[str, Any]:
    """The paragraphs with their places in the file."""
    lines = [(text, place) for text, place in zip(read.paragraphs, read.places, strict=True) if text.strip()]
    return {
        "kind": read.kind,
        "paragraphs": [_line(text, *place) for text, place in lines],
        "warnings": list(read.warnings),
        "left_out": list(read.left_out),
    }


def as_cleaned(read: ReadText) -> dict[str, Any]:
    """The lines that the parser is given; what was cleaned away is listed with what the reader left out."""
    original = wording.original_of(read)
    cleaned = wording.cleaned(original)
    places = placed(original.sources, cleaned)
    begins = [at for at, _, _ in places]
    lines: list[dict[str, Any]] = []
    at = 0
    for text in cleaned.text.split("\n"):
        if text:
            _, page, number = places[bisect_right(begins, at) - 1]
            lines.append(_line(text, page, number))
        at += len(text) + 1
    return {
        "kind": read.kind,
        "paragraphs": lines,
        "warnings": [*read.warnings, *cleaned.warnings],
        "left_out": [removed.line for removed in cleaned.removed],
    }


def _line(text: str, page: int, number: int) -> dict[str, Any]:
    return {"text": text, "place": place_words(page, number), "page": page or None}
