"""Headings and captions: lines that announce what the text below spells out."""

import re
from dataclasses import dataclass

from .cues import MODAL_ANYWHERE
from .sentences import Stretch
from .types import Section, Span

_LONGEST_HEADING = 50
_LONGEST_CAPTION = 24
_DIGIT = re.compile(r"[0-9*]|[x×](?=[个家项万亿月日%])")
_STAGE = re.compile(
    r"(?:阶段|步骤|环节)?（[^（）]{0,20}(?:\d|[一二三四五六七八九十]|[x×*])[^（）]{0,20}(?:前|底|日|月|旬|年|起|止)[^（）]{0,8}）$"
)
_LABEL = re.compile("(?:责任|牵头|配合|承办|主办|协办)(?:单位|部门|领导)[^：]{0,4}：")


@dataclass(frozen=True, slots=True)
class Outline:
    """`captions`: numbers of the stretches that only announce; `sections`: the headings in order."""

    captions: set[int]
    stages: set[int]  # captions that carry a date: 动员部署阶段（6月10日前）
    sections: tuple[Section, ...]
    section_of: tuple[str, ...]  # per stretch, the title it stands under


def outline(text: str, found: list[Stretch]) -> Outline:
    captions: set[int] = set()
    sections: list[Section] = []
    titles: list[str] = []
    current = ""
    for number, stretch in enumerate(found):
        after = found[number + 1] if number + 1 < len(found) else None
        if _is_caption(text, stretch, after):
            captions.add(number)
            if 1 <= stretch.depth <= 4 and stretch.opens_line:
                current = text[stretch.start : stretch.end]
                sections.append(Section(Span(stretch.start, stretch.end), current, stretch.depth))
        titles.append(current)
    stages = {number for number in captions if _STAGE.search(text[found[number].start : found[number].end])}
    return Outline(captions, stages, tuple(sections), tuple(titles))


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
    if _STAGE.search(words) or _LABEL.match(text, stretch.start, stretch.end):
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
    if stretch.depth:
        longest = _LONGEST_CAPTION + (10 if stretch.depth <= 3 else 0)
        if stretch.depth == 1 and not MODAL_ANYWHERE.search(words):
            longest = _LONGEST_HEADING
        return len(words) <= longest and not after.depth and not _DIGIT.search(words)
    return words[0] == "要" and len(words) <= 16 and "，" not in words and not _DIGIT.search(words)
