"""What holds for any text: no exception, spans in place and in order, the same whatever the typing."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from speeches.parser import explain, parse
from speeches.parser.types import Context

PIECES = (
    "各级各部门 市财政局 县水务局 发改、工信部门 各县（市、区） 牵头部门 专班 分管副市长 请 由 会同 牵头",
    "配合 负责 要 必须 务必 应 将 完成 推进 建立 制定 清单 台账 项目 排查 整改 报送 6月底前 每周一",
    "每月25日前 年底前 95%以上 x月x日前 同比增长 取得 了 已 一是 二要 第三， （一） 一、 1. ① 会议要求，",
    "同志们： （责任单位：市住建局；配合单位：市财政局） “回头看” 《办法》 的 和 、",
    "对未开工项目， 如果 同时，",
    "下一步 力争 确保 该项工作 高度重视 增强责任感 严肃追责",
    "阶段（6月10日前） 责任单位：市水利局",
)
WORDS = st.sampled_from(
    [*" ".join(PIECES).split(), " ", "，", "。", "；", "：", "\n", "！", "（", "）", "“", "”"]
)
OFFICIAL = st.lists(WORDS, max_size=40).map("".join)
TEXTS = st.one_of(st.text(max_size=200), OFFICIAL)
CONTEXT = Context(spoken_on=date(2024, 6, 3))
NARROW = str.maketrans("，；：！（）", ",;:!()")


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_any_text_gives_spans_inside_in_order_and_apart(text: str) -> None:
    end = 0
    for directive in parse(text, CONTEXT).directives:
        assert end <= directive.span.start < directive.span.end <= len(text)
        assert directive.quote == text[directive.span.start : directive.span.end]
        end = directive.span.end


@given(OFFICIAL)
@settings(max_examples=300, deadline=None)
def test_every_word_a_directive_cites_stands_in_the_text(text: str) -> None:
    for directive in parse(text, CONTEXT).directives:
        marks = [
            *((deadline.text, deadline.span) for deadline in directive.deadlines),
            *((beat.text, beat.span) for beat in directive.recurrences),
            *((target.text, target.span) for target in directive.targets),
        ]
        assert all(directive.span.start <= span.start < span.end <= directive.span.end for _, span in marks)
        marks += [(unit.text, unit.span) for unit in directive.units]
        assert all(words == text[span.start : span.end] for words, span in marks)
        assert (directive.tier == "unassigned") == (not directive.units)
        assert 0.0 <= directive.confidence <= 1.0
        assert len(directive.title) <= 40


@given(OFFICIAL)
@settings(max_examples=200, deadline=None)
def test_the_same_text_gives_the_same_directives(text: str) -> None:
    assert parse(text, CONTEXT) == parse(text, CONTEXT)


@given(OFFICIAL)
@settings(max_examples=300, deadline=None)
def test_the_width_of_punctuation_changes_nothing(text: str) -> None:
    wide = [(item.span, item.tier) for item in parse(text, CONTEXT).directives]
    narrow = [(item.span, item.tier) for item in parse(text.translate(NARROW), CONTEXT).directives]
    assert narrow == wide


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_any_text_can_be_explained(text: str) -> None:
    assert isinstance(explain(text, CONTEXT), str)
