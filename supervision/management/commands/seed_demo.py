"""Fill an installation with the invented city of 澜江市, so that no page is empty."""

from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from supervision import notices
from supervision.demo import cast, stage
from supervision.demo.days import moment, workday_before
from supervision.demo.texts import SPEECHES
from tasks import workdays

REFUSED = (
    "当前是正式环境，没有载入演示数据（演示账号的口令是公开的）。"
    "试用请另建目录运行 ./run；确要在此载入请加 --force，用完立即停用这些账号。"
)


class Command(BaseCommand):
    help = "载入演示数据：虚构的澜江市，有单位、人员、四篇讲话和各种状态的督办事项。可重复运行。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="系统里已有任何账号时什么也不做")
        parser.add_argument("--today", type=date.fromisoformat, help="把这一天当作今天，如 2026-06-30")
        parser.add_argument("--force", action="store_true", help="正式环境也载入（演示口令人人知道，慎用）")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (options["if_empty"] and User.objects.exists()):
            self._seed(_now(options["today"]), force=options["force"])
        if stage.is_told():
            self.stdout.write(cast.greeting())

    @transaction.atomic
    def _seed(self, now: datetime, *, force: bool) -> None:
        if not (settings.DEMO or settings.DEBUG or force):
            raise CommandError(REFUSED)
        if stage.is_told():
            self.stdout.write("演示数据已经在库中，没有改动。")
            return
        cast.enter()
        calendar = workdays.calendar()
        today = timezone.localdate(now)
        began = workday_before(today, max(speech.workdays_ago for speech in SPEECHES), calendar)
        notices.go_live(now, since=began)
        stage.tell(today=today, calendar=calendar, post=_post if settings.MAIL_OUTBOX else _keep)
        notices.queue_all(now)


def _post(at: datetime) -> None:
    """Letters into the file outbox, as the tick of that moment would have done."""
    notices.queue_all(at)
    notices.drain(lambda: at)


def _keep(at: datetime) -> None:
    """With a real mail server the old letters of an invented city are not sent: they end as 未发送."""


def _now(today: date | None) -> datetime:
    """The present moment, or nine in the morning of the day that stands for today."""
    return moment(today, 9) if today else timezone.now()
