"""Lengths counted from the day of the speech: 一周内, 5个工作日内, 今后三年, 近两年, 三天后, 大干60天."""

import re
from collections.abc import Callable, Iterator

from speeches.parser.numerals import number

from .frames import UNKNOWN, Frame, day_frame, shift
from .late import LatePattern
from .lengths import LENGTH, LENGTH_FIRSTS, length_of
from .rules import LENGTH_NEXTS, NO_BEFORE_WORD, Base, Draft, Rule

# 会后三天内 is counted from the speech; 印发后十日内 from a day the text does not give
_OWN_EVENT = LatePattern("(?:会|会议|会议结束)之?后的?[,，]?$|(?:今天|即日|现在|今日)起的?$")
_OTHER_EVENT = LatePattern(
    r"(?:之日|后|起|之时|收到|期满|到期|届满|(?<![目当])前)的?[,，]?$|(?:收到|接到|自)\w{0,7}$"
)
# 压缩至7个工作日以内 is how fast a service is to be, no day of the speech's
_STANDARD = LatePattern(
    "(?:压缩|缩短|压减|控制|缩减|限|减少|精简)(?:至|到|在|为)$|(?:业务|事项|登记|审批|许可)$"
)
RUSH = "大干快干|大干快上|大干|苦干|奋战|大战|决战|冲刺|苦战|鏖战|攻坚|会战|再战"
RUSH_FIRSTS = "大苦奋决冲鏖攻会再"
_LOOK_BACK = 10
_OF_THE_CLOCK = ("小时", "分钟")
# 后三天, not 印发后三天
_FREE = r"(?:(?<!\w)|(?<=[在于将对抓实是的]))"
_NO_WORD = "(?![容部外地蒙心在涵需陆阁河涝控生存设置循贸销勤网资功因科])"
# 拿出半个月时间, not 工作了三年时间; 用三个月, not 使用三年
_SPENDS = r"(?<![了过历有])"
_NO_MORE = "(?!过去|以来|里?已|了|表|点|节)"
_USES = "(?<=用)(?<![使服沿采启租信费耗作]用)"
_STRIVES = "(?:(?<=力争)|(?<=争取)|(?<=限期)|(?<=限时)|(?<=务必)|(?<=计划))"
_NO_USE = "(?![的制期级以前后来上龄]|之[前后]|时间)"
_STAGES = (
    "打基础|打好基础|见成效|见到成效|见效|上台阶|大变样|变样|求突破|有突破|大突破|出形象|出成果|成规模|成势|成型"
    "|走在前|开好局|强基础|全达标|全覆盖|大提升|大见效|再翻番|翻一番|实现翻番"
)
_WITHIN = f"(?:左右|多)?(?:的?时间)?(?:之内|以内|内{_NO_WORD})"


# What a length without 内 or 后 stands behind: 为期一周, 历时三年, 工期18个月
_LASTS = LatePattern(
    r"(?:为期|历时|持续|长达|耗时|用时|时长|费时|时间|工期|期限|[^\W个分学定短长近早周后前星时假效到日][期限]|连续|累计|总共|至少|最多"
    r"|不少于|不超过|不低于|不得少于|不得超过|学制|年限|期满|满|需要?|停留|服务|等候)(?:为|约为?|近|达|是|共|[：:])?$"
)
_LASTS_SURELY = LatePattern("(?:为期|历时|持续|长达|耗时|用时|费时|连续|累计)(?:约|近|达)?$")
_MINUTES_TOO = "(?:(?<=小时)零?[0-9一二三四五十]{1,3}分钟?)?"
_TIMES = ("×", "x", "X", "*")  # 7×24小时
_SHORT_YEAR = LatePattern("[0789][0-9]年$")
_STANDS_ALONE = LatePattern(r"$|[，。；、！？：:）)”\s]|的(?!时间)|左右|以上|以下")


def _start_of(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - _LOOK_BACK) : match.start()]


def _counts_from_speech(match: re.Match[str]) -> bool:
    before = _start_of(match)
    return bool(_OWN_EVENT.search(before)) or not _OTHER_EVENT.search(before)


def _is_of_speech(match: re.Match[str]) -> bool:
    return match[0][0] in "会散即今自从现" or _OWN_EVENT.search(_start_of(match)) is not None


def _upcoming(match: re.Match[str], base: Base, *, skip: int = 0) -> Frame:
    length = length_of(match)
    if length is None or not _counts_from_speech(match):
        return UNKNOWN
    if match["unit"].endswith(_OF_THE_CLOCK) and not (skip or _is_of_speech(match)):
        return UNKNOWN  # 24小时内 runs from what happened, not from the speech
    if match["unit"].endswith(_OF_THE_CLOCK):
        skip = 0
    return Frame(shift(base.today, days=skip), length.after(base.today, base.calendar), "span")


def _within(match: re.Match[str], base: Base) -> Draft | None:
    if _is_of_calendar(match) or _STANDARD.search(_start_of(match)):
        return None
    return Draft(match.end(), "duration", _upcoming(match, base), ("within-length",), is_deadline=True)


def _spend(match: re.Match[str], base: Base) -> Draft | None:
    if _is_of_calendar(match):
        return None
    return Draft(match.end(), "duration", _upcoming(match, base), ("spend-length",), is_deadline=True)


def _strive(match: re.Match[str], base: Base) -> Draft | None:
    """力争三年完成, 一年打基础、两年见成效: the end of the length is when it is to be done."""
    if _is_of_calendar(match):
        return None
    return Draft(match.end(), "duration", _upcoming(match, base), ("strive-length",), is_deadline=True)


def _rush(match: re.Match[str], base: Base) -> Draft:
    return Draft(match.end(), "duration", _upcoming(match, base), ("rush",))


