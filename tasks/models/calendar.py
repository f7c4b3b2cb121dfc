"""The working calendar."""

from django.db import models


class WorkDay(models.Model):
    """A day named by the State Council: a public holiday, weekend days too, or a make-up day (调休)."""

    on = models.DateField("日期", unique=True)
    is_workday = models.BooleanField("上班")
    name = models.CharField("说明", max_length=40, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "工作日历"
        ordering = ["on"]

    def __str__(self) -> str:
        return f"{self.on} {'上班' if self.is_workday else '放假'}"
