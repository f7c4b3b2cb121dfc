"""Time passes: everything that leaves the building is first a row here."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Department
from supervision.querysets import NoticeQuerySet
from tasks.models import Task, TaskEvent


class Notice(models.Model):
    """One letter to one person. The row is the queue, the record and the trail (留痕)."""

    class Kind(models.TextChoices):
        ISSUED = "issued", "交办通知"
        WEEKLY = "weekly", "周提醒"
        SUBMITTED = "submitted", "办结申请"
        DECLINED = "declined", "退回交办"
        SENT_BACK = "sent_back", "退回重办"
        REFERRED = "referred", "转办通知"
        CLOSED = "closed", "办结通知"
        REOPENED = "reopened", "重启通知"
        WITHDRAWN = "withdrawn", "撤销通知"
        EXTENSION_ASKED = "extension_asked", "延期申请"
        EXTENSION_GRANTED = "extension_granted", "同意延期"
        EXTENSION_REFUSED = "extension_refused", "不同意延期"
        REDATED = "redated", "时限调整"
        PAUSED = "paused", "暂停通知"
        RESUMED = "resumed", "恢复通知"
        INSTRUCTED = "instructed", "领导批示"

    class State(models.TextChoices):
        PENDING = "pending", "待发送"
        SENDING = "sending", "发送中"
        SENT = "sent", "已发送"
        DEAD = "dead", "发送失败"
        SKIPPED = "skipped", "未发送"
        DISMISSED = "dismissed", "已作废"

    # Known before the row is written, so that the letter can carry the link to itself.
    id = models.UUIDField("通知编号", primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("类别", max_length=20, choices=Kind)
    dedupe_key = models.CharField("唯一键", max_length=120, unique=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="收件人",
        null=True,
        blank=True,
        related_name="notices",
    )
    department = models.ForeignKey(
        Department, models.PROTECT, verbose_name="单位", null=True, blank=True, related_name="notices"
    )
    task = models.ForeignKey(
        Task, models.CASCADE, verbose_name="事项", null=True, blank=True, related_name="notices"
    )
    event = models.ForeignKey(
        TaskEvent, models.CASCADE, verbose_name="办理记录", null=True, blank=True, related_name="notices"
    )
    address = models.CharField("收件地址", max_length=254, blank=True)
    subject = models.CharField("主题", max_length=200)
    body_text = models.TextField("正文")
    body_html = models.TextField("网页正文", blank=True)

    state = models.CharField("发送状态", max_length=20, choices=State, default=State.PENDING)
    due_at = models.DateTimeField("应发时间")
    try_at = models.DateTimeField("下次尝试")
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    lease_until = models.DateTimeField("占用至", null=True, blank=True)
    lease_token = models.CharField("占用标记", max_length=40, blank=True)
    message_id = models.CharField("邮件标识", max_length=254)
    last_error = models.TextField("原因", blank=True)
    is_uncertain = models.BooleanField("可能已送达", default=False)  # the server fell silent after the body
    created_at = models.DateTimeField("生成时间")
    sent_at = models.DateTimeField("发送时间", null=True, blank=True)
    opened_at = models.DateTimeField("打开时间", null=True, blank=True)
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="作废人",
        null=True,
        blank=True,
        related_name="notices_dismissed",
    )
    dismissed_at = models.DateTimeField("作废时间", null=True, blank=True)
    dismissal = models.CharField("作废理由", max_length=200, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通知"
        ordering = ["-created_at", "-due_at", "dedupe_key"]
        indexes = [models.Index(fields=["state", "try_at"]), models.Index(fields=["-created_at"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(lease_until__isnull=False), name="sending_has_a_lease"
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="sent_has_a_moment"
            ),
            models.CheckConstraint(
                condition=~Q(state="dismissed")
                | (Q(dismissed_by__isnull=False, dismissed_at__isnull=False) & ~Q(dismissal="")),
                name="dismissed_says_who_when_why",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def number(self) -> str:
        """The number people quote when they ask about a letter."""
        return self.id.hex[:8].upper()

    @property
    def has_failed(self) -> bool:
        """It waits for a person: to be sent again, or to be dismissed."""
        return self.state == self.State.DEAD


class Round(models.Model):
    """One turn of a recurring letter: once its rows are written, the question is not asked again."""

    key = models.CharField("期次", max_length=40, unique=True)  # weekly:2026-W35
    due_at = models.DateTimeField("应发时间")
    written_at = models.DateTimeField("生成时间")
    letters = models.PositiveIntegerField("通知数", default=0)
    is_skipped = models.BooleanField("已过期未发", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "提醒期次"
        ordering = ["-due_at"]

    def __str__(self) -> str:
        return self.key


class Heartbeat(models.Model):
    """When a recurring job last ran, so that a stopped clock is seen (`/readyz`)."""

    name = models.CharField("作业", max_length=40, unique=True)
    at = models.DateTimeField("最近一次")
    since_on = models.DateField("启用日期")  # nothing before this day is caught up

    class Meta:
        verbose_name = verbose_name_plural = "心跳"

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"
