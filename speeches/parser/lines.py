"""Which lines belong to the document and which to the page around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from speeches.parser import furniture, several, wrapping
from speeches.parser.furniture import PAGE_NUMBER
from speeches.parser.keeping import Keep
from speeches.parser.strand import Strand
from speeches.parser.types import Removed

_RUN_OF_SPACES = re.compile(r" {2,}")
_SENTENCE = re.compile("[。；！]|[，,].*[，,。]")
_SALUTATION = re.compile(r"^(?:同志们|各位|尊敬的).{0,20}[:：]$")
_WORDS_ONLY = re.compile(r"[\W_的]+")
_STOPS = "。；！"
_MAY_BE_SENTENCES = {"网站引言", "版权信息", "网页代码"}  # the rest of the page's lines ends in no full stop
_TITLE = 8  # letters from which two titles can be told to be the same
_REPEATS = 20  # of one title that are compared
_PROSE = 30  # characters from which a line with a full stop or two commas is running text


@dataclass(slots=True)
class Line:
    """A line of the strand without the spaces around it; `reason`: why it goes, empty while it stays."""

    text: str
    start: int
    reason: str = ""
    is_indented: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Kept:
    """The document's own lines, joined, with what went and what to warn of."""

    strand: Strand
    removed: tuple[Removed, ...]
    warnings: tuple[str, ...]


def without_furniture(whole: Strand, keep: Keep) -> Kept:
    """`whole` line by line, without blank lines and without the page's own but for those to `keep`."""
    found = list(_lines(whole.text))
    head, tail = _edges(found)
    for index, line in enumerate(found):
        line.reason = _reason(line.text, is_edge=index < head or index >= tail)
    _path(found, head)
    _values_of_labels(found, head)
    _related_lists(found, tail)
    _titles(found, head)
    warnings = _drop_second_body(found)
    for line in found:
        if line.reason and keep.holds(*whole.origin(line.start, line.end)):
            line.reason = ""
    removed = tuple(_removed(whole, line) for line in found if line.reason)
    return Kept(_joined(whole, found), removed, (*warnings, *_count_speeches(found)))


def _removed(whole: Strand, line: Line) -> Removed:
    start, end = whole.origin(line.start, line.end)
    return Removed(line.text, start, line.reason, end)


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for row in text.split("\n"):
        words = row.strip()
        if words:
            indent = row.index(words[0])
            yield Line(words, start + indent, is_indented=indent > 0)
        start += len(row) + 1


def is_prose(text: str) -> bool:
    return len(text) >= _PROSE and bool(_SENTENCE.search(text))


def _edges(found: list[Line]) -> tuple[int, int]:
    """How many lines stand before the running text, and the number of the first one behind it."""
    running = [
        index
        for index, line in enumerate(found)
        if _SALUTATION.match(line.text) or (is_prose(line.text) and not _reason(line.text, is_edge=True))
    ]
    if not running:
        return len(found), len(found)
    return running[0], running[-1] + 1


def _reason(text: str, *, is_edge: bool) -> str:
    if is_edge and _is_buttons(text):
        return "网站按钮"
    for rule in furniture.LINE_RULES:
        if text[-1] in _STOPS and rule.reason not in _MAY_BE_SENTENCES:
            continue
        if (is_edge or rule.zone == "any") and len(text) <= rule.longest and rule.pattern.search(text):
            return rule.reason
    return ""


def _is_buttons(text: str) -> bool:
    words = [word for word in furniture.SEPARATORS.split(text) if word]
    return all(word in furniture.BUTTONS for word in words) or text.replace(" ", "") in furniture.BUTTONS


def _path(found: list[Line], head: int) -> None:
    """首页 / 新闻 / 采购动态, one a line: the short words behind 首页 lead to the page and are no title."""
    homes = [
        number
        for number, line in enumerate(found[:head])
        if line.reason == "网站按钮" and "首页" in line.text
    ]
    for line in found[homes[0] : head] if homes else []:
        if not line.reason and (len(line.text) > 8 or not line.text.isalpha()):
            return
        line.reason = line.reason or "网站导航"


def _values_of_labels(found: list[Line], head: int) -> None:
    """“来源：” alone in its line: the short line below is its value."""
    for label, value in pairwise(found[:head]):
        if label.reason == "发布信息" and label.text.endswith((":", "：")) and len(value.text) <= 15:
            value.reason = value.reason or "发布信息"


def _related_lists(found: list[Line], tail: int) -> None:
    """Behind the document: a heading 相关推荐 takes everything below with it, and so do rows of links."""
    behind = found[tail:]
    heading = next((i for i, line in enumerate(behind) if furniture.RELATED.match(line.text)), len(behind))
    for line in behind[heading:]:
        line.reason = line.reason or "相关推荐"
    links = [line for line in behind[:heading] if line.text.startswith(("·", "•", "▪", "■"))]
    if len(links) >= 3:
        for line in links:
            line.reason = line.reason or "相关推荐"


