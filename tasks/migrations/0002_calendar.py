"""Seed the working calendar with the holidays published so far."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tasks.holidays import published


def seed(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    work_day = apps.get_model("tasks", "WorkDay")
    work_day.objects.bulk_create(
        [work_day(on=on, is_workday=is_workday, name=name) for on, is_workday, name in published()],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("tasks", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
