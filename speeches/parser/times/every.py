"""每…: how often, with the days it names: 每周一、三、五, 每月5日前, 每季度首月10日前, 每年6月底前."""

import re
from datetime import date
from typing import NamedTuple

from speeches.parser.numerals import NUMBER, OPEN, number

from .feasts import BY_ALIAS
from .frames import shift
from .late import LatePattern
from .parts import DAY_PARTS
from .rules import DAY_OF_MONTH, MONTH, TO, WEEKDAY
from .words import one_of

EVERY_FIRSTS = "每"
DAY_CODES = dict(zip("一二三四五六日天", ("MO", "TU", "WE", "TH", "FR", "SA", "SU", "SU"), strict=True))
WORKDAYS = "BYDAY=MO,TU,WE,TH,FR"
TENTH_DAYS = {"上": "10", "中": "20", "下": "-1"}
FIRST_MONTHS, MIDDLE_MONTHS, LAST_MONTHS = "BYMONTH=1,4,7,10", "BYMONTH=2,5,8,11", "BYMONTH=3,6,9,12"
# 每人每天最多 is a ration, not a beat
_RATION = "(?<!每[人户亩头只吨台辆件家])"
OPENING = LatePattern(
    rf"{_RATION}每(?!一天)(?:隔|逢|到)?(?P<count>{NUMBER}|半|双(?=[周月])|单(?=周)|[{OPEN}]{{1,2}})?个?半?"
    "(?P<unit>工作日|自然日|学期|学年|小时|分钟|日(?!均|集团|经济|新闻|报(?!送|告))|天|晚|早(?![期日])|夜|周(?![期边年])|星期|礼拜|旬|月(?!均)|季度?|年度?(?!均))(?!期|会计)(?!的?(?:基本)?(?:工资|收入|薪酬|补助|补贴|租金|利息|津贴|养老金|生活费))"
)
_BEFORE = LatePattern("之前|以前|前(?![后期往来去进沿景列线])")
_WEEKDAYS = LatePattern(
    rf"的?(?:周|星期|礼拜)?(?P<days>{WEEKDAY}(?:(?:[、和及与,，]|{TO})?(?:周|星期|礼拜){WEEKDAY}|(?:[、和及与]|{TO}){WEEKDAY}|(?<![日天])[二三四五六]){{0,6}})"
    "(?![二三四五六]?次)(?![场期题课讲查评篇训个名项天小条轮])(?!报(?!送|告))(?!会(?!商))"
)
_NAMED_WEEKDAYS = LatePattern(rf"的?(?:周|星期|礼拜)(?P<days>{WEEKDAY})(?![次])")
_DAY = rf"{DAY_OF_MONTH}(?: ?[日号])?"
_DAYS = LatePattern(rf"的?(?P<days>{_DAY}(?:(?:[、和及与]|{TO}){_DAY}){{0,6}})(?:(?<=[日号])|(?=之?前|以前))")
_ONES = LatePattern(
    "(?:农历)?逢(?P<ones>[一二三四五六七八九十](?:[、逢]{1,2}[一二三四五六七八九十]){0,3})日?"
)
_OPEN_DAY = LatePattern(rf"的?[{OPEN}]{{1,2}} ?[日号]")
_TENTHS = LatePattern("的?(?P<tenths>[上中下]旬(?:[、和及与][上中下]旬){0,2})")
_EDGE = LatePattern("[月年]?(?P<edge>[底末初])(?![级步期稿月])|年(?P<middle>中)")
_LAST_DAY = LatePattern("的?最后(?:一|1)(?P<unit>天|日|个工作日|周(?![一二三四五六日天]))")
_NTH_WORKDAY = LatePattern(rf"的?(?:第|前)(?P<count>{NUMBER})个?工作日(?:之?内|以内)?")
_FIRST_DAY = LatePattern("的?(?:第一天|首日)")
_FIRST_WORKDAY = LatePattern("的?首个?工作日")
_NTH_WEEKDAY = LatePattern(
    rf"的?(?:第(?P<nth>[一二三四1-4])|(?P<last>最后一))个?(?:(?:周|星期)的?)?(?:周|星期|礼拜)(?P<day>{WEEKDAY})"
)
_NTH_WEEK = LatePattern("的?第(?P<nth>[一二三四1-4])个?(?:周|星期)")
_DAYS_AFTER = LatePattern(
    rf"(?:结束|终了)?(?:之后|后)的?(?P<count>{NUMBER})个?(?P<work>工作)?日(?:之?内|以内)"
)
_OF_QUARTER = LatePattern(
    "的?(?:(?P<first>首月|首个月|第一个?月|头一个月|次月|下月)|(?P<middle>第二个?月|中间月)|(?P<last>末月|最后一个?月|第三个?月))"
)
_MONTH_ITEM = rf"{MONTH} ?月(?:份|底|末)?前?"
_MONTHS = LatePattern(
    rf"的?(?P<months>(?:{MONTH}(?:[、和及与]|{TO}))?{_MONTH_ITEM}(?:(?:[、和及与]|{TO}){_MONTH_ITEM}(?!{_DAY}[日号])){{0,11}})"
)
_TO_DAY = LatePattern(rf"{TO}(?:次年)?(?P<month>{MONTH}) ?月(?P<day>{DAY_OF_MONTH}) ?[日号]")
_RANGE = LatePattern("[至到—–－~～-]")
_COUNT = LatePattern("各?(?:[一二两三四五六七八九十]|[0-9]{1,2})次(?![性元要级数例会专现])")
_HALVES = LatePattern("的?(?P<half>[上下])半年")
_YEAR_QUARTER = LatePattern("的?第?(?P<quarter>[一二三四1-4])季度末?")
_FEAST = LatePattern(
    rf"的?[“\"]?(?P<feast>{one_of(BY_ALIAS)})[”\"]?(?P<ahead>(?:到来|来临)?(?=之?前|以前))?(?(ahead)|(?:(?<=[节旦夕])(?![日目])|(?=期间|假期|[，。；、]|$)))"
)
EVERY_FEAST = LatePattern(
    rf"每(?:逢|到)(?:[“\"]?(?P<feast>{one_of(BY_ALIAS)})[”\"]?"
    "(?P<ahead>(?:到来|来临)?(?=之?前|以前))?(?:期间|假期|之?前|以前)?"
    "|(?:重大|重要|传统|法定)?节(?:假)?日)"
)
_NUMBERS = re.compile(rf"{NUMBER}")


