"""How long the ledger takes to leave as .xlsx, against plain CSV of the same rows, and in how much memory.

    .venv/bin/python benchmarks/ledger_export.py [--items 100000]

Items, their departments and a report each are made in a fresh database (DATABASE_URL, else SQLite in a
temporary folder). Each format is written in a process of its own, so that its peak memory is its own.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
if "--write" not in sys.argv:  # the writers share the folder of the process that started them
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="luoshi-bench-")
os.environ.update(LUOSHI_DEMO="1", DJANGO_SETTINGS_MODULE="config.settings")
sys.path.insert(0, str(ROOT))
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from accounts.models import Department, User  # noqa: E402
from tasks.columns import lines  # noqa: E402
from tasks.listing import ordered, with_latest  # noqa: E402
from tasks.models import Assignment, Feedback, Task  # noqa: E402
from tasks.spreadsheets import csv_lines, write_workbook  # noqa: E402
from tasks.workdays import calendar  # noqa: E402

TODAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
BATCH = 2_000


def fill(count: int) -> None:
    """A ledger of `count` items underway, each with a lead, a supporter and one report."""
    call_command("migrate", verbosity=0)
    by = User.objects.create_user("ducha", role=User.Role.SUPERVISOR)
    departments = [Department.objects.create(name=f"云川市第{number}局") for number in range(40)]
    for begin in range(0, count, BATCH):
        items = Task.objects.bulk_create(
            _item(number, by) for number in range(begin, min(begin + BATCH, count))
        )
        leads = Assignment.objects.bulk_create(
            Assignment(task=item, department=departments[item.pk % 40], role="lead") for item in items
        )
        Assignment.objects.bulk_create(
            Assignment(task=item, department=departments[(item.pk + 1) % 40], role="support")
            for item in items
        )
        Feedback.objects.bulk_create(
            Feedback(assignment=lead, progress="已完成8处，其余4处正在施工。" * 3, by=by, at=NOON)
            for lead in leads
        )
    connection.cursor().execute("ANALYZE")  # a base in service knows its tables; one just filled does not


def _item(number: int, by: User) -> Task:
    return Task(
        code=f"DB2026-{number:06}",
        title=f"城区第{number}处内涝点整治",
        requirement="汛期前完成内涝点整治，建立排水设施巡查台账，每周报送进展。" * 2,
        source_title="在全市防汛工作会议上的讲话",
        source_quote="市水务局牵头，汛期前完成12处内涝点整治。",
        status="underway",
        due_on=TODAY + timedelta(days=number % 90),
        report_rule="FREQ=WEEKLY;BYDAY=FR",
        created_by=by,
        created_at=NOON,
        issued_at=NOON,
    )


def write(kind: str, path: Path) -> None:
    """One file; prints seconds, seconds of the processor, and peak megabytes."""
    began, began_cpu = time.perf_counter(), time.process_time()
    found = lines(ordered(with_latest(Task.objects.all()), "-code"), today=TODAY, days=calendar())
    with path.open("wb") as file:
        if kind == "csv":
            file.writelines(csv_lines(found))
        else:
            write_workbook(file, found, today=TODAY)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(time.perf_counter() - began, time.process_time() - began_cpu, peak)


def measured(kind: str, path: Path) -> list[float]:
    answer = subprocess.run(
        [sys.executable, __file__, "--write", kind, str(path)], check=True, capture_output=True, text=True
    )
    return [float(word) for word in answer.stdout.split()[-3:]]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--write", nargs=2, metavar=("KIND", "FILE"))
    chosen = parser.parse_args()
    if chosen.write:
        write(chosen.write[0], Path(chosen.write[1]))
        return
    try:
        fill(chosen.items)
        folder = Path(os.environ["VAR_DIR"])
        figures = {kind: measured(kind, folder / f"ledger.{kind}") for kind in ("csv", "xlsx")}
        for kind, (seconds, cpu, peak) in figures.items():
            size = (folder / f"ledger.{kind}").stat().st_size / 1_000_000
            print(
                f"{kind:5} {chosen.items:,} rows  {seconds:5.1f} s  CPU {cpu:5.1f} s  "
                f"{chosen.items / cpu:7,.0f} rows/s of CPU  {cpu / figures['csv'][1]:4.2f} x csv  "
                f"peak {peak:4.0f} MB  file {size:5.1f} MB"
            )
    finally:
        shutil.rmtree(os.environ["VAR_DIR"], ignore_errors=True)


if __name__ == "__main__":
    main()
