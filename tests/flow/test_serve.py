"""`manage.py serve`, which is what `./run` ends in: starts all, keeps all, stops all."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.services import Unavailable, until_ready
from tests.stack import ROOT, Stack


class Served:
    """A running `manage.py serve` and what it has printed."""

    def __init__(self, folder: Path) -> None:
        self.stack = Stack(folder)  # for its environment and its address only
        self.output = folder / "serve.log"
        command = [sys.executable, "-u", "manage.py", "serve", "--port", str(self.stack.port)]
        with open(self.output, "wb") as log:
            self.running = subprocess.Popen(
                command, cwd=ROOT, env=self.stack.environment, stdout=log, stderr=log, start_new_session=True
            )

    @property
    def printed(self) -> str:
        return self.output.read_text(encoding="utf-8", errors="replace")

    def is_ready(self) -> bool:
        """Whether the page for the operator is green: database, worker and beat all at work."""
        try:
            with urllib.request.urlopen(f"{self.stack.url}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.HTTPError):
            return False

    def children(self, word: str = "") -> set[int]:
        """All processes below ours, or those with the word in their command line."""
        return {pid for pid in descendants(self.running.pid) if word in command_of(pid)}

    def has_more_than(self, before: set[int], word: str) -> bool:
        """Whether a new process with the word has come."""
        return bool(self.children(word) - before)


def parents() -> dict[int, int]:
    """Every process and its parent, from /proc."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z":
            found[int(stat.parent.name)] = int(fields[1])
    return found


def descendants(pid: int) -> set[int]:
    tree = parents()
    below: set[int] = set()
    layer = {pid}
    while layer:
        layer = {child for child, parent in tree.items() if parent in layer}
        below |= layer
    return below


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").replace("\0", " ")
    except OSError:
        return ""


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    """A site that has started, with the demo in it."""
    site = Served(folder)
    try:
        until_ready(lambda: "已启动" in site.printed, "serve", site.running)
        yield site
    except Unavailable as reason:
        pytest.fail(f"{reason}\n{site.printed}")
    finally:
        if site.running.poll() is None:
            os.killpg(site.running.pid, signal.SIGKILL)
            site.running.wait()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("serve")) as site:
        yield site


def test_it_tells_where_it_is_who_may_sign_in_and_where_mails_go(served: Served) -> None:
    assert served.stack.url in served.printed
    for account in ("duban", "fagai", "gongxin", "lingdao", "admin"):
        assert account in served.printed
    assert "/notices/outbox/" in served.printed
    assert str(served.stack.folder / "var" / "outbox") in served.printed


def test_a_killed_worker_and_a_killed_beat_come_back(served: Served) -> None:
    until_ready(served.is_ready, "readyz")
    for part in (" worker ", " beat "):
        before = served.children(part)
        assert before
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        until_ready(partial(served.has_more_than, before, part), part)
    assert "意外退出" in served.printed


def test_a_busy_port_is_one_line_and_nothing_is_started(served: Served) -> None:
    command = [sys.executable, "manage.py", "serve", "--port", str(served.stack.port)]
    done = subprocess.run(command, cwd=ROOT, env=served.stack.environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "已被占用" in done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopping_leaves_no_process_behind(number: int, tmp_path: Path) -> None:
    with serving(tmp_path) as site:
        # gunicorn and two workers, celery and a pool of two, beat
        until_ready(lambda: len(site.children()) >= 7, "全部进程")
        everybody = site.children()
        site.running.send_signal(number)
        assert site.running.wait(60) == 0
        assert not everybody & set(parents())
        assert "已全部停止" in site.printed
