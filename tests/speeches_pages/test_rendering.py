"""The speech on the review page: every character once, every draft lit on its own words."""

from hypothesis import given
from hypothesis import strategies as st

from speeches.models import Directive
from speeches.rendering import cut_points, paragraphs

TEXT = st.text(alphabet="各镇办要月底前完成。；，\n一二 \U00020bb7", max_size=60)


def draft(pk: int, start: int, end: int, text: str = "", state: str = "open") -> Directive:
    return Directive(pk=pk, start=start, end=end, quote=text[start:end], state=state, tier="named")


@given(TEXT, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=5))
def test_the_page_shows_every_line_unchanged_whatever_drafts_overlap(
    text: str, places: list[tuple[int, int]]
) -> None:
    drafts = [draft(i, start, start + size) for i, (start, size) in enumerate(places)]
    shown = list(paragraphs(text, drafts, {}))
    assert ["".join(s.text for s in p.stretches) for p in shown] == [x for x in text.split("\n") if x.strip()]
    for paragraph in shown:
        line = "".join(s.text for s in paragraph.stretches)
        assert text[paragraph.start : paragraph.start + len(line)] == line


def test_a_draft_over_two_paragraphs_is_lit_in_both_and_begins_once() -> None:
    text = "甲局要办。\n月底前报送。"
    first, second = paragraphs(text, [draft(7, 0, len(text))], {})
    assert [s.directive.pk for s in (*first.stretches, *second.stretches) if s.directive] == [7, 7]
    assert [s.begins for s in (*first.stretches, *second.stretches)] == [True, False]


def test_the_shorter_of_two_overlapping_drafts_lights_the_shared_words() -> None:
    text = "甲局要办好这件事"
    (paragraph,) = paragraphs(text, [draft(1, 0, 8), draft(2, 2, 4)], {})
    assert [(s.text, s.directive and s.directive.pk) for s in paragraph.stretches] == [
        ("甲局", 1), ("要办", 2), ("好这件事", 1),
    ]  # fmt: skip


def test_a_merged_draft_no_longer_lights_its_words() -> None:
    (paragraph,) = paragraphs("甲局要办", [draft(1, 0, 4, state="merged")], {})
    assert [s.directive for s in paragraph.stretches] == [None]


def test_a_heading_carries_its_depth() -> None:
    (heading, body) = paragraphs("一、抓项目\n甲局要办", [], {0: 1})
    assert (heading.depth, body.depth) == (1, 0)


@given(TEXT.filter(lambda text: len(text) > 1))
def test_every_cut_point_lies_inside_the_draft(text: str) -> None:
    places = [offset for offset, _, _ in cut_points(draft(1, 100, 100 + len(text), "x" * 100 + text))]
    assert all(100 < place < 100 + len(text) for place in places)
    assert len(places) == sum(char in "。；，\n" for char in text[:-1])
