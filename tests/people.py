"""The cast: one person for each right and each lack of it."""

from dataclasses import dataclass

from accounts.models import Department, User
from tests.factories import department, person

Role = User.Role


@dataclass(frozen=True)
class Cast:
    """Departments and people of the invented city 云川."""

    lead: Department
    part: Department
    support: Department
    outside: Department
    supervisor: User  # sees all, hands out, closes
    second_supervisor: User
    leading: User  # liaison of the lead department
    taking_part: User  # liaison of the part department
    supporting: User  # liaison of the supporting department
    outsider: User  # liaison of a department with nothing in it: sees nothing
    leader: User  # 分管领导: sees all, changes nothing
    administrator: User
    homeless: User  # liaison without a department

    @property
    def liaisons(self) -> tuple[User, ...]:
        return (self.leading, self.taking_part, self.supporting, self.outsider)

    def __getitem__(self, name: str) -> User:
        """The person by the name of the field."""
        found: User = getattr(self, name)
        return found


def cast() -> Cast:
    """Everybody, freshly stored."""
    lead, part = department("云川市水务局"), department("云川市城管局")
    support, outside = department("云川市财政局"), department("云川市文旅局")
    return Cast(
        lead=lead,
        part=part,
        support=support,
        outside=outside,
        supervisor=person("ducha", Role.SUPERVISOR),
        second_supervisor=person("ducha2", Role.SUPERVISOR),
        leading=person("shuiwu", Role.LIAISON, lead),
        taking_part=person("chengguan", Role.LIAISON, part),
        supporting=person("caizheng", Role.LIAISON, support),
        outsider=person("wenlv", Role.LIAISON, outside),
        leader=person("fushizhang", Role.LEADER),
        administrator=person("guanli", Role.ADMINISTRATOR),
        homeless=person("wudanwei", Role.LIAISON),
    )
