"""Report days remember the holiday that moved them; a referral remembers whom it released."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def name_holidays(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    period, work_day = apps.get_model("tasks", "Period"), apps.get_model("tasks", "WorkDay")
    for day in work_day.objects.filter(is_workday=False).exclude(name=""):
        period.objects.filter(nominal_on=day.on).update(holiday=day.name)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("tasks", "0002_calendar")]
    operations = [
        migrations.AddField(
            model_name="period",
            name="holiday",
            field=models.CharField(blank=True, max_length=40, verbose_name="遇到的节假日"),
        ),
        migrations.AddField(
            model_name="taskevent",
            name="released",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.department",
                verbose_name="移出单位",
            ),
        ),
        migrations.RunPython(name_holidays, migrations.RunPython.noop),
    ]
