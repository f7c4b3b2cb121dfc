"""The ledger (台账): items, who handles them, report periods, reports, evidence, and every change."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Department
from tasks.moves import Action, Status
from tasks.querysets import (
    AssignmentQuerySet,
    AttachmentQuerySet,
    EventQuerySet,
    PeriodQuerySet,
    TaskQuerySet,
    ThroughAssignmentQuerySet,
)


class Task(models.Model):
    """One item (督办事项). `status` is assigned in `tasks.actions._move` and nowhere else."""

    class Source(models.TextChoices):
        SPEECH = "speech", "讲话"
        MEETING = "meeting", "会议"
        INSTRUCTION = "instruction", "批示"
        DOCUMENT = "document", "文件"

    class Urgency(models.TextChoices):
        NORMAL = "normal", "一般"
        URGENT = "urgent", "紧急"
        CRITICAL = "critical", "特急"

    code = models.CharField("编号", max_length=40, unique=True)
    title = models.CharField("事项名称", max_length=200)
    requirement = models.TextField("工作要求")
    status = models.CharField("状态", max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    urgency = models.CharField("紧急程度", max_length=20, choices=Urgency, default=Urgency.NORMAL)

    source_kind = models.CharField("来源类别", max_length=20, choices=Source, default=Source.SPEECH)
    source_title = models.CharField("来源标题", max_length=200, blank=True)
    source_quote = models.TextField("原文摘录", blank=True)
    source_url = models.CharField("原文位置", max_length=200, blank=True)
    source_on = models.DateField("来源日期", null=True, blank=True)
    raised_by = models.CharField("提出领导", max_length=60, blank=True)

    due_on = models.DateField("完成时限", null=True, blank=True)
    due_text = models.CharField("时限原文", max_length=100, blank=True)
    due_is_assumed = models.BooleanField("时限为推定", default=False)
    report_rule = models.CharField("反馈周期规则", max_length=200, blank=True)  # RFC 5545
    collect_rule = models.CharField("收集周期规则", max_length=200, blank=True)  # RFC 5545
    rhythm_text = models.CharField("周期原文", max_length=100, blank=True)
    recipients = models.CharField("汇报对象", max_length=100, blank=True)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="立项人", related_name="tasks_registered"
    )
    created_at = models.DateTimeField("立项时间")
    issued_at = models.DateTimeField("交办时间", null=True, blank=True)
    received_at = models.DateTimeField("签收时间", null=True, blank=True)
    submitted_at = models.DateTimeField("申请办结时间", null=True, blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    struck_off_at = models.DateTimeField("销号时间", null=True, blank=True)
    result = models.TextField("办理结果", blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "督办事项"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="task_status_is_known"),
        ]
        indexes = [models.Index(fields=["status", "due_on"]), models.Index(fields=["-created_at"])]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def lead(self) -> Department | None:
        """The lead department; uses prefetched assignments where there are any."""
        leads = [a.department for a in self.assignments.all() if a.role == Assignment.Role.LEAD]
        return leads[0] if leads else None


class TaskNumber(models.Model):
    """The last number given in a year; its locked row hands out the next one."""

    year = models.PositiveIntegerField("年度", unique=True)
    last = models.PositiveIntegerField("已用序号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "事项编号"

    def __str__(self) -> str:
        return f"{self.year}-{self.last}"


class Assignment(models.Model):
    """A department's part in an item (承办单位)."""

    class Role(models.TextChoices):
        LEAD = "lead", "牵头单位"
        PART = "part", "分办单位"
        SUPPORT = "support", "配合单位"
        TRANSFERRED = (
            "transferred",
            "已转出",
        )  # was responsible once: its reports stay, nothing is asked of it

    task = models.ForeignKey(Task, models.CASCADE, verbose_name="事项", related_name="assignments")
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name="单位", related_name="assignments"
    )
    role = models.CharField("分工", max_length=20, choices=Role)
    due_on = models.DateField("本单位时限", null=True, blank=True)
    received_at = models.DateTimeField("签收时间", null=True, blank=True)
    submitted_at = models.DateTimeField("申请办结时间", null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "承办单位"
        ordering = ["role", "department__sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["task"], condition=Q(role="lead"), name="one_lead_per_task"),
            models.UniqueConstraint(fields=["task", "department"], name="one_assignment_per_department"),
        ]

    def __str__(self) -> str:
        return f"{self.department}（{self.get_role_display()}）"


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
        return f"原定{was}遇节假日，{way}至{now}"


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
