"""Lead, supporting or plainly responsible: read from the words right behind the parties."""

import re

from .following import OBJECT
from .organs import Party, parties_at
from .reading import Reading
from .types import Role

_FILLER = (
    "(?:你们?|都|也|还|要|应当|应该|应|须|必须|务必|将|统一|具体|全力|积极|主动|密切|认真|切实|做好|共同|总|为|分别|进行"
    "|加强|充分|作为)*"
)
_LEAD = re.compile(
    rf"{_FILLER}(?:牵[个好起]?头|负总责|总负责|对[^，。；]{{2,40}}负总责|主责|主办|统筹(?:做好|协调|负责|抓好|推进|解决)|协调各方|发挥牵头)"
)
_CO = re.compile(rf"{_FILLER}(?:配合|协助|协同|协办|支持配合|予以配合)")
_JOINS_IN = re.compile(rf"{_FILLER}(?:参与|参加)")
_COORDINATES = re.compile(
    r"(?:[^，。；]{0,60}，)?(?:要|应)?(?:加强|做好)[^，。；]{0,24}统筹协调(?:[，。；]|$)"
)
_LEADS_WITH = re.compile("(?:按照|根据|会同|要会同|应会同|要|应|发挥)")
_IS_LEAD = re.compile(
    r"牵头|主责|主体责任单位|(?<!各组)(?<!班)(?<!村民小)(?<!村民小组)组长|总指挥(?!部)|指挥长"
)
_IS_CO = re.compile(r"配合单位|配合部门|协办|协同单位|参与单位|副组长")
_WITH = re.compile("会同|(?<=[部委局厅办行])商(?![务业品户会贸场圈家议定量讨谈城])|(?P<takes>带着|带上)")
_GIVES = re.compile("(?!要|应|须|会同|[和与同带])[^，。；、]+")
# 发挥领导小组统筹作用, 强化财政部门统筹: who is to play the part
_PLAYS = re.compile("(?:发挥(?:好)?|强化)(?!市场|企业|基层|党员|群众|社会)")
_PART = re.compile("的?[^，。；、]{0,20}(?:作用|统筹|职能)")
_PLAYED = re.compile("(?P<who>[^，。；的]{2,30}?)(?:的|主?导?)?(?:作用|职能)")
_BODY = re.compile("(?:领导小组|专班|指挥部|委员会|办公室|联席会议|[局办委部]|部门)$")

_AHEAD = 24  # characters behind a mark that may tell the role
_BREATH = 6  # characters of 出人, 管源头


def roles_of(text: str, reading: Reading) -> list[tuple[Party, Role]]:
    """Each party of a reading with its role."""
    after, end = reading.after, reading.clause.end
    if after >= end:
        # 市住建局：牵头负责…: what it does stands behind the mark
        after, end = end + 1, min(len(text), end + _AHEAD)
    role: Role = "responsible"
    if _LEAD.match(text, after, end) or _coordinates(text, after):
        role = "lead"
    elif _CO.match(text, after, end) or _only_joins_in(text, reading):
        role = "co"
    parties = [*reading.parties, *_abreast(text, reading)]
    return [(party, _own(text, party) or role) for party in parties]


def _coordinates(text: str, after: int) -> bool:
    """加强统筹协调, at once or behind 会同…, 按照…: in charge of the others."""
    found = _COORDINATES.match(text, after)
    return found is not None and ("，" not in found[0][:-1] or _LEADS_WITH.match(found[0]) is not None)


def _abreast(text: str, reading: Reading) -> list[Party]:
    """派出所出人、村里出人: the second says in the same breath what it gives to the same matter."""
    mark = text.find("、", reading.after, reading.clause.end)
    if mark < 0 or mark - reading.after > _BREATH or OBJECT.match(text, reading.after):
        return []
    if not _GIVES.fullmatch(text, reading.after, mark):
        return []
    others, after = parties_at(text, mark + 1, reading.clause.end)
    is_whole = others and reading.clause.end - after <= _BREATH
    return others if is_whole and after < reading.clause.end else []


def _only_joins_in(text: str, reading: Reading) -> bool:
    """A, 市交投集团参与: supporting; 要参与规划,按程序核准…: a duty like any other."""
    found = _JOINS_IN.match(text, reading.after, reading.clause.end)
    return found is not None and (not reading.clause.mark or found.end() == reading.clause.end)


def inherited_roles(text: str, at: int, parties: list[tuple[Party, Role]]) -> list[tuple[Party, Role]]:
    """牵头制定…, 配合做好…: a sentence without a subject may say as what its party goes on."""
    role: Role | None = "lead" if _LEAD.match(text, at) else "co" if _CO.match(text, at) else None
    return [(party, role or own) for party, own in parties]


def partners(text: str, start: int, end: int) -> list[tuple[Party, Role]]:
    """会同X: X helps; 带着X: X does it too; wherever in the item it stands."""
    found: list[tuple[Party, Role]] = []
    for joined in _WITH.finditer(text, start, end):
        others, _ = parties_at(text, joined.end(), end)
        role: Role = "responsible" if joined["takes"] else "co"
        found += [(party, role) for party in others]
    return found


def players(text: str, start: int, end: int) -> list[tuple[Party, Role]]:
    """Who is to play a part in an item that names nobody else: 发挥领导小组统筹作用."""
    for plays in _PLAYS.finditer(text, start, end):
        # 发挥水利、气象等部门作用: the list ends where its part is named
        told = _PLAYED.match(text, plays.end(), end)
        parties, after = parties_at(text, plays.end(), told.end("who") if told else end)
        bodies = [p for p in parties if p.rule == "joint" or _BODY.search(text[p.start : p.end])]
        part = _PART.match(text, after, end)
        if bodies and part:
            role: Role = "lead" if "统筹" in part[0] or "牵头" in part[0] else "responsible"
            return [(party, role) for party in bodies if party.kind == "named"]
    return []


def _own(text: str, party: Party) -> Role | None:
    """牵头部门 carries its role in its name."""
    name = text[party.start : party.end]
    if _IS_LEAD.search(name):
        return "lead"
    return "co" if _IS_CO.search(name) else None
