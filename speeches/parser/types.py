"""What goes into the parser and what comes out: frozen values, no behaviour.

What a text has many of are named tuples: they are made in a third of the time of a frozen dataclass.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

Tier = Literal["named", "collective", "unassigned"]
Role = Literal["lead", "co", "responsible"]
TimeKind = Literal["date", "period", "recurrence", "duration"]
Beat = Literal["collect", "report", ""]


class Span(NamedTuple):
    """A half-open stretch `[start, end)` of the text given to `parse`, in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Organ:
    """A department the office knows. `key` is opaque to the parser and comes back on resolved units."""

    key: str
    names: tuple[str, ...]  # full name first, then short names and aliases
    is_group: bool = False  # 各镇办, 市直各部门: names a set of departments


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days and feasts. `is_workday` answers for any date; feasts: (year, 春节) → its first day."""

    is_workday: Callable[[date], bool] = lambda day: day.weekday() < 5
    feasts: Mapping[tuple[int, str], date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Context:
    """What the text itself does not say. `spoken_on=None`: words of time are found but not resolved."""

    spoken_on: date | None = None
    organs: tuple[Organ, ...] = ()
    calendar: Calendar = Calendar()
    level: Literal["国", "省", "市", "县", "区", "镇", ""] = ""


class TimeFind(NamedTuple):
    """One expression of time. `start`/`end` are inclusive days, None where unknown; `rrule` is RFC 5545."""

    text: str
    span: Span
    kind: TimeKind
    start: date | None = None
    end: date | None = None
    rrule: str = ""
    is_deadline: bool = False  # says "by when" in its own words (月底前, 一周内), not just a period
    rules: tuple[str, ...] = ()  # names of the rules that made it


class Unit(NamedTuple):
    """A responsible party as written. `organ` is the key of the resolved `Organ`, empty when not resolved."""

    text: str
    span: Span
    role: Role = "responsible"
    organ: str = ""
    blank: str = ""  # in Chinese: why it resolves to nobody


class Deadline(NamedTuple):
    """The words that say by when, and the day they mean (None: cannot be told, never guessed)."""

    text: str
    span: Span
    due_on: date | None = None


class Recurrence(NamedTuple):
    """The words that say how often, their RFC 5545 rule, and what the beat is for."""

    text: str
    span: Span
    rrule: str = ""
    beat: Beat = ""


class Target(NamedTuple):
    """A quantified goal as written."""

    text: str
    span: Span


class Section(NamedTuple):
    """A heading and its depth (1 for 一、, 2 for （一）, 3 for 1. …)."""

    span: Span
    title: str
    depth: int


class Directive(NamedTuple):
    """One requirement that can be struck off (销号). `quote == text[span.start:span.end]`."""

    span: Span
    quote: str
    tier: Tier
    units: tuple[Unit, ...] = ()
    recipients: tuple[str, ...] = ()  # reported to, not responsible (汇报市委、市政府)
    inherited: bool = False
    deadlines: tuple[Deadline, ...] = ()
    recurrences: tuple[Recurrence, ...] = ()
    targets: tuple[Target, ...] = ()
    due_on: date | None = None
    rrule: str = ""  # of the report beat, or the only beat
    collect_rrule: str = ""  # of the collect beat, when the item has two (周一收集 / 周五汇报)
    title: str = ""  # a short name for the ledger, at most 40 characters, made of words of the quote
    section: str = ""  # the heading it stands under
    confidence: float = 0.0  # 0..1
    reasons: tuple[str, ...] = ()  # in Chinese, for the clerk
    flags: tuple[str, ...] = ()  # in Chinese: 职责模糊, 时限未写明 …


@dataclass(frozen=True, slots=True)
class Header:
    """What the head of the text says about itself; empty where it does not stand there."""

    title: str = ""
    speaker: str = ""
    occasion: str = ""
    spoken_on: date | None = None
    issuer: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """A stretch of the raw text that whoever read the file takes for no part of the document."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Removed:
    """A line that `clean` took out, with its place in the raw text and why."""

    line: str
    start: int
    reason: str
    end: int = 0


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Text ready to parse. `offsets[i]` is the place in the raw text of character i of `text`."""

    text: str
    offsets: tuple[int, ...]
    removed: tuple[Removed, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """Everything found in one text, in order of appearance, spans not overlapping."""

    text: str
    directives: tuple[Directive, ...]
    sections: tuple[Section, ...] = ()
    header: Header = Header()
    version: str = ""
