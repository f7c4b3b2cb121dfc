"""Scanned pages are recognised where the office has a program for it; a stand-in for that program here."""

import sys
from pathlib import Path

import pytest
from pytest_django import Settings

from speeches import intake, parsing
from speeches.models import Speech
from speeches.readers import ReadRefused, ReadText, ocr, read_bytes, sandbox
from tests.people import Cast
from tests.speeches.conftest import UPLOADED
from tests.speeches.readers2 import making
from tests.speeches.readers2.making import SPEECH, Stroke

LINES = [SPEECH[0], *(SPEECH[1][at : at + 20] for at in range(0, len(SPEECH[1]), 20))]
PROGRAM = """#!{python}
import sys
picture = sys.stdin.buffer.read()
assert picture.startswith(b"P5\\n"), picture[:20]
width, height = map(int, picture.split(b"\\n", 2)[1].split())
assert len(picture) == len(b"P5\\n%d %d\\n255\\n" % (width, height)) + width * height
assert sys.argv[1:5] == ["stdin", "stdout", "-l", "chi_sim"], sys.argv
{then}
print("\\t".join("level page block par line word left top width height conf text".split()))
for number, line in enumerate({lines!r}):
    for place, char in enumerate(line):
        box = (300 + 60 * place, 400 + 100 * number, 60, 58 + number % 3)
        print("\\t".join(map(str, (5, 1, 1, 1, number, place, *box, {conf}, char))))
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """Reads the same lines in every picture, as tesseract prints them."""
    return made(tmp_path)


def made(folder: Path, *, then: str = "", conf: int = 90) -> Path:
    path = folder / "tesseract"
    path.write_text(PROGRAM.format(python=sys.executable, lines=LINES, then=then, conf=conf), "utf-8")
    path.chmod(0o700)
    return path


def read(content: bytes, program: Path) -> ReadText:
    return read_bytes(content, "扫描.pdf", ocr=(str(program), "chi_sim"))


def test_lines_of_a_scan_come_back_as_paragraphs_with_a_warning(program: Path) -> None:
    found = read(making.pdf([[]]), program)
    assert found.paragraphs == (SPEECH[0], SPEECH[1])
    (warning,) = found.warnings
    assert warning.startswith("全文是扫描件")
    assert "对照原件" in warning
    assert found.place(1) == "第1页第2段"


def test_words_that_are_not_sure_are_counted(tmp_path: Path) -> None:
    found = read(making.pdf([[]]), made(tmp_path, conf=30))
    assert f"{sum(map(len, LINES))}处没有把握" in found.warnings[0]


def test_a_scanned_page_among_others_is_recognised_and_named(program: Path) -> None:
    text: list[Stroke] = [(80, 700, 16, "各镇办要抓好落实。")]
    found = read(making.pdf([text, [], text]), program)
    assert found.paragraphs == ("各镇办要抓好落实。", SPEECH[0], SPEECH[1], "各镇办要抓好落实。")
    assert found.warnings[0].startswith("第2页是扫描件")


def test_a_file_with_text_asks_nobody(tmp_path: Path) -> None:
    nobody = made(tmp_path, then="raise SystemExit(1)")
    assert read(making.pdf(making.set_lines(SPEECH)), nobody).paragraphs == SPEECH


@pytest.mark.parametrize("then", ["raise SystemExit(1)", "import os; os.kill(os.getpid(), 9)"])
def test_a_program_that_fails_is_told_to_the_administrator(then: str, tmp_path: Path) -> None:
    with pytest.raises(ReadRefused, match="OCR_PROGRAM"):
        read(making.pdf([[]]), made(tmp_path, then=then))


def test_a_program_that_is_not_there_is_told_too(tmp_path: Path) -> None:
    with pytest.raises(ReadRefused, match="请系统管理员检查"):
        read(making.pdf([[]]), tmp_path / "nowhere")


def test_a_picture_without_a_word_is_refused_as_a_scan(tmp_path: Path) -> None:
    with pytest.raises(ReadRefused, match="没有文字层"):
        read(making.pdf([[]]), made(tmp_path, then="raise SystemExit(print('level'))"))


def test_without_a_program_a_scan_says_what_to_do() -> None:
    with pytest.raises(ReadRefused) as refused:
        read_bytes(making.pdf([[]]), "扫描.pdf")
    for words in ("扫描件没有文字层", "WPS", "粘贴上传", "系统管理员"):
        assert words in refused.value.message


def test_pages_beyond_the_most_are_named_as_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    count = ocr.MOST_PAGES + 2
    quick = made(tmp_path)
    quick.write_text(f"#!/bin/sh\ncat >/dev/null\ncat {tmp_path / 'table'}\n", "utf-8")
    row = "\t".join(map(str, (5, 1, 1, 1, 1, 1, 300, 400, 60, 58, 90, "好")))
    (tmp_path / "table").write_text(f"level\n{row}\n", "utf-8")
    found = read(making.pdf([[] for _ in range(count)]), quick)
    assert found.text == "好" * ocr.MOST_PAGES
    assert any(f"第{count - 1}、{count}页没有文字" in warning for warning in found.warnings)


def test_the_program_gets_no_secret_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    then = "import os\nassert not {'DATABASE_URL', 'SECRET_KEY'} & set(os.environ)"
    assert read(making.pdf([[]]), made(tmp_path, then=then)).paragraphs


def test_a_scan_is_read_where_the_office_has_set_a_program(
    program: Path, people: Cast, settings: Settings
) -> None:
    settings.OCR = (str(program), "chi_sim")
    content = making.pdf([[]])
    made_, _ = intake.accept(file_name="扫描.pdf", content=content, by=people.supervisor, at=UPLOADED)
    speech = parsing.parse(made_.pk, at=UPLOADED)
    assert speech.status == Speech.Status.PARSED, speech.error
    assert speech.title == SPEECH[0]
    assert any("OCR" in warning for warning in speech.warnings)


def test_each_recognised_page_is_a_sign_of_life(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "PAUSE", 0)
    told: list[tuple[int, int]] = []
    content = making.pdf([[], [], []])
    read_bytes(content, "a.pdf", told=lambda *pages: told.append(pages), ocr=(str(program), "chi_sim"))
    assert told == [(1, 3), (2, 3), (3, 3)]
