"""Heads that stand for years and parts of years: 2024年, 明年, 全年, 二季度, 上半年, 前5个月, “十四五”."""

import re

from speeches.parser.numerals import ARABIC, HAN_YEAR, NUMBER, number

from .frames import Frame, month_frame, months_frame, quarter_frame, quarter_of, shift, year_frame
from .late import LatePattern
from .parts import season_of
from .rules import MONTH, NO_EDGE_WORD, NO_NUMBER_BEFORE, TO, TO_NEXTS, Base, Head

RELATIVE_YEARS = {
    **dict.fromkeys(("今年", "本年", "这一年", "今年度", "本年度"), 0),
    **dict.fromkeys(("明年", "来年", "下一年", "次年", "翌年", "明年度", "下年", "下年度", "下一年度"), 1),
    "后年": 2,
    "大后年": 3,
    **dict.fromkeys(("去年", "上年", "上一年", "昨年", "去年度", "上年度", "上一年度"), -1),
    "前年": -2,
    "大前年": -3,
}
QUARTERS = "一二三四1234"
PLAN_WORD = f"(?:期间|时期|末期|末{NO_EDGE_WORD}|期末|期满|以来|中期|后[两三]年)"


def _year(match: re.Match[str], base: Base) -> Frame | None:
    year = number(match["year"])
    return year_frame(year, is_fixed=True) if year and 1900 <= year <= 2100 else None


def _short_year(match: re.Match[str], base: Base) -> Frame | None:
    year = int(match["year"] or match["plain"])
    return year_frame(year + (2000 if year < 70 else 1900), is_fixed=True)


def _han_short_year(match: re.Match[str], base: Base) -> Frame | None:
    """九七年, 零八年, 一六年八月."""
    year = number(match["year"] or match["month"]) or 0
    return year_frame(year + (1900 if year >= 90 else 2000), is_fixed=True)


def _years(match: re.Match[str], base: Base) -> Frame | None:
    first, last = number(match["first"]) or 0, number(match["last"]) or 0
    if last < 100:
        last += first // 100 * 100
    if not 1900 <= first <= last <= 2100:
        return None
    start, end = year_frame(first), year_frame(last)
    return start._replace(end=end.end, unit="span", is_fixed=True) if start and end else None


def _year_pair(match: re.Match[str], base: Base) -> Frame | None:
    """2022、2023年: years that follow each other."""
    follows = (number(match["last"]) or 0) == (number(match["first"]) or 0) + 1
    return _years(match, base) if follows else None


def _relative_year(match: re.Match[str], base: Base) -> Frame | None:
    offset = RELATIVE_YEARS[match[0]]
    if match[0] in ("次年", "翌年"):
        return base.mark(year_frame(base.near.year + 1))
    return year_frame(base.today.year + offset)


def _this_year(base: Base) -> Frame:
    return Frame(base.today.replace(month=1, day=1), base.today.replace(month=12, day=31), "year")


def _whole_year(match: re.Match[str], base: Base) -> Frame:
    return _this_year(base)


def _two_years(match: re.Match[str], base: Base) -> Frame:
    first, last = {"今明": (0, 1), "明后": (1, 2), "去今": (-1, 0), "近两": (-1, 0)}[match["pair"]]
    start = shift(_this_year(base).start or base.today, months=12 * first)
    end = shift(_this_year(base).end or base.today, months=12 * last)
    return Frame(start, end, "span")


def _quarter(match: re.Match[str], base: Base) -> Frame | None:
    frame = quarter_frame(base.near.year, number(match["quarter"]) or 0)
    return base.mark(frame)


def _quarters(match: re.Match[str], base: Base) -> Frame | None:
    first, last = number(match["first"]) or 0, number(match["last"]) or 0
    frame = months_frame(base.near.year, 3 * first - 2, 3 * last)
    return base.mark(frame)


def _nth_month(match: re.Match[str], base: Base) -> Frame | None:
    return base.mark(month_frame(base.near.year, number(match["count"]) or 0))


def _first_quarter(match: re.Match[str], base: Base) -> Frame | None:
    frame = quarter_frame(base.near.year, 1)
    return base.mark(frame)


def _relative_quarter(match: re.Match[str], base: Base) -> Frame | None:
    offset = match["which"].count("下") - match["which"].count("上")
    moved = shift(base.today, months=3 * offset)
    return quarter_frame(moved.year, quarter_of(moved))


def _this_quarter(match: re.Match[str], base: Base) -> Frame | None:
    return base.mark(quarter_frame(base.near.year, quarter_of(base.near)))


