"""Who is suggested for a requirement that names nobody: from duties, and from what was confirmed before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Department
from speeches import actions, intake, parsing, suggestions
from speeches.models import Directive, Speech
from speeches.suggesting import Index, Precedent, usual_duties
from speeches.suggesting.duties import kinds
from tests.factories import at, department
from tests.people import Cast

DUTIES = {
    "water": "水库、灌区、河道治理、防汛抗旱、农村饮水安全。",
    "school": "学校建设、幼儿园、教师队伍、校园食堂、校外培训。",
    "road": "农村公路、桥梁、公交、客运、治超。",
}
NAMELESS = "三、抓好民生实事\n要加快公办幼儿园建设，年底前建成12所义务教育学校的校园食堂。\n"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("年底前完成小型水库除险加固", "water"),
        ("要新建两所幼儿园，配齐教师队伍", "school"),
        ("完成危桥改造，新改建农村公路三十公里", "road"),
    ],
)
def test_the_department_whose_duties_speak_of_it_comes_first(text: str, key: str) -> None:
    assert Index(DUTIES).ranked(text)[0].key == key


def test_the_reason_names_the_words_of_the_duties_that_the_text_has() -> None:
    assert Index(DUTIES).ranked("新改建农村公路三十公里")[0].reason == "职责中有“农村公路”"


def test_nothing_is_suggested_when_no_duty_speaks_of_it() -> None:
    assert Index(DUTIES).suggested("要把各项工作抓得更紧更实") == []


def test_nothing_is_suggested_when_two_departments_are_as_likely() -> None:
    twins = {"one": DUTIES["water"], "other": DUTIES["water"]}
    assert len(Index(twins).ranked("农村饮水安全和水库防汛抗旱")) == 2
    assert Index(twins).suggested("农村饮水安全和水库防汛抗旱") == []


def test_a_confirmed_item_changes_who_comes_first_for_its_like() -> None:
    text = "把老码头片区的路灯全部换成节能灯"
    before = Index(DUTIES).suggested(text)
    after = Index(DUTIES, [Precedent("school", "老码头片区路灯要换成节能灯", "路灯更换（DB-2）")]).suggested(
        text
    )
    assert before == []
    assert [one.key for one in after] == ["school"]
    assert after[0].reason == "相近的事项曾交该单位：路灯更换（DB-2）"


@given(st.text(max_size=200), st.dictionaries(st.text(max_size=4), st.text(max_size=60), max_size=5))
def test_any_text_against_any_duties_gives_an_ordered_ranking(text: str, duties: dict[str, str]) -> None:
    scores = [one.score for one in Index(duties).ranked(text)]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) <= 3


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("青川县农业农村局", "粮食生产"),
        ("澜江市发展和改革委员会", "项目前期"),
        ("国家税务总局澜江市税务局", "纳税服务"),
        ("市场监管局", "食品安全"),
    ],
)
def test_the_usual_duties_are_told_by_the_name(name: str, word: str) -> None:
    assert word in usual_duties(name)


def test_a_town_government_is_no_civil_affairs_bureau() -> None:
    assert usual_duties("澜江市砚田镇人民政府", "砚田镇") == ""


def test_no_two_kinds_share_a_word_of_the_name() -> None:
    words = [word for kind in kinds() for word in kind.words]
    assert len(words) == len(set(words))


# --- in the office ---


@pytest.fixture
def education(db: None) -> Department:
    return department("云溪市教育局", short_name="市教育局")


def taken_in(people: Cast, text: str, name: str) -> Speech:
    made, _ = intake.accept(file_name=name, content=text.encode(), by=people.supervisor, at=at("2026-07-08"))
    return parsing.parse(made.pk, at=at("2026-07-08"))


def nameless(speech: Speech) -> Directive:
    found: Directive = speech.directives.get(quote__contains="食堂")
    return found


def test_a_draft_that_names_nobody_gets_a_suggestion_but_no_lead(people: Cast, education: Department) -> None:
    draft = nameless(taken_in(people, NAMELESS, "讲话.txt"))
    assert [one["department"] for one in draft.suggested] == [education.pk]
    assert (draft.tier, draft.lead) == ("unassigned", None)


def test_what_the_office_wrote_as_duties_goes_before_the_usual(people: Cast, education: Department) -> None:
    education.duties = "机关后勤。"
    education.save()
    other = department("云溪市校园建设中心", short_name="校建中心")
    other.duties = "公办幼儿园建设，义务教育学校、校园食堂建设。"
    other.save()
    draft = nameless(taken_in(people, NAMELESS, "讲话.txt"))
    assert draft.suggested[0]["department"] == other.pk


def test_a_closed_department_is_never_suggested(people: Cast, education: Department) -> None:
    education.is_active = False
    education.save()
    assert nameless(taken_in(people, NAMELESS, "讲话.txt")).suggested == []


def test_a_confirmed_assignment_changes_the_suggestion_for_its_like_that_still_waits(
    people: Cast, education: Department
) -> None:
    first = nameless(taken_in(people, NAMELESS, "一.txt"))
    second = nameless(taken_in(people, NAMELESS.replace("12所", "8所"), "二.txt"))
    town = department("云溪市城投集团", short_name="城投集团")
    actions.edit(first.pk, by=people.supervisor, version=first.version, lead=town)
    actions.adopt(first.pk, by=people.supervisor, at=at("2026-07-09"))
    second.refresh_from_db()
    assert second.suggested[0]["department"] == town.pk
    assert second.suggested[0]["reason"].startswith("相近的事项曾交该单位")


def test_a_draft_that_names_its_units_gets_no_suggestion(speech: Speech) -> None:
    assert all(not draft.suggested for draft in speech.directives.exclude(tier="unassigned"))


def test_practice_is_read_from_the_latest_confirmed_items(people: Cast, education: Department) -> None:
    draft = nameless(taken_in(people, NAMELESS, "一.txt"))
    actions.edit(draft.pk, by=people.supervisor, version=draft.version, lead=education)
    task = actions.adopt(draft.pk, by=people.supervisor, at=at("2026-07-09"))
    assert [(one.key, task.code in one.label) for one in suggestions.precedents()] == [
        (str(education.pk), True)
    ]
