"""From names as people write them to departments."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Department, DepartmentAlias, DepartmentGroup
from accounts.naming import departments_named, joined, names_for_typing
from tests.factories import department

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau() -> Department:
    made = department("溪石县发展和改革局", short_name="县发改局")
    DepartmentAlias.objects.create(department=made, name="发改")
    return made


@pytest.mark.parametrize(
    "words", ["溪石县发展和改革局", "县发改局", "发改", " 发改 ", "发改、县发改局", "发改，发改"]
)
def test_every_way_to_write_a_department_means_it_once(words: str, bureau: Department) -> None:
    assert departments_named(words) == [bureau]


def test_nothing_written_means_nobody(bureau: Department) -> None:
    assert departments_named("  、 ") == []


def test_the_order_is_the_writers(bureau: Department) -> None:
    other = department("溪石县水利局")
    assert departments_named("溪石县水利局、发改") == [other, bureau]


def test_a_group_means_its_departments_in_use(bureau: Department) -> None:
    towns = [department(f"第{n}镇", kind=Department.Kind.TOWN, sort_order=n) for n in range(3)]
    department("撤并镇", kind=Department.Kind.TOWN, is_active=False)
    DepartmentGroup.objects.create(name="各镇", aliases="各镇办", kinds=["town"])
    assert departments_named("各镇办、发改") == [*towns, bureau]


def test_unknown_names_are_all_told_at_once(bureau: Department) -> None:
    with pytest.raises(ValidationError) as stop:
        departments_named("发改、天气局、海洋局")
    assert "“天气局”、“海洋局”" in stop.value.messages[0]


def test_a_department_out_of_use_is_not_meant() -> None:
    department("旧局", is_active=False)
    with pytest.raises(ValidationError):
        departments_named("旧局")


def test_what_is_offered_for_typing_is_understood(bureau: Department) -> None:
    DepartmentGroup.objects.create(name="各镇", kinds=["town"])
    for name in names_for_typing():
        departments_named(name)
    assert joined([bureau]) == "县发改局"