class Beat(NamedTuple):
    """`text[:end]` is read; `rrule` is RFC 5545, empty when a day was left open."""

    end: int
    rrule: str


def read_every(match: re.Match[str]) -> Beat | None:
    """The recurrence that a match of OPENING begins."""
    unit = match["unit"].removesuffix("度")
    text, at = match.string, match.end()
    if unit in ("周", "星期", "礼拜"):
        beat = _weekly(match, text, at)
    elif _is_half(match):
        beat = _half(match, at)
    else:
        beat = _READERS.get(unit, _daily)(match, text, at)
    return beat and Beat(past_hours(text, beat.end), beat.rrule)


def _half(match: re.Match[str], at: int) -> Beat:
    by_unit = {"月": "FREQ=MONTHLY;BYMONTHDAY=15,-1", "小时": "FREQ=MINUTELY;INTERVAL=30"}
    by_unit |= dict.fromkeys("天日", "FREQ=HOURLY;INTERVAL=12")
    return Beat(at, by_unit.get(match["unit"], "FREQ=MONTHLY;INTERVAL=6"))


def _is_half(match: re.Match[str]) -> bool:
    return match["count"] == "半" or "半" in match[0]


def _interval(match: re.Match[str]) -> str:
    if match["count"] in ("双", "单"):
        return ";INTERVAL=2"
    count = number(match["count"] or "一") or 1
    if match["count"] in ("一", "1") and match[0].startswith("每隔"):
        count = 2
    return f";INTERVAL={count}" if 1 < count < 1000 else ""


def _daily(match: re.Match[str], text: str, at: int) -> Beat:
    is_of_workdays = match["unit"] == "工作日" or match.string.endswith("工作日", 0, match.start())
    if is_of_workdays and not _interval(match):
        return Beat(at, f"FREQ=WEEKLY;{WORKDAYS}")
    freq = {"小时": "HOURLY", "分钟": "MINUTELY"}.get(match["unit"], "DAILY")
    return Beat(at, f"FREQ={freq}{_interval(match)}")


def _by_term(match: re.Match[str], text: str, at: int) -> Beat:
    """Schools set their own terms: a beat, but no rule."""
    edge = _EDGE.match(text, at)
    return Beat(edge.end() if edge else at, "")


def _tenths(match: re.Match[str], text: str, at: int) -> Beat:
    return Beat(at, "FREQ=MONTHLY;BYMONTHDAY=10,20,-1")


