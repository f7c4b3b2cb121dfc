"""The parent's side of the child process that opens untrusted documents."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from speeches.readers.names import WRITERS
from speeches.readers.types import ReadRefused, ReadText, read_text

SECONDS = 30  # of wall time until the child and what it started are killed
_PREFIX = "luoshi-reading-"
_STALE = 3600  # seconds after which no reading can still be running
_ROOT = Path(__file__).resolve().parents[2]
_KILLED = "读取这个文件占用的时间或内存超过上限，已停止。请用 Word 或 WPS 另存后再上传，或直接粘贴全文。"


def read_in_child(kind: str, content: bytes) -> ReadText:
    """`content` read in a process of its own. Raises ReadRefused for a bad file and a dead child alike."""
    if kind in WRITERS:
        _sweep()
        with tempfile.TemporaryDirectory(prefix=_PREFIX) as folder:
            answer = answered([*command(kind), folder], content)
    else:
        answer = answered(command(kind), content)
    if "refused" in answer:
        raise ReadRefused(str(answer["refused"]))
    paragraphs, pages = answer["paragraphs"], answer.get("pages", ())
    return read_text(paragraphs, answer["kind"], answer["warnings"], pages, answer.get("left_out", ()))


def _sweep() -> None:
    """Remove the folders of readings whose parent was killed before it could."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            is_stale = time.time() - folder.stat().st_mtime > _STALE
        except OSError:
            continue  # another worker was faster
        if is_stale and not folder.is_symlink():
            shutil.rmtree(folder, ignore_errors=True)


def command(kind: str) -> list[str]:
    module = "writing_child" if kind in WRITERS else "child"
    return [sys.executable, "-m", f"speeches.readers.{module}", kind]


def answered(words: list[str], content: bytes, killed: str = _KILLED) -> dict[str, Any]:
    """What the child prints; `killed` is told when it had to be stopped. Raises ReadRefused."""
    child = subprocess.Popen(
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=_ROOT,
        env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        start_new_session=True,
    )
    try:
        output, _ = child.communicate(content, timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise ReadRefused(killed) from error
    finally:
        _end(child)
    if child.returncode != 0:
        raise ReadRefused(killed)
    try:
        answer: dict[str, Any] = json.loads(output)
    except ValueError as error:
        raise ReadRefused(killed) from error
    return answer


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Kill the whole group if it still runs, and close its pipes."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None and not pipe.closed:
            pipe.close()
