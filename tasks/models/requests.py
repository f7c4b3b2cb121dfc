"""What a department asks of the office, and what the office answers."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from tasks.models.items import Assignment
from tasks.querysets import ThroughAssignmentQuerySet


class Extension(models.Model):
    """A request for more time (延期). One at a time for each department; all of them stay on the record."""

    class State(models.TextChoices):
        ASKED = "asked", "待批复"
        GRANTED = "granted", "同意"
        REFUSED = "refused", "不同意"
        LAPSED = "lapsed", "失效"  # the item went on before the office answered

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, verbose_name="承办单位", related_name="extensions"
    )
    state = models.CharField("结果", max_length=20, choices=State, default=State.ASKED)
    was_due_on = models.DateField("原时限")
    due_on = models.DateField("申请延至")
    reason = models.TextField("延期理由")
    progress = models.TextField("目前进展")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="申请人", related_name="extensions_asked"
    )
    asked_at = models.DateTimeField("申请时间")
    granted_on = models.DateField("批准延至", null=True, blank=True)
    answer = models.TextField("批复意见", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="批复人",
        null=True,
        blank=True,
        related_name="extensions_answered",
    )
    answered_at = models.DateTimeField("批复时间", null=True, blank=True)

    objects = ThroughAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "延期申请"
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(state="asked"), name="one_extension_asked_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="granted") | Q(granted_on__isnull=False), name="granted_to_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.was_due_on} → {self.due_on}（{self.get_state_display()}）"
