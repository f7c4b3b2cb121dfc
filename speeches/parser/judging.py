"""Task or not: the weight of the evidence, and what is no task whatever it weighs."""

import re

from .drafting import Draft
from .marking import Marks, marks_of
from .mood import is_told
from .outline import Outline
from .reading import Reading
from .sentences import Stretch
from .worth import evidence_of, weight

# 总体要求, 指导思想: what the paper is for, not what is to be done
_PREAMBLE = re.compile(
    "指导思想|总体要求|总体思路|基本原则|重要意义|重大意义|充分认识|深刻认识|适用范围|背景|会议时间|参会人员"
)
_STATE = re.compile(
    "存在的?(?:主要|突出)?(?:问题|不足|困难|薄弱)|(?:基本|总体|整体|主要|进展|开展|完成|落实|运行|整改)情况|(?:主要|工作|取得的?)(?:成效|成绩|做法|进展)|回顾|形势"
)
_ASKS = re.compile("要求|措施|下步|下一步|任务|报送|建议|打算|安排")
_HOPES = re.compile("(?:希望|让|盼|望)(?:大家|各位|同志们|我们|各位同志)[，,]?$")
_GOALS = re.compile("目标|任务")
_SANCTION = re.compile(
    "(?:追责|问责|追究[^，]{0,20}责任|严肃(?:查处|处理|追究)|依法依[规纪][^，]{0,6}处理)[^，]{0,4}$"
)
_FAULT = re.compile("(?:对|凡|一旦|发现|如)|[^，要应须]{2,40}的$")


def judge(
    text: str, draft: Draft, stretch: Stretch, readings: list[Reading], marks: Marks, plan: Outline
) -> str:
    """Empty for a task, else why it is none (in Chinese, for `explain`). Sets the weight of the draft."""
    if _is_preamble(plan.paths[draft.stretch]):
        return "总体要求部分"
    if _is_peroration(text, draft):
        return "结束语"
    if draft.strength in {"", "soft"} and _tells_how_it_is(plan.paths[draft.stretch]):
        return "陈述、情况或议程"
    if _only_punishes(text[draft.start : draft.end]):
        return "追责问责"
    if is_told(text, draft, readings, stretch.start, stretch.end):
        return "陈述、情况或议程"
    draft.own = marks_of(text, draft, marks)
    draft.weight = weight(draft, evidence_of(text, draft, in_paper=plan.is_paper))
    return "" if draft.weight > 0 else "没有可查验的内容"


def _only_punishes(quote: str) -> bool:
    """对违规发布的,要严肃追责问责: sanctions are no task; a clause that asks for more makes it one."""
    clauses = quote.split("，")
    return _SANCTION.search(clauses[-1]) is not None and all(
        _FAULT.match(clause) or _SANCTION.search(clause) for clause in clauses
    )


def _is_preamble(path: tuple[str, ...]) -> bool:
    """基本原则 and all numbered below it; 工作目标 below 总体要求 does set a goal."""
    above = [number for number, title in enumerate(path) if _PREAMBLE.search(title)]
    return bool(above) and not any(_GOALS.search(title) for title in path[above[-1] + 1 :])


def _tells_how_it_is(path: tuple[str, ...]) -> bool:
    """存在的主要问题, 基本情况: only what is plainly demanded there is a task."""
    return bool(path) and _STATE.search(path[-1] if not _ASKS.search(path[-1]) else "") is not None


def _is_peroration(text: str, draft: Draft) -> bool:
    """同志们，…！ near the end calls on everybody and asks nobody."""
    line = text.rfind("\n", 0, draft.start) + 1
    if line > len(text) // 2 and _HOPES.search(text, line, draft.start) and not draft.parties:
        return True
    return line > len(text) // 2 and text.startswith("同志们", line) and not draft.is_named
