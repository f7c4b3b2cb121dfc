"""Rules of recurrence, as RFC 5545: 每周五, 按月按季, 逐日, 双周, 一月一调度, 日调度周会商, 定期."""

import re

from speeches.parser.numerals import NUMBER, number
from speeches.parser.types import TimeFind

from .every import (
    DAY_CODES,
    EVERY_FEAST,
    EVERY_FIRSTS,
    OPENING,
    days_with,
    past_hours,
    read_every,
    read_every_feast,
)
from .late import LatePattern
from .rules import TO, WEEKDAY, Base, Draft, Rule
from .words import one_of, rows

BEATS = one_of(row[0] for row in rows("beats.txt"))
BASIC = {
    "日": "FREQ=DAILY",
    "天": "FREQ=DAILY",
    "周": "FREQ=WEEKLY",
    "星期": "FREQ=WEEKLY",
    "双周": "FREQ=WEEKLY;INTERVAL=2",
    "旬": "FREQ=MONTHLY;BYMONTHDAY=10,20,-1",
    "半月": "FREQ=MONTHLY;BYMONTHDAY=15,-1",
    "月": "FREQ=MONTHLY",
    "月度": "FREQ=MONTHLY",
    "双月": "FREQ=MONTHLY;INTERVAL=2",
    "季": "FREQ=MONTHLY;INTERVAL=3",
    "季度": "FREQ=MONTHLY;INTERVAL=3",
    "半年": "FREQ=MONTHLY;INTERVAL=6",
    "年": "FREQ=YEARLY",
}
FINEST_FIRST = ("日", "天", "周", "旬", "半月", "月", "季度", "季", "半年", "年")
SHORT_UNITS = "半月|双周|双月|半年|季度|月度|[日周旬月季]"
# A short beat (周调度) begins a clause or follows a verb of holding it; 近日通报 and 本月调度 are none
_HOLDS = (
    "实行 执行 推行 试行 坚持 保持 严格 落实 建立 按照 健全 完善 通过 采取 开展 做到 采用 抓好 "
    "落细 用好 开好 召开 举行"
)
_BEFORE_BEAT = "调度 会商 通报 研判 报告 汇总 小结 点评 排名 例会"
# 实行问题周销号: what the beat is for may stand between
_HOLDS_FAR = LatePattern("(?:实行|执行|推行|坚持|落实|建立|健全|完善|严格)[^，。；、：“”]{0,8}$")
_LOOK_BACK = 12
# 日跟踪、周分析、旬调度: a row of beats, each coarser than the one before, whatever is done
_ROW_UNIT = "半年|半月|[日周旬月季年]"
_ROW_NEXT = LatePattern(f"、(?P<unit>{_ROW_UNIT})(?P<act>[一-龥]{{1,2}})(?=[、，。；：”’）]|的|制|机制|$)")
_ROW_BEFORE = LatePattern(
    f"(?:^|[^一-龥]|一|实行|坚持|推行|落实|建立)(?P<unit>{_ROW_UNIT})(?P<act>[一-龥]{{1,2}})、$"
)
_ROW_ORDER = ("日", "周", "旬", "半月", "月", "季", "半年", "年")
_NO_BEAT = (
    "(?!用|常|程|期|志|照|历|子|均|边|围|岁|刊|报社|饼|亮|底|初|末|份|中|内|节|军|货|轻|级|龄|画|糕|度)"
)
_OPENS = rf"(?:(?<!\w)|(?<={'|'.join((*_HOLDS.split(), *_BEFORE_BEAT.split()))}))"


def _every(match: re.Match[str], base: Base) -> Draft | None:
    beat = read_every(match)
    if beat is None:
        return None
    return Draft(beat.end, "recurrence", None, ("every",), rrule=beat.rrule)


def _every_feast(match: re.Match[str], base: Base) -> Draft:
    beat = read_every_feast(match)
    return Draft(beat.end, "recurrence", None, ("every-feast",), rrule=beat.rrule)


def _by_units(match: re.Match[str], base: Base) -> Draft:
    """按月按季: the finest of the units named."""
    unit = next(unit for unit in FINEST_FIRST if unit in match[0])
    return Draft(match.end(), "recurrence", None, ("by-units",), rrule=BASIC[unit])


def _once_per(match: re.Match[str], base: Base) -> Draft | None:
    """一月一调度, 两周一次, 半年一评估."""
    unit = match["unit"].removeprefix("个")
    if match["count"] == "半":
        rule = BASIC.get("半" + unit)
        return (rule and Draft(match.end(), "recurrence", None, ("once-per",), rrule=rule)) or None
    count = number(match["count"])
    if count is None or unit not in BASIC or not 0 < count < 100:
        return None
    if match["unit"] == "月" and match["count"].isascii():
        return None  # 4月两次检查 is in April
    return Draft(match.end(), "recurrence", None, ("once-per",), rrule=_times(BASIC[unit], count))


