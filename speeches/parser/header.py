"""What the head of a document says about itself: title, speaker, occasion, day, issuer, number."""

import re
from datetime import date

from speeches.parser.numerals import narrow_digits, number
from speeches.parser.times.late import LatePattern
from speeches.parser.types import Header

_HEAD = 12  # lines; further down a date or a name belongs to the matter
_TAIL = 6
_LONGEST_TITLE = 90
_HAN_DIGITS = "〇零○Ｏ一二三四五六七八九十廿卅"
_DAY = LatePattern(
    rf"(?P<year>(?:19|20)\d{{2}}|[一二][{_HAN_DIGITS}]{{3}})\s*(?:年|[-./])\s*"
    rf"(?P<month>\d{{1,2}}|[{_HAN_DIGITS}]{{1,3}})\s*(?:月|[-./])\s*"
    rf"(?P<day>\d{{1,2}}|[{_HAN_DIGITS}]{{1,3}})(?!\d)\s*[日号]?"
)
_DAY_LINE = LatePattern(rf"^[（(]?\s*{_DAY.source}\s*(?:[上下]午)?\s*[)）]?$".replace("?P<", "?P<_"))
_SPOKEN = LatePattern(r"(?:讲话|发言|致辞|报告|动员)(?:要点|提纲|稿)?(?:范文)?(?=$|[ （(])")
_TITLE_END = LatePattern(
    r"(?:讲话|发言|致辞|报告|通知|意见|纪要|方案|批示|通报|决定|办法|规划|要点|提纲|函|公告|计划|总结|会议|安排|稿|范文)"
    r"(?:（[^（）]{1,20}）|\([^()]{1,20}\))?$"
)
_SALUTATION = LatePattern(r"^(?:同志们|各位|尊敬的|各[县市区镇乡省]|.{0,60}[：:]$)")
_NUMBER = LatePattern(
    r"[\u4e00-\u9fff]{1,12}[〔\[［【（(]\s*(?:19|20)\d{2}\s*[〕\]］】）)]\s*第?\s*\d{1,4}\s*号"
)
_ISSUER = LatePattern(
    r"^([\u4e00-\u9fff、 ]{2,40}?(?:委员会|人民政府|办公厅|办公室|委|府|厅|局|部|办|院|会))(?:文件|关于|$)"
)
_POSTS = (
    "党组书记|党委书记|工委书记|书记|代市长|代县长|市长|县长|区长|省长|州长|盟长|旗长|镇长|乡长|主席|主任|"
    "局长|厅长|部长|总经理|董事长|院长|校长|秘书长|组长|指挥长|总指挥|常委|同志"
)
_POST = rf"(?:[\u4e00-\u9fff]{{0,12}}?(?:常务副|副)?(?:{_POSTS}))"
_WORDS = LatePattern("[\u4e00-\u9fff]{2}")
_NAME = "[\u4e00-\u9fff·XxＸ×*＊]{1,4}"
_SPEAKER_LINE = LatePattern(
    rf"^[（(]?\s*(?P<who>(?:[\u4e00-\u9fff、 ]{{0,24}}(?:{_POSTS}))[ \u3000]*{_NAME})\s*[)）]?$"
)
_SPEAKER_LABEL = LatePattern(
    r"^(?:讲话人|主讲人|发言人|讲话领导|报告人)\s*[:：]\s*(?P<who>[^\s，,。]{2,30}(?: [^\s，,。]{2,6})?)$"
)
_BARE_NAME = LatePattern(r"^[\u4e00-\u9fff](?:[\u4e00-\u9fff·]{1,3}| {1,3}[\u4e00-\u9fff])$")
_IN_TITLE = LatePattern(
    rf"^(?P<who>(?:{_POST}{_NAME}(?:同志)?|{_POST}|[\u4e00-\u9fff·]{{2,4}}(?:同志)?))在(?P<rest>.+)$"
)
_OCCASION = LatePattern(
    r"(?:^|在)(?P<where>[^（()）]{2,60}?(?:会议|培训班|仪式|会))(?=上|结束时|的讲话|讲话)"
)
_MEETING = LatePattern(r"(?:今天|现在|这次).{0,12}?召开(?P<where>[^，,。；：]{4,60}?(?:会议|大会|会))[，,。]")


