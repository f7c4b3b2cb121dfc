"""Titles read as a clerk writes them: a verb and its object, never a role, a time or an idiom of manner."""

import re
from datetime import date
from pathlib import Path

import pytest

from speeches.parser import parse
from speeches.parser.types import Context

from .scoring import finds_in
from .test_corpus import CORPUS
from .test_examples import lines_of

CONTEXT = Context(spoken_on=date(2024, 6, 3))
TEXTS = sorted(path for half in ("open", "held") for path in (CORPUS / half / "texts").glob("*.txt"))
BAD_START = re.compile(
    "配合|看到|也要看到|要|应当|必须|务必|请|由|并|等部门|[，、。；：）]|[0-9一二三四五六七八九十]+[日月号个家项次]"
    "|每[天日周旬月季年半两]|[一二三四]季度|[年月]底前|举一反三|多措并举|因地制宜|挨家挨户"
)


@pytest.mark.parametrize("line", lines_of(Path(__file__).parent / "titles.txt"))
def test_the_title_is_what_a_clerk_would_write(line: str) -> None:
    text, _, title = line.replace("⏎", "\n").partition(" ⇒ ")
    assert [directive.title for directive in parse(text, CONTEXT).directives] == [title]


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_no_title_begins_with_a_role_a_time_or_an_idiom(path: Path) -> None:
    """Counts only: a failure must not show the words of a text that is kept aside."""
    titles = [find["title"] for find in finds_in(path)]
    bad_starts = sum(BAD_START.match(title) is not None for title in titles)
    bad_lengths = sum(not 2 <= len(title) <= 40 for title in titles)
    assert (bad_starts, bad_lengths) == (0, 0)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_character_of_a_title_stands_in_the_quote(path: Path) -> None:
    made_up = sum(
        not set(re.sub("[（）]", "", find["title"])) <= set(find["quote"]) for find in finds_in(path)
    )
    assert made_up == 0
