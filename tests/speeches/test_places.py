"""Every quote can be found again in the file: page and paragraph."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speeches import wording
from speeches.places import Place, place_of, placed
from speeches.readers import ReadText
from speeches.readers.types import read_text


@dataclass
class Kept:
    places: list[Place]


def kept(read: ReadText) -> tuple[Kept, str]:
    original = wording.original_of(read)
    cleaned = wording.cleaned(original)
    return Kept(placed(original.sources, cleaned)), cleaned.text


LINES = (
    "当前位置：首页 > 领导讲话 > 正文",
    "在云溪市重点项目推进会上的讲话",
    "同志们：",
    "市发改委要在本月底前建立项目清单，逐项明确责任人，每周调度一次。",
    "市财政局要落实配套资金，及时足额拨付到位，不得截留挪用。",
)


def test_a_quote_has_the_page_and_paragraph_of_the_file_not_of_the_cleaned_text() -> None:
    speech, text = kept(read_text(LINES, "pdf", [], (1, 1, 1, 1, 2)))
    assert place_of(speech, text.index("市发改委")) == "第1页第4段"
    assert place_of(speech, text.index("每周调度")) == "第1页第4段"
    assert place_of(speech, text.index("及时足额")) == "第2页第1段"


def test_blank_lines_of_a_file_without_pages_are_not_counted() -> None:
    speech, text = kept(read_text(("", LINES[1], "", "", *LINES[2:]), "txt", []))
    assert place_of(speech, text.index("市发改委")) == "第3段"


def test_a_paragraph_put_together_from_printed_lines_begins_where_its_first_line_does() -> None:
    printed = ("镇武装部要把应急分队组建起来，人数不少于30人，", "— 2 —", "本周内开展一次拉练。")
    speech, text = kept(read_text(printed, "txt", []))
    assert text == "镇武装部要把应急分队组建起来，人数不少于30人，本周内开展一次拉练。"
    assert place_of(speech, 0) == "第1段"
    assert place_of(speech, text.index("本周内")) == "第3段"


def test_a_speech_that_kept_no_places_has_none_to_tell() -> None:
    assert place_of(Kept([]), 5) == ""


def test_what_is_stored_is_plain_numbers() -> None:
    speech, _ = kept(read_text(LINES, "pdf", [], (1, 1, 1, 1, 2)))
    assert [list(place) for place in speech.places] == [[0, 1, 2], [16, 1, 3], [21, 1, 4], [54, 2, 1]]


@given(st.lists(st.sampled_from([*LINES, "", "　", "— 3 —", "<b>要</b>抓好落实。"]), min_size=1, max_size=12))
def test_every_character_is_in_the_paragraph_its_place_names(lines: list[str]) -> None:
    read = read_text(lines, "txt", [])
    speech, text = kept(read)
    filled = [line for line in lines if line.strip()]
    for at, char in enumerate(text):
        if char.isspace():
            continue
        number = int(place_of(speech, at).removeprefix("第").removesuffix("段"))
        assert char in filled[number - 1]


@pytest.mark.parametrize(("pages", "said"), [((), "第2段"), ((3, 4), "第4页第1段")])
def test_a_paragraph_says_its_page_where_there_are_pages(pages: tuple[int, ...], said: str) -> None:
    assert read_text(("一", "二"), "pdf", [], pages).place(1) == said
