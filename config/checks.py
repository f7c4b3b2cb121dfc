"""System checks of our own: what must hold before the site may start."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

# A mail waits on the server at most six times: connect, HELO, MAIL, RCPT, DATA, final dot.
WAITS_PER_MAIL = 6
SAFE_SHARE = 0.4
LOOPBACK = {None, "localhost", "127.0.0.1", "::1"}


def lease_outlasts_a_mail(
    app_configs: Sequence[AppConfig] | None, **kwargs: object
) -> list[checks.CheckMessage]:
    """With a shorter lease a slow server makes one letter go out several times (one went out six times)."""
    worst = WAITS_PER_MAIL * settings.SMTP_TIMEOUT
    if worst <= settings.OUTBOX_LEASE * SAFE_SHARE:
        return []
    return [
        checks.Error(
            f"OUTBOX_LEASE={settings.OUTBOX_LEASE} 秒太短，慢邮件服务器会让同一封信发出多次",
            hint=f"应不小于 {worst / SAFE_SHARE:.0f} 秒（6 × SMTP_TIMEOUT ÷ 0.4）",
            id="luoshi.E001",
        )
    ]


def broker_has_a_lock(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[checks.CheckMessage]:
    """Whoever reaches an open Redis can hand jobs to our worker."""
    broker = urlsplit(settings.CELERY_BROKER_URL)
    if broker.scheme not in {"redis", "rediss"} or broker.password or broker.hostname in LOOPBACK:
        return []
    return [
        checks.Error(
            f"Redis（{broker.hostname}）没有口令，又不在本机上，不予启动",
            hint="请给 Redis 设置 requirepass，并把 CELERY_BROKER_URL 写成 redis://:口令@主机:6379/0",
            id="luoshi.E002",
        )
    ]


def install() -> None:
    """Make Django run the checks above."""
    checks.register(lease_outlasts_a_mail)
    checks.register(broker_has_a_lock)
