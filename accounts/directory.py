"""The page of departments: which ones a reader asked for, in the order of an office's directory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q

from accounts.models import Department, DepartmentAlias, User

MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A department and how deep it hangs under the others of its section."""

    department: Department
    depth: int


@dataclass(frozen=True, slots=True)
class Section:
    """The departments of one kind."""

    label: str
    lines: tuple[Line, ...]


def matching(user: User | AnonymousUser, words: str, kind: str) -> list[Department]:
    """Departments that bear every word in a name, an alias or a person's name, with what the page shows."""
    found = Department.objects.visible_to(user)
    for word in words.replace("\x00", " ").split()[:MOST_WORDS]:
        aliases = DepartmentAlias.objects.filter(
            name__icontains=word
        ).order_by()  # a join would multiply rows
        named = (
            Q(name__icontains=word) | Q(short_name__icontains=word) | Q(pk__in=aliases.values("department"))
        )
        seen = User.objects.visible_to(user).active()
        people = seen.filter(Q(full_name__icontains=word) | Q(username__icontains=word))
        found = found.filter(named | Q(pk__in=people.values("department")))
    if kind in Department.Kind.values:
        found = found.filter(kind=kind)
    people_seen = User.objects.visible_to(user).active().order_by("role", "username")
    return list(
        found.select_related("leader").prefetch_related(
            "aliases", Prefetch("people", people_seen, to_attr="people_seen")
        )
    )


def grouped(departments: Iterable[Department]) -> list[Section]:
    """Sections in the order of `Department.Kind`; a child stands under its parent, whatever its own kind."""
    listed = list(departments)
    present = {department.pk for department in listed}
    children: dict[int | None, list[Department]] = {}
    for department in listed:
        parent = department.parent_id if department.parent_id in present else None
        children.setdefault(parent, []).append(department)
    sections = []
    for value, label in Department.Kind.choices:
        roots = [department for department in children.get(None, []) if department.kind == value]
        lines = tuple(line for root in roots for line in _branch(root, children, 0))
        sections.append(Section(label, lines))
    return [section for section in sections if section.lines]


def _branch(top: Department, children: dict[int | None, list[Department]], depth: int) -> Iterator[Line]:
    yield Line(top, depth)
    for child in children.get(top.pk, []):
        yield from _branch(child, children, depth + 1)
