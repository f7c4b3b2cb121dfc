"""Four floors, and a parser that stands alone."""

import os
import subprocess
import sys

import pytest
from django.apps import apps
from django.core.management import call_command
from importlinter import cli

from config.celery import app as celery_app
from config.schedule import BEAT_SCHEDULE, TICK_SECONDS
from tests.architecture.sources import FLOORS, ROOT


def test_imports_point_down_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert cli.lint_imports(config_filename="pyproject.toml", no_cache=True) == cli.EXIT_STATUS_SUCCESS


def test_the_parser_imports_and_parses_with_django_absent() -> None:
    program = (
        "import sys, datetime\n"
        "for name in ('django', 'celery', 'rest_framework'): sys.modules[name] = None\n"
        "from speeches.parser import parse\n"
        "from speeches.parser.types import Context\n"
        "context = Context(datetime.date(2026, 3, 2))\n"
        "print(len(parse('请市水务局六月底前完成河道清淤。', context).directives))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "1", done.stderr


@pytest.mark.django_db
def test_no_model_waits_for_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_beat_rings_a_job_that_exists_and_lets_go_before_the_next_ring() -> None:
    celery_app.loader.import_default_modules()
    for entry in BEAT_SCHEDULE.values():
        assert entry["task"] in celery_app.tasks
        assert entry["options"]["expires"] < TICK_SECONDS  # type: ignore[index]


def test_background_work_lives_in_modules_called_jobs() -> None:
    celery_app.loader.import_default_modules()
    ours = [name for name in celery_app.tasks if not name.startswith("celery.")]
    assert ours
    assert all(name.split(".")[-2] == "jobs" for name in ours), ours


def test_every_label_of_a_model_is_chinese() -> None:
    foreign = [
        f"{model._meta.label}.{field.name}: {field.verbose_name}"
        for name in FLOORS
        for model in apps.get_app_config(name).get_models()
        for field in model._meta.fields
        if field.name not in {"id", "ptr"} and str(field.verbose_name).isascii()
    ]
    assert not foreign, foreign


def test_no_file_names_a_folder_of_one_machine() -> None:
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "safe.directory",
            "GIT_CONFIG_VALUE_0": "*",
        },
    ).stdout.split("\0")
    marks = (b"/" + b"work/", b"/" + b"root/", b"pypi" + b".org", b"registry." + b"npmjs")
    present = [name for name in listing if name and (ROOT / name).is_file()]  # not what is being removed
    named = [name for name in present if any(mark in (ROOT / name).read_bytes() for mark in marks)]
    assert not named, named
