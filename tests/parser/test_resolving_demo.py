"""Departments of the demo city are found however they are spelled; what is not ours stays blank."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speeches.parser import parse
from speeches.parser.resolving import resolver
from speeches.parser.types import Context, Organ

ORG = Path(__file__).resolve().parents[2] / "supervision" / "demo" / "org"


def rows(file: str) -> list[dict[str, str]]:
    with (ORG / file).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def names(*words: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))


DEPARTMENTS = tuple(
    Organ(row["简称"], names(row["单位全称"], row["简称"], *row["别名"].split("、")))
    for row in rows("departments.csv")
)
GROUPS = tuple(
    Organ(row["名称"], names(row["名称"], *row["别名"].split("、")), is_group=True)
    for row in rows("groups.csv")
)
CONTEXT = Context(spoken_on=date(2024, 6, 3), organs=(*DEPARTMENTS, *GROUPS), level="市")
REGISTER = resolver(CONTEXT)

SPELLINGS = """
市发改委：发展改革部门 发展和改革委 市发展改革委员会 澜江市发改委 市发改 发展改革
市财政局：财政 市财政 财政部门 市级财政部门 澜江市财政局
市人社局：人力资源社会保障部门 人力资源和社会保障局 市人力资源社会保障局
市自然资源局：自然资源 市自然资源和规划局 市自然资源规划局 资规局 市资规局
市住建局：住房城乡建设部门 住房和城乡建设局 市住建
市城管局：城市管理部门 城管执法局 市城市管理局
市交通运输局：交通 交通运输 交运局 交通主管部门
市农业农村局：农业 农业农村 市农业局
市文旅局：文化旅游部门 文化和旅游局 文旅
市卫健委：卫生健康部门 市卫生健康委 卫健
市应急局：应急 应急管理 市安委办
市国资委：国资 国有资产监督管理委员会 市国有资产监督管理委员会
市市场监管局：市场监督管理部门 市场监管 市监 市监部门
市医保局：医疗保障部门 医疗保障局 医保
市退役军人局：退役军人事务部门 退役军人
市税务局：税务 市税务 国家税务总局澜江市税务局
市投资促进局：投促局 招商局
市督查室：市委市政府督查室 市委、市政府督查室 两办督查室
市纪委监委：市纪委 纪委监委
市总工会：工会 总工会
市城投集团：城投 城投公司 市城投公司
市供电公司：供电公司 电力公司
经开区管委会：经开区 澜江经济技术开发区管委会
望澜街道：望澜街道办事处 望澜街道党工委
砚田镇：砚田镇人民政府 砚田镇党委 砚田镇
各镇（街道）：各镇办 各镇街 各镇（街） 各镇、街道
市直各部门：各部门 市直部门
"""
BLANKS = """
不是本级单位：省财政厅 县财政局 区住建局 省委组织部 国家发展改革委 国务院办公厅 财政部 教育部 临江市财政局
没有点明是哪些单位：有关部门 市直各有关部门 各有关部门 相关单位 各责任单位 牵头部门
写的是人，不是单位：分管副市长 李局长 各社区书记
没有登记这个单位：水务局 城北派出所 各县市区 市委 团委 砚田
"""


def listed(table: str) -> list[tuple[str, str]]:
    lines = [line.split("：") for line in table.strip().splitlines()]
    return [(name, expected) for expected, spelled in lines for name in spelled.split(" ")]


@pytest.mark.parametrize(("name", "key"), listed(SPELLINGS))
def test_a_department_is_found_however_it_is_spelled(name: str, key: str) -> None:
    assert REGISTER(name) == key
    assert REGISTER.why_blank(name) == ""


@pytest.mark.parametrize(("name", "reason"), listed(BLANKS))
def test_what_is_not_ours_stays_blank_with_the_reason(name: str, reason: str) -> None:
    assert REGISTER(name) == ""
    assert REGISTER.why_blank(name) == reason


def test_a_name_two_departments_share_is_left_to_the_clerk() -> None:
    register = resolver(Context(organs=(Organ("a", ("市项目办",)), Organ("b", ("市项目办",))), level="市"))
    assert register("市项目办") == ""
    assert register.why_blank("市项目办") == "有几个单位都这样称呼"


@pytest.mark.parametrize("organ", CONTEXT.organs, ids=lambda organ: organ.key)
@pytest.mark.parametrize("sentence", ["请{}在6月底前报送清单。", "{}要在6月底前报送清单。"])
def test_each_name_of_each_organ_is_a_party_in_a_sentence(organ: Organ, sentence: str) -> None:
    for name in organ.names:
        (found,) = parse(sentence.format(name), CONTEXT).directives
        assert [(unit.text, unit.organ) for unit in found.units] == [(name, organ.key)]


@settings(max_examples=150, deadline=None)
@given(
    chosen=st.lists(st.sampled_from(DEPARTMENTS), min_size=2, max_size=4, unique_by=lambda organ: organ.key),
    picks=st.lists(st.integers(0, 9), min_size=4, max_size=4),
    last=st.sampled_from("、和"),
    sentence=st.sampled_from(
        ["请{}在6月底前报送清单。", "{}要在6月底前报送清单。", "由{}牵头，6月底前报送清单。"]
    ),
)
def test_a_list_of_departments_in_any_order_and_spelling_names_them_all(
    chosen: list[Organ], picks: list[int], last: str, sentence: str
) -> None:
    written = [organ.names[pick % len(organ.names)] for organ, pick in zip(chosen, picks, strict=False)]
    (found,) = parse(sentence.format("、".join(written[:-1]) + last + written[-1]), CONTEXT).directives
    assert [unit.organ for unit in found.units] == [organ.key for organ in chosen]


@pytest.mark.parametrize(
    ("sentence", "keys"),
    [
        ("发改、工信部门要每周一收集企业困难。", ["市发改委", "市工信局"]),
        ("由发改、税务、统计等部门联合核查，6月底前完成。", ["市发改委", "市税务局", "市统计局"]),
        ("财政、审计两家要在6月底前拿出方案。", ["市财政局", "市审计局"]),
        ("市委市政府督查室要每月通报一次。", ["市督查室"]),
        ("应急、消防、水利三部门要每日会商。", ["市应急局", "市消防救援支队", "市水利局"]),
        ("各镇办、市直各部门要在月底前报送台账。", ["各镇（街道）", "市直各部门"]),
        ("各级各部门要在月底前报送台账。", ["各级各部门"]),
        ("砚田镇、望澜街道要在6月底前完成搬迁。", ["砚田镇", "望澜街道"]),
        ("请省财政厅支持，市财政局要在6月底前报送申请。", ["", "市财政局"]),
    ],
)
def test_joint_names_and_collectives_resolve_one_by_one(sentence: str, keys: list[str]) -> None:
    found = [unit.organ for directive in parse(sentence, CONTEXT).directives for unit in directive.units]
    assert found == keys
