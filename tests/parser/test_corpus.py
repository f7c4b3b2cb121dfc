"""The marks of our own texts are sound, and the parser keeps its level on both halves."""

from pathlib import Path

import pytest

from .scoring import Item, Score, score_folder, texts_of

CORPUS = Path(__file__).parent / "corpus"
TEXTS = [(path, marks) for half in ("open", "held", "fresh") for path, marks in texts_of(CORPUS / half)]
TIERS = {"named", "collective", "unassigned"}
ROLES = {"lead", "co", "responsible"}

# A little under what `benchmarks/extraction.py` measured; raise them when the parser gets better.
FLOORS = {
    "open": {
        "assigned": 0.92,
        "all": 0.92,
        "units": 0.94,
        "deadlines": 0.95,
        "recurrence": 0.95,
        "targets": 0.93,
        "roles": 0.97,
        "untouched": 0.85,
    },
    "fresh": {
        "assigned": 0.88,
        "all": 0.86,
        "units": 0.85,
        "deadlines": 0.87,
        "recurrence": 0.9,
        "targets": 0.82,
    },
    "held": {
        "assigned": 0.77,
        "all": 0.80,
        "units": 0.86,
        "deadlines": 0.73,
        "recurrence": 0.83,
        "targets": 0.76,
        "roles": 0.95,
        "untouched": 0.47,
    },
}

each_text = pytest.mark.parametrize(("path", "marks"), TEXTS, ids=lambda part: getattr(part, "stem", ""))


def test_both_halves_hold_twelve_texts_with_marks() -> None:
    for half in ("open", "held"):
        texts = {path.stem for path in (CORPUS / half / "texts").glob("*.txt")}
        gold = {path.stem for path in (CORPUS / half / "gold").glob("*.json")}
        assert texts == gold
        assert len(texts) == 12


@each_text
def test_quotes_stand_in_the_text_in_order_and_do_not_overlap(path: Path, marks: list[Item]) -> None:
    text, cursor = path.read_text("utf-8"), 0
    for mark in marks:
        start = text.find(mark["quote"], cursor)
        assert start >= 0, mark["quote"]
        cursor = start + len(mark["quote"])


@each_text
def test_a_quote_has_neither_final_punctuation_nor_outer_space(path: Path, marks: list[Item]) -> None:
    for mark in marks:
        assert mark["quote"] == mark["quote"].strip().rstrip("。；，！;,"), mark["quote"]


@each_text
def test_tiers_roles_and_parties_agree_with_each_other(path: Path, marks: list[Item]) -> None:
    for mark in marks:
        assert mark["tier"] in TIERS
        assert (mark["tier"] == "unassigned") == (not mark["units"]), mark["quote"]
        assert all(unit["role"] in ROLES for unit in mark["units"])
        assert not (mark["inherited"] and mark["tier"] == "unassigned")


@each_text
def test_parties_stand_in_the_quote_unless_inherited(path: Path, marks: list[Item]) -> None:
    text = path.read_text("utf-8")
    for mark in marks:
        place = text[: text.index(mark["quote"])] if mark["inherited"] else mark["quote"]
        assert [unit["text"] for unit in mark["units"] if unit["text"] not in place] == []


@each_text
def test_marked_words_stand_in_the_quote(path: Path, marks: list[Item]) -> None:
    for mark in marks:
        words = [*mark["deadlines"], *mark["recurrence"], *mark["targets"]]
        assert [word for word in words if word not in mark["quote"]] == []


@pytest.mark.parametrize("half", FLOORS)
def test_the_parser_keeps_its_level(half: str) -> None:
    figures = score_folder(CORPUS / half).figures()
    assert figures["ungrounded"] == 0
    below = {name: figures[name] for name, floor in FLOORS[half].items() if figures[name] < floor}
    assert below == {}


def test_marks_scored_against_themselves_are_perfect() -> None:
    score = Score()
    for path, marks in TEXTS:
        score.add(path.read_text("utf-8"), marks, marks)
    figures = score.figures()
    assert figures.pop("ungrounded") == 0
    assert set(figures.values()) == {1.0}


TEXT = "会议要求，市农业局每周五报进度，年底前建成3座仓库。要修好东渠。"
MARK = {
    "quote": "市农业局每周五报进度，年底前建成3座仓库",
    "tier": "named",
    "units": [{"text": "市农业局", "role": "responsible"}],
    "deadlines": ["年底前"],
    "recurrence": ["每周五"],
    "targets": ["3座"],
}


def scored(*finds: Item) -> dict[str, float]:
    """The figures of `finds` against MARK alone."""
    score = Score()
    score.add(TEXT, [MARK], finds)
    return score.figures()


def test_half_the_quote_is_still_the_item_and_less_is_not() -> None:
    half = MARK | {"quote": "市农业局每周五报进度", "deadlines": [], "targets": []}
    assert scored(half)["all"] == 1.0
    assert scored(half)["untouched"] == 0.0
    assert scored(half | {"quote": "市农业局每周五"})["all"] == 0.0


def test_punctuation_and_white_space_do_not_matter() -> None:
    assert scored(MARK | {"quote": "市农业局 每周五报进度,年底前建成３座仓库"})["untouched"] == 1.0


def test_a_wrong_role_is_a_role_fault_and_not_a_unit_fault() -> None:
    figures = scored(MARK | {"units": [{"text": "市农业局", "role": "lead"}]})
    assert (figures["units"], figures["roles"], figures["untouched"]) == (1.0, 0.0, 0.0)


def test_a_missing_find_and_a_find_too_many_both_cost() -> None:
    extra = MARK | {"quote": "要修好东渠", "tier": "unassigned", "units": [], "deadlines": []}
    extra |= {"recurrence": [], "targets": []}
    assert scored()["all"] == 0.0
    assert scored(MARK, extra)["all"] == pytest.approx(2 / 3)
    assert scored(MARK, extra)["assigned"] == 1.0


def test_a_quote_that_is_not_in_the_text_is_ungrounded() -> None:
    assert scored(MARK | {"quote": "市林业局报进度"})["ungrounded"] == 1
