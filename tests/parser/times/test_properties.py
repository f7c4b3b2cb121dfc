"""What holds for any text: no exception, spans in place, in order, days that do not hang on typography."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from speeches.parser import dates
from speeches.parser.dates import find_times
from speeches.parser.times import moments
from speeches.parser.types import Context

WORDS = (
    "2024 年 月 日 号 6 30 31 十 一 二 三 前 之前 内 底 末 初 中旬 下旬 季度 半年 每 周 星期 五 天 工作日",
    "今年 明年 上 下 本 后 春节 国庆节 “ ” 十四五 期间 定期 按 逐 调度 通报 起 以来 个 两 99999999 0 点",
    "首月 大干 会后 元 即日 最 近 全年 汛期 五一 农历 正月 双 隔 半 几 数 工作 小时 自 用 时间 左右 止 当 次",
    "至 — - 、 x * : 〇 廿 （ ） 开始 同 当年 下班 上午 周末 今冬 佳节",
)
PIECES = st.sampled_from([*" ".join(WORDS).split(), " ", "，", "。", "\n", "的"])
CALENDAR_TEXT = st.lists(PIECES, max_size=30).map("".join)
TEXT = st.one_of(st.text(max_size=200), CALENDAR_TEXT)
DAYS = st.one_of(st.none(), st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
WIDE = {0x30 + n: 0xFF10 + n for n in range(10)}


@given(TEXT, DAYS)
@settings(max_examples=500, deadline=None)
def test_any_text_gives_finds_in_order_with_true_spans(text: str, spoken_on: date | None) -> None:
    end = 0
    for find in find_times(text, Context(spoken_on=spoken_on)):
        assert end <= find.span.start < find.span.end <= len(text)
        assert find.text == text[find.span.start : find.span.end]
        assert find.rules
        end = find.span.end


@given(CALENDAR_TEXT, DAYS)
@example("过去十小时", date(2000, 1, 1))
@example("未来三小时", date(2000, 1, 1))
@settings(max_examples=300, deadline=None)
def test_no_stretch_of_days_ends_before_it_begins(text: str, spoken_on: date | None) -> None:
    for find in find_times(text, Context(spoken_on=spoken_on)):
        assert find.start is None or find.end is None or find.start <= find.end


@given(CALENDAR_TEXT, DAYS)
@settings(max_examples=300, deadline=None)
def test_full_width_digits_give_the_same_days(text: str, spoken_on: date | None) -> None:
    narrow = find_times(text, Context(spoken_on=spoken_on))
    wide = find_times(text.translate(WIDE), Context(spoken_on=spoken_on))
    assert [(find.span, find.start, find.end, find.rrule) for find in narrow] == [
        (find.span, find.start, find.end, find.rrule) for find in wide
    ]


@given(CALENDAR_TEXT)
@settings(max_examples=300, deadline=None)
def test_an_undated_speech_has_the_same_words_and_only_days_written_in_full(text: str) -> None:
    undated = find_times(text, Context())
    for find in undated:
        in_two_years = [
            other
            for on in (date(2019, 5, 5), date(2030, 11, 11))
            for other in find_times(text, Context(spoken_on=on))
            if other.span == find.span
        ]
        if find.end is not None:
            assert {other.end for other in in_two_years} == {find.end}


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)))
def test_a_date_written_out_is_read_back(day: date) -> None:
    words = f"请于{day.year}年{day.month}月{day.day}日前完成"
    (find,) = find_times(words, Context())
    assert (find.end, find.is_deadline) == (day, True)


@given(CALENDAR_TEXT, CALENDAR_TEXT)
@settings(max_examples=200, deadline=None)
def test_a_line_break_keeps_the_finds_of_both_lines_apart(first: str, second: str) -> None:
    context = Context(spoken_on=date(2024, 6, 3))
    alone = len(find_times(first, context)), len(find_times(second, context))
    together = find_times(f"{first}\n\n{second}", context)
    assert len(together) == sum(alone)


@given(CALENDAR_TEXT)
@settings(max_examples=500, deadline=None)
def test_the_gate_on_second_characters_loses_nothing(text: str) -> None:
    context = Context(spoken_on=date(2024, 6, 3))
    gated = find_times(text, context)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dates, "GATES", {})
        patch.setattr(moments, "PART_FIRSTS", {})
        for table in (dates.RULES, moments.HEADS, moments.IN_YEARS):
            patch.setattr(table, "_behind", {})
        assert find_times(text, context) == gated
