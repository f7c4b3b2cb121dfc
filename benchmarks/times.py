"""Characters per second of `find_times` and `find_targets`, at doubling lengths.

Run as `python benchmarks/times.py FILE...` (UTF-8 texts); without files a built-in passage is repeated.
"""

import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from speeches.parser.dates import find_times
from speeches.parser.targets import find_targets
from speeches.parser.types import Context

PASSAGE = (
    "青禾市各县区要对照年度任务倒排工期，二季度末完成主体工程，12月底前全面收尾。市水务局每月5日前报送进度，"
    "市政府督查室按月通报。各部门要把思想统一到会议部署上来，主动协调、密切配合，及时解决群众反映的困难和问题。"
)
CONTEXT = Context(spoken_on=date(2024, 6, 3))


def main() -> None:
    text = "\n".join(Path(name).read_text("utf-8") for name in sys.argv[1:]) or PASSAGE * 300
    for name, work in (
        ("find_times", lambda part: find_times(part, CONTEXT)),
        ("find_targets", find_targets),
    ):
        show(name, work, text)


def show(name: str, work: Callable[[str], object], text: str) -> None:
    for times in (1, 2, 4, 8, 16):
        part = text * times
        seconds = min(clock(work, part) for _ in range(3))
        speed = len(part) / seconds / 1e6
        print(f"{name:13} {len(part):>9} chars  {seconds * 1000:8.1f} ms  {speed:5.2f} M chars/s")


def clock(work: Callable[[str], object], part: str) -> float:
    begin = time.process_time()
    work(part)
    return time.process_time() - begin


if __name__ == "__main__":
    main()
