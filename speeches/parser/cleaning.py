"""From text as read out of a file to text ready to parse, every character still traceable."""

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import opencc

from speeches.parser import furniture, lines
from speeches.parser.keeping import Keep
from speeches.parser.strand import Cut, Strand, strand
from speeches.parser.times.late import AnyPattern
from speeches.parser.types import Cleaned, Frame, Removed, Span

_BREAKS = re.compile(r"\r\n?|[\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_ESCAPED_BREAKS = re.compile(r"(?:\\r)?\\n")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0e-\x1b\x7f]+")
_SPACES = re.compile(r"[\t\x1f\u00a0\u1680\u2000-\u200a\u202f\u205f]")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,9}(?:\s[^<>\n]{0,400})?/?>|<!--[^\n]{0,200}?-->")
_BLOCK_TAG = re.compile(r"</?(?:p|br|div|li|tr|h[1-6]|table)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(nbsp|ensp|emsp|lt|gt|amp|quot|ldquo|rdquo|middot|mdash|hellip|#\d{2,5});")
_ENTITIES = {
    "nbsp": " ", "ensp": " ", "emsp": " ", "lt": "<", "gt": ">", "amp": "&", "quot": '"',
    "ldquo": "“", "rdquo": "”", "middot": "·", "mdash": "—", "hellip": "…",
}  # fmt: skip
# Two em spaces behind a full stop are an indent whose line break got lost.
_LOST_INDENT = re.compile("(?<=[。！？!?；;：:”）)])[ \u3000]*\u3000\u3000[ \u3000]*")
# In a page squeezed into one line a space stands where a paragraph began.
_LOST_BREAK = re.compile(
    r"(?<=[。！？!?；;：:”…）)]) +(?=[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])"
    r"|(?<! ) +(?=第[一二三四五六七八九十]{1,3}[，,])|(?<=[)）]) *(?=同志们[：:])|(?<=同志们[：:]) +"
)
_SQUEEZED = 600  # characters in one line: no paragraph of a speech is longer than a page of 28 × 22
_DAMAGE = re.compile(
    r"[\ufffd\ue000-\uf8ff]|锟斤拷|烫烫|屯屯屯|(?<=[\u4e00-\u9fff])(?:\?{2,}|_{1,3})(?=[\u4e00-\u9fff])"
)
_SPACED = 6  # words of one letter from which a line is set wide
_GAP_IN_WORD = re.compile(r"(?<=[\u4e00-\u9fff\d]) (?=[\u4e00-\u9fff\d])")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(slots=True)
class _Bench:
    """The strand on its way through the steps, with what was taken out and what the clerk must be told."""

    strand: Strand
    removed: list[Removed]
    warnings: list[str]
    keep: Keep

    def take_out(self, cuts: Iterable[Cut], reason: str) -> None:
        listed = [cut for cut in cuts if not self.keep.holds(*self.strand.origin(cut.start, cut.end))]
        for cut in listed:
            words = self.strand.text[cut.start : cut.end].strip()
            start, end = self.strand.origin(cut.start, cut.end)
            self.removed.append(Removed(words, start, reason, end))
        if listed:
            self.strand = self.strand.edited(listed)


def clean(raw: str, frames: Sequence[Frame] = (), keep: Iterable[Span] = ()) -> Cleaned:
    """`raw` without what its page, site or copier put around it; characters only go, or change one for one.

    `frames` (lines, in order) go too, as whoever read the file says. What overlaps one of `keep`, stretches
    of the raw text as well, stays whatever it looks like: a clerk has said so.
    Placeholders (x, *, X) and damaged spots stay as they are; the latter are named in `warnings`.
    """
    bench = _Bench(strand(raw), [], [], Keep(keep))
    _frames(bench, frames)
    _spaces(bench)
    _markup(bench)
    _readings(bench)
    _to_simplified(bench)
    _inserts(bench)
    _restore_breaks(bench)
    _close_up(bench)
    cleaned = lines.without_furniture(bench.strand, bench.keep)
    removed = sorted([*bench.removed, *cleaned.removed], key=lambda gone: gone.start)
    warnings = [*bench.warnings, *cleaned.warnings, *_damage(cleaned.strand.text)]
    return Cleaned(cleaned.strand.text, cleaned.strand.offsets, tuple(removed), tuple(warnings))


def _frames(bench: _Bench, frames: Sequence[Frame]) -> None:
    """Each with the end of its line, so that the rest is the text the reader gave."""
    raw = bench.strand.text
    gone = [frame for frame in frames if not bench.keep.holds(frame.span.start, frame.span.end)]
    for frame in gone:
        start, end = frame.span.start, frame.span.end
        bench.removed.append(Removed(raw[start:end].strip(), start, frame.reason, end))
    cuts = [Cut(frame.span.start, min(frame.span.end + 1, len(raw))) for frame in gone]
    if cuts:
        bench.strand = bench.strand.edited(cuts)


def _spaces(bench: _Bench) -> None:
    kept = bench.strand.replaced(_BREAKS, "\n").replaced(_INVISIBLE, "")
    if kept.text.count("\\n") >= 2:
        kept = kept.replaced(_ESCAPED_BREAKS, "\n")
    kept = kept.replaced(_LOST_INDENT, "\n")
    bench.strand = kept.swapped(_SPACES.sub(" ", kept.text).replace("\u3000", " "))


