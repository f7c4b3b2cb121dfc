"""`manage.py serve`: the whole site in one command, web + worker + beat, until Ctrl-C."""

import os
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from config.launch import beat_command, web_command, worker_command
from config.ports import complaint
from config.supervisor import Child, Supervisor

FIRST_ANSWER_WITHIN = 60  # half seconds


class Command(BaseCommand):
    help = "启动网站、后台作业与定时器，并在其中一个退出时自动重启；按 Ctrl-C 全部停止"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="监听端口，默认 8000")
        parser.add_argument("--host", default="127.0.0.1", help="监听地址，默认只供本机访问")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        trouble = complaint(host, port)
        if trouble:
            raise CommandError(trouble)
        if settings.DEMO:
            os.environ.setdefault("LUOSHI_DEMO", "1")
            os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
        os.chdir(settings.BASE_DIR)
        self.prepare()
        children = [
            Child("网站", web_command(host, port)),
            Child("作业", worker_command()),
            Child("定时", beat_command()),
        ]
        supervisor = Supervisor(children, self.show)
        threading.Thread(target=self.greet, args=(port, supervisor.is_stopping), daemon=True).start()
        supervisor.run()
        self.stdout.write("已全部停止")

    def prepare(self) -> None:
        """Bring the database and the static files up to date; fill the demo once."""
        call_command("migrate", verbosity=0)
        if settings.DEMO:
            # In a process of its own, for it must see the SITE_URL of this start.
            subprocess.run([sys.executable, "manage.py", "seed_demo", "--if-empty"], check=True)
        elif not settings.DEBUG:
            call_command("collectstatic", interactive=False, verbosity=0)
        connections.close_all()

    def show(self, name: str, line: str) -> None:
        self.stdout.write(f"{name} │ {line}")
        self.stdout.flush()

    def greet(self, port: int, is_stopping: threading.Event) -> None:
        """Say where the site is, once it answers."""
        for _ in range(FIRST_ANSWER_WITHIN):
            if answers(port):
                break
            if is_stopping.wait(0.5):
                return
        mails = f"邮件不外发，存于 {settings.MAIL_OUTBOX}，可在 {site_url()}/notices/outbox/ 查看"
        self.stdout.write(f"\n  落实 {settings.VERSION} 已启动：{site_url()}")
        if settings.MAIL_OUTBOX is not None:
            self.stdout.write(f"  {mails}")
        self.stdout.write("  按 Ctrl-C 停止\n")
        self.stdout.flush()


def site_url() -> str:
    return os.environ.get("SITE_URL") or settings.SITE_URL


def answers(port: int) -> bool:
    """Whether the web process answers anything at all on the loopback."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
