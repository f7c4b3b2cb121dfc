"""From names as people write them (发改、工信, 各镇办) to departments of the database."""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError

from accounts.models import Department, DepartmentAlias, DepartmentGroup

SEPARATORS = re.compile(r"[、，,；;\s]+")


def departments_named(words: str) -> list[Department]:
    """The departments that `words` (names joined by 、) call, in order, once each; groups mean their members.

    Raises ValidationError that lists every name nobody bears.
    """
    names = [name for name in SEPARATORS.split(words.strip()) if name]
    directory = _directory(names)
    unknown = [name for name in names if name not in directory]
    if unknown:
        listed = "、".join(f"“{name}”" for name in unknown)
        raise ValidationError(
            f"没有找到单位{listed}，请从提示列表中选择，或先到“单位与人员”中登记该单位或别名。"
        )
    return list(dict.fromkeys(found for name in names for found in directory[name]))


def _directory(names: Iterable[str]) -> dict[str, list[Department]]:
    """Each known name among `names` with what it stands for. Full names win over short ones and aliases."""
    wanted = list(names)
    directory: dict[str, list[Department]] = {}
    for group in DepartmentGroup.objects.all():
        for name in set(group.names()) & set(wanted):
            directory[name] = list(group.departments())
    for alias in DepartmentAlias.objects.filter(name__in=wanted, department__is_active=True).select_related(
        "department"
    ):
        directory[alias.name] = [alias.department]
    for field in ("short_name", "name"):
        for department in Department.objects.active().filter(**{f"{field}__in": wanted}):
            directory[getattr(department, field)] = [department]
    return directory


def names_for_typing() -> list[str]:
    """What a form offers while somebody types: short or full names, then the groups."""
    departments = [str(department) for department in Department.objects.active()]
    return departments + [group.name for group in DepartmentGroup.objects.all()]


def joined(departments: Iterable[Department]) -> str:
    """The names as a form shows them: 市发改委、市工信局."""
    return "、".join(str(department) for department in departments)
