"""Units find the department the office knows, by name, alias or short form; what is unsure stays empty."""

import pytest

from speeches.parser import parse
from speeches.parser.resolving import resolver
from speeches.parser.types import Context, Organ

ORGANS = (
    Organ("fgw", ("青禾市发展和改革委员会", "市发展和改革委员会", "市发改委")),
    Organ("czj", ("青禾市财政局", "市财政局", "财政局")),
    Organ("zzb", ("中共青禾市委组织部", "市委组织部", "组织部")),
    Organ("rsj", ("青禾市人力资源和社会保障局", "市人力资源和社会保障局")),
    Organ("zjj", ("青禾市住房和城乡建设局", "市住房和城乡建设局")),
    Organ("jtj", ("青禾市交通运输局", "市交通运输局")),
    Organ("jtg", ("青禾市交通警察支队", "市交警支队")),
    Organ("fwz", ("青禾市防汛值班中心", "城投")),
    Organ("zb", ("各镇办",), is_group=True),
)
CONTEXT = Context(organs=ORGANS, level="市")


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("市发改委", "fgw"),
        ("发改委", "fgw"),
        ("发改", "fgw"),
        ("发展改革部门", "fgw"),
        ("财政部门", "czj"),
        ("青禾市财政局", "czj"),
        ("市人社局", "rsj"),
        ("住建部门", "zjj"),
        ("交通运输部门", "jtj"),
        ("市委组织部", "zzb"),
        ("各镇办", "zb"),
    ],
)
def test_a_unit_is_known_by_name_alias_or_short_form(written: str, key: str) -> None:
    assert resolver(CONTEXT)(written) == key


@pytest.mark.parametrize(
    "written",
    ["省财政厅", "县财政局", "国家发展改革委", "教育部", "临江市财政局", "有关部门", "市水利局", ""],
)
def test_another_levels_or_places_office_stays_unresolved(written: str) -> None:
    assert resolver(CONTEXT)(written) == ""


def test_a_name_of_two_organs_resolves_to_neither() -> None:
    twins = Context(organs=(Organ("a", ("市项目办",)), Organ("b", ("市项目办",))), level="市")
    assert resolver(twins)("市项目办") == ""


def test_the_units_of_a_directive_carry_the_keys() -> None:
    found = parse("请市发改委牵头，财政部门配合，6月底前报送方案。", CONTEXT).directives
    assert [(unit.text, unit.role, unit.organ) for unit in found[0].units] == [
        ("市发改委", "lead", "fgw"),
        ("财政部门", "co", "czj"),
    ]


def test_an_alias_that_looks_like_no_office_is_still_a_party() -> None:
    found = parse("城投要每月25日前报送融资进度。", CONTEXT).directives
    assert [unit.organ for unit in found[0].units] == ["fwz"]
