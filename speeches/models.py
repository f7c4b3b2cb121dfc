"""Text becomes tasks: the speech as uploaded and read, and each requirement found in it, still a draft."""

import re

from django.conf import settings
from django.db import models
from django.urls import reverse

from accounts.models import Department
from speeches.ledgers.models import LedgerFile
from speeches.querysets import OfficeQuerySet
from tasks.models import Task

__all__ = ["HEAVY", "Directive", "LedgerFile", "Speech", "Twin"]

HEAVY = ("raw_text", "text", "outline", "places", "sources", "frames", "removed", "restored")  # not for lists


class Speech(models.Model):
    """One uploaded or pasted text. Its row is also the queue of the parsing job: status, lease, attempts."""

    class Status(models.TextChoices):
        RECEIVED = "received", "等待解析"
        PARSING = "parsing", "解析中"
        PARSED = "parsed", "已解析"
        FAILED = "failed", "解析失败"
        CANCELLED = "cancelled", "已取消"

    kind = models.CharField("类别", max_length=20, choices=Task.Source, default=Task.Source.SPEECH)
    title = models.CharField("标题", max_length=200, blank=True)
    speaker = models.CharField("讲话人", max_length=60, blank=True)
    occasion = models.CharField("场合", max_length=200, blank=True)
    spoken_on = models.DateField("讲话日期", null=True, blank=True)
    sha256 = models.CharField("校验值", max_length=64)  # of the file; pieces share that of their parent
    file = models.FileField("原文件", upload_to="speeches/")
    file_name = models.CharField("文件名", max_length=200)
    size = models.PositiveBigIntegerField("大小（字节）")

    # A file that holds several speeches is divided: each piece is a speech, the parent keeps the whole text.
    parent = models.ForeignKey(
        "self", models.CASCADE, verbose_name="拆自", null=True, blank=True, related_name="pieces"
    )
    cut_at = models.PositiveIntegerField("在整篇中的起点", default=0)  # characters into parent.raw_text
    is_whole = models.BooleanField("按一篇处理", default=False)  # a clerk declined to divide it

    raw_text = models.TextField("读出的文字", blank=True)  # with what the reader left out
    sources = models.JSONField("各行在原件中的位置", default=list, blank=True)  # [[start, page, number], …]
    frames = models.JSONField("读取时略去的行", default=list, blank=True)  # [[start, end, reason], …]
    text = models.TextField("整理后的正文", blank=True)
    outline = models.JSONField("提纲", default=list, blank=True)  # [{start, end, title, depth}]
    places = models.JSONField("在原件中的位置", default=list, blank=True)  # [[start, page, number], …]
    removed = models.JSONField("去掉的行", default=list, blank=True)  # [{line, start, end, reason}]
    restored = models.JSONField("恢复的行", default=list, blank=True)  # the same; places are of raw_text
    warnings = models.JSONField("提示", default=list, blank=True)

    status = models.CharField("状态", max_length=20, choices=Status, default=Status.RECEIVED)
    stage = models.CharField("进度", max_length=40, blank=True)
    percent = models.PositiveSmallIntegerField("百分比", default=0)
    error = models.TextField("失败原因", blank=True)
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    lease_until = models.DateTimeField("占用至", null=True, blank=True)
    parser_version = models.CharField("解析器版本", max_length=20, blank=True)
    parsed_at = models.DateTimeField("解析时间", null=True, blank=True)

    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="上传人", related_name="speeches"
    )
    uploaded_at = models.DateTimeField("上传时间")

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "讲话"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sha256"], condition=models.Q(parent=None), name="speech_once_for_its_bytes"
            ),
        ]

    def __str__(self) -> str:
        return self.title or re.sub(r"\.\w{1,5}$", "", self.file_name)

    @property
    def is_waiting(self) -> bool:
        """Queued or being parsed: what stands here will change by itself."""
        return self.status in (self.Status.RECEIVED, self.Status.PARSING)


