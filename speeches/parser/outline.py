"""Headings and captions: lines that announce what the text below spells out."""

import re
from dataclasses import dataclass

from .cues import MODAL_ANYWHERE
from .openings import Opening
from .sentences import Stretch
from .types import Section, Span

_LONGEST_HEADING = 50
_LONGEST_CAPTION = 24
_DIGIT = re.compile(r"[0-9*]|[x×](?=[个家项万亿月日%])")
_STAGE = re.compile(
    r"(?:阶段|步骤|环节)?（[^（）]{0,20}(?:\d|[一二三四五六七八九十]|[x×*])[^（）]{0,20}(?:前|底|日|月|旬|年|起|止)[^（）]{0,8}）$"
)
_HEAD = 2000  # characters
_PAPER = re.compile(
    r"(?:通知|意见|方案|办法|要点|规定|细则|计划)(?:的通知)?(?=\n|[一-龥]{1,6}〔)|(?:通知|意见|方案|要求)如下|现(?:提出|就|将)[^。\n]{0,40}(?:意见|方案)[：。]"
    r"|制定(?:本|以下)(?:方案|办法|意见|细则|要点|计划)"
)
# 加强组织领导。各单位要…: a heading in line with its text
_RUN_IN = re.compile(
    "(?:加强|强化|严格|落实|压实|完善|健全|注重|突出|坚持|夯实|抓好|明确|做好)[^，、：0-9“《]{2,8}"
)
_LABEL = Opening("责牵配承主协", "(?:责任|牵头|配合|承办|主办|协办)(?:单位|部门|领导)[^：]{0,4}：")


@dataclass(frozen=True, slots=True)
class Outline:
    """`captions`: numbers of the stretches that only announce; `sections`: the headings in order."""

    captions: set[int]
    stages: set[int]  # captions that carry a date: 动员部署阶段（6月10日前）
    sections: tuple[Section, ...]
    section_of: tuple[str, ...]  # per stretch, the title it stands under
    is_paper: bool
    paths: tuple[tuple[str, ...], ...]  # per stretch, that title below those above it


def outline(text: str, found: list[Stretch]) -> Outline:
    captions: set[int] = set()
    sections: list[Section] = []
    paths: list[tuple[str, ...]] = []
    above: list[Section] = []
    path: tuple[str, ...] = ()
    for number, stretch in enumerate(found):
        after = found[number + 1] if number + 1 < len(found) else None
        if _is_caption(text, stretch, after):
            captions.add(number)
            if 1 <= stretch.depth <= 4 and stretch.opens_line:
                title = text[stretch.start : stretch.end]
                sections.append(Section(Span(stretch.start, stretch.end), title, stretch.depth))
                above = [*(one for one in above if one.depth < stretch.depth), sections[-1]]
                path = tuple(section.title for section in above)
        paths.append(path)
    stages = {number for number in captions if _is_stage(text[found[number].start : found[number].end])}
    section_of = tuple(path[-1] if path else "" for path in paths)
    return Outline(captions, stages, tuple(sections), section_of, is_paper(text), tuple(paths))


def is_paper(text: str) -> bool:
    """A notice, plan or set of opinions: its head says so. What it lists in bare verbs are duties."""
    return _PAPER.search(text, 0, _HEAD) is not None


def _is_stage(words: str) -> bool:
    return words.endswith("）") and _STAGE.search(words) is not None


def _has_no_body(text: str, stretch: Stretch, after: Stretch) -> bool:
    """1.编制规划。2.…: a numbered line that no text spells out holds its own requirement."""
    if not (stretch.opens_line and stretch.closes_line and stretch.depth >= 2):
        return False
    return 1 <= after.depth <= stretch.depth or _LABEL.match(text, after.start, after.end) is not None


def _is_caption(text: str, stretch: Stretch, after: Stretch | None) -> bool:
    words = text[stretch.start : stretch.end]
    if stretch.stop == "：":
        return len(words) <= 30
    if after is None or stretch.stop == "；":
        return False
    if _is_stage(words) or _LABEL.match(text, stretch.start, stretch.end):
        return stretch.depth > 0
    if 1 <= stretch.depth < after.depth <= 4 and not after.opens_line:
        return len(words) <= 70
    if _has_no_body(text, stretch, after):
        return False
    is_whole_line = stretch.opens_line and stretch.closes_line
    if is_whole_line and 1 <= stretch.depth <= 4:
        is_sentence = stretch.depth >= 3 and stretch.stop == "。" and "，" in words
        is_heading = len(words) <= _LONGEST_HEADING and stretch.stop != "。"
        return is_heading or (len(words) <= _LONGEST_CAPTION and not is_sentence)
    if is_whole_line and stretch.depth == 0:
        return stretch.stop == "\n" and len(words) <= 40
    if stretch.closes_line:
        return False
    if stretch.opens_line and not stretch.depth and _RUN_IN.fullmatch(words):
        return True
    if stretch.depth:
        longest = _LONGEST_CAPTION + (10 if stretch.depth <= 3 else 0)
        if stretch.depth == 1 and not MODAL_ANYWHERE.search(words):
            longest = _LONGEST_HEADING
        return len(words) <= longest and not after.depth and not _DIGIT.search(words)
    return words[0] == "要" and len(words) <= 16 and "，" not in words and not _DIGIT.search(words)
