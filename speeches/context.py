"""What the parser must know of this office: departments and groups by name, the calendar, the level."""

from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.db.models import Prefetch

from accounts.models import Department, DepartmentAlias, DepartmentGroup
from speeches.parser.types import Calendar, Context, Organ
from tasks import workdays
from tasks.models import WorkDay

NEW_YEAR = "元旦"
SPOKEN = {"劳动节": "五一"}  # as the parser's lexicon calls them
LEVELS = "国省市县区镇"


@dataclass(frozen=True, slots=True)
class Office:
    """The departments of the office as the parser names them, and back: key of an `Organ` → departments."""

    organs: tuple[Organ, ...] = ()
    departments: dict[str, Department] = field(default_factory=dict)
    members: dict[str, list[Department]] = field(default_factory=dict)

    def context(self, spoken_on: date | None) -> Context:
        return Context(spoken_on=spoken_on, organs=self.organs, calendar=_calendar(), level=_level())  # type: ignore[arg-type]


def office() -> Office:
    """As the database knows it now."""
    aliases = Prefetch("aliases", queryset=DepartmentAlias.objects.order_by("pk"))
    departments = {f"d:{d.pk}": d for d in Department.objects.active().prefetch_related(aliases)}
    groups = {f"g:{group.pk}": group for group in DepartmentGroup.objects.all()}
    return Office(
        organs=(
            *(Organ(key, _names(department)) for key, department in departments.items()),
            *(Organ(key, group.names(), is_group=True) for key, group in groups.items()),
        ),
        departments=departments,
        members={key: list(group.departments()) for key, group in groups.items()},
    )


def _names(department: Department) -> tuple[str, ...]:
    names = (department.name, department.short_name, *(alias.name for alias in department.aliases.all()))
    return tuple(dict.fromkeys(name for name in names if name))


def _calendar() -> Calendar:
    """Working days of the ledger's calendar; a feast begins on its first day off."""
    feasts: dict[tuple[int, str], date] = {}
    for day in WorkDay.objects.filter(is_workday=False).exclude(name="").order_by("on"):
        # New Year's days off may begin in December: they belong to the year they welcome.
        year = day.on.year + (day.name == NEW_YEAR and day.on.month == 12)
        feasts.setdefault((year, SPOKEN.get(day.name, day.name)), day.on)
    return Calendar(is_workday=workdays.calendar().is_workday, feasts=feasts)


def _level() -> str:
    """Whose office this is, from its name: 市委市政府督查室 → 市."""
    return next((char for char in settings.ORG_NAME if char in LEVELS), "")
