"""集合: collective addressees (各镇办, 市直各部门) and the departments they stand for."""

from accounts.importing.departments import KINDS
from accounts.importing.outcome import Outcome, Table, assign, check_fields, only_once, split_names
from accounts.models import Department, DepartmentAlias, DepartmentGroup, User
from accounts.tables import Row

NAME = "名称"
COLUMNS = (NAME, "别名", "包含类别", "另加单位")
FIELDS = {"name": NAME, "aliases": "别名"}


def fill(rows: list[Row], outcome: Outcome, by: User | None) -> None:
    """Groups by name; a group must stand for somebody."""
    rows = only_once(rows, NAME, outcome)
    known = {group.name: group for group in DepartmentGroup.objects.prefetch_related("members")}
    departments = {department.name: department for department in Department.objects.all()}
    bearers = _bearers(
        departments, [group for name, group in known.items() if name not in {r[NAME] for r in rows}]
    )
    for row in rows:
        _refuse_shared_names(row, bearers, outcome)
        kinds, members = _kinds(row, outcome), _members(row, departments, outcome)
        if not kinds and not members and not outcome.faults:
            outcome.fault(
                row, "包含类别", "请填单位类别，或在“另加单位”中写明单位，否则这个集合不指任何单位。"
            )
        group = known.get(row[NAME]) or DepartmentGroup(name=row[NAME])
        is_new = group.pk is None
        is_changed = assign(group, {"aliases": "、".join(split_names(row["别名"])), "kinds": kinds})
        if not check_fields(group, FIELDS, row, outcome) or outcome.faults:
            continue
        group.save()
        if set(group.members.all()) != set(members):
            group.members.set(members)
            is_changed = True
        outcome.count(is_new=is_new, is_changed=is_changed)


def _bearers(departments: dict[str, Department], groups: list[DepartmentGroup]) -> dict[str, str]:
    """Every name already taken, and by whom."""
    bearers = dict(DepartmentAlias.objects.values_list("name", "department__name"))
    for department in departments.values():
        bearers[department.short_name] = bearers[department.name] = department.name
    for group in groups:
        bearers.update(dict.fromkeys(group.names(), group.name))
    bearers.pop("", None)
    return bearers


def _refuse_shared_names(row: Row, bearers: dict[str, str], outcome: Outcome) -> None:
    for column, word in [(NAME, row[NAME]), *(("别名", alias) for alias in split_names(row["别名"]))]:
        if bearers.setdefault(word, row[NAME]) != row[NAME]:
            outcome.fault(row, column, f"“{word}”已经指{bearers[word]}，一个称呼不能有两个意思。")


def _kinds(row: Row, outcome: Outcome) -> list[str]:
    labels = split_names(row["包含类别"])
    for label in labels:
        if label not in KINDS:
            outcome.fault(row, "包含类别", f"没有“{label}”这一类，可填：{'、'.join(KINDS)}。")
    return [KINDS[label] for label in labels if label in KINDS]


def _members(row: Row, departments: dict[str, Department], outcome: Outcome) -> list[Department]:
    names = split_names(row["另加单位"])
    for name in names:
        if name not in departments:
            outcome.fault(row, "另加单位", f"没有找到“{name}”，请填单位全称。")
    return [departments[name] for name in names if name in departments]


TABLE = Table("单位集合", "集合", COLUMNS, (NAME,), fill)
