"""The parent's side of the child process that opens untrusted documents."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from speeches.readers.types import ReadRefused, ReadText, read_text

SECONDS = 30  # of wall time until the child and what it started are killed
_ROOT = Path(__file__).resolve().parents[2]
_KILLED = "读取这个文件占用的时间或内存超过上限，已停止。请用 Word 或 WPS 另存后再上传，或直接粘贴全文。"


def read_in_child(kind: str, content: bytes) -> ReadText:
    """`content` read in a process of its own. Raises ReadRefused for a bad file and a dead child alike."""
    answer = _answer(command(kind), content)
    if "refused" in answer:
        raise ReadRefused(str(answer["refused"]))
    return read_text(list(answer["paragraphs"]), str(answer["kind"]), list(answer["warnings"]))


def command(kind: str) -> list[str]:
    return [sys.executable, "-m", "speeches.readers.child", kind]


def _answer(words: list[str], content: bytes) -> dict[str, list[str] | str]:
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
        raise ReadRefused(_KILLED) from error
    finally:
        _end(child)
    if child.returncode != 0:
        raise ReadRefused(_KILLED)
    try:
        answer: dict[str, list[str] | str] = json.loads(output)
    except ValueError as error:
        raise ReadRefused(_KILLED) from error
    return answer


def _end(child: "subprocess.Popen[bytes]") -> None:
    """Kill the whole group if it still runs, and close its pipes."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None and not pipe.closed:
            pipe.close()
