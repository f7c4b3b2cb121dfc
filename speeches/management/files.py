"""Reads one speech from disk for the commands that try the parser; no database."""

import sys
from datetime import date
from pathlib import Path
from typing import NoReturn

from django.conf import settings
from django.core.management.base import CommandParser

from speeches import parser, wording
from speeches.almanac import published_calendar
from speeches.parser.types import Context, Parsed
from speeches.readers import MAX_UPLOAD, ReadRefused, ReadText, read_bytes
from tasks import viruses


def add_file_arguments(arguments: CommandParser) -> None:
    arguments.add_argument(
        "file", metavar="FILE", help="讲话文件（docx、doc、wps、pdf、ofd、odt、rtf、html、mht、eml、txt）"
    )
    arguments.add_argument(
        "--spoken-on", type=_day, metavar="YYYY-MM-DD", help="讲话日期；不写则用文稿开头的日期"
    )


def _day(words: str) -> date:
    return date.fromisoformat(words)


def cleaned_text(file: str) -> str:
    """The text ready to parse; a file that cannot be read ends the command with one line and status 2."""
    return wording.cleaned(wording.original_of(read_file(file))).text


def read_file(file: str) -> ReadText:
    """What the readers make of a file; one they refuse ends the command with one line and status 2."""
    return read_content(opened(file), file)


def read_content(content: bytes, file: str) -> ReadText:
    """The same for a file whose bytes are there."""
    try:
        return read_bytes(content, Path(file).name, ocr=settings.OCR)
    except ReadRefused as refusal:
        refuse(f"{file}：{refusal.message}")


def opened(file: str) -> bytes:
    """The bytes of a file; one that cannot be had ends the command as `read_file` does."""
    try:
        content = _content(Path(file))
    except FileNotFoundError:
        refuse(f"找不到文件：{file}。请检查路径。")
    except OSError as error:
        refuse(f"文件读不出来：{file}（{error.strerror}）。请检查路径和读取权限。")
    except ReadRefused as refusal:
        refuse(f"{file}：{refusal.message}")
    if words := viruses.trouble(content):
        refuse(f"{file}：{words}")
    return content


def _content(path: Path) -> bytes:
    """The bytes of a file, of one over the limit not all of them."""
    with path.open("rb") as file:
        content = file.read(MAX_UPLOAD + 1)
    if len(content) > MAX_UPLOAD:
        raise ReadRefused(f"文件超过{MAX_UPLOAD // 1024 // 1024}MB的上限。请删去图片后另存，或直接粘贴全文。")
    return content


def refuse(message: str) -> NoReturn:
    """End the command: one line on standard error, status 2."""
    sys.stderr.write(message.replace("\n", " ") + "\n")
    raise SystemExit(2)


def context_for(text: str, spoken_on: date | None) -> Context:
    day = spoken_on or parser.read_header(text).spoken_on
    return Context(spoken_on=day, calendar=published_calendar())


def parsed_file(file: str, spoken_on: date | None) -> Parsed:
    text = cleaned_text(file)
    return parser.parse(text, context_for(text, spoken_on))