def _half(match: re.Match[str], base: Base) -> Frame | None:
    first = 1 if match["half"] in "上前" else 7
    frame = months_frame(base.near.year, first, first + 5, "half")
    return base.mark(frame)


def _first_months(match: re.Match[str], base: Base) -> Frame | None:
    count = (number(match["count"]) or 0) * (3 if "季" in match["unit"] else 1)
    frame = months_frame(base.near.year, 1, count)
    return base.mark(frame)


def _last_months(match: re.Match[str], base: Base) -> Frame | None:
    """后两个月: the last two of the year once they are near, else the two that follow this month."""
    count = (number(match["count"]) or 0) * (3 if "季" in match["unit"] else 1)
    if not 1 <= count <= 12:
        return None
    is_of_year = base.place == "inside" or base.is_near_fixed or match["which"] == "最后"
    if is_of_year or (match["which"] == "后" and base.near.month >= 11 - count):
        frame = months_frame(base.near.year, 13 - count, 12)
        return base.mark(frame)
    start = shift(base.today.replace(day=1), months=1)
    return Frame(start, shift(start, months=count, days=-1), "span")


def _plan(match: re.Match[str], base: Base) -> Frame | None:
    """The n-th five-year plan runs from 1951 + 5n for five years (第十四个: 2021-2025)."""
    first = 1951 + 5 * (number(match["plan"]) or 0)
    start, end = year_frame(first), year_frame(first + 4)
    return start._replace(end=end.end, unit="plan", is_fixed=True) if start and end else None


def _winter_spring(match: re.Match[str], base: Base) -> Frame:
    december = base.today.replace(month=12, day=1)
    start = december if match[0][0] == "今" else shift(december, months=-12)
    return Frame(start, shift(start, months=6, days=-1), "season")


def _near_season(match: re.Match[str], base: Base) -> Frame | None:
    """今秋, 明春: of the year of the speech, the next or the last one."""
    year = year_frame(base.today.year + {"今": 0, "明": 1, "去": -1}[match["year"]])
    return year and season_of(year, match["season"])


