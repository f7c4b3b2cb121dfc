"""`./run` on machines that lack something: one clear line in Chinese, with the remedy."""

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.environments import ROOT
from tests.services import free_port

SYSTEM = "/usr/bin:/bin"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The script and what it needs before anything is installed, in a folder with a space in its name."""
    folder = tmp_path / "落实 试用"
    (folder / "config").mkdir(parents=True)
    shutil.copy(ROOT / "run", folder)
    shutil.copy(ROOT / "config" / "ports.py", folder / "config")
    return folder


def impostor(folder: Path, script: str) -> Path:
    """A program called python3 that behaves as told."""
    path = folder / "bin" / "python3"
    path.parent.mkdir()
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def run(checkout: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(checkout / "run"), *arguments],
        env={"PATH": SYSTEM, **environment},
        cwd="/",
        capture_output=True,
        text=True,
    )


def test_an_old_python_is_named_with_the_remedy(checkout: Path) -> None:
    old = impostor(checkout, 'case "$1" in -V) echo "Python 3.9.2" ;; *) exit 1 ;; esac')
    # Nothing else to fall back on: no other interpreter on the path but the tools the script itself uses.
    tools = checkout / "tools"
    tools.mkdir()
    for name in ("sh", "dirname", "cat", "sed"):
        (tools / name).symlink_to(str(shutil.which(name)))
    done = run(checkout, "setup", PYTHON=str(old), PATH=str(tools))
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "需要 Python 3.11 或以上（当前：Python 3.9.2）" in done.stderr
    assert "apt-get install" in done.stderr


def test_a_missing_venv_module_is_named_with_the_remedy(checkout: Path) -> None:
    lame = impostor(checkout, f'case "$*" in *venv*) exit 1 ;; *) exec "{sys.executable}" "$@" ;; esac')
    done = run(checkout, "setup", PYTHON=str(lame))
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "缺少 Python 的 venv 模块。请先运行 apt-get install -y python3-venv，再运行 ./run"
    ]
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize("words", [("--port", "{}"), ("--port={}",), ("serve", "--port", "{}")])
def test_a_busy_port_is_named_before_anything_is_installed(checkout: Path, words: tuple[str, ...]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run(checkout, *(word.format(port) for word in words), PYTHON=sys.executable)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"端口 {port} 已被占用：可换一个端口启动，例如 ./run --port {int(port) + 1}，或先停掉占用它的程序"
    ]
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize(
    "words", [("--port",), ("--port", "八千"), ("--port", "70000"), ("--host", "203.0.113.9")]
)
def test_a_senseless_address_is_explained(checkout: Path, words: tuple[str, ...]) -> None:
    done = run(checkout, *words, PYTHON=sys.executable)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "--port 8001" in done.stderr or "--host" in done.stderr


def test_an_unknown_word_prints_the_six_uses(checkout: Path) -> None:
    done = run(checkout, "fly")
    assert done.returncode == 2
    for use in ("[--port N]", "setup", "m 命令", "test", "lint", "bundle"):
        assert f"./run {use}" in done.stderr


def test_a_free_port_is_let_through(checkout: Path) -> None:
    ask = [sys.executable, "config/ports.py", "127.0.0.1", str(free_port())]
    done = subprocess.run(ask, cwd=checkout, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
