"""An office with departments that the test speech names, and a place of its own for files."""

from pathlib import Path

import pytest
from pytest_django import Settings

from accounts.models import Department, DepartmentAlias, DepartmentGroup
from speeches import intake, parsing
from speeches.models import Speech
from tests.factories import at, department
from tests.people import Cast, cast
from tests.speeches.texts import SPEECH

UPLOADED = at("2026-07-08")


@pytest.fixture
def people(db: None) -> Cast:
    return cast()


@pytest.fixture(autouse=True)
def own_files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def office(db: None) -> dict[str, Department]:
    """Departments by short name: two of them by aliases too, and a group of two towns."""
    names = {
        "市发改委": "云溪市发展和改革委员会",
        "市工信局": "云溪市工业和信息化局",
        "市资规局": "云溪市自然资源局",
        "市住建局": "云溪市住房和城乡建设局",
        "市应急局": "云溪市应急管理局",
    }
    made = {short: department(name, short_name=short) for short, name in names.items()}
    DepartmentAlias.objects.create(department=made["市发改委"], name="发改")
    DepartmentAlias.objects.create(department=made["市工信局"], name="工信部门")
    DepartmentAlias.objects.create(department=made["市资规局"], name="市自然资源局")
    for town in ("柳河镇", "石桥办事处"):
        made[town] = department(f"云溪市{town}", short_name=town, kind=Department.Kind.TOWN)
    DepartmentGroup.objects.create(name="各镇办", kinds=[Department.Kind.TOWN])
    return made


@pytest.fixture
def speech(people: Cast, office: dict[str, Department]) -> Speech:
    """The test speech, taken in and parsed."""
    made, _ = intake.accept(file_name="讲话.txt", content=SPEECH.encode(), by=people.supervisor, at=UPLOADED)
    return parsing.parse(made.pk, at=UPLOADED)
