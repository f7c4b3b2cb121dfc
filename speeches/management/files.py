"""Reads one speech from disk for the commands that try the parser; no database."""

import sys
from datetime import date
from pathlib import Path

from django.core.management.base import CommandParser

from speeches import parser
from speeches.almanac import published_calendar
from speeches.parser.types import Context, Parsed
from speeches.readers import MAX_UPLOAD, ReadRefused, ReadText, read_bytes


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
    return parser.clean(read_file(file).text).text


def read_file(file: str) -> ReadText:
    """What the readers make of a file; one they refuse ends the command with one line and status 2."""
    try:
        return read_bytes(_content(Path(file)), Path(file).name)
    except FileNotFoundError:
        _refuse(f"找不到文件：{file}。请检查路径。")
    except OSError as error:
        _refuse(f"文件读不出来：{file}（{error.strerror}）。请检查路径和读取权限。")
    except ReadRefused as refusal:
        _refuse(f"{file}：{refusal.message}")
    raise AssertionError("unreachable")


def _content(path: Path) -> bytes:
    """The bytes of a file, of one over the limit not all of them."""
    with path.open("rb") as file:
        content = file.read(MAX_UPLOAD + 1)
    if len(content) > MAX_UPLOAD:
        raise ReadRefused(f"文件超过{MAX_UPLOAD // 1024 // 1024}MB的上限。请删去图片后另存，或直接粘贴全文。")
    return content


def _refuse(message: str) -> None:
    sys.stderr.write(message.replace("\n", " ") + "\n")
    raise SystemExit(2)


def context_for(text: str, spoken_on: date | None) -> Context:
    day = spoken_on or parser.read_header(text).spoken_on
    return Context(spoken_on=day, calendar=published_calendar())


def parsed_file(file: str, spoken_on: date | None) -> Parsed:
    text = cleaned_text(file)
    return parser.parse(text, context_for(text, spoken_on))
