"""Whether the site can work: database, clock, outbox."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connection

from supervision import heartbeat
from supervision.models import Notice

TICK_LIMIT = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class Health:
    """`trouble`: what is wrong and where to look, in Chinese; empty when all is well."""

    has_database: bool
    tick_age: int | None = None  # seconds; None: never ticked
    stale_notices: int = 0
    trouble: tuple[str, ...] = ()

    @property
    def is_ready(self) -> bool:
        return not self.trouble


def examine(now: datetime) -> Health:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return _examine_rows(now)
    except DatabaseError:
        return Health(has_database=False, trouble=("数据库连不上：请检查 DATABASE_URL 和数据库服务。",))


def _examine_rows(now: datetime) -> Health:
    at = heartbeat.last_beat(heartbeat.TICK)
    age = None if at is None else now - at
    stale = Notice.objects.stale(now).count()
    trouble = []
    if age is None or age > TICK_LIMIT:
        trouble.append("定时器超过 3 分钟没有走动：请检查 beat 和 worker 两个进程及其日志。")
    if stale:
        trouble.append(f"{stale} 封通知等待发送超过 15 分钟：请检查 worker 进程和邮件服务器设置。")
    seconds = None if age is None else int(age.total_seconds())
    return Health(True, seconds, stale, tuple(trouble))
