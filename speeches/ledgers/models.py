"""A ledger file between its preview and its import."""

from django.conf import settings
from django.db import models

from accounts.models import User
from speeches.ledgers.options import Options


class LedgerFileQuerySet(models.QuerySet["LedgerFile"]):
    def visible_to(self, user: object) -> "LedgerFileQuerySet":
        """One's own: nobody finishes what another has begun."""
        return self.filter(uploaded_by=user) if isinstance(user, User) and user.is_supervisor else self.none()


class LedgerFile(models.Model):
    """What was uploaded and how the clerk wants it read. The bytes go when they are imported or too old."""

    file_name = models.CharField("文件名", max_length=200)
    content = models.BinaryField("内容", default=bytes)
    size = models.PositiveBigIntegerField("大小（字节）")
    options = models.JSONField("核对结果", default=dict, blank=True)  # speeches.ledgers.options.Options
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="上传人", related_name="ledger_files"
    )
    uploaded_at = models.DateTimeField("上传时间")
    imported_at = models.DateTimeField("导入时间", null=True, blank=True)
    codes = models.JSONField("导入的事项", default=list, blank=True)

    objects = LedgerFileQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "导入的台账"
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def choices(self) -> Options:
        return Options.of(self.options)