def _weekly(match: re.Match[str], text: str, at: int) -> Beat:
    pattern = _NAMED_WEEKDAYS if _interval(match) else _WEEKDAYS
    found = pattern.match(text, at)
    rule = f"FREQ=WEEKLY{_interval(match)}"
    if found is None and text.startswith("工作日", at):
        return Beat(at + 3, f"{rule};{WORKDAYS}")
    if found is None:
        end = _edge_of_week(text, at)
        return Beat(end or at, f"{rule};BYDAY=SA,SU" if end else rule)
    return Beat(found.end(), f"{rule};BYDAY={','.join(_codes(found['days']))}")


def _edge_of_week(text: str, at: int) -> int | None:
    return at + 1 if text.startswith("末", at) else None


def _codes(words: str) -> list[str]:
    days = [char for char in words if char in DAY_CODES]
    codes = list(dict.fromkeys(DAY_CODES[day] for day in days))
    if len(codes) == 2 and re.search("[至到—–－~～-]", words):
        order = list(dict.fromkeys(DAY_CODES.values()))
        return order[order.index(codes[0]) : order.index(codes[1]) + 1] or codes
    return codes


def _monthly(match: re.Match[str], text: str, at: int) -> Beat:
    end, by = _in_month(text, at)
    if by is None:
        return Beat(end, "")
    return Beat(end, f"FREQ=MONTHLY{_interval(match)}{by}")


def _in_month(text: str, at: int) -> tuple[int, str | None]:
    """Which days of a month the words name; an empty string for none, None for a day left open (x日)."""
    if _OPEN_DAY.match(text, at):
        return _OPEN_DAY.match(text, at).end(), None  # type: ignore[union-attr]
    for pattern, spell in _MONTH_DETAILS:
        found = pattern.match(text, at)
        if found is not None:
            return found.end(), spell(found)
    return at, ""


def _spell_days(found: re.Match[str]) -> str | None:
    days = [number(word) or 0 for word in _NUMBERS.findall(found["days"])]
    if re.search("[至到—–－~～-]", found["days"]):
        days = days[-1:]
    return f";BYMONTHDAY={','.join(map(str, days))}" if all(1 <= day <= 31 for day in days) else None


def _spell_tenths(found: re.Match[str]) -> str:
    return ";BYMONTHDAY=" + ",".join(TENTH_DAYS[word[0]] for word in re.findall(".旬", found["tenths"]))


def _spell_ones(found: re.Match[str]) -> str:
    """逢五: the 5th, 15th and 25th, as markets are held; 逢十 the 10th, 20th and 30th."""
    return f";{days_with(found['ones'])}"


def days_with(words: str) -> str:
    """The days of a month that end in the digits named: 五逢十 is 5, 10, 15, 20, 25, 30."""
    ones = {number(digit) or 0 for digit in words if digit not in "逢、"}
    return "BYMONTHDAY=" + ",".join(str(ten + one) for ten in (0, 10, 20) for one in sorted(ones))


def _spell_edge(found: re.Match[str]) -> str:
    return f";BYMONTHDAY={1 if found['edge'] == '初' else -1}"


def _spell_last_day(found: re.Match[str]) -> str:
    return f";{WORKDAYS};BYSETPOS=-1" if "工作日" in found["unit"] else ";BYMONTHDAY=-1"


def _spell_workday(found: re.Match[str]) -> str | None:
    count = number(found["count"]) or 0
    return f";{WORKDAYS};BYSETPOS={count}" if 1 <= count <= 23 else None


def _spell_nth_weekday(found: re.Match[str]) -> str:
    return f";BYDAY={-1 if found['last'] else number(found['nth'])}{DAY_CODES[found['day']]}"


def _spell_days_after(found: re.Match[str]) -> str | None:
    count = number(found["count"]) or 0
    if found["work"]:
        return _spell_workday(found)
    return f";BYMONTHDAY={count}" if 1 <= count <= 31 else None


_MONTH_DETAILS = (
    (_ONES, _spell_ones),
    (_DAYS, _spell_days),
    (_TENTHS, _spell_tenths),
    (_LAST_DAY, _spell_last_day),
    (_NTH_WORKDAY, _spell_workday),
    (_FIRST_DAY, lambda found: ";BYMONTHDAY=1"),
    (_FIRST_WORKDAY, lambda found: f";{WORKDAYS};BYSETPOS=1"),
    (_NTH_WEEKDAY, _spell_nth_weekday),
    (_NTH_WEEK, lambda found: f";BYMONTHDAY={7 * (number(found['nth']) or 1)}"),
    (_DAYS_AFTER, _spell_days_after),
    (_EDGE, _spell_edge),
)


