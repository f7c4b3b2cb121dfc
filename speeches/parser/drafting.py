"""Clauses → drafts: one party (or set), one matter, one stretch of text."""

import re
from dataclasses import dataclass, field

from .organs import Party
from .reading import Reading
from .roles import roles_of
from .sentences import Stretch
from .types import Role, Target, TimeFind

_CONTINUES = re.compile(
    r"(?:力争|确保|争取|务求|该项|此项|这项|上述工作|以上工作|尤其|特别是|其中|对(?:于)?(?:已|年底|需要|属于|符合|不|能|未|确)[^，]{0,24}的[^，的]{0,8}，)"
)
# 在抓好当前工作的同时: the setting, not the object, of what is asked
_TOPIC = re.compile("[^是有为了，]{2,20}的[^，的了已]{1,8}")
# 饮水这块, 全市农民工工资, 现有的七个亏损车间: a noun too
_PLAIN_WORD = "[^是为了要应须不很较更最已未正也还都只，：]"
_MATTER = re.compile(
    rf"{_PLAIN_WORD}{{1,20}}(?:这一?块|方面|工作|问题|项目|资金|工资|款|任务|事项)"
    rf"|(?:{_PLAIN_WORD}{{1,14}}的|{_PLAIN_WORD}{{1,24}}、[^，、]{{1,8}}?)?[一二两三四五六七八九十几0-9x×*]+[个家处条户座所台][^，：]{{0,8}}"
)
_LONGEST_TOPIC = 40  # characters
# 总概算486万元,由…: what it costs is no matter of its own
_COSTS = re.compile("[^，]{0,8}(?:概算|预算|投资|造价|经费|资金|费用)[^，]{0,8}[0-9x×*]")
_MEETING = re.compile("会议|会上|原则|听取")
_SANCTION = re.compile("取消|问责|追责|追究|约谈|严肃处理")
_SETTING = re.compile("在[^，]*(?:同时|之际|情况下|形势下|背景下|过程中|工作中)$")
# 其他单位可根据需要开设: leave for others ends no duty
_LEAVE = re.compile(
    "(?:其他|其它|有条件的|符合条件的|确有需要的)[^，要应须]{0,12}可(?:以|根据|结合|参照|按|视|自行|适当|由)"
)
# 新增岗位200个,县人社局负责: all the second clause says
_ITS_OWN = re.compile("(?:具体|统一|总)?(?:负责|牵头|承办|落实|实施|主办)(?:负责|落实|实施|推进)?")
# 返工费用由施工单位承担: who pays is no party of the matter
_PAYS = re.compile("[^，]{0,8}(?:费用|损失|费)(?:一律|全部|均|都)?由[^，]{2,20}(?:承担|负担|支付|自理)")
_NOUN = re.compile("的[^，的]{1,6}$")
# 我当着大家的面定了：…, 我再明确一下：…
_DECIDES = re.compile(
    "(?:定了|决定|定下来|说清楚|讲清楚|讲明白|(?:明确|强调|重申|提醒|点|说)一下|这么办|这样办)$"
)
# 形成A牵头、B配合的机制: who does what in it is part of the same matter
_FORMS = re.compile(
    "(?:形成|建立|构建|健全|完善)(?:(?!机制|格局|体系)[^，])*(?:，(?:(?!机制|格局|体系)[^，])*){0,3}$"
)


@dataclass(frozen=True, slots=True)
class Own:
    """The words of time and the figures that belong to one draft."""

    deadlines: tuple[TimeFind, ...] = ()
    recurrences: tuple[TimeFind, ...] = ()
    targets: tuple[Target, ...] = ()


@dataclass(slots=True)
class Draft:
    """A candidate: `[start, end)` of the text, its parties with roles, and what speaks for it."""

    start: int
    end: int
    stretch: int
    line: int
    parties: list[tuple[Party, Role]] = field(default_factory=list)
    body: int = -1  # where the sentence itself starts, behind a stage caption
    strength: str = ""
    is_led: bool = False  # the first clause asks or acts, no other subject stands before it
    inherited: bool = False
    stretch_end: int = -1  # the last stretch merged into it
    own: Own = Own()
    weight: float = 0.0
    verdict: str = ""  # why it is no task
    rules: list[str] = field(default_factory=list)

    @property
    def is_named(self) -> bool:
        return any(party.kind == "named" for party, _ in self.parties)


def drafts_of(text: str, number: int, stretch: Stretch, readings: list[Reading]) -> list[Draft]:
    """The drafts of one stretch, in order; clauses that only lead in belong to none."""
    desk = _Desk(text, number, stretch.line, readings)
    for reading in readings:
        desk.take(reading)
    for draft in desk.made:
        draft.stretch_end, draft.body = number, draft.start
    return [draft for draft in desk.made if draft.end > draft.start]


