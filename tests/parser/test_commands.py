"""`manage.py parse` and `explain`: a file in, directives out, without a database."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

TEXT = """周某在全县防汛工作会议上的讲话
（2024年5月20日）
同志们：
县水务局要在5月底前完成山塘排查，每周五报送进度。
"""


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    file = tmp_path / "speech.txt"
    file.write_text(TEXT, "utf-8")
    return file


def run(name: str, *arguments: str) -> str:
    out = StringIO()
    call_command(name, *arguments, stdout=out)
    return out.getvalue()


def test_json_lists_the_directives_with_their_places(speech: Path) -> None:
    (found,) = json.loads(run("parse", str(speech), "--json"))
    assert found["quote"] == "县水务局要在5月底前完成山塘排查,每周五报送进度".replace(",", "，")
    assert found["end"] - found["start"] == len(found["quote"])
    assert found["units"] == [{"text": "县水务局", "role": "responsible"}]
    assert (found["tier"], found["inherited"]) == ("named", False)
    assert (found["deadlines"], found["recurrence"]) == (["5月底前"], ["每周五"])
    assert (found["due_on"], found["rrule"]) == ("2024-05-31", "FREQ=WEEKLY;BYDAY=FR")
    assert 0 < found["confidence"] <= 1
    assert found["reasons"]


def test_the_day_given_wins_over_the_day_in_the_head(speech: Path) -> None:
    (found,) = json.loads(run("parse", str(speech), "--json", "--spoken-on", "2025-05-06"))
    assert found["due_on"] == "2025-05-31"


def test_people_get_chinese_lines(speech: Path) -> None:
    told = run("parse", str(speech))
    assert "共识别 1 项要求" in told
    assert "责任单位：县水务局（责任）" in told
    assert "时限：5月底前（2024-05-31）" in told


def test_a_gb18030_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "old.txt"
    file.write_bytes(TEXT.encode("gb18030"))
    assert "县水务局" in run("parse", str(file))


@pytest.mark.parametrize("name", ["parse", "explain"])
def test_a_missing_file_is_one_line_and_status_two(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(name, str(tmp_path / "none.txt"))
    assert stopped.value.code == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "找不到文件" in told


def test_an_empty_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "empty.txt"
    file.write_bytes(b"")
    with pytest.raises(SystemExit):
        run("parse", str(file))
    assert "空" in capsys.readouterr().err


def test_explain_names_the_rules_and_the_verdict(speech: Path) -> None:
    told = run("explain", str(speech))
    assert "party:modal" in told
    assert "列入" in told
    assert "县水务局" in told
