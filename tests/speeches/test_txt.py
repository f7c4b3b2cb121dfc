"""Text files: the encoding is right or the file is refused, never read as something else."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speeches.readers import ReadRefused, read_bytes
from tests.speeches.texts import SPEECH, TRADITIONAL

LETTERS = SPEECH.replace("\n", "")
ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")


@pytest.mark.parametrize("encoding", ENCODINGS)
@given(start=st.integers(0, len(LETTERS) - 20), length=st.integers(20, 60))
def test_twenty_characters_of_any_encoding_are_read_right(encoding: str, start: int, length: int) -> None:
    words = LETTERS[start : start + length]
    assert read_bytes(words.encode(encoding), "讲话.txt").text == words


@given(start=st.integers(0, len(TRADITIONAL) - 20))
def test_twenty_characters_of_big5_are_read_right(start: int) -> None:
    words = TRADITIONAL[start : start + 20]
    assert read_bytes(words.encode("big5hkscs"), "講話.txt").text == words


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_decides_and_does_not_stay_in_the_text(mark: bytes, encoding: str) -> None:
    assert read_bytes(mark + "好的".encode(encoding), "a.txt").text == "好的"


def test_rare_names_survive_gb18030() -> None:
    words = "请㑇明同志、𠮷川同志在月底前完成项目清单的核对工作并报送市政府"
    assert read_bytes(words.encode("gb18030"), "a.txt").text == words


def test_a_guessed_encoding_is_told() -> None:
    assert any("GB18030" in line for line in read_bytes(SPEECH.encode("gbk"), "a.txt").warnings)


def test_line_ends_of_every_kind_part_paragraphs() -> None:
    assert read_bytes("一\r\n二\r三\n四\u2028五".encode(), "a.txt").paragraphs == (
        "一",
        "二",
        "三",
        "四",
        "五",
    )


def test_one_damaged_byte_is_shown_and_told_not_hidden() -> None:
    broken = SPEECH.encode()[:-200] + b"\xff" + SPEECH.encode()[-200:]
    read = read_bytes(broken, "a.txt")
    assert "\ufffd" in read.text
    assert any("无法识别" in line for line in read.warnings)


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)) * 20,
        b"\x00\x01\x02\x03" * 300,
        "Доброе утро, коллеги, начнём совещание".encode("koi8-r"),
        b"\x81" * 40,
    ],
)
def test_what_is_no_chinese_text_is_refused_with_a_remedy(content: bytes) -> None:
    with pytest.raises(ReadRefused, match="另存为 UTF-8"):
        read_bytes(content, "a.txt")


@pytest.mark.parametrize("content", [b"", b"\n \r\n\t", codecs.BOM_UTF8, "　　\n".encode()])
def test_a_file_without_a_word_is_refused(content: bytes) -> None:
    with pytest.raises(ReadRefused, match=r"空的|没有文字"):
        read_bytes(content, "a.txt")


def test_a_text_longer_than_any_document_is_refused() -> None:
    with pytest.raises(ReadRefused, match="万字的上限"):
        read_bytes("好".encode() * 1_000_001, "a.txt")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_chinese(content: bytes) -> None:
    try:
        shown = read_bytes(content, "a.txt").text
    except ReadRefused as refused:
        shown = refused.message
    assert shown.strip()
