"""Duty notes: （牵头单位：甲；配合单位：乙；完成时限：6月底）, in brackets or on a line of their own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .names import is_false_name
from .organs import Party, parties_at
from .times.late import LatePattern
from .types import Role
from .wordlists import listed

_LABELS: tuple[tuple[str, Role], ...] = (
    ("总牵头|牵头|主办|主责|组长|总指挥", "lead"),
    ("配合|协办|协助|协同|参与|参加", "co"),
    ("责任|承办|负责|落实|包保|包联|实施|成员|组员", "responsible"),
)
_WHO = "单位|部门|领导|人|处室|科室|县领导|市领导|校领导|主体|地区|乡镇"
_KINDS = "|".join(words for words, _ in _LABELS)
_LABEL = LatePattern(
    rf"(?P<kind>{_KINDS})(?:{_WHO})?(?:及(?:责任)?(?:{_WHO}))?[：:]"
    r"|(?:[一-龥]{0,4}(?:时限|时间|期限|时间节点)|[一-龥]{1,4}(?:单位|部门|领导|人))[：:]"
)
_BRACKET = LatePattern(
    rf"（(?=[^（）]{{0,40}}(?:{_KINDS})(?:{_WHO})?[^（）：]{{0,6}}：)(?:[^（）]|（[^（）]{{0,20}}）){{2,200}}）"
)
_LINE = LatePattern(rf"(?:{_KINDS})(?=(?:{_WHO})[^：\n。，]{{0,4}}：)")
_REST_OF_LINE = LatePattern(r"[^\n。]{4,200}")
_BY_BRACKET = LatePattern(
    r"（(?=[^（）：。]{2,60}(?:（[^（）]{1,12}）[^（）：。]{0,60})?(?:牵头|负责|落实))"
    r"(?P<who>(?:[^（）：。]|（[^（）：。]{1,12}）){2,160})）"
)
_TELLER = LatePattern(
    "(?:由|请)?(?P<who>[^，；]{2,80}?)(?:按(?:照)?(?:各自)?(?:职责|职能|分工|任务)+(?:分别)?|依职责|分别|共同|具体|联合|统一|总)*"
    "(?P<how>牵头|负责|落实|配合|协助|协同|参与|参加|支持)(?:负责|落实|实施|组织实施|推进|办理)?"
)
# （区数据局牵头，8月底前完成）: a part that only says by when
_TIME_LIMIT = LatePattern(
    "\\d{4}年(?:\\d{1,2}月)?(?:\\d{1,2}日)?|[^，；]{0,16}(?:前|底|内|末)(?:全部|全面|基本)?(?:完成|到位|建成|上线|见效|投用|办结|落实)?|(?:长期|持续)(?:坚持|推进|实施)?"
)
# （县教体局、县住建局）。 at the end of a sentence: nothing but names
_BARE_BRACKET = LatePattern(
    r"(?<![市县区乡镇村]）)（(?P<who>(?:[^（）：。；]|（[^（）：。]{1,12}）){3,120})）(?=[。；\n]|$)"
)
_HOW_ROLE: dict[str, Role] = {"牵头": "lead", "负责": "responsible", "落实": "responsible"}
_BETWEEN = LatePattern(r"[、，；。\s]+|[和及与]|等")
# 自然资源|和|规划局: an 和 inside one name, told by what stands before it
_WHOLE = LatePattern(listed("organ_stems", "organ_suffixes", "posts", "place_kinds") + "$")
_WHOLE_STEM = LatePattern(f"(?:[省市县区州镇]?)(?:{listed('compound_stems')})")
_TAIL = LatePattern("(?:有关|相关|其他|职能|责任)?(?:部门|单位|机构|企业)")
_NOISE = LatePattern(r"^(?:各)?(?:相关|有关)?(?:单位|部门)$")


@dataclass(frozen=True, slots=True)
class Note:
    """Where a note stands and whom it names."""

    start: int
    end: int
    parties: tuple[tuple[Party, Role], ...]


def notes_in(folded: str) -> tuple[Note, ...]:
    """Every duty note of a folded (not sealed) text, in order."""
    if "（" not in folded and "：" not in folded:
        return ()
    found = [_labelled(folded, match.start(), match.end()) for match in _BRACKET.finditer(folded)]
    found += [_labelled(folded, start, end) for start, end in _lines(folded)]
    found += [_told(folded, match) for match in _BY_BRACKET.finditer(folded)]
    found += [_listed(folded, match) for match in _BARE_BRACKET.finditer(folded)]
    return tuple(sorted((note for note in found if note.parties), key=lambda note: note.start))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines, or parts of lines, that a label opens: 责任单位：县水利局."""
    end = 0
    for label in _LINE.finditer(text):
        start = label.start()
        while start > end and text[start - 1] == " ":
            start -= 1
        rest = _REST_OF_LINE.match(text, label.start()) if label.start() >= end else None
        if rest and (not start or text[start - 1] in "\n。；，"):
            end = rest.end()
            yield start, end


