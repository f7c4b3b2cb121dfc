"""`manage.py read`: what the readers see, for people and for programs."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.speeches.making import packed
from tests.speeches.readers2 import making
from tests.speeches.readers2.making import SPEECH


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "讲话.html"
    path.write_text(making.page("".join(f"<p>{text}</p>" for text in SPEECH)), "utf-8")
    return path


def run(*words: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command("read", *words, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_paragraphs_are_printed_one_a_line_and_warnings_apart(saved: Path) -> None:
    out, err = run(str(saved))
    assert out.splitlines() == list(SPEECH)
    assert "未读取" in err


def test_json_gives_each_paragraph_its_place(tmp_path: Path) -> None:
    path = tmp_path / "讲话.pdf"
    path.write_bytes(making.pdf(making.set_lines(SPEECH, rows=4)))
    answer = json.loads(run(str(path), "--json")[0])
    assert [row["text"] for row in answer["paragraphs"]] == list(SPEECH)
    assert answer["paragraphs"][-1] == {"text": SPEECH[-1], "place": "第3页第2段", "page": 3}
    assert answer["kind"] == "pdf"


def test_clean_prints_what_the_parser_is_given(tmp_path: Path) -> None:
    path = tmp_path / "讲话.txt"
    path.write_text("当前位置：首页 > 领导讲话 > 正文\n" + "\n".join(SPEECH) + "\n上一篇：没有了", "utf-8")
    assert run(str(path), "--clean")[0].splitlines() == list(SPEECH)
    assert len(run(str(path))[0].splitlines()) == len(SPEECH) + 2


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n12345", making.pdf([[]])])
def test_a_refused_file_ends_with_two_and_one_line(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "讲话.pdf"
    path.write_bytes(content)
    with pytest.raises(SystemExit) as ended:
        run(str(path))
    assert ended.value.code == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert "请" in lines[0]


def test_warnings_are_on_standard_error_beside_json_too(saved: Path) -> None:
    out, err = run(str(saved), "--json")
    assert json.loads(out)["warnings"]
    assert "未读取" in err


def test_cleaned_lines_keep_their_place_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "讲话.txt"
    path.write_text("当前位置：首页 > 领导讲话 > 正文\n" + "\n".join(SPEECH), "utf-8")
    answer = json.loads(run(str(path), "--clean", "--json")[0])
    assert answer["paragraphs"][0] == {"text": SPEECH[0], "place": "第2段", "page": None}
    assert answer["left_out"] == ["当前位置：首页 > 领导讲话 > 正文"]


def test_a_file_over_the_limit_is_refused_without_reading_all_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "讲话.txt"
    with path.open("wb") as file:
        file.truncate(30 * 1024**3)  # a hole: on the disk it takes nothing
    with pytest.raises(SystemExit) as ended:
        run(str(path))
    assert ended.value.code == 2
    assert "20MB的上限" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["没有.docx", "."])
def test_what_is_no_file_is_told_in_one_line(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(str(tmp_path / name))
    assert ended.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_zip_gives_one_answer_a_file_and_names_the_bad_ones(tmp_path: Path) -> None:
    path = tmp_path / "汇编.zip"
    path.write_bytes(
        packed({"甲.txt": "抓好落实。", "照片.png": b"\x89PNG\r\n\x1a\n12345", "乙.txt": "按时报送。"})
    )
    out, err = run(str(path))
    assert out.splitlines() == ["==> 甲.txt <==", "抓好落实。", "==> 乙.txt <==", "按时报送。"]
    assert "《照片.png》没有读取" in err
    assert len(err.splitlines()) == 1
    answers = json.loads(run(str(path), "--json")[0])
    assert [answer["file"] for answer in answers] == ["甲.txt", "照片.png", "乙.txt"]
    assert "图片" in answers[1]["refused"]
    assert answers[2]["paragraphs"][0]["text"] == "按时报送。"


def test_a_zip_without_anything_to_read_ends_with_two(tmp_path: Path) -> None:
    path = tmp_path / "汇编.zip"
    path.write_bytes(packed({"照片.png": b"\x89PNG\r\n\x1a\n12345"}))
    with pytest.raises(SystemExit) as ended:
        run(str(path))
    assert ended.value.code == 2


def test_a_broken_zip_ends_with_two_and_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "汇编.zip"
    path.write_bytes(b"PK\x03\x04" + bytes(60))
    with pytest.raises(SystemExit) as ended:
        run(str(path))
    assert ended.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
