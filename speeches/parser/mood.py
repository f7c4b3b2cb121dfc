"""Does a stretch tell what was done or is so, or does it ask? Needed where no 要 or 须 stands."""

import re

from .drafting import Draft
from .reading import Reading

_TOLD = re.compile(
    r"了(?![解然结当断得却])|同比|环比|取得(?:了|显著|明显|积极|较|新的|重大|阶段性|圆满|优异|长足|良好)|曾经|以来|已[^，。；]{0,6}(?:[，。；]|$)|值得|成效(?:明显|显著)|来看|较快|有所|刚才|荣获|获评"
    r"|(?:参加|出席|列席|主持)(?:了)?(?:会议|会|活动|培训|并讲话)|作(?:交流|表态|主题|专题|动员|总结)?(?:发言|讲话|报告)|进行授课|(?:召开|举行|举办)(?![一两三]次)[^，]{2,30}(?:会|会议|班|仪式|活动)(?:$|，)"
    r"|依次发言|参会|互动交流|深入交流|截至|将于[^，]{2,12}(?:开始|启动|结束)|审议通过|会议还研究|听取[^，]{2,40}汇报|组成$|等参加|记者|据悉|据了解|讯$|责编|责任编辑|来源：|预计|有望|预测|表明|显示|存在(?!的)[^，]{0,12}(?:问题|困难|不足)|如下$|设在|迈出|[一二三多几]年来|现(?:提出|就|将[^，]{0,20}(?:印发|通知|公布))|制定本(?:方案|办法|意见|规定|通知)|指定?(?:组成|任命)"
)
_IS = re.compile(r"[^，]{2,24}(?<![就凡但只要还不若可如于])是(?!否|以|要)")
_DATED = re.compile(
    r"\d{4}年(?!.{0,6}[前底末])|(?:[^，]{0,8})?(?:\d{1,2}月\d{1,2}日|(?<![今明]天)[上下]午|当天|近年来|近日|(?<![0-9x×*X○十])日前|今年以来|去年|期间，)(?!前|之前|底|起)"
)
_QUOTED = re.compile("“(?:有些|有的|据|我|这)|(?:检查|考核|评估|评价|督查|排名)结果")
_DONE = re.compile(r"了(?![解然结当断得却])|已经|已(?:完成|建成|开|顺利|全部|基本)")
_APPOINTS = re.compile("(?:任|为|担任|组长由)?(?:组长|副组长|成员|总指挥|指挥长|主任|副主任)")
_AGENDA = re.compile(
    "仍[须需]|有待|对我[市县区省镇校][^，]{0,4}(?:来说|而言)|从(?:以下)?[两二三四五六七八九十几](?:个|大)?方面|(?:以下|如下)(?:几|[两二三四五六七八九十])?(?:项|个|点|方面)?(?:重点)?(?:工作|任务|意见|要求)"
)
_FOUNDS = re.compile("成立|组成|设立")
_BODY = re.compile(r"作.{0,4}讲话|发言|到来|进入|召开|举行|成为|迎来|面临|导致|影响|不会|会有|来临")


def is_told(text: str, draft: Draft, readings: list[Reading], start: int, end: int) -> bool:
    """True when a draft without a cue word belongs to a report. `[start, end)` is its stretch."""
    quote = text[draft.body : draft.end]
    if _AGENDA.search(quote):
        return True
    if draft.strength == "will":
        return _BODY.search(quote) is not None
    if draft.strength in {"by", "role"}:
        return _DONE.search(quote) is not None or _APPOINTS.search(quote) is not None
    if draft.strength not in {"soft", ""}:
        return False
    if _TOLD.search(quote) or _QUOTED.match(quote):
        return True
    spots = [draft.body] if draft.strength == "soft" else [draft.body, *(r.at for r in readings[:4])]
    if any(_IS.match(text, at, end) for at in spots if at <= draft.body):
        return True
    if _FOUNDS.match(quote) and _APPOINTS.search(text, draft.body, end):
        return True
    if _DATED.match(text, start, end) or any(_DATED.match(text, at, end) for at in spots):
        return True
    return draft.strength != "soft" and _stands_behind_a_statement(draft, readings)


def _stands_behind_a_statement(draft: Draft, readings: list[Reading]) -> bool:
    """…工作滞后,严重影响推进: what only carries on a statement asks nothing."""
    behind = has_acted = False
    for reading in readings:
        if reading.at >= draft.body:
            break
        if reading.kind in {"party", "ask", "act"}:
            behind, has_acted = False, True
        elif reading.kind == "other" and reading.clause.end > reading.at and not has_acted:
            behind = True
    return behind
