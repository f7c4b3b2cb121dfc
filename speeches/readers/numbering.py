"""Word's automatic numbers (一、（一）1.) as text: they are stored as list definitions, not as characters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from speeches.readers.ooxml import Element, attribute, child, children, value

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LONGEST_LABEL = 60  # Word itself allows no more than nine numbers and a few words
_CHINESE = ("chineseCounting", "japaneseCounting", "taiwaneseCounting", "koreanCounting", "ideographDigital")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `label` holds %1 … %9 for the numbers of the levels."""

    start: int = 1
    shape: str = "decimal"
    label: str = ""
    is_legal: bool = False  # every number of the label in Arabic digits
    restarts_after: int | None = None  # lvlRestart: 0 never restarts
    style: str = ""  # whose paragraphs stand on this level


@dataclass(slots=True)
class Scheme:
    """A list definition (abstractNum) with its running counters; all lists made from it count on together."""

    levels: dict[int, Level]
    style_link: str = ""
    counts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class List:
    """A list (num): a scheme, with levels of its own or a restart at its first use."""

    scheme: str
    overrides: dict[int, Level]
    restarts: dict[int, int]


class Numbering:
    """Gives each paragraph, in order, the label Word would print before it."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._schemes: dict[str, Scheme] = {}
        self._lists: dict[str, List] = {}
        self._styles = dict(_style_lists(styles)) if styles is not None else {}
        self._parents = dict(_style_parents(styles)) if styles is not None else {}
        self._linked: dict[str, str] = {}
        if numbering is not None:
            self._load(numbering)

    def _load(self, numbering: Element) -> None:
        for definition in children(numbering, "abstractNum"):
            levels = dict(_levels(definition))
            key = attribute(definition, "abstractNumId")
            self._schemes[key] = Scheme(levels, value(definition, "numStyleLink"))
            if name := value(definition, "styleLink"):
                self._linked[name] = key
        for item in children(numbering, "num"):
            self._lists[attribute(item, "numId")] = _list(item)

    def label(self, paragraph: Element) -> str:
        """The label of the next paragraph; empty when it has none. Counts on: call once per paragraph."""
        number, depth = self._place(child(paragraph, "pPr"))
        chosen = self._lists.get(number)
        scheme = self._scheme(chosen.scheme) if chosen else None
        if chosen is None or scheme is None:
            return ""
        levels = scheme.levels | chosen.overrides
        if depth not in levels:
            return ""
        _count(scheme.counts, chosen, levels, depth)
        return _filled(levels, scheme.counts, depth)

    def _place(self, properties: Element | None) -> tuple[str, int]:
        """The list and level of a paragraph: its own, or those of its style and of what that is based on."""
        own = child(properties, "numPr") if properties is not None else None
        number, depth = (value(own, "numId"), value(own, "ilvl")) if own is not None else ("", "")
        style = (value(properties, "pStyle") if properties is not None else "") or ""
        inherited, level = self._of_style(style)
        number, depth = number or inherited, depth or level
        return number, int(depth) if depth.isdigit() else self._depth_of_style(number, style)

    def _depth_of_style(self, number: str, style: str) -> int:
        """The level that names the style or one it is based on, where neither paragraph nor style has one."""
        chosen = self._lists.get(number)
        scheme = self._scheme(chosen.scheme) if chosen else None
        named = {level.style: depth for depth, level in scheme.levels.items()} if scheme else {}
        for _ in range(20):  # as in `_of_style`
            if not style or style in named:
                break
            style = self._parents.get(style, "")
        return named.get(style, 0) if style else 0

    def _of_style(self, style: str) -> tuple[str, str]:
        for _ in range(20):  # a chain of styles; a loop in a broken file must end
            if style in self._styles:
                return self._styles[style]
            if style not in self._parents:
                break
            style = self._parents[style]
        return "", ""

    def _scheme(self, key: str) -> Scheme | None:
        scheme = self._schemes.get(key)
        if scheme is not None and not scheme.levels and scheme.style_link in self._linked:
            return self._schemes.get(self._linked[scheme.style_link])
        return scheme


def _levels(definition: Element) -> Iterator[tuple[int, Level]]:
    for level in children(definition, "lvl"):
        depth, start, restart = attribute(level, "ilvl"), value(level, "start"), value(level, "lvlRestart")
        if depth.isdigit():
            yield (
                int(depth),
                Level(
                    int(start) if start.isdigit() else 1,
                    value(level, "numFmt") or "decimal",
                    value(level, "lvlText")[:_LONGEST_LABEL],
                    child(level, "isLgl") is not None,
                    int(restart) if restart.isdigit() else None,
                    value(level, "pStyle"),
                ),
            )


def _list(item: Element) -> List:
    overrides: dict[int, Level] = {}
    restarts: dict[int, int] = {}
    for override in children(item, "lvlOverride"):
        depth, start = attribute(override, "ilvl"), value(override, "startOverride")
        overrides.update(_levels(override))
        if depth.isdigit() and start.isdigit():
            restarts[int(depth)] = int(start)
    return List(value(item, "abstractNumId"), overrides, restarts)


def _style_lists(styles: Element) -> Iterator[tuple[str, tuple[str, str]]]:
    for style in children(styles, "style"):
        properties = child(style, "pPr")
        numbered = child(properties, "numPr") if properties is not None else None
        if numbered is not None and value(numbered, "numId"):
            yield attribute(style, "styleId"), (value(numbered, "numId"), value(numbered, "ilvl"))


def _style_parents(styles: Element) -> Iterator[tuple[str, str]]:
    for style in children(styles, "style"):
        if parent := value(style, "basedOn"):
            yield attribute(style, "styleId"), parent


def _count(counts: dict[int, int], chosen: List, levels: dict[int, Level], depth: int) -> None:
    restart = chosen.restarts.pop(depth, None)
    if restart is not None:
        counts[depth] = restart
    else:
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
    for deeper in [other for other in counts if other > depth]:
        rule = levels[deeper].restarts_after if deeper in levels else None
        if rule is None or rule > depth:
            del counts[deeper]


def _filled(levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
    def number(found: re.Match[str]) -> str:
        other = int(found[1]) - 1
        if other not in levels:
            return ""
        shape = "decimal" if levels[depth].is_legal and other != depth else levels[other].shape
        return shaped(counts.get(other, levels[other].start), shape)

    if levels[depth].shape in {"bullet", "none"}:
        return ""
    return re.sub(r"%([1-9])", number, levels[depth].label)


def shaped(number: int, shape: str) -> str:
    """A number the way a `numFmt` writes it; shapes that Chinese documents do not use fall back to digits."""
    if shape.startswith(_CHINESE):
        return _counted(number)
    if shape == "chineseLegalSimplified":
        return "".join(_LEGAL[_DIGITS.index(char)] if char in _DIGITS else "拾" for char in _counted(number))
    if shape == "ideographTraditional":
        return _STEMS[(number - 1) % 10]
    if shape == "ideographZodiac":
        return _BRANCHES[(number - 1) % 12]
    if shape.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if shape == "decimalZero":
        return f"{number:02}"
    if shape in {"upperLetter", "lowerLetter"}:
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if shape == "upperLetter" else letter.lower()
    if shape in {"upperRoman", "lowerRoman"}:
        return _roman(number) if shape == "upperRoman" else _roman(number).lower()
    return "" if shape in {"bullet", "none"} else str(number)


def _counted(number: int) -> str:
    if not 0 <= number < 100:
        return "".join(_DIGITS[int(digit)] for digit in str(number)) if number > 0 else str(number)
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    letters = ""
    for worth, letter in _ROMAN:
        letters += letter * (number // worth)
        number %= worth
    return letters
