"""What a tick does, without Celery: for cron, and for drills."""

from argparse import ArgumentParser
from datetime import datetime, time, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from speeches import jobs as reading
from speeches import parsing
from speeches.models import Speech
from supervision import heartbeat, notices, wording
from supervision.jobs import extend_periods
from supervision.models import Notice
from supervision.smtp import Fate

WORDS = {
    Fate.SENT: "已发出",
    Fate.REFUSED: "被拒收",
    Fate.LATER: "稍后再发",
    Fate.UNKNOWN: "可能已送达，稍后再发",
    Fate.UNREACHABLE: "邮件服务器连不上",
}

DRILL = "演练：只处理通知，不解析讲话，也不补建反馈日。"


def moment(text: str) -> datetime:
    """2026-08-31T08:00, 2026-08-31 08:00 or 2026-08-31 (that day at the hour of the digest, 8 o'clock)."""
    try:
        day = parse_date(text)
        found = datetime.combine(day, time(8)) if day else parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise CommandError(f"看不懂时间“{text}”，请写成 2026-08-31 或 2026-08-31T08:00")
    return timezone.make_aware(found) if timezone.is_naive(found) else found


class Command(BaseCommand):
    help = (
        "不用 Celery 完成一次定时作业：解析等待中的讲话、补建反馈日、生成并发送到期的通知；"
        "重复运行不会重复发送。用 --on 或 --dry-run 演练时只处理通知，不解析讲话，也不补建反馈日"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", metavar="时间", help="当作这个时间运行，如 2026-08-31T08:00；默认现在")
        parser.add_argument("--dry-run", action="store_true", help="只列出将要发送的通知，不写入也不发送")

    def handle(self, *args: Any, **options: Any) -> None:
        now = moment(options["on"]) if options["on"] else timezone.now()
        self.stdout.write(f"时间：{wording.moment(now)}")
        if options["dry_run"]:
            self.rehearse(now)
            return
        if options["on"]:
            self.stdout.write(DRILL)
        else:
            notices.go_live(now)
            extend_periods(now)
            self.read_speeches(now)
        written = notices.queue_all(now)
        fates = notices.drain(self.clock(options["on"], now), turn=timedelta(hours=1))
        self.stdout.write(f"新生成 {written} 封。" + self.told(fates))
        self.list_dead()
        if not options["on"]:
            heartbeat.beat(heartbeat.TICK, timezone.now())

    def read_speeches(self, now: datetime) -> None:
        """Read, here and now, the speeches for which a tick would ring a worker."""
        waiting = [parsing.parse(pk, at=timezone.now()) for pk in reading.waiting(now)]
        if waiting:
            self.stdout.write(f"解析讲话 {len(waiting)} 篇。")
        for speech in waiting:
            if speech.status == Speech.Status.FAILED:
                self.stdout.write(f"  {speech}：{speech.error}")

    def clock(self, on: str | None, start: datetime) -> Any:
        """The wall clock, moved to the moment asked for."""
        shift = start - timezone.now()
        return timezone.now if on is None else lambda: timezone.now() + shift

    def rehearse(self, now: datetime) -> None:
        """Do it all in a transaction and take it back: what is listed is what would go."""
        self.stdout.write(DRILL)
        with transaction.atomic():
            notices.queue_all(now)
            waiting = Notice.objects.waiting(now).select_related("recipient", "department")
            self.stdout.write(f"将发送 {len(waiting)} 封（试运行，什么也没有写入）：")
            for notice in waiting:
                self.stdout.write(f"  {notice.recipient} <{notice.address}>：{notice.subject}")
            self.list_dead()
            transaction.set_rollback(True)

    def told(self, fates: Any) -> str:
        counts = [f"{WORDS[fate]} {count} 封" for fate, count in fates.items()]
        return "，".join(counts) + "。" if counts else "没有要发送的。"

    def list_dead(self) -> None:
        dead = Notice.objects.dead()
        if dead:
            self.stdout.write(f"发送失败、等人处理 {len(dead)} 封：")
        for notice in dead:
            self.stdout.write(f"  {notice.subject}：{notice.last_error}")
