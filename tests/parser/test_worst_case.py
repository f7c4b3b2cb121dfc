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
    ),
    *(
        "\n",
        "“",
        " ",
        "据",
        "这",
        "在",
        "以",
        "把",
        "县",
        "两",
        "“》",
        "，“",
        "经，",
        "在，",
        "由的请",
        "第一",
        "作为",
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
        "领导小组",
    ),
    *(
        "市政府督查室",
        "用三年",
        "6月",
        "每月",
        "每周一",
        "2024年",
        "二〇二四年",
        "95%",
        "九分之",
        "不低于",
        "1,",
    ),
    *("任务 牵头单位 责任单位\n", "形成x月x日前在", "公安和。牵头", "对未开工的", "阶段（6月10日前）。"),
    *(
        "（牵头单位：甲；",
        "市财政局牵头，",
        "由市财政局负责，",
        "各部门要推进，",
        "涉及的",
        "形成，",
        " 责任单位",
    ),
    *(
        "做好河道巡查（县水利局负责）。",
        "河道巡查到位（县水利局）。",
        "责任单位：县水利局。\n",
        "县水利局（县水利局）",
    ),
)
CHARACTERS = 33_000
# Ten times what a piece may take on a quiet core; a quadratic pattern takes minutes
MOST_SECONDS = 2.0
CODE = f"""
import time
from datetime import date
from speeches.parser import parse
from speeches.parser.types import Context

parse("各部门要在6月底前报送方案。", Context(spoken_on=date(2024, 6, 3)))
for piece in {PIECES!r}:
    text = piece * ({CHARACTERS} // len(piece))
    begun = time.process_time()
    parse(text, Context(spoken_on=date(2024, 6, 3)))
    took = time.process_time() - begun
    if took > {MOST_SECONDS}:
        print(repr(piece), round(took, 1), "s")
print("done")
"""


def test_no_pattern_runs_away_on_its_worst_input() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, text=True, timeout=120, check=False
    )
    assert ended.stdout.strip() == "done", ended.stdout + ended.stderr[-500:]
