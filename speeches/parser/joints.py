"""Short names joined under one tail or under none: 发改、工信部门; 应急、消防、武装部; 发改、财政两家."""

import re

from .modals import MODAL
from .openings import Opening
from .times.late import LatePattern
from .wordlists import any_of, firsts, listed, longest, words

Names = tuple[list[tuple[int, int]], int]

_LEVEL = "[市县区省州镇]?"
_AND = "(?:[、和及与]|以及)"
_COUNT = "[两三四五六七八九几各]"
_STEM = listed("organ_stems", "compound_stems")
_ONE_NAME = f"(?!{_LEVEL}{listed('compound_stems')})"
# Whoever is called so in a list is an office; alone only the best known are (教育 is a matter, 公安 is not)
_FIRM = any_of(words("organ_stems") - words("loose_stems") | words("spoken_stems"))
_WELL_KNOWN = listed("spoken_stems")
_UNDER_TAIL = LatePattern(
    rf"(?:各级|[^，。；、：\s]{{1,4}}?(?=[市县区省])|)[市县区省州]?(?:{_STEM})(?:{_AND}[市县区省州]?(?:{_STEM}))*"
    r"(?P<tail>(?:等[^，。；、要应须]{0,10}?)?(?:有关|相关|职能|主管|行业)?(?:部门|单位|机关)"
    rf"|等[^，。；、要应须的]{{0,6}}(?:企业|机构|公司|运营商)|等?{_COUNT}(?:家(?!企业|公司|银行)(?:单位|部门)?|个?(?:部门|单位)))"
)
_NO_LONGER_NAME = (
    r"(?![一-龥]{0,2}(?:局|委|部|厅|办|处|中心|支队|大队|部门|单位|机关|系统|服务|所|队|集团|公司|平台))"
)
_LIST = rf"{_ONE_NAME}{_LEVEL}(?:{_FIRM})(?:{_AND}{_LEVEL}(?:{_FIRM}))+(?P<tail>)"
_ALONE = rf"{_LEVEL}(?:{_WELL_KNOWN})(?P<tail>)"
# 教育系统: all offices of one kind; 供水系统 is a thing
_SYSTEM = rf"{_LEVEL}(?:{_FIRM}|政法|教育|公安)(?P<tail>系统)"
_DEMAND = (
    rf"(?=(?:也|都|还|一定|务必|近期|抓紧|马上)*(?:{MODAL}|负责|牵头|配合|会同|参与|跟进|每[周月天日季]"
    r"|你们|[两三四五六](?:家|个?部门)))"
)
_JOINED_ACT = rf"(?=(?:联合(?!会)|共同|分别|一起|同步)|{MODAL})"
_SAID = tuple(
    LatePattern(pattern)
    for pattern in (
        f"{_LIST}{_NO_LONGER_NAME}{_DEMAND}",
        f"{_LIST}{_NO_LONGER_NAME}{_JOINED_ACT}",
        f"{_ALONE}{_NO_LONGER_NAME}{_DEMAND}",
        f"{_SYSTEM}{_DEMAND}",
    )
)
_CALLED = tuple(LatePattern(pattern + _NO_LONGER_NAME) for pattern in (_LIST, _ALONE))
_CALLS = ("会同", "请", "由")
_LEVELS = "市县区省州镇"
_FIRSTS = firsts("organ_stems", "spoken_stems", "compound_stems") | {*_LEVELS}
_STEMS = longest("organ_stems", "spoken_stems", "compound_stems")
_PLACE_MARK = LatePattern("[市县区省州]")
_LONGEST_PLACE = 5
_PART = LatePattern(
    rf"{_LEVEL}(?:{_STEM}|{_WELL_KNOWN})(?=[、和及与等]|以及|有关|相关|职能|主管|行业|部门|单位|机关|{_COUNT}个?[家部单]|$)"
)
_FIRST_MEMBERS = Opening(_FIRSTS, rf"(?:{_ONE_NAME}{_LEVEL}(?:{_FIRM})(?:、|和|及|与)){{1,12}}")
_MEMBER = LatePattern(rf"{_LEVEL}(?:{_FIRM})(?=[、和及与])")


def names_at(text: str, at: int, end: int) -> Names | None:
    """Short names that begin at `at`, whatever shows them to be offices."""
    if _STEMS.match(text, at, end) or (text[at] in _LEVELS and _STEMS.match(text, at + 1, end)):
        return _said_at(text, at, end) or _under_tail_at(text, at, end)
    # 各级发改、工信部门, 临江县发改、工信部门
    may_be_behind = text[at] == "各" or _PLACE_MARK.search(text, at + 1, min(end, at + _LONGEST_PLACE))
    return _under_tail_at(text, at, end) if may_be_behind else None


def _said_at(text: str, at: int, end: int) -> Names | None:
    """公安、城管要联合执法: said without 部门, so only in front of a demand or behind 请, 由, 会同."""
    is_called = text.startswith(_CALLS, max(at - 2, 0), at) or text[max(at - 1, 0) : at] in _CALLS
    for pattern in (*_CALLED, *_SAID) if is_called else _SAID:
        found = pattern.match(text, at, end)
        if found:
            return _parts(text, found), found.end()
    return None


def _under_tail_at(text: str, at: int, end: int) -> Names | None:
    """发改、工信部门 → 发改 and 工信部门; 经发、税务等部门 → 经发 and 税务; 发改、财政两家 → both."""
    found = _UNDER_TAIL.match(text, at, end)
    return (_parts(text, found), found.end()) if found else None


def first_members_at(text: str, at: int, end: int) -> Names | None:
    """应急、消防、|武装部: the short names of a list that ends in a whole name, and where that begins."""
    found = _FIRST_MEMBERS.match(text, at, end)
    if not found:
        return None
    return [member.span() for member in _MEMBER.finditer(text, at, found.end())], found.end()


def _parts(text: str, joint: re.Match[str]) -> list[tuple[int, int]]:
    is_counted = joint["tail"].startswith(("等", *_COUNT.strip("[]")))
    stop = joint.start("tail") if is_counted else joint.end()
    spots = [found.span() for found in _PART.finditer(text, joint.start(), joint.end())]
    if not spots:
        return [(joint.start(), stop)]
    spots[0] = joint.start(), spots[0][1]
    spots[-1] = spots[-1][0], max(spots[-1][1], stop)
    return spots
