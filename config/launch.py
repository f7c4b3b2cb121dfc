"""The three processes of a site in service, as command lines: web, worker and beat."""

import os
import sys

WEB_WORKERS = 2
WEB_THREADS = 4
JOB_WORKERS = 2


def web_command(host: str, port: int) -> list[str]:
    """gunicorn: few processes with threads, for pages that wait on the database."""
    return [
        *(sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"{host}:{port}"),
        *("--workers", str(WEB_WORKERS), "--threads", str(WEB_THREADS)),
        *("--graceful-timeout", "5", "--no-control-socket", "--log-level", "warning"),
    ]


def celery(part: str) -> list[str]:
    """Without banner, and without a warning about root, who may well try the demo."""
    return [
        *(sys.executable, "-W", "ignore:You're running the worker", "-m", "celery", "--quiet"),
        *("--app", "config", part, "--loglevel", "WARNING"),
    ]


def worker_command() -> list[str]:
    """A Celery worker under a name of its own, so that two may run on one machine."""
    return [
        *celery("worker"),
        *("--concurrency", str(JOB_WORKERS), "--hostname", f"luoshi-{os.getpid()}@%h"),
        *("--without-gossip", "--without-mingle"),
    ]


def beat_command() -> list[str]:
    """Celery beat without a memory (settings.CELERY_BEAT_SCHEDULER): it only rings."""
    return [*celery("beat"), "--pidfile", ""]
