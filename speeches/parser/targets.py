"""Quantified goals: 新增*万亩以上, 95%以上, 1—3家, 前五名, 翻一番. Placeholders count as numbers."""

from collections.abc import Iterator

from .counts import SOUGHT as COUNTS
from .counts import TIME_SPAN, is_aimed_at, is_goal, is_held
from .figures import BOUND, FIGURE, FIGURE_WORDS, HAN_FIGURE, goal_in
from .numerals import OPEN, narrow_digits
from .scanning import Scan, Sought
from .times.late import LatePattern
from .times.words import one_of, rows
from .types import Span, Target

DIGITS = "0123456789"

SOUGHT = (
    Sought("figure", DIGITS + OPEN, FIGURE),
    Sought(
        "percent-in-words",
        "百千",
        LatePattern(rf"[百千]分之{HAN_FIGURE}(?:点{HAN_FIGURE})?{BOUND}?(?!投入|努力|用心|的?精力)"),
    ),
    Sought(
        "rank",
        "前",
        LatePattern(
            rf"(?<!之)前(?:{HAN_FIGURE}|[0-9{OPEN}]{{1,3}})(?:名|位|强(?![度化]))(?!次|的|给予|予以|进行|由|领导|同志|代表|专家|选手|乘客)"
        ),
    ),
    Sought(
        "rank-alone",
        "前",
        LatePattern(
            "(?<=[省市县区国校位入居在争进持])前(?:[一二三四五六七八九十]{1,2}|[0-9]{1,2})(?=[，。；、,;\n]|$|行列)"
        ),
    ),
    Sought(
        "rank-alone",
        ("第一", "第二", "第三"),
        LatePattern("(?<=[省市县区国])第[一二三](?:名|位)?(?=[，。；、,;\n]|$)"),
    ),
    Sought(
        "multiply",
        ("翻", "双过"),
        LatePattern("翻(?:[一两三]|[0-9])?番|双过半"),
    ),
    Sought("zero-alone", "零", LatePattern("(?<=[为至到持现归])零(?=[，。；、,;”]|$)")),
    Sought("doubled", ("双下", "双提", "双增"), LatePattern("双(?:下降|提升|增长)(?![的要])")),
    Sought("zero", "零", LatePattern(one_of(row[0] for row in rows("zero_goals.txt")))),
    Sought(
        "days-of-good-air",
        ("天数",),
        LatePattern(
            rf"天数(?P<goal>(?:达到?|达|为|不少于|不低于|不超过|提高到|保持在|稳定在|控制在|增加到?){FIGURE_WORDS}天{BOUND}?)"
        ),
    ),
    Sought(
        "speed-of-service",
        (
            "压缩",
            "缩短",
            "压减",
            "控制",
            "提高",
            "延长",
            "提升",
            "降低",
            "减少",
            "降至",
            "降到",
            "压至",
            "压到",
            "缩至",
            "缩到",
            "减至",
            "减到",
        ),
        LatePattern(
            rf"(?:压缩|缩短|压减|控制|提高|延长|提升|降低|减少|降|压|缩|减)(?:至|到|在)(?:{FIGURE_WORDS}|{HAN_FIGURE}){TIME_SPAN}(?:之内|以内|内)?"
        ),
    ),
    *COUNTS,
)
_JUDGES = {"count": is_goal, "times": is_held, "in-digits": is_aimed_at}
_SCAN = Scan(SOUGHT)


def find_targets(text: str) -> tuple[Target, ...]:
    """Every stretch of `text` that reads as a quantified goal, in order, not overlapping."""
    spans = sorted(set(_spans(narrow_digits(text))))
    return tuple(Target(text[start:end], Span(start, end)) for start, end in _apart(spans))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    for name, match in _SCAN.matches(text):
        if name == "figure":
            goal = goal_in(match)
            if goal is not None:
                yield goal
        elif _JUDGES.get(name, bool)(match):
            yield match.span("goal") if "goal" in match.re.groupindex else match.span()


def _apart(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    end = 0
    for span in spans:
        if span[0] >= end:
            yield span
            end = span[1]