def _titles(found: list[Line], head: int) -> None:
    """A title printed twice (by the site, then by the document) stays once; its label 标题： goes."""
    ahead = [line for line in found[:head] if not line.reason]
    labelled = [line for line in ahead if furniture.TITLE_LABEL.match(line.text)]
    hosts = (furniture.HOST.match(line.text) for line in found if len(line.text) < 120)
    banners = {host[1] for host in hosts if host}
    for line in ahead:
        if line.text in banners:
            line.reason = "网站名称"
    for line in labelled:
        label = furniture.TITLE_LABEL.match(line.text)
        line.start += label.end() if label else 0
        line.text = furniture.TITLE_TAIL.sub("", line.text[label.end() if label else 0 :])
    _titles_again([line for line in ahead if not line.reason])
    _lead_of_squeezed(found, head)


def _titles_again(lines: list[Line]) -> None:
    """Of titles that are the same but for marks, spaces, 的 and a site's name behind a dash the last stays.

    Those begin with the same words: only they are compared, and not more of them than a page can repeat.
    """
    later: dict[str, list[str]] = {}
    for line in reversed(lines):
        words = _WORDS_ONLY.sub("", line.text)
        if len(words) < _TITLE:
            continue
        alike = later.setdefault(words[:_TITLE], [])
        if any(_is_same_title(words, other) for other in alike[-_REPEATS:]):
            line.reason = "重复的标题"
        alike.append(words)


def _is_same_title(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and len(long) - len(short) <= 10


def _lead_of_squeezed(found: list[Line], head: int) -> None:
    """A page squeezed into one line opens with its title again: the second one goes."""
    titles = [line.text for line in found[:head] if not line.reason and len(line.text) >= 8]
    if head >= len(found) or not titles:
        return
    body = found[head]
    for title in titles:
        if body.text.startswith(title) and len(body.text) > 2 * len(title):
            rest = body.text[len(title) :].lstrip()
            found.insert(head, Line(title, body.start, "重复的标题"))
            body.start, body.text = body.start + len(body.text) - len(rest), rest
            return


def _drop_second_body(found: list[Line]) -> list[str]:
    """A body that the page holds twice counts once."""
    seen: set[str] = set()
    again: list[int] = []
    for index, line in enumerate(found):
        if line.reason or not is_prose(line.text):
            continue
        if line.text in seen:
            again.append(index)
        seen.add(line.text)
    if len(again) < 3:
        return []
    first, last = again[0], again[-1]
    between = [line for line in found[first : last + 1] if not line.reason and is_prose(line.text)]
    original = [line for line in found[:first] if not line.reason and is_prose(line.text)]
    if max(len(between), len(original)) * 0.8 > len(
        again
    ):  # another speech may share paragraphs with the first
        return []
    kept_before = {line.text for line in found[:first] if not line.reason}
    for line in found[_start_of_copy(found, first) :]:
        if line.text in kept_before and not line.reason:
            line.reason = "重复的正文"
    return ["正文在文件中出现了两遍，只保留一遍。"]


def _start_of_copy(found: list[Line], first: int) -> int:
    """Back over the short lines (title, day, 同志们) that the copy repeats before its first running text."""
    while first > 0 and any(found[first - 1].text == line.text for line in found[: first - 1]):
        first -= 1
    return first


def _count_speeches(found: list[Line]) -> list[str]:
    """Several titles, each followed by a salutation: several speeches in one file."""
    kept = [line.text for line in found if not line.reason]
    titles = [kept[number] for number in several.first_lines(kept)]
    if len(titles) < 2:
        return []
    return [several.notice(titles)]


def _joined(whole: Strand, found: list[Line]) -> Strand:
    kept = [line for line in found if not line.reason]
    page_ends = set(_behind_page_numbers(found))
    goes_on = wrapping.continued(kept, page_ends)
    words: list[str] = []
    places: list[int] = []
    for number, line in enumerate(kept):
        if number and number not in goes_on:
            words.append("\n")
            places.append(_break_before(whole, line.start))
        words.append(line.text)
        places += whole.offsets[line.start : line.end]
    joined = Strand("".join(words), tuple(places))
    return joined.replaced(_RUN_OF_SPACES, " ")


def _behind_page_numbers(found: list[Line]) -> Iterator[int]:
    """The numbers of those among the lines kept that stand next behind a page number."""
    kept, is_behind = 0, False
    for line in found:
        if line.reason:
            is_behind = is_behind or line.reason == PAGE_NUMBER
            continue
        if is_behind:
            yield kept
        kept, is_behind = kept + 1, False


def _break_before(whole: Strand, start: int) -> int:
    """The raw place of the line break in front of `start`."""
    at = whole.text.rfind("\n", 0, start)
    return whole.place(max(at, 0))