def _quarterly(match: re.Match[str], text: str, at: int) -> Beat:
    edge = _EDGE.match(text, at)
    if edge is not None:
        months = FIRST_MONTHS if edge["edge"] == "初" else LAST_MONTHS
        return Beat(edge.end(), f"FREQ=YEARLY;{months}{_spell_edge(edge)}")
    after = _DAYS_AFTER.match(text, at)
    if after is not None:
        by = _spell_days_after(after)
        return Beat(after.end(), f"FREQ=YEARLY;{FIRST_MONTHS}{by}" if by else "")
    month = _OF_QUARTER.match(text, at)
    if month is None:
        return Beat(at, f"FREQ=MONTHLY;INTERVAL={3 * (number(match['count'] or '一') or 1)}")
    months = FIRST_MONTHS if month["first"] else MIDDLE_MONTHS if month["middle"] else LAST_MONTHS
    return _of_months(months, text, month.end())


def _of_months(months: str, text: str, at: int) -> Beat:
    """The named days of the named months; their last day where none is named."""
    end, by = _in_month(text, at)
    return Beat(end, "" if by is None else f"FREQ=YEARLY;{months}{by or ';BYMONTHDAY=-1'}")


def read_every_feast(match: re.Match[str]) -> Beat:
    """每逢春节, 每到汛期前; 每逢节假日 has no rule."""
    return _at_feast("FREQ=YEARLY", match) if match["feast"] else Beat(match.end(), "")


def _at_feast(rule: str, match: re.Match[str]) -> Beat:
    """每年国庆节前: the day before, where the feast keeps its day; yearly where it follows the moon."""
    first = BY_ALIAS[match["feast"]].first
    if first is None:
        return Beat(match.end(), rule)
    day = shift(date(2001, *first), days=0 if match["ahead"] is None else -1)
    return Beat(match.end(), f"{rule};BYMONTH={day.month};BYMONTHDAY={day.day}")


def _months_named(words: str) -> list[int]:
    """3月至5月 is all three."""
    numbers = [number(word) or 0 for word in _NUMBERS.findall(words)]
    if len(numbers) == 2 and numbers[0] < numbers[1] and _RANGE.search(words):
        return list(range(numbers[0], numbers[1] + 1))
    return numbers


def _to_day(text: str, beat: Beat) -> Beat:
    """每年1月1日到3月31日: what is to be done is due on the last day."""
    last = _TO_DAY.match(text, beat.end)
    if last is None:
        return beat
    return Beat(
        last.end(),
        f"FREQ=YEARLY;BYMONTH={number(last['month'])};BYMONTHDAY={number(last['day'])}",
    )


def _yearly(match: re.Match[str], text: str, at: int) -> Beat:
    rule = f"FREQ=YEARLY{_interval(match)}"
    edge = _EDGE.match(text, at)
    if edge is not None:
        by = "BYMONTH=6;BYMONTHDAY=30" if edge["middle"] else "BYMONTH=1;BYMONTHDAY=1"
        return Beat(
            edge.end(), f"{rule};{'BYMONTH=12;BYMONTHDAY=31' if edge['edge'] in ('底', '末') else by}"
        )
    last, first = _LAST_DAY.match(text, at), _FIRST_DAY.match(text, at)
    if last is not None and last["unit"] in "天日":
        return Beat(last.end(), f"{rule};BYMONTH=12;BYMONTHDAY=31")
    if first is not None:
        return Beat(first.end(), f"{rule};BYMONTH=1;BYMONTHDAY=1")
    feast = _FEAST.match(text, at)
    if feast is not None:
        return _at_feast(rule, feast)
    months = _MONTHS.match(text, at)
    if months is not None:
        by = "BYMONTH=" + ",".join(map(str, _months_named(months["months"])))
        return _to_day(text, _of_months(by, text, months.end()))
    half, quarter = _HALVES.match(text, at), _YEAR_QUARTER.match(text, at)
    if half is not None:
        return Beat(half.end(), f"{rule};BYMONTH={6 if half['half'] == '上' else 12};BYMONTHDAY=-1")
    if quarter is not None:
        return Beat(quarter.end(), f"{rule};BYMONTH={3 * (number(quarter['quarter']) or 1)};BYMONTHDAY=-1")
    return Beat(at, rule)


_READERS = {
    "旬": _tenths,
    "月": _monthly,
    "季": _quarterly,
    "年": _yearly,
    "学年": _yearly,
    "学期": _by_term,
}


def past_hours(text: str, at: int) -> int:
    """Past the hour, the 前 or the number of times that belong to a beat: 每周五|下班前, 每季度|1次."""
    for part in DAY_PARTS[1:]:
        found = part.pattern.match(text, at)
        at = found.end() if found else at
    after = _BEFORE.match(text, at) or _COUNT.match(text, at)
    return after.end() if after else at
