"""The same import from the command line."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Department, DepartmentGroup, User
from tests.accounts.tables import DEPARTMENTS, GROUPS, PEOPLE

pytestmark = pytest.mark.django_db


def test_the_three_commands_bring_in_a_directory_and_can_run_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        for name, text in (("departments", DEPARTMENTS), ("people", PEOPLE), ("groups", GROUPS)):
            file = tmp_path / f"{name}.csv"
            file.write_bytes(text.encode("gb18030"))
            call_command(f"import_{name}", str(file))
    assert (Department.objects.count(), User.objects.count(), DepartmentGroup.objects.count()) == (3, 2, 2)
    assert "新增 3 个" in capsys.readouterr().out


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "d.csv"
    file.write_text(DEPARTMENTS, encoding="utf-8")
    call_command("import_departments", str(file), "--dry-run")
    assert "将会：单位新增 3 个" in capsys.readouterr().out
    assert not Department.objects.exists()


def test_faults_end_the_command_with_every_place_named(tmp_path: Path) -> None:
    file = tmp_path / "d.csv"
    file.write_text("单位全称,类别\n甲局,乱写\n,\n乙局,镇街\n丙局,也乱写\n", encoding="utf-8")
    with pytest.raises(CommandError) as stop:
        call_command("import_departments", str(file))
    assert "第 2 行“类别”列" in str(stop.value)
    assert "第 5 行“类别”列" in str(stop.value)
    assert not Department.objects.exists()


def test_a_file_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="读不到文件"):
        call_command("import_people", str(tmp_path / "none.csv"))
