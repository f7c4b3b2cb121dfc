"""Who gets a letter, and why somebody cannot get one: a missing address is a row that people see."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts.models import Department, User
from tasks.models import Task


@dataclass(frozen=True, slots=True)
class Addressee:
    """A person, or a department for which nobody reads the letters (`user` is None)."""

    user: User | None
    department: Department | None = None

    @property
    def address(self) -> str:
        return self.user.email.strip() if self.user else ""

    @property
    def problem(self) -> str:
        """Why nothing can be sent, and what to do about it; empty when all is well."""
        if self.user is None:
            return (
                f"无收件地址：{self.department}没有启用的联络员。"
                "请在“单位与人员”中登记联络员和邮箱，再点“重新发送”。"
            )
        if not self.address:
            return f"无收件地址：{self.user}没有登记邮箱。请在“单位与人员”中补上邮箱，再点“重新发送”。"
        try:
            validate_email(self.address)
        except ValidationError:
            return (
                f"收件地址“{self.address}”不是有效的邮箱（{self.user}）。"
                "请在“单位与人员”中改正，再点“重新发送”。"
            )
        return ""

    @property
    def key(self) -> str:
        """The addressee's part of a dedupe key."""
        parts = [f"dept:{self.department.pk}"] if self.department else []
        return ":".join([*parts, f"user:{self.user.pk}"] if self.user else parts)


def liaisons(departments: Iterable[Department]) -> list[Addressee]:
    """Every active liaison of each department; a department without one stands there alone. One query."""
    by_department = defaultdict(list)
    wanted = list(departments)
    people = User.objects.active().filter(role=User.Role.LIAISON, department__in=wanted)
    for user in people.order_by("pk"):
        by_department[user.department_id].append(user)
    return [
        Addressee(user, department)
        for department in wanted
        for user in by_department.get(department.pk, [None])
    ]


def named_liaisons(department: Department | None) -> list[Addressee]:
    """The people who read letters for the department; none is no addressee here."""
    return [reader for reader in liaisons([department] if department else []) if reader.user]


def office_for(task: Task) -> list[Addressee]:
    """The supervisor who registered the item; all supervisors when that person has left the office."""
    if task.created_by.is_supervisor:
        return [Addressee(task.created_by)]
    return [Addressee(user) for user in supervisors()]


def supervisors() -> list[User]:
    return list(User.objects.active().filter(role=User.Role.SUPERVISOR).order_by("pk"))
