"""Several speeches in one file: where each begins, told by a title with a salutation below it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from speeches.parser.types import Span

_TITLE = re.compile(r"(?:讲话|发言|致辞|报告|讲稿)(?:稿|提纲|范文)?(?:\s*[（(][^（()）]{1,30}[）)])?$")
_SALUTATION = re.compile(r"^(?:同志们|各位|尊敬的).{0,20}[:：]$")
_LONGEST_TITLE = 80
_HEAD = 3  # lines between a title and its salutation: the day, the name, the occasion


@dataclass(frozen=True, slots=True)
class Part:
    """One speech of several: its title as printed and where it stands in the cleaned text."""

    title: str
    span: Span


_NOTICE = "文件里有{count}篇讲话："


def notice(titles: Sequence[str]) -> str:
    """What a clerk is told of a file with the speeches of those titles."""
    listed, count = "、".join(f"《{title}》" for title in titles), len(titles)
    return f"{_NOTICE.format(count=count)}{listed}。日期、讲话人以第一篇为准，建议拆成{count}篇分别处理。"


def is_notice(warning: str) -> bool:
    """Whether a warning is such a notice: a page that offers to divide the file need not say it twice."""
    head, _, tail = _NOTICE.partition("{count}")
    return warning.startswith(head) and tail in warning


def first_lines(lines: Sequence[str]) -> list[int]:
    """The numbers of the lines that are the title of a speech."""
    return [
        number
        for number, line in enumerate(lines)
        if len(line) <= _LONGEST_TITLE
        and _TITLE.search(line)
        and any(_SALUTATION.match(below) for below in lines[number + 1 : number + 2 + _HEAD])
        and not any(_TITLE.search(below) for below in lines[number + 1 : number + 2])
    ]


def parts_of(text: str) -> tuple[Part, ...]:
    """The speeches in a cleaned `text`, in order and without gaps; empty when there is but one.

    What stands above the first title belongs to the first speech.
    """
    lines = text.split("\n")
    titles = first_lines(lines)
    if len(titles) < 2:
        return ()
    begins: list[int] = []
    at = 0
    for number, line in enumerate(lines):
        if number in titles:
            begins.append(at)
        at += len(line) + 1
    begins[0] = 0
    ends = [*(begin - 1 for begin in begins[1:]), len(text)]
    return tuple(
        Part(lines[number], Span(begin, end)) for number, begin, end in zip(titles, begins, ends, strict=True)
    )
