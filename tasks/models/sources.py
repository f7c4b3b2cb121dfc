"""Where else the same thing was asked for."""

from django.conf import settings
from django.db import models

from tasks.models.items import Task
from tasks.querysets import ThroughTaskQuerySet


class TaskSource(models.Model):
    """A further sentence that asks for what the item does (补充来源); the first stands in the item itself."""

    task = models.ForeignKey(Task, models.CASCADE, verbose_name="事项", related_name="more_sources")
    kind = models.CharField("来源类别", max_length=20, choices=Task.Source, default=Task.Source.SPEECH)
    title = models.CharField("来源标题", max_length=200, blank=True)
    quote = models.TextField("原文摘录")
    url = models.CharField("原文位置", max_length=200)
    said_on = models.DateField("来源日期", null=True, blank=True)
    raised_by = models.CharField("提出领导", max_length=60, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="并入人", related_name="sources_added"
    )
    added_at = models.DateTimeField("并入时间")

    objects = ThroughTaskQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "补充来源"
        ordering = ["added_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["task", "url"], name="one_source_per_place")]

    def __str__(self) -> str:
        return f"《{self.title}》" if self.title else self.get_kind_display()
