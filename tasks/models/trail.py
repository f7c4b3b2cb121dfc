"""Every change of an item."""

from django.conf import settings
from django.db import models

from accounts.models import Department
from tasks.models.items import Task
from tasks.moves import Action, Status
from tasks.querysets import EventQuerySet


class TaskEvent(models.Model):
    """One change: who, when, what, why. Written by the verbs, never changed, pulled by the floor above."""

    task = models.ForeignKey(Task, models.CASCADE, verbose_name="事项", related_name="events")
    action = models.CharField("动作", max_length=20, choices=Action)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="办理人", related_name="task_events"
    )
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name="办理单位", null=True, blank=True, related_name="+"
    )
    # Who led until a referral: nobody could find that out later, when the assignments have changed again.
    released = models.ForeignKey(
        Department, models.PROTECT, verbose_name="移出单位", null=True, blank=True, related_name="+"
    )
    from_status = models.CharField("原状态", max_length=20, choices=Status, blank=True)
    to_status = models.CharField("新状态", max_length=20, choices=Status)
    note = models.TextField("说明", blank=True)
    at = models.DateTimeField("时间")

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "办理记录"
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["at"])]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.at:%Y-%m-%d %H:%M}"
