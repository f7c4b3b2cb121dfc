"""Fuzzing by night: damaged files of every format until the time is up, what breaks a reader is kept.

    python benchmarks/fuzz_readers.py [--seconds 60] [--seed 0] [KIND ...]

Each file is read in a child process, so that a crash of a library counts too; so does one that takes longer
than ten seconds. What broke a reader goes to tests/speeches/readers2/crashes, where every test run reads it
again; the script then ends with status 1.
"""

import argparse
import io
import mmap
import os
import random
import resource
import signal
import struct
import sys
import time
import traceback
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.speeches.making import packed
from tests.speeches.readers2.test_fuzz import CRASHES, STARTS, WHOLE, WORDS, check

BATCH = 200  # files read by one child
SLOW = 10  # seconds for one file
MEMORY = 3 * 1024**3
NUMBERS = (b"0", b"-1", b"65536", b"2147483648", b"99999999999", b"1e999", b"\xff\xff\xff\xff", b"\x00" * 4)


def damaged(kind: str, seed: int) -> bytes:
    """The file of that number, always the same."""
    chance = random.Random(f"{kind} {seed}")
    content = WHOLE[kind]
    if kind in {"ofd", "odt", "docx"} and chance.random() < 0.7:
        return _damaged_inside(content, chance)
    if kind in WORDS and chance.random() < 0.3:
        words = [word.replace(b"@", b" ").replace(b"|", b"\n") for word in WORDS[kind].split()]
        return STARTS[kind] + b"".join(chance.choices(words, k=chance.randrange(1, 200)))
    return _damaged(content, chance)


def _damaged_inside(content: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(sorted(parts))
    return packed({**parts, name: _damaged(parts[name], chance)})


def _damaged(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randrange(1, 8)):
        content = _edited(content, chance)
    return content


def _edited(content: bytes, chance: random.Random) -> bytes:
    """One change: bytes turned, cut, doubled, moved, or a number put for a number."""
    at, length = chance.randrange(len(content) + 1), chance.choice((1, 2, 4, 16, 200))
    piece = content[at : at + length]
    match chance.randrange(6):
        case 0:
            put = chance.randbytes(len(piece))
        case 1:
            put = b""
        case 2:
            put = piece * chance.choice((2, 3, 50))
        case 3:
            start = chance.randrange(len(content) + 1)
            put = content[start : start + length]
        case 4:
            put = chance.choice(NUMBERS)
        case _:
            put = bytes(byte ^ (1 << chance.randrange(8)) for byte in piece)
    return content[:at] + put + content[at + length :]


def read_batch(kind: str, seeds: range) -> int | None:
    """The number of the file that broke the reader, None when none did."""
    current = mmap.mmap(-1, 8)
    child = os.fork()
    if not child:
        os._exit(_read_all(kind, seeds, current))
    _, status = os.waitpid(child, 0)
    return struct.unpack("q", current[:8])[0] if status else None


def _read_all(kind: str, seeds: range, current: mmap.mmap) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    for seed in seeds:
        current[:8] = struct.pack("q", seed)
        signal.alarm(SLOW)
        try:
            check(kind, damaged(kind, seed))
        except BaseException:  # whatever it is, it is the find
            traceback.print_exc()
            return 1
    return 0


def fuzz(kind: str, seconds: float, seed: int) -> int:
    """How many files broke the reader of `kind`; each is kept."""
    ends, start, broken = time.monotonic() + seconds, seed, 0
    while time.monotonic() < ends:
        found = read_batch(kind, range(start, start + BATCH))
        if found is None:
            start += BATCH
            continue
        CRASHES.mkdir(exist_ok=True)
        (CRASHES / f"{kind}-{found}").write_bytes(damaged(kind, found))
        broken, start = broken + 1, found + 1
    print(f"{kind:6}{start - seed:8} files{broken:5} broke the reader", flush=True)
    return broken


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=60, help="for each kind")
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("kinds", nargs="*", metavar="KIND", default=sorted(WHOLE))
    asked = arguments.parse_args()
    broken = sum(fuzz(kind, asked.seconds, asked.seed) for kind in asked.kinds)
    return int(broken > 0)


if __name__ == "__main__":
    sys.exit(main())
