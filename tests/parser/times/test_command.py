"""`manage.py times`: lines in, lines out, no database."""

import io
import json

import pytest
from django.core.management import CommandError, call_command


def answers(monkeypatch: pytest.MonkeyPatch, *lines: str, **options: object) -> list[str]:
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    call_command("times", stdout=out, **options)
    return out.getvalue().splitlines()


def test_each_json_line_is_answered_on_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [{"text": words, "on": "2024-06-03"} for words in ("6月底前完成，每周五汇报", "提高认识")]
    first, second = map(json.loads, answers(monkeypatch, *map(json.dumps, asked), json=True))
    assert first == [
        {"text": "6月底前", "kind": "period", "start": None, "end": "2024-06-30", "rrule": None},
        {"text": "每周五", "kind": "recurrence", "start": None, "end": None, "rrule": "FREQ=WEEKLY;BYDAY=FR"},
    ]
    assert second == []


def test_a_line_without_a_day_leaves_days_open(monkeypatch: pytest.MonkeyPatch) -> None:
    (line,) = answers(monkeypatch, json.dumps({"text": "6月底前完成"}), json=True)
    assert [find["end"] for find in json.loads(line)] == [None]


def test_an_empty_line_gets_an_empty_list(monkeypatch: pytest.MonkeyPatch) -> None:
    assert answers(monkeypatch, "", json=True) == ["[]"]


@pytest.mark.parametrize(
    "bad", ["{", "[]", "3", '"年底前"', '{"on": "2024-06-03"}', '{"text": null}', "[" * 9999]
)
def test_a_broken_line_is_named_and_the_others_keep_their_places(
    bad: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good = json.dumps({"text": "年底前", "on": "2024-06-03"})
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{good}\n{bad}\n{good}\n"))
    with pytest.raises(CommandError, match="有 1 行") as stopped:
        call_command("times", json=True)
    out, errors = capsys.readouterr()
    assert [len(json.loads(line)) for line in out.splitlines()] == [1, 0, 1]
    assert "第 2 行" in errors
    assert stopped.value.returncode == 2


def test_a_broken_day_in_a_line_is_no_reason_to_guess(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"text": "年底前", "on": "昨天"}\n'))
    with pytest.raises(CommandError):
        call_command("times", json=True)
    out, errors = capsys.readouterr()
    assert out.splitlines() == ["[]"]
    assert "请写成" in errors


def test_empty_text_and_an_empty_day_are_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = [{"text": ""}, {"text": "年底前", "on": ""}, {"text": "年底前", "on": None, "more": 1}]
    lines = answers(monkeypatch, *map(json.dumps, asked), json=True)
    assert [len(json.loads(line)) for line in lines] == [0, 1, 1]


def test_a_mark_of_byte_order_does_not_spoil_the_first_line(monkeypatch: pytest.MonkeyPatch) -> None:
    (line,) = answers(monkeypatch, "\ufeff" + json.dumps({"text": "年底前"}), json=True)
    assert len(json.loads(line)) == 1


def test_bytes_that_are_no_utf_8_do_not_stop_the_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    given = io.TextIOWrapper(
        io.BytesIO(b'{"text": "\xff"}\n{"text": "\xe5\xb9\xb4\xe5\xba\x95\xe5\x89\x8d"}\n')
    )
    monkeypatch.setattr("sys.stdin", given)
    out = io.StringIO()
    call_command("times", json=True, stdout=out)
    assert [len(json.loads(line)) for line in out.getvalue().splitlines()] == [0, 1]


def test_a_broken_day_is_named_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="请写成"):
        answers(monkeypatch, "年底前", on="昨天")


def test_plain_lines_read_as_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = answers(monkeypatch, "年底前完成，两会前回复，定期抽查", on="2024-06-03")
    assert lines == [
        "年底前\t时段\t… 至 2024-12-31\t时限",
        "两会前\t日期\t无法确定日期\t时限",
        "定期\t频次\t未写明频次",
    ]