def _coming(match: re.Match[str], base: Base) -> Draft | None:
    if _is_of_calendar(match):
        return None
    return Draft(match.end(), "period", _upcoming(match, base, skip=1), ("coming",))


def _past(match: re.Match[str], base: Base) -> Draft | None:
    length = length_of(match)
    is_this = match[0][0] == "这" and match["count"] in ("一", "1")  # 这一周 is the week we are in
    if is_this or _is_of_calendar(match):
        return None
    has_today = match[0].startswith(("近", "最近", "这")) or match["unit"].endswith(_OF_THE_CLOCK)
    last = base.today if has_today else shift(base.today, days=-1)
    return Draft(
        match.end(),
        "period",
        Frame(length.before(base.today), last, "span") if length else UNKNOWN,
        ("past",),
    )


def _is_of_calendar(match: re.Match[str]) -> bool:
    """三月内, 2008年后, 下一周, 上半年, 后两个月: parts of the calendar, read by heads."""
    opens, unit = match[0][0], match["unit"]
    if (unit == "月" and match["count"] not in "半两") or (
        "年" in unit and (number(match["count"]) or 0) >= 1000
    ):
        return True
    if (opens in "上下" and match["count"] in "一1") or (opens in "上下前后" and match["count"] == "半"):
        return True
    return opens in "前后" and unit.endswith(("月", "季度"))


def _since(match: re.Match[str], base: Base) -> Draft | None:
    length = None if _is_of_calendar(match) else length_of(match)
    if length is None:
        return None
    return Draft(match.end(), "period", Frame(length.before(base.today), base.today, "span"), ("past",))


def _later(match: re.Match[str], base: Base) -> Draft | None:
    if _is_of_calendar(match):
        return None
    if match["unit"].endswith(_OF_THE_CLOCK):
        return None
    length = length_of(match)
    if length is None or not _counts_from_speech(match):
        return Draft(match.end(), "date", UNKNOWN, ("later",))
    return Draft(match.end(), "date", day_frame(length.after(base.today, base.calendar)), ("later",))


def _ago(match: re.Match[str], base: Base) -> Draft | None:
    length = length_of(match)
    if length is None or match["unit"] in ("月", "日", "小时", "个小时", "分钟") or not _is_free(match):
        return None
    return Draft(match.end(), "date", day_frame(length.before(base.today)), ("ago",))


def _bare(match: re.Match[str], base: Base) -> Draft | None:
    """三个小时, 为期一周: how long, with no day to count from."""
    if match["unit"] in ("月", "日") or (match["unit"] == "年" and length_of(match) is None):
        return None
    before = _start_of(match)
    if before.endswith(_TIMES) or (_SHORT_YEAR.match(match[0]) and not _LASTS.search(before)):
        return None
    is_bare = _STANDS_ALONE.match(match.string, match.end()) is not None
    if not _LASTS_SURELY.search(before) and not (
        is_bare and (not before[-1:].isalnum() or _LASTS.search(before))
    ):
        return None
    return Draft(match.end(), "duration", UNKNOWN, ("bare-length",))


def _is_free(match: re.Match[str]) -> bool:
    """提前三天, 会前三天 count from something else."""
    return not match.string.endswith(("提前", "会前"), 0, match.start())


def _counted(name: str, pattern: str, draft: Callable[[re.Match[str], Base], Draft | None]) -> Iterator[Rule]:
    """A rule whose words begin with the length. Of lengths in 月 only 两月 and 半月 are any: 4月 is April."""
    late = LatePattern(pattern)
    yield Rule(name, LENGTH_FIRSTS, late, draft, nexts=LENGTH_NEXTS)
    yield Rule(name, "两半", late, draft, nexts="月")


RULES = (
    *_counted("within-length", LENGTH + _WITHIN, _within),
    Rule(
        "within-length",
        "会散即今自从现",
        LatePattern(
            f"(?:(?:散会|会议结束|会|会议)之?后|[自从]?(?:即日|今天|今日|现在)起)的?[,，]?{LENGTH}{_WITHIN}"
        ),
        _within,
    ),
    *_counted("spend-length", f"{_SPENDS}{LENGTH}(?:左右|多)?的?时间{_NO_MORE}", _spend),
    *_counted("spend-length", rf"{_USES}{LENGTH}(?:左右|多)?(?=\w){_NO_USE}", _spend),
    *_counted("strive-length", rf"{_STRIVES}{LENGTH}(?:左右)?(?=\w){_NO_USE}", _strive),
    *_counted("strive-length", rf"(?<!\w){LENGTH}(?={_STAGES})", _strive),
    *_counted("bare-length", f"{LENGTH}{_MINUTES_TOO}(?![级制代内后前以之来多度份])", _bare),
    Rule("rush", RUSH_FIRSTS, LatePattern(f"(?:{RUSH}){LENGTH}(?!线)"), _rush),
    Rule(
        "coming",
        "今未往接后下",
        LatePattern(f"(?:(?:今后|未来|往后|接下来)的?|{_FREE}[后下]){LENGTH}(?:的?时间)?(?:之?内|里)?"),
        _coming,
    ),
    Rule(
        "past",
        "近最过这前上",
        LatePattern(
            f"(?:最近|近|过去|这|{_FREE}[前上])的?{LENGTH}(?:的?时间)?(?:以来|来(?![自到源])|里|内{_NO_WORD})?"
        ),
        _past,
    ),
    *_counted("past", f"{LENGTH}多?(?:以来|来(?![自到源]))", _since),
    *_counted("later", f"{LENGTH}(?:以后|之后|后(?![勤续备半期置果]))", _later),
    *_counted("ago", f"{LENGTH}(?:以前|之前|前{NO_BEFORE_WORD})", _ago),
)
