"""The import of departments, people and groups: repeatable, all or nothing, faults by row and column."""

import pytest

from accounts.importing import IMPORTS, Outcome
from accounts.models import Department, DepartmentAlias, DepartmentGroup, User
from tests.accounts.tables import DEPARTMENTS, GROUPS, PEOPLE
from tests.people import Cast

pytestmark = pytest.mark.django_db


def bring(kind: str, text: str, encoding: str = "utf-8-sig", by: User | None = None) -> Outcome:
    return IMPORTS[kind].run(text.encode(encoding), by=by)


def bring_all() -> None:
    for kind, text in (("departments", DEPARTMENTS), ("people", PEOPLE), ("groups", GROUPS)):
        outcome = bring(kind, text)
        assert not outcome.faults


def faults(outcome: Outcome) -> list[tuple[int, str]]:
    return [(fault.row, fault.column) for fault in outcome.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_directory_comes_in_from_any_encoding_excel_writes(encoding: str) -> None:
    outcome = bring("departments", DEPARTMENTS, encoding)
    assert (outcome.created, outcome.changed, outcome.same) == (3, 0, 0)
    bureau = Department.objects.get(name="溪石县发展和改革局")
    assert [alias.name for alias in bureau.aliases.all()] == ["发改", "发改局"]
    assert bureau.kind == Department.Kind.GOVERNMENT
    assert Department.objects.get(short_name="能源中心").parent == bureau


def test_importing_the_same_tables_again_changes_nothing() -> None:
    bring_all()
    bring("departments", DEPARTMENTS)  # now the leader is there
    before = list(User.objects.values_list("username", "password", "role"))
    aliases = list(DepartmentAlias.objects.values_list("pk", "name"))
    for kind, text, rows in (("departments", DEPARTMENTS, 3), ("people", PEOPLE, 2), ("groups", GROUPS, 2)):
        outcome = bring(kind, text)
        assert (outcome.created, outcome.changed, outcome.same) == (0, 0, rows), kind
    assert list(User.objects.values_list("username", "password", "role")) == before
    assert list(DepartmentAlias.objects.values_list("pk", "name")) == aliases


def test_a_leader_not_yet_known_is_remarked_and_filled_in_the_second_time() -> None:
    first = bring("departments", DEPARTMENTS)
    assert [(remark.row, remark.column) for remark in first.remarks] == [(2, "分管领导账号")]
    bring("people", PEOPLE)
    second = bring("departments", DEPARTMENTS)
    assert second.changed == 1
    assert str(Department.objects.get(short_name="县发改局").leader) == "陈县"


def test_one_fault_and_nothing_at_all_comes_in() -> None:
    outcome = bring("departments", DEPARTMENTS + "溪石县水利局,,,水利部门,,,,,,\n")
    assert faults(outcome) == [(5, "类别")]
    assert not Department.objects.exists()


def test_every_fault_is_told_with_its_row_and_column() -> None:
    table = (
        "单位全称,简称,类别,上级单位,邮箱,排序\n"
        "甲局,,,,not-an-address,\n"
        ",无名,,,,\n"
        "乙局,,,不存在的局,,\n"
        "甲局,,,,,\n"
        "丙局,,,,,第三\n"
    )
    assert faults(bring("departments", table)) == [
        (2, "邮箱"),
        (3, "单位全称"),
        (4, "上级单位"),
        (5, "单位全称"),
        (6, "排序"),
    ]


def test_one_name_cannot_mean_two_departments() -> None:
    bring("departments", DEPARTMENTS)
    taken = bring("departments", "单位全称,简称,别名\n溪石县发展研究中心,发研中心,发改\n")
    assert faults(taken) == [(2, "别名")]
    within = bring("departments", "单位全称,简称\n甲局,老局\n乙局,老局\n")
    assert faults(within) == [(3, "简称")]


def test_an_alias_may_move_from_one_department_to_another_in_one_table() -> None:
    bring("departments", "单位全称,别名\n甲局,经发\n乙局,\n")
    outcome = bring("departments", "单位全称,别名\n甲局,\n乙局,经发\n")
    assert not outcome.faults
    assert DepartmentAlias.objects.get(name="经发").department.name == "乙局"


def test_superiors_that_run_in_a_circle_are_refused() -> None:
    outcome = bring("departments", "单位全称,上级单位\n甲局,乙局\n乙局,甲局\n")
    assert {column for _, column in faults(outcome)} == {"上级单位"}
    assert not Department.objects.exists()


def test_a_column_that_is_not_there_leaves_what_is_stored() -> None:
    bring("departments", DEPARTMENTS)
    outcome = bring("departments", "单位全称,电话\n溪石县发展和改革局,0000-200\n")
    bureau = Department.objects.get(name="溪石县发展和改革局")
    assert outcome.changed == 1
    assert (bureau.phone, bureau.short_name, bureau.aliases.count()) == ("0000-200", "县发改局", 2)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "缺少"),
        ("名字,电话\n甲,1\n".encode(), "缺少“单位全称”列"),
        ("单位全称,传真\n甲局,1\n".encode(), "不认识的列“传真”"),
        ("单位全称,简称,简称\n甲局,a,b\n".encode(), "出现了两次"),
        ("单位全称\n".encode(), "没有内容"),
        ("单位全称,简称\n甲局,a,b\n".encode(), "第 2 行"),
        ('单位全称,简称\n"甲局,a\n'.encode(), "引号"),
        (b"PK\x03\x04rest", "Excel 工作簿"),
        (b"\xd0\xcf\x11\xe0rest", "Excel 工作簿"),
        (b"\x00\x01\xff\xfe", "编码"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(content: bytes, words: str) -> None:
    outcome = IMPORTS["departments"].run(content)
    assert len(outcome.faults) == 1
    assert words in str(outcome.faults[0])


def test_a_preview_writes_nothing_and_says_the_same() -> None:
    preview = IMPORTS["departments"].run(DEPARTMENTS.encode(), is_preview=True)
    assert not Department.objects.exists()
    assert preview.summary() == bring("departments", DEPARTMENTS).summary()


def test_a_new_person_signs_in_with_the_initial_password_and_nobody_without_one() -> None:
    bring_all()
    assert User.objects.get(username="liyi").check_password("songfeng-2026")
    assert not User.objects.get(username="chenxian").has_usable_password()


def test_an_import_never_touches_the_password_of_somebody_who_is_there() -> None:
    bring_all()
    person = User.objects.get(username="liyi")
    person.set_password("chosen-by-herself-9")
    person.save()
    bring("people", PEOPLE)
    assert User.objects.get(username="liyi").check_password("chosen-by-herself-9")


def test_people_are_checked_for_role_department_and_password() -> None:
    bring("departments", DEPARTMENTS)
    table = (
        "账号,姓名,角色,单位全称,邮箱,初始密码\n"
        "a,甲,科员,,,\n"
        "b,乙,联络员,没有的局,,\n"
        "c,丙,联络员,,,\n"
        "d,丁,督查员,,,12345\n"
        "有 空格,戊,督查员,,,\n"
    )
    outcome = bring("people", table)
    assert faults(outcome) == [(2, "角色"), (3, "单位全称"), (4, "单位全称"), (5, "初始密码"), (6, "账号")]
    assert not User.objects.exists()


def test_a_liaison_without_an_address_is_let_in_and_remarked() -> None:
    bring("departments", DEPARTMENTS)
    outcome = bring("people", "账号,姓名,角色,单位全称\nw,吴,联络员,松岗镇人民政府\n")
    assert not outcome.faults
    assert "收不到" in str(outcome.remarks[0])


def test_a_supervisor_cannot_make_an_administrator(people: Cast) -> None:
    table = "账号,姓名,角色\nboss,波,系统管理员\n"
    assert faults(bring("people", table, by=people.supervisor)) == [(2, "角色")]
    takeover = "账号,姓名,角色\nguanli,管,督查员\n"
    assert faults(bring("people", takeover, by=people.supervisor)) == [(2, "角色")]
    assert not bring("people", table, by=people.administrator).faults
    assert User.objects.get(username="boss").is_staff


def test_only_administrators_reach_the_admin_site() -> None:
    bring("people", "账号,姓名,角色\nboss,波,系统管理员\n")
    bring("people", "账号,姓名,角色\nboss,波,督查员\n")
    boss = User.objects.get(username="boss")
    assert (boss.is_staff, boss.is_superuser) == (False, False)


def test_a_group_stands_for_its_kinds_and_its_own_members() -> None:
    bring_all()
    towns = DepartmentGroup.objects.get(name="各镇")
    assert [d.short_name for d in towns.departments()] == ["松岗镇"]
    assert towns.names() == ("各镇", "各乡镇", "各镇办")
    supply = DepartmentGroup.objects.get(name="重点保供单位")
    assert [d.short_name for d in supply.departments()] == ["能源中心"]


def test_a_group_that_means_nobody_or_takes_a_name_is_refused() -> None:
    bring("departments", DEPARTMENTS)
    assert faults(bring("groups", "名称,包含类别\n各单位,\n")) == [(2, "包含类别")]
    assert faults(bring("groups", "名称,别名,包含类别\n各镇,松岗,镇街\n")) == [(2, "别名")]
    assert faults(bring("groups", "名称,另加单位\n某组,没有的局\n"))[0] == (2, "另加单位")
    assert not DepartmentGroup.objects.exists()
