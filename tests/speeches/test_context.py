"""What the parser is told of the office."""

from datetime import date

import pytest
from pytest_django import Settings

from accounts.models import Department, DepartmentGroup
from speeches import context
from speeches.parser.times.feasts import FEASTS
from tasks.models import WorkDay

Office = dict[str, Department]


def test_every_way_to_write_a_department_is_known_and_the_full_name_comes_first(office: Office) -> None:
    organ = next(o for o in context.office().organs if o.key == f"d:{office['市资规局'].pk}")
    assert organ.names == ("云溪市自然资源局", "市资规局", "市自然资源局")
    assert not organ.is_group


def test_a_group_is_known_with_its_members(office: Office) -> None:
    key = f"g:{DepartmentGroup.objects.get().pk}"
    known = context.office()
    assert next(o for o in known.organs if o.key == key).is_group
    assert {str(d) for d in known.members[key]} == {"柳河镇", "石桥办事处"}


def test_departments_out_of_use_are_unknown(office: Office) -> None:
    Department.objects.filter(pk=office["柳河镇"].pk).update(is_active=False)
    known = context.office()
    assert f"d:{office['柳河镇'].pk}" not in known.departments
    assert [str(d) for members in known.members.values() for d in members] == ["石桥办事处"]


@pytest.mark.parametrize(
    ("name", "level"), [("市委市政府督查室", "市"), ("柳河县政府督查室", "县"), ("督查室", "")]
)
def test_the_level_is_read_from_the_offices_name(db: None, settings: Settings, name: str, level: str) -> None:
    settings.ORG_NAME = name
    assert context.office().context(None).level == level


def test_the_calendar_is_that_of_the_ledger_with_its_feasts(db: None) -> None:
    WorkDay.objects.all().delete()
    for on, name in (
        ("2026-12-31", "元旦"),
        ("2027-01-01", "元旦"),
        ("2026-05-01", "劳动节"),
        ("2026-05-02", "劳动节"),
    ):
        WorkDay.objects.create(on=on, is_workday=False, name=name)
    WorkDay.objects.create(on="2026-05-09", is_workday=True, name="劳动节调休")
    calendar = context.office().context(None).calendar
    assert dict(calendar.feasts) == {(2027, "元旦"): date(2026, 12, 31), (2026, "五一"): date(2026, 5, 1)}
    assert calendar.is_workday(date(2026, 5, 9))
    assert not calendar.is_workday(date(2026, 5, 1))


def test_the_parser_knows_every_feast_of_the_ledgers_calendar(db: None) -> None:
    known = {feast.name for feast in FEASTS}
    named = {name for _, name in context.office().context(None).calendar.feasts}
    assert {"春节", "国庆节", "五一"} <= named
    assert named - known == set()
