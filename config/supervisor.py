"""Keeps a few child processes alive and takes all of them along when it stops.

Each child leads a process group of its own: Ctrl-C reaches the supervisor alone, which then asks the children
to stop, waits, and ends by force what is left, grandchildren included. On Linux the kernel tells a child when
the supervisor itself is killed.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TextIO

GRACE = 8.0  # seconds between the request to stop and force
CALM = 60.0  # a child that lived this long starts afresh without delay
FIRST_DELAY, LONGEST_DELAY = 1.0, 30.0
TETHER = (sys.executable, "-m", "config.tether")


@dataclass
class Child:
    """One process to keep alive. `delay` doubles while it keeps dying young."""

    name: str
    command: Sequence[str]
    running: subprocess.Popen[str] | None = None
    started_at: float = 0.0
    next_start_at: float = 0.0
    delay: float = FIRST_DELAY

    @property
    def is_alive(self) -> bool:
        return self.running is not None and self.running.poll() is None

    def start(self, now: float, show: Callable[[str, str], None]) -> None:
        self.running = subprocess.Popen(
            [*TETHER, str(os.getpid()), *self.command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            start_new_session=True,
        )
        self.started_at = now
        threading.Thread(target=self._relay, args=(self.running.stdout, show), daemon=True).start()

    def _relay(self, output: TextIO, show: Callable[[str, str], None]) -> None:
        for line in output:
            show(self.name, line.rstrip())

    def plan_restart(self, now: float) -> None:
        """Note that it died: soon again if it had lived well, later and later if it keeps dying."""
        if now - self.started_at >= CALM:
            self.delay = FIRST_DELAY
        self.next_start_at = now + self.delay
        self.delay = min(self.delay * 2, LONGEST_DELAY)

    def send(self, number: int) -> None:
        """Signal the child and everything it started."""
        if self.running is None:
            return
        try:
            os.killpg(self.running.pid, number)
        except ProcessLookupError:
            return


class Supervisor:
    """`run()` returns when `stop()` was called or a signal came; then no child is left."""

    def __init__(self, children: Sequence[Child], show: Callable[[str, str], None]) -> None:
        self.children = children
        self.show = show
        self.is_stopping = threading.Event()
        self.is_hurried = False

    def stop(self, *_: object) -> None:
        """Stop; asked a second time, stop without waiting for work in hand."""
        self.is_hurried = self.is_stopping.is_set()
        self.is_stopping.set()

    def run(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.stop)
        try:
            while not self.is_stopping.wait(0.2):
                self.look_after(time.monotonic())
        finally:
            self.end_all()

    def look_after(self, now: float) -> None:
        """Start what is due to start; notice what has died."""
        for child in self.children:
            if child.is_alive:
                continue
            if child.running is not None:
                code = child.running.returncode
                child.send(signal.SIGKILL)  # what it had started itself
                child.running = None
                child.plan_restart(now)
                self.show(
                    child.name, f"意外退出（代码 {code}），{child.next_start_at - now:.0f} 秒后重新启动"
                )
            if now >= child.next_start_at:
                child.start(now, self.show)

    def end_all(self) -> None:
        """Ask, wait, then force: whole process groups, so that nothing is left behind."""
        self.show("系统", "正在停止，手头的作业做完即止；再按一次 Ctrl-C 立即结束")
        for child in self.children:
            if child.running is not None:
                child.running.terminate()
        deadline = time.monotonic() + GRACE
        while any(child.is_alive for child in self.children) and time.monotonic() < deadline:
            if self.is_hurried:
                break
            time.sleep(0.05)
        for child in self.children:
            child.send(signal.SIGKILL)
            if child.running is not None:
                child.running.wait()
