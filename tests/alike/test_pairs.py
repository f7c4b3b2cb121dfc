"""Which sentences ask for the same thing: measured on pairs of our own, and what must never be proposed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speeches.alike import MARGIN, Duty, compared, likeness, sketch
from tests.alike.pairs import Pair, read, usual_weights

WEIGHTS = usual_weights()


def reached(found: list[Pair]) -> tuple[float, float]:
    """Precision and recall at the margin."""
    proposed = [pair for pair in found if pair.likeness() >= MARGIN]
    right = sum(pair.is_same for pair in proposed)
    return right / len(proposed), right / sum(pair.is_same for pair in found)


@pytest.mark.parametrize(("name", "precision", "recall"), [("open", 0.95, 0.95), ("held", 0.9, 0.86)])
def test_what_is_proposed_is_mostly_right_and_little_is_missed(
    name: str, precision: float, recall: float
) -> None:
    found = reached(read(name))
    assert found[0] >= precision
    assert found[1] >= recall


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("要高度重视，加强领导，压实责任，狠抓落实。", "各级要高度重视，加强领导，压实责任，抓好落实。"),
        ("要提高政治站位，确保各项任务落到实处。", "要提高政治站位，确保各项工作落到实处。"),
        ("请有关部门立即行动，尽快完成，月底前报市政府。", "请有关部门立即行动，月底前完成，报市政府。"),
        ("要建立台账，逐一销号，一抓到底。", "要逐项建立台账，一抓到底，逐一销号。"),
    ],
)
def test_generic_wording_alone_is_never_alike(one: str, other: str) -> None:
    for department in ("市水务局", ""):
        units = frozenset({department} - {""})
        first, second = (sketch(Duty(department + text, units, (department,))) for text in (one, other))
        assert likeness(first, second, WEIGHTS) < MARGIN


SENTENCE = "市水务局要抓紧整治城区12处内涝点，5月底前全部完成。"
OTHERWISE = "城区12处内涝点，市水务局要赶在汛期前整治到位。"


def of(text: str, unit: str = "市水务局", due_on: date | None = None) -> Duty:
    return Duty(text, frozenset({unit} - {""}), (unit,), due_on)


def alike(one: Duty, other: Duty) -> float:
    return likeness(sketch(one), sketch(other), WEIGHTS)


def test_the_same_sentence_is_as_alike_as_can_be() -> None:
    assert alike(of(SENTENCE), of(SENTENCE)) == 1.0


def test_departments_that_have_nothing_in_common_make_it_less_likely() -> None:
    other = of(OTHERWISE.replace("市水务局", "市城管局"), "市城管局")
    assert alike(of(SENTENCE), other) < alike(of(SENTENCE), of(OTHERWISE))


def test_a_sentence_that_names_nobody_is_compared_by_its_words() -> None:
    assert alike(of(SENTENCE), of(OTHERWISE, "")) >= MARGIN


def test_limits_far_apart_make_it_less_likely() -> None:
    first = of(SENTENCE, due_on=date(2026, 5, 31))
    near, far = (of(OTHERWISE, due_on=day) for day in (date(2026, 6, 15), date(2027, 5, 31)))
    assert alike(first, far) < alike(first, near)


def test_two_roads_of_one_wording_are_two_duties() -> None:
    one, other = (of(f"县道{number}危桥改造年内通车", "市交通局") for number in ("X213", "X308"))
    assert alike(one, other) < MARGIN


def test_looking_into_a_matter_is_not_doing_it() -> None:
    look, build = of("对老旧小区开展摸底排查", "市住建局"), of("抓好老旧小区改造施工", "市住建局")
    assert alike(look, build) < MARGIN


@given(st.text(max_size=120), st.text(max_size=120))
def test_likeness_is_a_share_and_the_same_from_both_sides(one: str, other: str) -> None:
    there, back = alike(of(one), of(other)), alike(of(other), of(one))
    assert 0 <= there <= 1
    assert there == pytest.approx(back)


@given(st.text(max_size=120), st.text(max_size=120))
def test_the_stretches_of_a_comparison_are_the_sentences(one: str, other: str) -> None:
    first, second = compared(one, other)
    assert "".join(text for text, _ in first) == one
    assert "".join(text for text, _ in second) == other


def test_the_words_that_differ_are_marked_and_the_order_does_not_matter() -> None:
    first, second = compared("市财政局月底前拨付资金", "资金由市财政局年底前拨付")
    assert [text for text, differs in first if differs] == ["月"]
    assert [text for text, differs in second if differs] == ["由", "年"]


def test_a_sentence_has_no_difference_to_itself() -> None:
    assert not any(differs for _, differs in compared(SENTENCE, SENTENCE)[0])