HEADS = (
    Head(
        "year",
        "12一二",
        LatePattern(rf"(?P<year>[{ARABIC}]{{4}}|{HAN_YEAR}) ?年(?:度(?!假))?"),
        _year,
        nexts="年",
    ),
    Head(
        "short-year",
        "0123456789",
        LatePattern(
            r"(?P<year>[0-9]{2})年(?=度|(?:1[0-2]|0?[1-9])月|第?[一二三四1-4]季度|[上下]半年|年?[底初末]|(?:至|到|[—–~-]{1,2})[0-9]{2}年)"
            r"|(?P<plain>0[0-9]|[89][0-9]|(?<=[于到从自至])[12][0-9])年(?![代来内后前以多间左的时期限])(?=\w|$)"
        ),
        _short_year,
        nexts="年",
    ),
    Head(
        "years",
        "12一二",
        LatePattern(
            rf"(?P<first>[{ARABIC}]{{4}}|{HAN_YEAR})(?: ?年)?{TO}"
            rf"(?P<last>[{ARABIC}]{{4}}|[{ARABIC}]{{2}}|{HAN_YEAR}) ?年(?:度(?!假))?"
            rf"(?! ?{MONTH} ?月)"
        ),
        _years,
        nexts="年" + TO_NEXTS,
    ),
    Head(
        "year-pair",
        "12二",
        LatePattern(
            rf"(?P<first>(?:19|20)[0-9]{{2}}|{HAN_YEAR})年?、(?P<last>(?:19|20)[0-9]{{2}}|{HAN_YEAR}) ?年"
        ),
        _year_pair,
        nexts="年、",
    ),
    Head(
        "relative-year",
        "今本这明来下次翌后大去上昨前",
        LatePattern("|".join(sorted(RELATIVE_YEARS, key=len, reverse=True))),
        _relative_year,
    ),
    Head(
        "whole-year",
        "全年",
        LatePattern(rf"{NO_NUMBER_BEFORE}(?:全年(?:度|(?!级))|(?<![今明去当每往本全上下x*×])年度)"),
        _whole_year,
    ),
    Head(
        "that-year",
        "当",
        LatePattern(rf"当年(?=年?[底末初]{NO_EDGE_WORD}|内(?!容)|{MONTH}月|[上下]半年|第?[一二三四]季度)"),
        _whole_year,
    ),
    Head(
        "bare-year-edge",
        "年岁",
        LatePattern(
            rf"{NO_NUMBER_BEFORE}(?<![今明去当每往本全前后上下来历近常百多大])(?:年(?=[底末初]{NO_EDGE_WORD}|尾(?![巴气声款])|终(?=之?前|以前|[，。；]|$)|中(?=之?前|以前|[，。；、,;]|$)|内(?!容|部))|岁(?=末))"
        ),
        _whole_year,
    ),
    Head(
        "bare-quarter-edge",
        "季",
        LatePattern(
            rf"{NO_NUMBER_BEFORE}(?<![四每春夏秋冬旺淡雨旱本上下首])季度?(?=[末底初]{NO_EDGE_WORD}|内(?!容|部))"
        ),
        _this_quarter,
    ),
    Head(
        "han-thousand-year",
        "两二",
        LatePattern("(?P<year>[两二]千(?:[零〇]?[一二三四五六七八九十]{1,3})?)年(?!前|来|的)"),
        _year,
    ),
    Head(
        "han-short-year",
        "九零〇一二",
        LatePattern(
            "(?P<year>九[〇零一二三四五六七八九]|[零〇][一二三四五六七八九])年(?![代来级期])"
            rf"|(?P<month>[一二][〇零一二三四五六七八九])年(?={MONTH}月|第?[一二三四]季度|[上下]半年|年?[底末初]{NO_EDGE_WORD})"
        ),
        _han_short_year,
        nexts="年",
    ),
    Head(
        "bare-year",
        "12",
        LatePattern(
            r"(?<![A-Za-z0-9.])(?P<year>(?:19|20)[0-9]{2})(?=[上下]半年|Q[1-4](?![A-Za-z0-9])|第[一二三四1-4]季度|全年(?!级))"
        ),
        _year,
        nexts="上下Q第全",
    ),
    Head("two-years", "今明去", LatePattern("(?P<pair>今明|明后|去今)两年"), _two_years),
    Head(
        "quarter",
        "第一二三四1234",
        LatePattern(rf"第?(?P<quarter>[{QUARTERS}])(?:(?<=第.)个)? ?季度"),
        _quarter,
        nexts="季个度",
    ),
    Head(
        "quarter",
        "Q",
        LatePattern(
            r"(?:(?<![A-Za-z0-9])|(?<=(?<![A-Za-z0-9])20[0-9][0-9]))Q(?P<quarter>[1-4])(?![A-Za-z0-9])"
        ),
        _quarter,
        nexts="季个度",
    ),
    Head(
        "quarters",
        "第一二三四1234",
        LatePattern(rf"第?(?P<first>[{QUARTERS}])(?: ?季度)?(?:{TO}|[、和])?第?(?P<last>[{QUARTERS}]) ?季度"),
        _quarters,
        nexts="季、和" + TO_NEXTS,
    ),
    Head(
        "quarter",
        "第",
        LatePattern(f"第(?P<quarter>[{QUARTERS}])季(?=[末底初内前]|[，。；、]|$)"),
        _quarter,
    ),
    Head("first-quarter", "首", LatePattern("首(?:个)?季(?:度)?"), _first_quarter),
    Head(
        "relative-quarter",
        "本这上下当",
        LatePattern("(?P<which>[本这当]|上+|下+)一?个?季(?:度|(?=[末底初内前]|[，。；、]|$))"),
        _relative_quarter,
    ),
    Head("half-year", "上下前后", LatePattern("(?P<half>[上下前后])半年(?:度(?!假))?(?!薪)"), _half),
    Head(
        "first-months",
        "前头",
        LatePattern(rf"[前头](?P<count>{NUMBER})(?P<unit>个?月|个?季度)(?![大])"),
        _first_months,
    ),
    Head(
        "last-months",
        "后最余剩",
        LatePattern(
            rf"(?P<which>最后|余下|剩下|剩余|(?<![会之以今此议布发订起然日])后)(?P<count>{NUMBER})(?P<unit>(?:个|(?<=两))月|个?季度)(?!内)"
        ),
        _last_months,
    ),
    Head("nth-month", "第", LatePattern(rf"第(?P<count>{NUMBER})个月(?!台)"), _nth_month, only_inside=True),
    Head("plan", "十", LatePattern(rf"(?P<plan>十[一二三四五六七八九])五(?={PLAN_WORD})"), _plan),
    Head(
        "quoted-plan",
        "“\"‘'",
        LatePattern(rf"[“\"‘'](?P<plan>十[一二三四五六七八九]?)五[”\"’'](?={PLAN_WORD}|前(?![期列]))"),
        _plan,
    ),
    Head("winter-spring", "今去", LatePattern("今冬明春|去冬今春"), _winter_spring),
    Head(
        "near-season",
        "今明去",
        LatePattern("(?P<year>[今明去])(?P<season>[春夏秋冬])(?!令)(?:季|天)?"),
        _near_season,
    ),
)
