"""What a clerk is shown of a file with several speeches before it is divided."""

from typing import Any

from speeches import parser

_OPENING = 60  # characters of the first line that are shown
_RUNNING = 20  # characters from which a line below the title is text, not a day or a name


def offer(text: str) -> list[dict[str, Any]]:
    """The speeches of a cleaned text: title, first line, length in characters; empty for one alone."""
    return [
        {
            "title": part.title,
            "opening": _opening(text[part.span.start : part.span.end], part.title),
            "length": part.span.end - part.span.start,
        }
        for part in parser.parts_of(text)
    ]


def _opening(words: str, title: str) -> str:
    """The first line of running text below the title."""
    below = [line for line in words.split("\n") if line and line != title]
    running = next((line for line in below if len(line) > _RUNNING), next(iter(below), ""))
    return running[:_OPENING] + ("…" if len(running) > _OPENING else "")
