"""The supervisor restarts what dies and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from config.supervisor import CALM, LONGEST_DELAY, Child, Supervisor
from tests.services import until_ready

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
# A child with a child of its own that ignores the request to stop.
STUBBORN = [
    sys.executable,
    "-c",
    "import subprocess, sys, time, signal\n"
    "grandchild = subprocess.Popen([sys.executable, '-c', "
    "'import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)'])\n"
    "print(grandchild.pid, flush=True)\n"
    "time.sleep(600)\n",
]


class Listener:
    """Collects what the children say."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str]] = []

    def __call__(self, name: str, line: str) -> None:
        self.lines.append((name, line))


def is_running(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False


def test_a_dead_child_is_started_again_and_its_death_is_told() -> None:
    said = Listener()
    supervisor = Supervisor([Child("作业", SLEEPER)], said)
    child = supervisor.children[0]
    supervisor.look_after(now=0.0)
    assert child.running is not None
    first = child.running
    first.kill()
    first.wait()
    supervisor.look_after(now=10.0)
    assert not child.is_alive
    assert "意外退出（代码 -9）" in said.lines[0][1]
    supervisor.look_after(now=12.0)
    assert child.is_alive
    assert child.running is not first
    supervisor.end_all()
    assert not child.is_alive


def test_a_child_that_keeps_dying_is_tried_less_and_less_often() -> None:
    child = Child("作业", SLEEPER)
    waits = []
    for _ in range(8):
        child.plan_restart(now=0.0)
        waits.append(child.next_start_at)
    assert waits == [1, 2, 4, 8, 16, 30, 30, 30]
    assert max(waits) == LONGEST_DELAY


def test_a_child_that_lived_well_is_started_again_at_once() -> None:
    child = Child("作业", SLEEPER, delay=16.0, started_at=100.0)
    child.plan_restart(now=100.0 + CALM)
    assert child.next_start_at == 101.0 + CALM


def test_what_a_child_prints_carries_its_name() -> None:
    said = Listener()
    child = Child("网站", [sys.executable, "-c", "print('启动'); import sys; print('出错', file=sys.stderr)"])
    child.start(0.0, said)
    until_ready(lambda: len(said.lines) == 2, "输出")
    assert set(said.lines) == {("网站", "启动"), ("网站", "出错")}


def test_stopping_ends_grandchildren_that_ignore_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.supervisor.GRACE", 1.0)
    said = Listener()
    supervisor = Supervisor([Child("作业", STUBBORN)], said)
    supervisor.look_after(now=0.0)
    until_ready(lambda: bool(said.lines), "孙进程")
    grandchild = int(said.lines[0][1])
    assert is_running(grandchild)
    supervisor.end_all()
    until_ready(lambda: not is_running(grandchild), "孙进程退出")


def test_a_child_whose_starter_has_gone_meanwhile_does_not_start() -> None:
    command = [sys.executable, "-m", "config.tether", "1", sys.executable, "-c", "print('started')"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert "started" not in done.stdout


def test_a_stop_from_another_thread_ends_the_run() -> None:
    supervisor = Supervisor([Child("作业", SLEEPER)], Listener())
    threading.Timer(0.5, supervisor.stop).start()
    supervisor.run()
    assert not supervisor.children[0].is_alive


def test_asked_twice_it_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.supervisor.GRACE", 600.0)
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(600)"
    said = Listener()
    supervisor = Supervisor([Child("作业", [sys.executable, "-c", deaf])], said)
    supervisor.look_after(now=0.0)
    until_ready(lambda: bool(said.lines), "子进程")
    supervisor.stop()
    supervisor.stop()
    supervisor.end_all()
    assert not supervisor.children[0].is_alive


@pytest.mark.skipif(sys.platform != "linux", reason="只有 Linux 内核会通知子进程")
def test_children_end_when_the_supervisor_is_killed_by_force() -> None:
    program = (
        "import sys\n"
        "from config.supervisor import Child, Supervisor\n"
        "words = 'import os, time; print(os.getpid(), flush=True); time.sleep(600)'\n"
        "child = Child('x', [sys.executable, '-c', words])\n"
        "Supervisor([child], lambda name, line: print(line, flush=True)).run()\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    until_ready(lambda: not is_running(child), "子进程退出")