def read_header(text: str) -> Header:
    """The header of a cleaned `text`; a field is empty where it does not stand in the head lines."""
    lines = narrow_digits("\n".join(text.split("\n", _HEAD)[:_HEAD])).split("\n")
    head, opening = _above_the_body(lines)
    title = _title(head)
    return Header(
        title=title[:200],
        speaker=_speaker(head, title),
        occasion=_occasion(title, opening),
        spoken_on=_spoken_on(head) or _held_on(opening) or _signed_on(text),
        issuer=_first(_ISSUER, [title, *head]),
        number=_first(_NUMBER, head, group=0),
    )


def _above_the_body(lines: list[str]) -> tuple[list[str], str]:
    """The lines before the salutation or the first running text, and the text that opens the body."""
    for place, line in enumerate(lines):
        if _SALUTATION.match(line) and not _NUMBER.search(line):
            return lines[:place], next((below for below in lines[place + 1 :] if len(below) > 20), "")
        if len(line) > _LONGEST_TITLE or ("。" in line and len(line) > 30):
            return lines[:place], line
    return lines, ""


def _title(head: list[str]) -> str:
    """The first line that is no date, number or name; a title broken over lines is put together."""
    for place, line in enumerate(head):
        if _DAY_LINE.match(line) or _NUMBER.fullmatch(line) or _who(line) or not _WORDS.search(line):
            continue
        title, below = _without_day(line), head[place + 1 :]
        while below and not _TITLE_END.search(title) and _goes_on(below[0]):
            title, below = title + _without_day(below[0]), below[1:]
        title = title.lstrip("*＊ ").removesuffix("范文")
        return title if len(title) <= 2 * _LONGEST_TITLE else ""
    return ""


def _goes_on(line: str) -> bool:
    return not (_DAY_LINE.match(line) or _NUMBER.search(line) or _who(line)) and len(line) <= 40


def _without_day(line: str) -> str:
    """A title without the date in brackets behind it."""
    return re.sub(rf"\s*[（(]\s*{_DAY.source}\s*[)）]\s*$", "", line).strip()


def _who(line: str) -> str:
    found = _SPEAKER_LABEL.match(line) or (_SPEAKER_LINE.match(line) if len(line) <= 30 else None)
    if found:
        return re.sub(r"[ \u3000]+", " ", found["who"]).strip()
    return line.replace(" ", "") if _BARE_NAME.match(line) else ""


def _speaker(head: list[str], title: str) -> str:
    """From a line of its own below the title (市长 李某某), else from “某某在……会上的讲话”."""
    for line in head:
        if who := _who(line):
            return who
    found = _IN_TITLE.match(title) if _SPOKEN.search(title) else None
    return found["who"] if found else ""


def _occasion(title: str, opening: str) -> str:
    found = _OCCASION.search(title[title.find("在") + 1 :])
    if found:
        return found["where"]
    found = _MEETING.search(opening[:120])
    return found["where"].strip("了 ") if found else ""


def _spoken_on(head: list[str]) -> date | None:
    """The day in brackets or alone in a line; a date inside a title's words is not the day it was spoken."""
    for line in head:
        whole = _DAY_LINE.match(line)
        bracketed = re.search(rf"[（(]\s*{_DAY.source}[^（()）]{{0,20}}[)）]", line)
        found = _DAY.search(line) if whole or bracketed else None
        if found and (day := _day(found)):
            return day
    return None


def _held_on(opening: str) -> date | None:
    """“2024年4月3日下午，局长某某主持召开会议” as minutes begin."""
    found = _DAY.match(opening)
    return _day(found) if found and "召开" in opening[:80] else None


def _signed_on(text: str) -> date | None:
    """The day under the signature of a notice."""
    for line in text.rsplit("\n", _TAIL)[1:]:
        if (found := _DAY_LINE.match(line)) and (day := _day(_DAY.search(line) or found)):
            return day
    return None


def _day(found: re.Match[str]) -> date | None:
    year, month, day = (number(found[name]) for name in ("year", "month", "day"))
    if year is None or month is None or day is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _first(pattern: LatePattern, lines: list[str], group: int = 1) -> str:
    found = next((found for line in lines if (found := pattern.search(line))), None)
    return found[group].strip() if found else ""