def _labelled(text: str, start: int, end: int) -> Note:
    labels = list(_LABEL.finditer(text, start, end))
    parties: list[tuple[Party, Role]] = []
    for number, label in enumerate(labels):
        stop = labels[number + 1].start() if number + 1 < len(labels) else end
        if label["kind"]:
            role = next(role for words, role in _LABELS if label["kind"] in words.split("|"))
            parties += _under_label(text, label.end(), stop, role)
    return Note(start, end, tuple(parties))


def _under_label(text: str, start: int, end: int, role: Role) -> list[tuple[Party, Role]]:
    """（牵头单位：甲，乙、丙配合）: behind the label, a part may say its own role."""
    parties: list[tuple[Party, Role]] = []
    for part in re.finditer("[^，；]+", text[start:end]):
        at, stop = start + part.start(), start + part.end()
        own = _TELLER.fullmatch(text, at, stop - text[at:stop].endswith("）"))
        how = _HOW_ROLE.get(own["how"], "co") if own else role
        parties += [(party, how) for party in listed_parties(text, at, own.end("who") if own else stop)]
    return parties


def _told(text: str, match: re.Match[str]) -> Note:
    """（市住建局牵头，市财政局配合）: every part names somebody and says as what, or it is no note."""
    parties: list[tuple[Party, Role]] = []
    at = match.start("who")
    for part in re.split("[，；]", match["who"]):
        told = _TELLER.fullmatch(text, at, at + len(part))
        if not told and parties and _TIME_LIMIT.fullmatch(part):
            at += len(part) + 1
            continue
        if not told:
            return Note(match.start(), match.end(), ())
        role = _HOW_ROLE.get(told["how"], "co")
        parties += [(party, role) for party in listed_parties(text, told.start("who"), told.end("who"))]
        at += len(part) + 1
    return Note(match.start(), match.end(), tuple(parties))


def _listed(text: str, match: re.Match[str]) -> Note:
    """Every name must prove itself here, at least one of them as an office: no label says what they are."""
    start = match.start("who")
    known: list[Party] = []
    is_whole = True
    for part in re.finditer("[^，]+", match["who"]):
        some, behind = parties_at(text, start + part.start(), start + part.end())
        known, is_whole = known + some, is_whole and behind == start + part.end()
    is_list = is_whole and any(party.kind == "named" and party.rule != "place" for party in known)
    return Note(*match.span(), tuple((party, "responsible") for party in known) if is_list else ())


def _is_loose(name: str) -> bool:
    """Whether `name` ends in a bracket it did not open: 各村（社区）keeps its own."""
    return name.endswith("）") and name.count("）") > name.count("（")


def _behind_name(text: str, at: int, end: int) -> re.Match[str] | None:
    """The mark or joiner that ends the name at `at`; an 和 that belongs to the name is passed over."""
    whole = _WHOLE_STEM.match(text, at, end)
    from_ = whole.end() if whole else at
    for between in _BETWEEN.finditer(text, from_, end):
        name = text[at : between.start()].strip("（： ")
        if between[0] not in "和及与" or (_WHOLE.search(name) and not is_false_name(name)):
            return between
    return None


def listed_parties(text: str, start: int, end: int) -> list[Party]:
    """Whatever stands between the marks is a name here; no suffix needs to prove it."""
    found = []
    at = start
    while at < end:
        between = _behind_name(text, at, end)
        stop = between.start() if between else end
        first, last = at, stop
        while first < last and text[first] in " （：":
            first += 1
        while last > first and (text[last - 1] in " ；。" or _is_loose(text[first:last])):
            last -= 1
        name = text[first:last]
        is_et_al = text[max(at - 1, 0) : at] == "等" and _TAIL.fullmatch(name)
        if not is_et_al and 2 <= len(name) <= 24 and not name.isascii():
            kind = "collective" if name.startswith(("各", "有关", "相关")) or _NOISE.match(name) else "named"
            found.append(Party(first, last, kind, "note"))  # type: ignore[arg-type]
        at = between.end() if between else end
    return found