def _times(rule: str, count: int) -> str:
    if count == 1:
        return rule
    freq, _, by = rule.partition(";")
    if by.startswith("INTERVAL="):
        count *= int(by.removeprefix("INTERVAL="))
    return f"{freq};INTERVAL={count}"


def _short(match: re.Match[str], base: Base) -> Draft:
    return Draft(match.end(), "recurrence", None, ("short-beat",), rrule=BASIC[match["unit"]])


def _far_held(match: re.Match[str], base: Base) -> Draft | None:
    before = match.string[max(0, match.start() - _LOOK_BACK) : match.start()]
    return _short(match, base) if _HOLDS_FAR.search(before) else None


def _weekday_beat(match: re.Match[str], base: Base) -> Draft | None:
    """建立周二例会、周五通报制度; no beat in 周一例会上说的."""
    text = match.string
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    if not (text.startswith(("制", "机制", "的制度"), match.end()) or _HOLDS_FAR.search(before)):
        return None
    rule = f"FREQ=WEEKLY;BYDAY={DAY_CODES[match['day']]}"
    return Draft(match.end(), "recurrence", None, ("weekday-beat",), rrule=rule)


def _in_row(match: re.Match[str], base: Base) -> Draft | None:
    """One of a row of beats: the next is coarser, or the one before finer, and as long a word."""
    text, at = match.string, match.start()
    after = _ROW_NEXT.match(text, match.end())
    before = _ROW_BEFORE.search(text, max(0, at - 6), at)
    pairs = ((match, after), (before, match))
    if not any(one and other and _is_row(one, other) for one, other in pairs):
        return None
    return Draft(match.end(), "recurrence", None, ("beat-row",), rrule=BASIC[match["unit"]])


def _is_row(one: re.Match[str], other: re.Match[str]) -> bool:
    is_coarser = _ROW_ORDER.index(one["unit"]) < _ROW_ORDER.index(other["unit"])
    return is_coarser and len(one["act"]) == len(other["act"])


def _on_every(match: re.Match[str], base: Base) -> Draft:
    return Draft(
        match.end(), "recurrence", None, ("on-every",), rrule=f"FREQ=WEEKLY;BYDAY={DAY_CODES[match['day']]}"
    )


def _on_tens(match: re.Match[str], base: Base) -> Draft:
    rule = f"FREQ=MONTHLY;{days_with(match['days'])}"
    return Draft(match.end(), "recurrence", None, ("on-tens",), rrule=rule)


def _weekdays_daily(match: re.Match[str], base: Base) -> Draft:
    codes = list(dict.fromkeys(DAY_CODES.values()))
    days = codes[codes.index(DAY_CODES[match["first"]]) : codes.index(DAY_CODES[match["last"]]) + 1]
    rule = f"FREQ=WEEKLY;BYDAY={','.join(days)}" if days else "FREQ=DAILY"
    end = past_hours(match.string, match.end())
    return Draft(end, "recurrence", None, ("weekdays-daily",), rrule=rule)


def _alternate(match: re.Match[str], base: Base) -> Draft:
    unit = "日" if match["unit"] in "日天" else match["unit"]
    return Draft(match.end(), "recurrence", None, ("alternate",), rrule=_times(BASIC[unit], 2))


def _doubled(match: re.Match[str], base: Base) -> Draft:
    return Draft(match.end(), "recurrence", None, ("doubled",), rrule=BASIC[match["unit"]])


def _regularly(match: re.Match[str], base: Base) -> Draft:
    """定期 says that there is a beat, not which."""
    return Draft(match.end(), "recurrence", None, ("regularly",))


def belong_together(first: TimeFind, second: TimeFind, text: str) -> bool:
    """Beats of one rule, side by side or joined by 、: one find (一月一调度、一月一排名)."""
    if (
        first.kind != "recurrence"
        or second.kind != "recurrence"
        or first.rrule != second.rrule
        or not first.rrule
    ):
        return False
    return first.rules == second.rules and text[first.span.end : second.span.start] in ("", "、")


