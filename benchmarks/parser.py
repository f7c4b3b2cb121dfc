"""The whole parser: characters per second, against its peers, at doubling lengths, memory and cold start.

python benchmarks/parser.py [FILE…]

Without files the repository's own texts are read, repeated to 300,000 characters. All times are CPU time, the
best of a few rounds. The peers are no dependency of the program; where they are missing their line says so:

pip install jieba==0.42.1 jionlp==1.5.31
"""

import importlib
import logging
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from speeches.parser import parse
from speeches.parser.types import Context

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 5
CONTEXT = Context(spoken_on=date(2024, 6, 3))
LEAST = 300_000  # characters
LARGE = 1_000_000
DOUBLINGS = (1, 2, 4, 8, 16, 32, 64)
PEER_SHARE = 30_000  # characters the peers are given: they need minutes for more
MOST_MEMORY = 100  # MB for LARGE characters
JIEBA_TIMES, JIONLP_TIMES = 10, 5  # how many times faster than each the parser is to be

IMPORT = "import time, json, re; b = time.process_time(); import {}; print(time.process_time() - b)"
# VmHWM is the child's own peak (Linux); its ru_maxrss begins with that of the process that started it
PARSE_ALONE = """
import re, sys
from datetime import date
from pathlib import Path
from speeches.parser import parse
from speeches.parser.types import Context

def peak():
    return re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]

text = sys.stdin.read()
before = peak()
parse(text, Context(spoken_on=date(2024, 6, 3)))
print(before, peak())
"""


def main() -> None:
    """Prints the report."""
    text = given_text()
    print(f"语料 {len(text):,} 字；时间均为 CPU 时间，{ROUNDS} 次取最快")
    speed = len(text) / seconds(lambda: parse(text, CONTEXT))
    print(f"解析 {speed / 1e6:.2f} M 字/秒")
    show_peers(text[:PEER_SHARE])
    show_doubling(text[: LEAST // 50])
    show_memory(filled(text, LARGE))
    show_cold_start()


def given_text() -> str:
    """The files of the command line, else the texts of the tests."""
    files = [Path(name) for name in sys.argv[1:]] or [
        *sorted((ROOT / "tests/parser/texts").glob("*.txt")),
        *sorted((ROOT / "tests/parser/corpus").glob("*/texts/*.txt")),
    ]
    return filled("\n".join(file.read_text("utf-8") for file in files), LEAST)


def filled(text: str, length: int) -> str:
    """`text` again and again until it is at least that long."""
    return "\n".join([text] * -(-length // len(text)))


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The best of a few rounds, in CPU time: other work on the machine does not count."""
    return min(clock(work) for _ in range(rounds))


def clock(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def show_peers(text: str) -> None:
    """The same text, in the same process, through those who do a part of the work."""
    ours = len(text) / seconds(lambda: parse(text, CONTEXT))
    print(f"\n与同类比较（同一进程，{len(text):,} 字，本解析器 {ours / 1e6:.2f} M 字/秒）")
    for name, aim, run in peers(text):
        theirs = len(text) / seconds(run, rounds=2)
        print(
            f"  {name:22} {theirs / 1e6:6.3f} M 字/秒，本解析器是它的 {ours / theirs:.1f} 倍（目标 {aim} 倍）"
        )


def peers(text: str) -> Iterator[tuple[str, int, Callable[[], object]]]:
    """Name, how many times faster we are to be, and what is to be timed; warmed up."""
    jieba, jionlp = optional("jieba.posseg", "jieba==0.42.1"), optional("jionlp", "jionlp==1.5.31")
    if jieba is not None:
        logging.getLogger("jieba").setLevel(logging.WARNING)
        jieba.lcut(text[:100])
        yield "jieba.posseg", JIEBA_TIMES, lambda: jieba.lcut(text)
    if jionlp is not None:
        logging.disable(logging.CRITICAL)  # it logs a traceback for whatever it cannot read
        lines = [line for line in text.split("\n") if line]
        extract = jionlp.ner.extract_time
        extract(lines[0])
        # By the line, as it is meant to be used: it reads one passage at a time
        yield (
            "jionlp extract_time",
            JIONLP_TIMES,
            lambda: [extract(line, with_parsing=True) for line in lines],
        )


def optional(name: str, package: str) -> ModuleType | None:
    """A package of the benchmark alone; None, and a word on how to get it, where it is missing."""
    try:
        return importlib.import_module(name)
    except ImportError:
        print(f"  未安装 {name}，跳过：pip install {package}")
        return None


def show_doubling(text: str) -> None:
    """A parser that is linear takes twice the time for twice the text."""
    print(f"\n成倍加长（1x 为 {len(text):,} 字）")
    before = 0.0
    for times in DOUBLINGS:
        long = "\n".join([text] * times)
        took = seconds(lambda long=long: parse(long, CONTEXT), rounds=3)  # type: ignore[misc]
        ratio = f"是上一行的 {took / before:.2f} 倍" if before else ""
        print(f"  {times:3}x {len(long):>9,} 字 {took * 1000:9.1f} 毫秒 {ratio}")
        before = took


def show_memory(text: str) -> None:
    """Peak of the resident memory of a fresh child (VmHWM), and what it had before it parsed."""
    told = subprocess.run(
        [sys.executable, "-c", PARSE_ALONE], input=text, capture_output=True, text=True, check=True, cwd=ROOT
    )
    before, peak = (int(kilobytes) / 1000 for kilobytes in told.stdout.split())
    print(
        f"\n内存：{len(text):,} 字，子进程常驻内存峰值（VmHWM）{peak:.0f} MB"
        f"（解析前已占 {before:.0f} MB，解析增加 {peak - before:.0f} MB；目标低于 {MOST_MEMORY} MB）"
    )


def show_cold_start() -> None:
    """CPU time of the import in a fresh child, on top of an interpreter that has json and re."""
    ours = min(import_seconds("speeches.parser") for _ in range(ROUNDS))
    base = min(started_seconds() for _ in range(ROUNDS))
    print(
        f"\n冷启动：导入 speeches.parser {ours * 1000:.0f} 毫秒；"
        f"对照 python -c 'import json, re' 整个进程 {base * 1000:.0f} 毫秒"
    )


def import_seconds(module: str) -> float:
    """CPU seconds that a fresh child spends importing `module`."""
    told = subprocess.run(
        [sys.executable, "-c", IMPORT.format(module)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return float(told.stdout)


def started_seconds() -> float:
    """CPU seconds of a whole child that imports two modules of the standard library."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", "import json, re"], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
