"""Quantified goals are found as written, and figures that are no goals are not."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speeches.parser.targets import find_targets

HERE = Path(__file__).parent
WORDS = "增长 新增 x * 1 20 3.5 , % 亿 万 元 亩 个 家 以上 前 名 百分之 九十 至少 三 零 事故 压缩至 工作日"
PIECES = st.sampled_from([*WORDS.split(), "内", "的", "—", "任务的"])
TEXT = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map("".join))


def lines_of(folder: str) -> list[str]:
    return [
        line
        for path in sorted((HERE / folder).glob("*.txt"))
        for line in path.read_text("utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]


@pytest.mark.parametrize("marked", lines_of("examples"))
def test_the_marked_goals_are_found_as_written(marked: str) -> None:
    text = marked.replace("【", "").replace("】", "")
    again = text
    for target in reversed(find_targets(text)):
        again = f"{again[: target.span.start]}【{target.text}】{again[target.span.end :]}"
    assert again == marked


@pytest.mark.parametrize("text", lines_of("negatives"))
def test_figures_that_are_no_goals_are_left_alone(text: str) -> None:
    assert [target.text for target in find_targets(text)] == []


@given(TEXT)
@settings(max_examples=500, deadline=None)
def test_any_text_gives_targets_in_order_with_true_spans(text: str) -> None:
    end = 0
    for target in find_targets(text):
        assert end <= target.span.start < target.span.end <= len(text)
        assert target.text == text[target.span.start : target.span.end]
        end = target.span.end


@given(st.integers(min_value=1, max_value=9999), st.sampled_from(["家", "亿元", "%", "万亩", "个"]))
def test_the_figure_moves_and_the_target_moves_with_it(figure: int, measure: str) -> None:
    (target,) = find_targets(f"力争全年完成{figure}{measure}以上")
    assert target.text == f"{figure}{measure}以上"