_BY = (
    "按(?:日(?![计历程期元均常前])|天(?!数)|周(?![期边转年])|旬|半年|月(?![份计均薪])度?|季度?(?!节)"
    "|年(?!度?计划|[龄级纪份均代货轻来资薪]))"
)
_OFTEN = "(?=(?:至少|最少|不少于|不得少于|不低于)[一二两三四五六七八九1-9][次天趟遍场回])"
RULES = (
    Rule("every", EVERY_FIRSTS, OPENING, _every),
    Rule("every-feast", EVERY_FIRSTS, EVERY_FEAST, _every_feast),
    Rule("by-units", "按", LatePattern(rf"{_BY}(?:、?{_BY}){{0,3}}"), _by_units),
    Rule(
        "by-units",
        "逐",
        LatePattern(r"逐(?:日|天|周|旬|月|季度?)(?:逐(?:日|天|周|旬|月|季度?)){0,3}(?![递差渐])"),
        _by_units,
    ),
    Rule(
        "once-per",
        "0123456789一二两三四五六七八九十半",
        LatePattern(
            rf"(?<![第有])(?P<count>{NUMBER}|半)(?P<unit>个?(?:星期|季度|月|季)|[日天周旬年])[一两二三]"
            rf"(?:次(?![性元要])|{BEATS}|[报会评查调考讲析巡排验比访晒研督碰](?!\w)"
            "|(?<=[日天周旬月季年度]一)(?![个度年月日号天样夜茬件项条篇期届岁周])[一-龥]{2}(?=[、，。；”’）]|制度|机制))"
        ),
        _once_per,
        nexts="个星季月日天周旬年",
    ),
    Rule(
        "short-beat",
        "日周旬月季半双",
        LatePattern(
            rf"{_OPENS}(?P<unit>{SHORT_UNITS})(?:(?:{BEATS})(?:制(?![度定订约造])|会)?(?!中?发现)|报(?=制))"
        ),
        _short,
    ),
    Rule(
        "once-per",
        "0123456789一二两三四五六七八九十半",
        LatePattern(
            rf"(?<![第有每])(?P<count>{NUMBER}|半)(?P<unit>个?(?:星期|季度|月|季)|[日天周旬年]){_OFTEN}"
        ),
        _once_per,
        nexts="个星季月日天周旬年",
    ),
    Rule(
        "short-beat",
        "日周旬月季双",
        LatePattern(
            rf"(?<![近今本当上下每后前明昨一单多同整第当])(?P<unit>{SHORT_UNITS})(?:{BEATS})(?=制度|机制)"
        ),
        _short,
    ),
    Rule(
        "short-beat",
        "日周旬月季双",
        LatePattern(rf"(?<![近今本当上下每后前明昨一单多同整第])(?P<unit>{SHORT_UNITS})(?:{BEATS}|报(?=制))"),
        _far_held,
    ),
    Rule("short-beat", "日", LatePattern("(?P<unit>日)清(?:[周月][结清销]|日[结毕清])"), _short),
    Rule(
        "weekday-beat",
        "周",
        LatePattern(rf"周(?P<day>{WEEKDAY})(?:{BEATS})(?=[、”’]|制(?![定订造])|机制|的?制度)"),
        _weekday_beat,
    ),
    Rule(
        "beat-row",
        "日周旬月季半年",
        LatePattern(
            f"(?P<unit>{_ROW_UNIT}){_NO_BEAT}(?P<act>[一-龥]{{1,2}})(?=[、，。；：”’）]|的|制|机制|$)"
        ),
        _in_row,
    ),
    Rule(
        "by-units",
        "分",
        LatePattern(f"(?<![部划成区充])分(?:周|旬|月|季度?)(?={BEATS}|报送|上报|推进|下达|实施|考核)"),
        _by_units,
    ),
    Rule(
        "short-beat",
        "年",
        LatePattern(
            rf"{_OPENS}(?P<unit>年)(?:考核|考评|评估|总评|述职|审计|总结)(?!办法|结果|等次|方案|报告|优秀|合格)"
        ),
        _short,
    ),
    Rule("short-beat", "双", LatePattern("(?<!双)(?P<unit>双周|双月)(?![年刊])"), _short),
    Rule("alternate", "隔", LatePattern("(?<![间相分])隔(?P<unit>[日天周月年])(?![离断])"), _alternate),
    Rule("doubled", "日天周月季", LatePattern(rf"(?P<unit>[日天周月季])(?P=unit)(?={BEATS})"), _doubled),
    Rule("on-every", "逢", LatePattern(f"(?<![每相])逢(?:周|星期|礼拜)(?P<day>{WEEKDAY})"), _on_every),
    Rule(
        "on-tens",
        "逢",
        LatePattern(
            "(?<![每相])逢(?P<days>[一二三四五六七八九十](?:[、逢]{1,2}[一二三四五六七八九十]){0,3})"
            "(?=[，。；]|$|赶|开[集市]|集日|圩|墟|的日子|日[赶开])"
        ),
        _on_tens,
    ),
    Rule(
        "weekdays-daily",
        "周星礼",
        LatePattern(
            f"(?:周|星期|礼拜)(?P<first>{WEEKDAY}){TO}(?:周|星期|礼拜)?(?P<last>{WEEKDAY})每[天日晚]"
        ),
        _weekdays_daily,
    ),
    Rule(
        "regularly",
        "定",
        LatePattern(
            "(?<![不固规约特指法既稳锁设限假暂评鉴判确决选预商核制订拟额测])(?<!进度)(?<!时限)定期(?![存限间内债寿票])"
        ),
        _regularly,
    ),
)
