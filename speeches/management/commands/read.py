"""`manage.py read FILE`: the paragraphs of a file as the readers give them. Needs no database."""

import json
from bisect import bisect_right
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from speeches import wording
from speeches.management.files import opened, read_content
from speeches.places import placed
from speeches.readers import ReadRefused, ReadText, bundle, read_bytes
from speeches.readers.types import place_words

Shape = Callable[[ReadText], dict[str, Any]]


class Command(BaseCommand):
    """Prints for people, or with --json for programs."""

    help = (
        "读取一个讲话文件，一行打印一段；提醒打印到标准错误。.zip 压缩包里的文件逐个读取。"
        "加 --json 时输出 JSON。不需要数据库。"
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Options in Chinese."""
        parser.add_argument("file", metavar="FILE", help="讲话文件或 .zip 压缩包，格式按内容识别")
        parser.add_argument("--json", action="store_true", help="输出 JSON：段落及其所在页、提醒、略去的行")
        parser.add_argument("--clean", action="store_true", help="打印去掉网页导航、广告等之后的正文")

    def handle(self, *args: Any, **options: Any) -> None:
        """One paragraph a line, warnings on standard error; of a zip one answer a file."""
        shape = as_cleaned if options["clean"] else as_read
        content = opened(options["file"])
        if not bundle.is_bundle(content):
            self._print(shape(read_content(content, options["file"])), options["json"])
            return
        answers, failure = self._members(content, shape)
        if options["json"]:
            self.stdout.write(json.dumps(answers, ensure_ascii=False, indent=1))
        elif answers:
            for answer in answers:
                self._print_member(answer)
        if failure:
            self.stderr.write(failure)
        if not any("paragraphs" in answer for answer in answers):
            raise SystemExit(2)

    def _print(self, answer: dict[str, Any], as_json: bool) -> None:
        for warning in answer["warnings"]:
            self.stderr.write(warning)
        if as_json:
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
            return
        for line in answer["paragraphs"]:
            self.stdout.write(line["text"])

    def _print_member(self, answer: dict[str, Any]) -> None:
        """With its name above, as `head` prints several files; a refused one on standard error alone."""
        if "refused" in answer:
            self.stderr.write(f"《{answer['file']}》没有读取：{answer['refused']}")
            return
        self.stdout.write(f"==> {answer['file']} <==")
        self._print(answer, as_json=False)

    def _members(self, content: bytes, shape: Shape) -> tuple[list[dict[str, Any]], str]:
        """The answer for each file of a zip, and what is wrong with the zip itself."""
        answers: list[dict[str, Any]] = []
        try:
            for member in bundle.members(content):
                answers.append({"file": member.name} | _answer(member, shape))
        except ReadRefused as refused:
            return answers, refused.message
        return answers, ""


def _answer(member: bundle.Member, shape: Shape) -> dict[str, Any]:
    if member.error:
        return {"refused": member.error}
    try:
        return shape(read_bytes(member.content, member.name, ocr=settings.OCR))
    except ReadRefused as refused:
        return {"refused": refused.message}


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
