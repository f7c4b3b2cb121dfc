"""人员: people with their role and department."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.importing.outcome import Outcome, Table, assign, check_fields, only_once
from accounts.models import Department, User
from accounts.tables import Row

ACCOUNT = "账号"
FIELDS = {"username": ACCOUNT, "full_name": "姓名", "post": "职务", "mobile": "手机", "email": "邮箱"}
COLUMNS = (ACCOUNT, "姓名", "角色", "单位全称", "职务", "手机", "邮箱", "初始密码")
ROLES = {label: value for value, label in User.Role.choices}


def fill(rows: list[Row], outcome: Outcome, by: User | None) -> None:
    """New people get the initial password of their row, or none and cannot sign in until one is set."""
    rows = only_once(rows, ACCOUNT, outcome)
    people = {
        user.username: user for user in User.objects.filter(username__in=[row[ACCOUNT] for row in rows])
    }
    departments = {department.name: department for department in Department.objects.all()}
    for row in rows:
        user = people.get(row[ACCOUNT])
        _enter(user or User(username=row[ACCOUNT]), row, departments, outcome, by, is_new=user is None)


def _enter(
    user: User,
    row: Row,
    departments: dict[str, Department],
    outcome: Outcome,
    by: User | None,
    *,
    is_new: bool,
) -> None:
    was_administrator = not is_new and user.role == User.Role.ADMINISTRATOR
    values: dict[str, object] = {field: row[column] for field, column in FIELDS.items() if column in row}
    if not _read_role(row, values, outcome) or not _read_department(row, values, departments, outcome):
        return
    is_changed = assign(user, values)
    is_changed = user.align_admin_rights() or is_changed
    if (
        by is not None
        and not by.is_administrator
        and (was_administrator or user.role == User.Role.ADMINISTRATOR)
    ):
        if is_new or is_changed:
            outcome.fault(row, "角色", "系统管理员只能由系统管理员登记或修改。")
        return
    _look_for_gaps(user, row, outcome)
    if not check_fields(user, FIELDS, row, outcome):
        return
    if is_new and not _set_password(user, row, outcome):
        return
    if is_new or is_changed:
        user.save()
    outcome.count(is_new=is_new, is_changed=is_changed)


def _read_role(row: Row, values: dict[str, object], outcome: Outcome) -> bool:
    if row["角色"] not in ROLES:
        outcome.fault(row, "角色", f"“{row['角色']}”不是角色，可填：{'、'.join(ROLES)}。")
        return False
    values["role"] = ROLES[row["角色"]]
    return True


def _read_department(
    row: Row, values: dict[str, object], departments: dict[str, Department], outcome: Outcome
) -> bool:
    name = row["单位全称"]
    if name and name not in departments:
        outcome.fault(row, "单位全称", f"没有找到“{name}”，请先导入单位，并照单位全称填写。")
        return False
    if not name and "单位全称" in row and values["role"] == User.Role.LIAISON:
        outcome.fault(row, "单位全称", "联络员必须有所在单位，否则看不到任何事项。")
        return False
    if "单位全称" in row:
        values["department"] = departments.get(name)
    return True


def _look_for_gaps(user: User, row: Row, outcome: Outcome) -> None:
    if user.role == User.Role.LIAISON and user.department is None:
        outcome.fault(row, "单位全称", "联络员必须有所在单位，否则看不到任何事项。")
    if user.role == User.Role.LIAISON and not user.email:
        outcome.remark(row, "邮箱", f"{user}没有邮箱，收不到交办通知和周提醒。")


def _set_password(user: User, row: Row, outcome: Outcome) -> bool:
    password = row["初始密码"]
    if not password:
        user.set_unusable_password()
        return True
    try:
        validate_password(password, user)
    except ValidationError as error:
        outcome.fault(row, "初始密码", "".join(error.messages))
        return False
    user.set_password(password)
    return True


TABLE = Table("人员", "人员", COLUMNS, (ACCOUNT, "姓名", "角色"), fill)
