"""From the words of a speech to departments of the demo city's database, collectives expanded."""

from datetime import date

import pytest
from pytest_django import Settings

from accounts.models import Department
from speeches import context
from speeches.parser import parse
from speeches.proposals import Handlers, found_by, handlers
from supervision.demo import cast

SPOKEN_ON = date(2026, 11, 25)
KINDS = Department.Kind


@pytest.fixture
def city(db: None, settings: Settings) -> context.Office:
    settings.ORG_NAME = "澜江市委市政府督查室"
    cast.enter()
    return context.office()


def handlers_of(sentence: str, office: context.Office) -> Handlers:
    (found,) = parse(sentence, office.context(SPOKEN_ON)).directives
    return handlers(found_by(found)["units"], office)


def of_kinds(*kinds: str) -> set[str]:
    return {str(department) for department in Department.objects.active().filter(kind__in=kinds)}


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("各镇办", [KINDS.TOWN]),
        ("各镇（街道）", [KINDS.TOWN]),
        ("市直各部门", [KINDS.PARTY, KINDS.GOVERNMENT]),
        ("各级各部门", [KINDS.PARTY, KINDS.GOVERNMENT, KINDS.TOWN, KINDS.ZONE]),
        ("各园区管委会", [KINDS.ZONE]),
    ],
)
def test_a_collective_stands_for_all_its_members(city: context.Office, words: str, kinds: list[str]) -> None:
    chosen = handlers_of(f"{words}要在月底前报送台账。", city)
    assert {str(department) for department in chosen.parts} == of_kinds(*kinds)
    assert chosen.lead is None
    assert chosen.unknown == {}


def test_two_collectives_and_a_department_do_not_count_anyone_twice(city: context.Office) -> None:
    chosen = handlers_of("由市财政局牵头，市直各部门、各镇办配合，月底前完成清理。", city)
    supports = [str(department) for department in chosen.supports]
    assert str(chosen.lead) == "市财政局"
    assert "市财政局" not in supports
    assert set(supports) == of_kinds(KINDS.PARTY, KINDS.GOVERNMENT, KINDS.TOWN) - {"市财政局"}
    assert len(supports) == len(set(supports))


def test_short_names_in_one_breath_become_departments_with_the_first_in_the_lead(
    city: context.Office,
) -> None:
    chosen = handlers_of("由发改、工信部门每周一收集企业困难，建立清单，每周五报告市政府。", city)
    assert (str(chosen.lead), [str(part) for part in chosen.parts]) == ("市发改委", ["市工信局"])
    assert chosen.assumed


def test_whom_the_office_does_not_know_is_said_with_the_reason(city: context.Office) -> None:
    chosen = handlers_of("请省财政厅、市财政局、有关部门在月底前报送清单。", city)
    assert str(chosen.lead) == "市财政局"
    assert chosen.unknown == {"省财政厅": "不是本级单位", "有关部门": "没有点明是哪些单位"}


def test_a_town_that_stopped_is_in_no_collective(city: context.Office) -> None:
    Department.objects.filter(short_name="砚田镇").update(is_active=False)
    chosen = handlers_of("各镇办要在月底前报送台账。", context.office())
    assert "砚田镇" not in {str(department) for department in chosen.parts}
    assert {str(department) for department in chosen.parts} == of_kinds(KINDS.TOWN)