class Directive(models.Model):
    """A requirement found in a speech (工作要求): what was found, and beside it what the clerk decided."""

    class State(models.TextChoices):
        OPEN = "open", "待处理"
        ADOPTED = "adopted", "已立项"
        DROPPED = "dropped", "不采纳"
        MERGED = "merged", "已合并"

    class Tier(models.TextChoices):
        NAMED = "named", "点名单位"
        COLLECTIVE = "collective", "集合单位"
        UNASSIGNED = "unassigned", "未写明单位"

    class Origin(models.TextChoices):
        PARSER = "parser", "系统识别"
        CLERK = "clerk", "人工添加"

    speech = models.ForeignKey(Speech, models.CASCADE, verbose_name="讲话", related_name="directives")
    start = models.PositiveIntegerField("起点")  # characters into speech.text
    end = models.PositiveIntegerField("终点")
    quote = models.TextField("原文")
    tier = models.CharField("层级", max_length=20, choices=Tier)
    origin = models.CharField("来源", max_length=20, choices=Origin, default=Origin.PARSER)
    section = models.CharField("所在标题", max_length=200, blank=True)
    found = models.JSONField("识别结果", default=dict, blank=True)
    # found: {"units": [{text,start,end,role,organ}], "inherited": bool,
    #   "deadlines": [{text,start,end,due_on}], "recurrences": [{text,start,end,rrule,beat}],
    #   "targets": [{text,start,end}], "recipients": [text]}
    confidence = models.FloatField("把握", default=0)
    reasons = models.JSONField("依据", default=list, blank=True)
    flags = models.JSONField("提示", default=list, blank=True)
    suggested = models.JSONField("推荐单位", default=list, blank=True)  # [{department, score, reason}]

    title = models.CharField("事项名称", max_length=200)
    requirement = models.TextField("工作要求")
    lead = models.ForeignKey(
        Department, models.PROTECT, verbose_name="牵头单位", null=True, blank=True, related_name="+"
    )
    parts = models.ManyToManyField(Department, verbose_name="分办单位", blank=True, related_name="+")
    supports = models.ManyToManyField(Department, verbose_name="配合单位", blank=True, related_name="+")
    due_on = models.DateField("完成时限", null=True, blank=True)
    due_text = models.CharField("时限原文", max_length=100, blank=True)
    report_rule = models.CharField("反馈周期规则", max_length=200, blank=True)
    collect_rule = models.CharField("收集周期规则", max_length=200, blank=True)
    rhythm_text = models.CharField("周期原文", max_length=100, blank=True)
    assumed = models.JSONField(
        "推定项", default=list, blank=True
    )  # names of fields: lead, due_on, report_rule

    state = models.CharField("处理", max_length=20, choices=State, default=State.OPEN)
    is_touched = models.BooleanField("已人工处理", default=False)
    version = models.PositiveIntegerField("版本", default=1)  # two clerks: the second save is told
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, verbose_name="合并到", null=True, blank=True, related_name="merged"
    )
    task = models.OneToOneField(
        Task, models.PROTECT, verbose_name="事项", null=True, blank=True, related_name="directive"
    )
    merged_item = models.ForeignKey(
        Task,
        models.PROTECT,
        verbose_name="并入事项",
        null=True,
        blank=True,
        related_name="merged_directives",
    )

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "工作要求"
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="directive_has_extent"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def address(self) -> str:
        """Its exact place: the review page of its file, which leads to this draft however it is divided."""
        return f"{reverse('speeches:review', args=[self.speech.parent_id or self.speech_id])}?d={self.pk}"

    @property
    def is_joined(self) -> bool:
        """Merged across speeches: its sentence stands elsewhere than the one it was merged into."""
        if self.state != self.State.MERGED:
            return False
        return self.merged_item_id is not None or self._is_in_other_speech

    @property
    def _is_in_other_speech(self) -> bool:
        return self.merged_into is not None and self.merged_into.speech_id != self.speech_id


class Twin(models.Model):
    """A sentence that may ask for the same as a draft: of another speech, or of an item without a speech.

    Two drafts are each other's twin, in two rows. `is_distinct`: a clerk said that they are two duties.
    """

    directive = models.ForeignKey(Directive, models.CASCADE, verbose_name="工作要求", related_name="twins")
    other = models.ForeignKey(
        Directive, models.CASCADE, verbose_name="另一条要求", null=True, blank=True, related_name="+"
    )
    task = models.ForeignKey(
        Task, models.CASCADE, verbose_name="事项", null=True, blank=True, related_name="+"
    )
    likeness = models.FloatField("相近程度")
    is_distinct = models.BooleanField("不是同一件事", default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="判定人",
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField("判定时间", null=True, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "相近要求"
        ordering = ["-likeness", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(other__isnull=False, task__isnull=True)
                | models.Q(other__isnull=True, task__isnull=False),
                name="twin_of_a_draft_or_an_item",
            ),
            models.UniqueConstraint(fields=["directive", "other"], name="one_twin_per_draft"),
            models.UniqueConstraint(fields=["directive", "task"], name="one_twin_per_item"),
        ]

    def __str__(self) -> str:
        return f"{self.directive} ≈ {self.other or self.task}"
