"""The parent's side of the child process that opens untrusted documents."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from threading import Thread
from typing import IO, Any

from speeches.readers.names import WRITERS
from speeches.readers.types import Left, ReadRefused, ReadText, Told, read_text, untold

SECONDS = 30  # without a sign of life until the child and what it started are killed
SCAN_SECONDS = 90  # the same, where each page is recognised
LONGEST = 480  # seconds in all; a job may take 540
PAUSE = 0.25  # seconds between two reports of progress
_PREFIX = "luoshi-reading-"
_STALE = 3600  # seconds after which no reading can still be running
_ROOT = Path(__file__).resolve().parents[2]
_MOST = 64 * 1024 * 1024  # bytes of an answer: the longest text takes six for each character, and its places
_KILLED = "读取这个文件占用的时间或内存超过上限，已停止。请用 Word 或 WPS 另存后再上传，或直接粘贴全文。"
_ENVIRONMENT = {
    "PATH": os.defpath,
    "LANG": "C.UTF-8",
    "PYTHONUTF8": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "OMP_THREAD_LIMIT": "1",  # tesseract's threads wait for each other longer than they work
}
_PAGE = re.compile(rb"page (\d{1,6}) (\d{1,6})\n")


def read_in_child(
    kind: str, content: bytes, *, told: Told = untold, ocr: tuple[str, str] | None = None
) -> ReadText:
    """`content` read in a process of its own; whatever `told` raises ends the reading.

    `ocr`: the program for scanned pages of a PDF, and its languages.

    Raises ReadRefused for a bad file and a dead child alike.
    """
    if kind in WRITERS:
        _sweep()
        with tempfile.TemporaryDirectory(prefix=_PREFIX) as folder:
            answer = answered([*command(kind), folder], content, told=told)
    else:
        scans = ocr if ocr is not None and kind == "pdf" else ()
        seconds = SCAN_SECONDS if scans else SECONDS
        answer = answered([*command(kind), *scans], content, told=told, seconds=seconds)
    if "refused" in answer:
        raise ReadRefused(str(answer["refused"]))
    left = (Left(*line) for line in answer.get("left", ()))
    return read_text(answer["paragraphs"], answer["kind"], answer["warnings"], answer.get("pages", ()), left)


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


def answered(
    words: list[str],
    content: bytes,
    killed: str = _KILLED,
    *,
    told: Told = untold,
    seconds: float | None = None,
) -> dict[str, Any]:
    """What the child prints; `killed` is told when it had to be stopped. Raises ReadRefused."""
    child = subprocess.Popen(
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=_ROOT,
        env=_ENVIRONMENT,
        start_new_session=True,
    )
    output: list[bytes] = []
    threads = [Thread(target=_feed, args=(child, content)), Thread(target=_drain, args=(child, output))]
    try:
        for thread in threads:
            thread.start()
        _watch(child, told, seconds or SECONDS, killed)
        for thread in threads:
            thread.join()
    finally:
        _end(child, threads)
    if child.returncode != 0:
        raise ReadRefused(killed)
    try:
        answer: dict[str, Any] = json.loads(b"".join(output))
    except ValueError as error:
        raise ReadRefused(killed) from error
    return answer


def _feed(child: "subprocess.Popen[bytes]", content: bytes) -> None:
    if child.stdin is not None:
        try:
            with child.stdin as pipe:
                pipe.write(content)
        except BrokenPipeError:
            return  # the child has died, or needs no more


def _drain(child: "subprocess.Popen[bytes]", output: list[bytes]) -> None:
    if child.stdout is not None:
        output.append(child.stdout.read(_MOST))


def _watch(child: "subprocess.Popen[bytes]", told: Told, seconds: float, killed: str) -> None:
    """Wait until the child has closed its pipes, telling of the pages. Raises ReadRefused when it hangs."""
    if child.stderr is None:
        return
    last = 0.0
    for done, total in _pages(child.stderr, seconds, killed):
        if done == total or time.monotonic() - last >= PAUSE:
            told(done, total)
            last = time.monotonic()
    try:
        child.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise ReadRefused(killed) from error


def _pages(pipe: IO[bytes], seconds: float, killed: str) -> Iterator[tuple[int, int]]:
    """“page 3 300” for each line of the kind; libraries print what they like in between."""
    ends, rest = time.monotonic() + LONGEST, b""
    with DefaultSelector() as selector:
        selector.register(pipe, EVENT_READ)
        quiet = time.monotonic() + seconds
        while True:
            left = min(quiet, ends) - time.monotonic()
            if left <= 0 or not selector.select(left):
                raise ReadRefused(killed)
            chunk = os.read(pipe.fileno(), 65536)
            if not chunk:
                return
            rest = (rest + chunk)[-65536:]
            for found in _PAGE.finditer(rest):
                quiet = time.monotonic() + seconds
                yield int(found[1]), int(found[2])
            rest = rest[rest.rfind(b"\n") + 1 :]


def _end(child: "subprocess.Popen[bytes]", threads: list[Thread]) -> None:
    """Kill the whole group if it still runs, and close its pipes."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    for thread in threads:
        if thread.ident is not None:
            thread.join()
    for pipe in (child.stdin, child.stdout, child.stderr):
        if pipe is not None and not pipe.closed:
            pipe.close()
