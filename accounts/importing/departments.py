"""单位: departments with their aliases, superiors and leaders."""

from accounts.importing.outcome import Outcome, Table, assign, check_fields, only_once, split_names
from accounts.models import Department, DepartmentAlias, DepartmentGroup, User
from accounts.tables import Row

NAME = "单位全称"
FIELDS = {
    "name": NAME,
    "short_name": "简称",
    "contact_name": "联系人",
    "phone": "电话",
    "email": "邮箱",
    "duties": "主要职责",
}
COLUMNS = (
    NAME,
    *("简称", "别名", "类别", "上级单位", "分管领导账号", "联系人", "电话", "邮箱", "排序", "主要职责"),
)
KINDS = {label: value for value, label in Department.Kind.choices}


def fill(rows: list[Row], outcome: Outcome, by: User | None) -> None:
    """Two passes: every department first, then what points from one to another."""
    rows = only_once(rows, NAME, outcome)
    known = {department.name: department for department in Department.objects.select_related("leader")}
    leaders = {
        user.username: user for user in User.objects.filter(username__in=[r["分管领导账号"] for r in rows])
    }
    before = {name: _picture(department) for name, department in known.items()}
    kept = []
    for row in rows:
        department = known.get(row[NAME]) or Department(name=row[NAME])
        if _set_plain(department, row, outcome):
            department.save()
            known[department.name] = department
            kept.append(row)
    for row in kept:
        _set_links(known[row[NAME]], row, known, leaders, outcome)
    moved = _set_aliases(kept, known, outcome)
    _refuse_circles([known[row[NAME]] for row in kept], kept, known, outcome)
    for row in kept:
        department = known[row[NAME]]
        is_changed = before.get(row[NAME]) != _picture(department) or row[NAME] in moved
        if is_changed:
            department.save()
        outcome.count(is_new=row[NAME] not in before, is_changed=is_changed)


def _picture(department: Department) -> tuple[object, ...]:
    """What an import may change, to compare before and after."""
    return (
        *(getattr(department, field) for field in FIELDS),
        department.kind,
        department.parent_id,
        department.leader_id,
        department.sort_order,
    )


def _set_plain(department: Department, row: Row, outcome: Outcome) -> bool:
    values: dict[str, object] = {field: row[column] for field, column in FIELDS.items() if column in row}
    if row["类别"]:
        if row["类别"] not in KINDS:
            outcome.fault(row, "类别", f"没有“{row['类别']}”这一类，可填：{'、'.join(KINDS)}。")
            return False
        values["kind"] = KINDS[row["类别"]]
    if row["排序"]:
        if not row["排序"].isdecimal() or len(row["排序"]) > 6:
            outcome.fault(row, "排序", f"“{row['排序']}”不是整数，请填 1、2、3 这样的数，小的排在前面。")
            return False
        values["sort_order"] = int(row["排序"])
    assign(department, values)
    return check_fields(department, FIELDS, row, outcome)


def _set_links(
    department: Department,
    row: Row,
    known: dict[str, Department],
    leaders: dict[str, User],
    outcome: Outcome,
) -> None:
    if "上级单位" in row:
        parent = known.get(row["上级单位"])
        if row["上级单位"] and parent is None:
            outcome.fault(row, "上级单位", f"没有找到“{row['上级单位']}”，请填系统里或本表中已有的单位全称。")
        department.parent = parent
    if "分管领导账号" in row:
        leader = leaders.get(row["分管领导账号"])
        if row["分管领导账号"] and leader is None:
            hint = "这个账号还不存在，先空着；导入人员以后把本表再导入一次即可。"
            outcome.remark(row, "分管领导账号", f"“{row['分管领导账号']}”{hint}")
        department.leader = leader


def _set_aliases(rows: list[Row], known: dict[str, Department], outcome: Outcome) -> set[str]:
    """Make the aliases what the rows say, unless two would bear one name. Returns the departments changed."""
    wanted = {
        row[NAME]: [alias for alias in split_names(row["别名"]) if alias not in (row[NAME], row["简称"])]
        for row in rows
        if "别名" in row
    }
    stored = list(DepartmentAlias.objects.select_related("department"))
    present: dict[str, set[str]] = {}
    for alias in stored:
        present.setdefault(alias.department.name, set()).add(alias.name)
    _refuse_shared_names(rows, known, present, wanted, outcome)
    if outcome.faults:
        return set()
    gone = [alias.pk for alias in stored if alias.name not in wanted.get(alias.department.name, [alias.name])]
    DepartmentAlias.objects.filter(pk__in=gone).delete()
    DepartmentAlias.objects.bulk_create(
        DepartmentAlias(department=known[name], name=alias)
        for name, aliases in wanted.items()
        for alias in aliases
        if alias not in present.get(name, set())
    )
    return {name for name, aliases in wanted.items() if set(aliases) != present.get(name, set())}


def _refuse_shared_names(
    rows: list[Row],
    known: dict[str, Department],
    present: dict[str, set[str]],
    wanted: dict[str, list[str]],
    outcome: Outcome,
) -> None:
    """A name in a speech must mean one department: no name, short name or alias may have two bearers."""
    bearers: dict[str, str] = {}
    for group in DepartmentGroup.objects.all():
        bearers.update(dict.fromkeys(group.names(), f"单位集合“{group.name}”"))
    written = {row[NAME]: row for row in rows}
    for name, department in sorted(known.items(), key=lambda pair: pair[0] in written):
        aliases = wanted.get(name, sorted(present.get(name, set())))
        for column, word in [(NAME, name), ("简称", department.short_name), *(("别名", a) for a in aliases)]:
            if not word or bearers.setdefault(word, name) == name:
                continue
            row = written.get(name)
            if row is not None:
                outcome.fault(row, column, f"“{word}”已经指{bearers[word]}，一个称呼只能指一个单位。")
            if len(word) > 100:
                outcome.fault(written[name], column, "太长，最多 100 个字。")


def _refuse_circles(
    departments: list[Department], rows: list[Row], known: dict[str, Department], outcome: Outcome
) -> None:
    by_pk = {department.pk: department for department in known.values()}
    for department, row in zip(departments, rows, strict=True):
        seen, above = {department.pk}, department.parent_id
        while above is not None and above not in seen:
            seen.add(above)
            above = by_pk[above].parent_id
        if above is not None:
            outcome.fault(row, "上级单位", "上级单位绕成了一圈，请改正其中一个。")


TABLE = Table("单位", "单位", COLUMNS, (NAME,), fill)
