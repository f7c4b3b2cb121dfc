"""Report days, reports and evidence."""

from django.conf import settings
from django.db import models

from tasks.models.items import Assignment
from tasks.querysets import AttachmentQuerySet, PeriodQuerySet, ThroughAssignmentQuerySet

WEEKEND = (5, 6)


class Period(models.Model):
    """One report day of one department. A missed one stays open for good; filing one never closes another."""

    class Beat(models.TextChoices):
        COLLECT = "collect", "收集"
        REPORT = "report", "汇报"

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, verbose_name="承办单位", related_name="periods"
    )
    beat = models.CharField("节拍", max_length=20, choices=Beat, default=Beat.REPORT)
    nominal_on = models.DateField("规定日期")
    due_on = models.DateField("反馈日")  # after the shift for holidays
    holiday = models.CharField("遇到的节假日", max_length=40, blank=True)  # 国庆节, where it is known
    filed_at = models.DateTimeField("反馈时间", null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "反馈期"
        ordering = ["due_on", "beat", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "beat", "nominal_on"], name="one_period_per_day"),
        ]
        indexes = [models.Index(fields=["due_on", "filed_at"])]

    def __str__(self) -> str:
        return f"{self.due_on} {self.get_beat_display()}"

    @property
    def is_shifted(self) -> bool:
        return self.nominal_on != self.due_on

    @property
    def shift_reason(self) -> str:
        """Why the report day is not the day the rhythm names; empty when it is."""
        if not self.is_shifted:
            return ""
        way = "顺延" if self.due_on > self.nominal_on else "提前"
        was, now = (f"{day.month}月{day.day}日" for day in (self.nominal_on, self.due_on))
        return f"原定{was}遇{self._day_off}，{way}至{now}"

    @property
    def _day_off(self) -> str:
        """An ordinary weekend is no holiday; a weekday off is always one, also where its name is unknown."""
        if self.holiday:
            return f"节假日（{self.holiday}）"
        return "休息日" if self.nominal_on.weekday() in WEEKEND else "节假日"


class Feedback(models.Model):
    """A report (反馈) of one department, filed for one period or in between."""

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, verbose_name="承办单位", related_name="feedbacks"
    )
    period = models.ForeignKey(
        Period, models.PROTECT, verbose_name="反馈期", null=True, blank=True, related_name="feedbacks"
    )
    progress = models.TextField("落实情况")
    problems = models.TextField("存在问题", blank=True)
    next_steps = models.TextField("下步思路", blank=True)
    is_unchanged = models.BooleanField("本期无变化", default=False)
    is_final = models.BooleanField("办结申请", default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="填报人", related_name="feedbacks"
    )
    at = models.DateTimeField("填报时间")

    objects = ThroughAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "反馈"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.progress[:40]


class Attachment(models.Model):
    """A file of evidence (佐证材料), stored under its hash, outside the web root."""

    feedback = models.ForeignKey(Feedback, models.CASCADE, verbose_name="反馈", related_name="files")
    file = models.FileField("文件", upload_to="evidence/")
    name = models.CharField("文件名", max_length=200)
    size = models.PositiveBigIntegerField("大小（字节）")
    sha256 = models.CharField("校验值", max_length=64)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "佐证材料"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
