"""Numbers as officials write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speeches.parser.numerals import narrow_digits, number

HAN = "〇一二三四五六七八九"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("三十", 30),
        ("二十三", 23),
        ("十", 10),
        ("十二", 12),
        ("两", 2),
        ("廿五", 25),
        ("卅", 30),
        ("一百二十", 120),
        ("二〇二四", 2024),
        ("二零一七", 2017),
        ("07", 7),
        ("一千二百", 1200),
    ],
)
def test_a_number_in_words_is_read(words: str, value: int) -> None:
    assert number(words) == value


@pytest.mark.parametrize("words", ["", "几", "x", "*", "十x", "半", "3.5"])
def test_what_spells_no_whole_number_is_none(words: str) -> None:
    assert number(words) is None


@given(st.integers(min_value=1, max_value=99))
def test_every_number_below_a_hundred_reads_back(value: int) -> None:
    tens, ones = divmod(value, 10)
    words = ("" if tens == 0 else ("" if tens == 1 else HAN[tens]) + "十") + (HAN[ones] if ones else "")
    assert number(words) == value


@given(st.text(max_size=50))
def test_narrow_digits_keep_every_place(text: str) -> None:
    assert len(narrow_digits(text)) == len(text)
