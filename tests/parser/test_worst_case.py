"""The worst input for each pattern, 100 kB of it, is parsed in a child process within a generous bound."""

import subprocess
import sys

PIECES = (
    *(
        "局",
        "各",
        "各级",
        "部门",
        "要",
        "，",
        "、",
        "由",
        "请",
        "（",
        "第",
        "1.",
        "牵头",
        "的",
        "是",
        "报",
        "向",
        "\n",
        "“",
    ),
    *(
        "市财政局、",
        "各级各部门",
        "责任单位：",
        "一是",
        "x月x日前",
        "确保",
        "形成",
        "会同",
        "发改、",
        "市政府督查室",
        "领导小组",
    ),
    *(
        "任务 牵头单位 责任单位\n",
        "形成x月x日前在",
        "公安和。牵头",
        "对未开工的",
        "阶段（6月10日前）。",
        "（牵头单位：甲；",
    ),
)
CHARACTERS = 33_000
CODE = f"""
from datetime import date
from speeches.parser import parse
from speeches.parser.types import Context
for piece in {PIECES!r}:
    text = piece * ({CHARACTERS} // len(piece))
    parse(text, Context(spoken_on=date(2024, 6, 3)))
print("done")
"""


def test_no_pattern_runs_away_on_its_worst_input() -> None:
    # About 2 s on a quiet core; a quadratic pattern takes minutes.
    ended = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, text=True, timeout=90, check=False
    )
    assert ended.stdout.strip() == "done", ended.stderr[-500:]
