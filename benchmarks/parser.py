"""Speed of the whole parser: characters per second, and the time for 1x … 16x of the same text.

python benchmarks/parser.py FILE…
"""

import sys
import time
import tracemalloc
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from speeches.parser import parse
from speeches.parser.types import Context

ROUNDS = 5
CONTEXT = Context(spoken_on=date(2024, 6, 3))


def seconds(text: str) -> float:
    """The best of a few rounds, in CPU time: other work on the machine does not count."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        parse(text, CONTEXT)
        best = min(best, time.process_time() - begun)
    return best


def main() -> None:
    text = "\n".join(Path(file).read_text("utf-8") for file in sys.argv[1:])
    parse(text, CONTEXT)
    first = seconds(text)
    print(f"{len(text)} characters, {first * 1000:.1f} ms, {len(text) / first / 1e6:.2f} M characters/s")
    for times in (2, 4, 8, 16):
        took = seconds("\n".join([text] * times))
        print(f"{times:3}x {took * 1000:9.1f} ms, ratio to 1x {took / first:.2f}")
    tracemalloc.start()
    parse("\n".join([text] * 16), CONTEXT)
    print(f"peak {tracemalloc.get_traced_memory()[1] / 2**20:.0f} MiB for {16 * len(text)} characters")


if __name__ == "__main__":
    main()
