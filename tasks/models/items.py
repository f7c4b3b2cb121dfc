"""Items (督办事项), their numbers, and the part each department has in them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Department
from tasks.moves import Status
from tasks.querysets import AssignmentQuerySet, TaskQuerySet


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
    deliverable = models.CharField("完成形式", max_length=200, blank=True)  # 报告、方案、工程
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

    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="上级事项", null=True, blank=True, related_name="children"
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="立项人", related_name="tasks_registered"
    )
    created_at = models.DateTimeField("立项时间")
    issued_at = models.DateTimeField("交办时间", null=True, blank=True)
    received_at = models.DateTimeField("签收时间", null=True, blank=True)
    submitted_at = models.DateTimeField("申请办结时间", null=True, blank=True)
    closed_at = models.DateTimeField("办结时间", null=True, blank=True)
    struck_off_at = models.DateTimeField("销号时间", null=True, blank=True)
    # Why the office, and not a department, is awaited; empty when it is not.
    declined_at = models.DateTimeField("异议待裁定起", null=True, blank=True)
    extension_asked_at = models.DateTimeField("延期待批复起", null=True, blank=True)
    paused_at = models.DateTimeField("暂停时间", null=True, blank=True)
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
    extension_asked_at = models.DateTimeField("延期待批复起", null=True, blank=True)

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
