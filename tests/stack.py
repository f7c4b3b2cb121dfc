"""The whole site as an office runs it: web, worker and beat in processes of their own."""

import os
import secrets
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

from config.launch import beat_command, web_command, worker_command
from tests.services import free_port, until_ready

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def private_database(server_url: str) -> Iterator[str]:
    """A new, empty database on the server; dropped afterwards, whoever is still connected."""
    name = f"luoshi_{secrets.token_hex(6)}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield server_url.rsplit("/", 1)[0] + f"/{name}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


class Stack:
    """Starts on entering (migrated, empty), stops on leaving; `url` is its address.

    `parts` holds "web", "worker" and "beat"; a test may kill one and call `start` again. Their output
    goes to `<folder>/<name>.log`.
    """

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")},
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "LUOSHI_DEMO": "1",
            "VAR_DIR": str(folder / "var"),
            "DATABASE_URL": "",
            "CELERY_BROKER_URL": "",
            "SITE_URL": self.url,
            "LOG_LEVEL": "INFO",
            "UPLOADS_PER_MINUTE": "1000",
            **environment,
        }
        self.parts: dict[str, subprocess.Popen[bytes]] = {}

    def manage(self, *arguments: str) -> str:
        """Run a management command to its end and return what it printed. A failure shows its output."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, f"manage.py {' '.join(arguments)}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self, name: str) -> None:
        """Start one of the three processes (again)."""
        commands = {
            "web": web_command("127.0.0.1", self.port),
            "worker": worker_command(),
            "beat": beat_command(),
        }
        with open(self.folder / f"{name}.log", "ab") as log:
            self.parts[name] = subprocess.Popen(
                commands[name], cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def log(self, name: str) -> str:
        """What the process has printed so far."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def is_up(self) -> bool:
        """Whether the web process answers at all."""
        try:
            with urllib.request.urlopen(f"{self.url}/accounts/login/", timeout=5) as answer:
                return bool(answer.status == 200)
        except urllib.error.HTTPError as refusal:
            raise AssertionError(f"{refusal}\n{self.log('web')}") from refusal
        except OSError:
            return False

    def __enter__(self) -> Self:
        self.manage("migrate", "--verbosity", "0")
        for name in ("web", "worker", "beat"):
            self.start(name)
        until_ready(self.is_up, "网站", self.parts["web"])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        for running in self.parts.values():
            if running.poll() is None:
                running.terminate()
        for running in self.parts.values():
            try:
                running.wait(3)
            except subprocess.TimeoutExpired:
                os.killpg(running.pid, signal.SIGKILL)
                running.wait()