def _markup(bench: _Bench) -> None:
    """Tags and entities of a page saved as text."""
    if "<" in bench.strand.text:
        breaks = bench.strand.replaced(_TAG, lambda tag: "\n" if _BLOCK_TAG.match(tag[0]) else "")
        bench.strand = breaks
    if "&" in bench.strand.text:
        bench.strand = bench.strand.replaced(_ENTITY, _character)


def _character(entity: re.Match[str]) -> str:
    name = entity[1]
    if not name.startswith("#"):
        return _ENTITIES[name]
    char = chr(int(name[1:]))
    return char if char.isprintable() else " "


def _readings(bench: _Bench) -> None:
    """Pinyin behind characters, when there is enough of it to be sure that it is no abbreviation."""
    found = list(furniture.PINYIN.finditer(bench.strand.text))
    toned = sum(any(char in furniture.PINYIN_TONE for char in note[0]) for note in found)
    if toned >= 3 and toned * 2 >= len(found):
        bench.strand = bench.strand.edited(Cut(*note.span()) for note in found)
        bench.warnings.append(f"原文夹有拼音注音，已去掉{len(found)}处。")


@functools.cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


def _to_simplified(bench: _Bench) -> None:
    text = bench.strand.text
    traditional = sum(char in furniture.TRADITIONAL for char in text)
    if traditional < 3 or traditional * 25 < len(_HAN.findall(text)):
        return
    converted = _converter().convert(text)
    if len(converted) != len(text):
        converted = "".join(_converter().convert(char)[:1] or char for char in text)
    bench.strand = bench.strand.swapped(converted)
    bench.warnings.append("原文为繁体字，已转为简体，请留意人名、地名用字。")


def _inserts(bench: _Bench) -> None:
    """What copying sites put inside the text."""
    bench.take_out(_cuts(furniture.PAID, bench), "网站提示")
    bench.take_out(_cuts(furniture.EDITOR, bench), "发布信息")
    _gaps(bench)
    _cut_short(bench)
    bench.take_out(_cuts(furniture.NEIGHBOURS, bench), "上下篇链接")
    names = _copying_sites(bench.strand.text)
    if names:
        marks = re.compile(
            "|".join(rf"(?<=[\u4e00-\u9fff，。])(?:{re.escape(n)})(?=[\u4e00-\u9fff，。])" for n in names)
        )
        bench.take_out(_cuts(marks, bench), "网站水印")


def _cuts(pattern: AnyPattern, bench: _Bench) -> list[Cut]:
    return [Cut(*found.span()) for found in pattern.finditer(bench.strand.text)]


def _gaps(bench: _Bench) -> None:
    gaps = list(furniture.GAP.finditer(bench.strand.text))
    bench.warnings += [f"原文有缺：此处被网站省略{gap[3]}字，请找全文补齐后再立项。" for gap in gaps]
    bench.take_out((Cut(*gap.span(1)) for gap in gaps if gap[1]), "网站提示")


def _cut_short(bench: _Bench) -> None:
    """“（未完，全文共……字）” near the end: the notice goes, and the rest of its line, which is the site's."""
    found = furniture.UNFINISHED.search(bench.strand.text)
    if not found:
        return
    text = bench.strand.text
    line_end = text.find("\n", found.end())
    line_end = len(text) if line_end < 0 else line_end
    is_last = line_end - found.end() < 0.2 * len(text)
    bench.warnings.append("原文不完整：网站只显示了一部分，请找全文补齐后再立项。")
    bench.take_out([Cut(found.start(), line_end if is_last else found.end())], "网站提示")


def _copying_sites(text: str) -> list[str]:
    """Names of copying sites as their own banner lines give them: they are also sown into the body."""
    banners = [
        found[1]
        for line in text.split("\n")
        if len(line) < 120 and (found := furniture.HOST.match(line.strip()))
    ]
    words = {word for banner in banners for word in re.split(r"[_\-—|·]", banner)}
    return sorted((word for word in words if furniture.SITE_WORD.match(word)), key=len, reverse=True)


def _restore_breaks(bench: _Bench) -> None:
    text = bench.strand.text
    if max(map(len, text.split("\n"))) > _SQUEEZED:
        bench.strand = bench.strand.replaced(_LOST_BREAK, "\n")


def _close_up(bench: _Bench) -> None:
    """A line set with a space between all its letters (在 全 市 大 会 上) is written as one says it."""
    cuts, start = [], 0
    for line in bench.strand.text.split("\n"):
        words = line.split()
        if len(words) >= _SPACED and sum(len(word) == 1 for word in words) * 10 >= 7 * len(words):
            gaps = _GAP_IN_WORD.finditer(line)
            cuts += [Cut(start + gap.start(), start + gap.end()) for gap in gaps]
        start += len(line) + 1
    if cuts:
        bench.strand = bench.strand.edited(cuts)


def _damage(text: str) -> list[str]:
    found = list(_DAMAGE.finditer(text))
    if not found:
        return []
    first = text[max(0, found[0].start() - 6) : found[0].end() + 6].replace("\n", " ")
    return [f"正文有{len(found)}处字迹缺损（如“{first}”），请对照原件核对。"]