@dataclass(slots=True)
class _Desk:
    """Clauses come in one by one; drafts grow."""

    text: str
    number: int
    line: int
    readings: list[Reading]
    made: list[Draft] = field(default_factory=list)
    pending: int = -1  # where an object or a time stands that the next clause may own
    spare: int = -1  # where the statement before stands: 麦茬不超过15公分,由…检查

    def take(self, reading: Reading) -> None:
        if reading.is_fresh:
            self.pending = -1
        if reading.kind == "party":
            self._party(reading)
        elif reading.kind in {"object", "time"}:
            self._object(reading)
        elif reading.kind in {"ask", "act"} and not self.made:
            self._open(reading)
        elif not _LEAVE.match(self.text, reading.at, reading.clause.end):
            if self.made:
                self.made[-1].end = reading.clause.end
            if not (self.pending >= 0 and _is_noun(self.text, reading)):
                self.pending = -1
        is_statement = reading.kind == "other" and reading.at < reading.clause.end
        if reading.clause.mark == "：" and _DECIDES.search(self.text[reading.at : reading.clause.end]):
            is_statement = False
        is_matter = is_statement and not any(lead.match(self.text, reading.at) for lead in (_MEETING, _COSTS))
        self.spare = reading.at if is_matter else -1
        if reading is self.readings[0] and is_statement and _is_topic(self.text, reading):
            self.pending = reading.at

    def _party(self, reading: Reading) -> None:
        roles = roles_of(self.text, reading)
        current = self.made[-1] if self.made else None
        if (
            current
            and reading.strength == "by"
            and _PAYS.fullmatch(self.text, reading.at, reading.clause.end)
        ):
            current.end = reading.clause.end
            return
        if (
            current
            and reading.strength == "by"
            and current.strength == "soft"
            and _is_when(self.text, current)
        ):
            # The soft subject was the object of what comes: 幼儿园移交后,由教育部门办成…
            current.parties, current.strength, current.end = roles, "by", reading.clause.end
        elif current and _joins(self.text, current, reading, roles):
            current.parties += roles
            current.end = reading.clause.end
        else:
            start = self.pending if self.pending >= 0 else reading.at
            if self.pending < 0 <= self.spare and self.text[reading.at] == "由" and not current:
                start = self.spare
            if current and self.pending >= 0:
                current.end = _before(self.text, self.pending)
            self._add(start, reading, roles, reading.strength)
            self.made[-1].rules.append(f"party:{reading.strength}")
        self.pending = -1

    def _object(self, reading: Reading) -> None:
        if self.made:
            self.made[-1].end = reading.clause.end
        if self.made and self.text.startswith(("把", "会同"), reading.at):
            return  # each month, 把名单推给…; 会同水务集团取得批复: what the party just named does
        if self.pending < 0 and not _SETTING.match(self.text, reading.at, reading.clause.end):
            self.pending = reading.at

    def _open(self, reading: Reading) -> None:
        start = self.pending if self.pending >= 0 else reading.at
        self._add(start, reading, [], "modal" if reading.kind == "ask" else "")
        self.made[-1].is_led = reading is self.readings[0] or all(r.kind != "party" for r in self.readings)
        self.made[-1].rules.append(reading.kind)
        self.pending = -1

    def _add(self, start: int, reading: Reading, roles: list[tuple[Party, Role]], strength: str) -> None:
        self.made.append(
            Draft(
                start=start,
                end=reading.clause.end,
                stretch=self.number,
                line=self.line,
                parties=roles,
                strength=strength,
                is_led=True,
            )
        )


def _is_noun(text: str, reading: Reading) -> bool:
    """对条件成熟,明年能够实施的项目: the second half of an object."""
    return reading.kind == "other" and _NOUN.search(text[reading.at : reading.clause.end]) is not None


def _is_when(text: str, draft: Draft) -> bool:
    return text[draft.end - 1] in "后的时" and "，" not in text[draft.start : draft.end]


def _is_topic(text: str, reading: Reading) -> bool:
    """今天曝光的23个问题,相关乡镇…: a noun that opens the sentence is what it is about."""
    start, end = reading.at, reading.clause.end
    if end - start > _LONGEST_TOPIC:
        return False
    return any(noun.fullmatch(text, start, end) for noun in (_TOPIC, _MATTER))


def _before(text: str, at: int) -> int:
    while at > 0 and text[at - 1] in "，： ":
        at -= 1
    return at


def _joins(text: str, current: Draft, reading: Reading, roles: list[tuple[Party, Role]]) -> bool:
    """请A牵头,B配合,……: a clause that only gives a role belongs to what it is a role in."""
    is_lead = all(role == "lead" for _, role in current.parties)
    only_roles = {role for _, role in roles}
    is_short = reading.clause.end - reading.after <= 10
    if (
        is_lead
        and current.strength in {"role", "by"}
        and current.end - current.start <= 60
        and "，" not in text[current.start : current.end]
    ):
        return True
    if reading.strength == "role" and _FORMS.search(text[current.start : current.end]):
        return True
    if not current.parties:
        is_plain = text[reading.at] != "请" and reading.strength == "role"
        if is_plain and _ITS_OWN.fullmatch(text, reading.after, reading.clause.end):
            return text[current.end : reading.clause.start].strip("，") == ""
        is_by = reading.strength == "by" or text.startswith("由", reading.at)
        return is_by and text[current.end : reading.clause.start].strip("，") == ""
    return reading.strength == "role" and is_short and only_roles == {"co"}


def continues(text: str, stretch: Stretch) -> bool:
    """力争…, 该项工作…: the sentence goes on with the matter of the one before."""
    is_sanction = _SANCTION.search(text, stretch.start, stretch.end) is not None
    return not is_sanction and _CONTINUES.match(text, stretch.start, stretch.end) is not None
