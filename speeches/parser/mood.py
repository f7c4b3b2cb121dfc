"""Does a stretch tell what was done or is so, or does it ask? Needed where no 要 or 须 stands."""

import re

from .cues import MODAL_ANYWHERE
from .drafting import Draft
from .openings import Opening
from .reading import Reading
from .sentences import Stretch
from .times.late import LatePattern
from .wordlists import firsts, listed

_TOLD = Opening(
    firsts("past", "reports") | {*"了取已参出列主作召举将听组讯存如予一二三多几现制指"},
    r"了(?![解然结当断得却])|取得(?:了|显著|明显|积极|较|新的|重大|阶段性|圆满|优异|长足|良好)|已[^，。；]{0,6}(?:[，。；]|$)"
    rf"|{listed('past', 'reports')}"
    r"|(?:参加|出席|列席|主持)(?:了)?(?:会议|会|活动|培训|并讲话)|(?<!工)作(?:交流|表态|主题|专题|动员|总结)?(?:发言|讲话|报告)|(?:召开|举行|举办)(?![一两三]次)[^，]{2,30}(?:会|会议|班|仪式|活动)(?:$|，)"
    r"|将于[^，]{2,12}(?:开始|启动|结束)|听取[^，]{2,40}汇报|组成$|讯$|存在(?!的)[^，]{0,12}(?:问题|困难|不足)|如下$|予以[^，]{0,4}(?:表扬|表彰|肯定)|[一二三多几]年来|现(?:提出|就|将[^，]{0,20}(?:印发|通知|公布))|制定本[一-龥]{2,6}(?:$|，)|指定?(?:组成|任命)",
)
_IS = re.compile(r"[^，]{2,24}(?<![就凡但只要还不若可如于])是(?!否|以|要)")
_DATED = re.compile(
    r"\d{4}年(?!.{0,6}[前底末])|(?:[^，]{0,8})?(?:\d{1,2}月\d{1,2}日|(?<![今明]天)[上下]午|当天|近年来|近日|(?<![0-9x×*X○十])日前|今年以来|去年|期间，)(?!前|之前|底|起)"
)
_QUOTED = re.compile(
    "[再又比例譬诸]如(?!实|期|果|何)|“(?:有些|有的|据|我|这)|(?:检查|考核|评估|评价|督查|排名)结果"
)
_DONE = re.compile(r"了(?![解然结当断得却])|已经|已(?:完成|建成|开|顺利|全部|基本)")
# 要求各县区年底前销号，结果一推就是一年: what was asked once, and what came of it
_CAME_OF_IT = Opening(
    "结推一至始仍已",
    "结果(?:有的|有些|却|还是|一|仍|大|没|不|到)|推来推去|一推再推|一拖再拖|(?:至今|一直|始终|仍然?)(?:未|没)|已由",
)
# 经市政府同意，决定…; 以此次会议为契机: the paper's own decision, somebody else's promise
_OWN_WORDS = re.compile(
    "经[^，]{2,24}(?:同意|批准|研究|审定)，(?:决定|现)|^(?:为|根据|按照)[^。；]{2,80}，(?:[^，：]{2,12})?(?:研究)?决定(?:组织|联合|从|在|于|对|自)?[^由请]{0,8}(?:开展|举办|召开|成立|实施|启动|举行)|以(?:此|这|本)次?[^，]{1,8}为契机|起(?:正式)?(?:施行|执行|实施)$|^[^，]{2,24}是指|关于[^，。；]{2,60}的[^，。；的]{0,6}(?:意见|通知|决定|通报|批复|函|公告|通告|实施方案|办法|规定)(?:$|[^，。；]{0,12}〔)"
)
# 新生报到率达97.8%，创近五年新高: a figure reached
_REACHED = Opening(
    "率创累共总合得受赢0123456789万亿这正据形",
    r"率(?:已)?达(?:到)?[0-9]|创[^，]{0,10}新(?:高|低)|(?:累计|共计|总计|合计)[^，]{0,12}[0-9]|(?:得到|受到|赢得)[^，]{0,16}(?:好评|肯定|认可|赞扬|称赞|欢迎)"
    r"|[0-9万亿][元吨]?的(?:价格|报价|金额)|(?<![^，])这[^，]{0,10}(?:是|让|使|意味)|正值[^，]{2,20}期|据[^，]{2,16}(?:预报|调查|统计|报道)|形势(?:十分|非常|依然|仍然|较为)?(?:严峻|复杂)",
)
_WOULD = re.compile("[^，]{2,16}(?:也|就|都|还|仍|便)会(?![同议商后前办上诊晤])|[^，]{2,24}下设")
# 村会计月底前把账交上来: an office told by when; a 了 in what comes after it is no report
_TOLD_BY_WHEN = LatePattern(
    "(?:[^，。；]{0,20}，)?[^，。；]{0,30}?(?:[0-9一二三四五六七八九十x×*]{1,3}(?:日|号|天)?|[底末旬内]|[天周月日]|周[一二三四五六日])(?:之|以)?前(?![期三半几来])"
)
_HARD_PAST = LatePattern(
    "(?:完成|实现|建成|开展|召开|拨付|办结|取得|得到|进行|制定|出台)了|已(?!有|知)|截至|同比|累计|以来|记者|据悉"
)
# 每周五召开例会: held again and again, so not yet held
_RECURS = LatePattern(
    "[^，。；]{0,12}(?:每(?!个|人|户|名)|定期|按[月季周])|[^，。；]{2,20}(?:，[^，。；]{0,12})?每(?:周|月|季|旬|天|日)"
)
_WARNS = LatePattern("，(?:不要|别|免得|以免|防止|不然|否则|要不)[^，]*")
_DEFINES = LatePattern("[^，。；]{2,24}(?:是指|指的是)")
_ATTENDS = re.compile("(?:同志|负责人|代表|领导|人员)(?:一同|一起|陪同)?(?:参加|列席|出席|陪同)$")
# 可以采取实地核查等方式: leave to do so asks nothing
_MAY = re.compile(
    "[^，要应须]{0,16}(?<![不许认尽])可(?:以|根据|按|采取|采用|通过|由|自行|适当|参照|酌情|结合|在|向|申请|试点|选择)"
)
_SEES = Opening(
    "我同当但也还更又要应必清充看认意",
    "(?:我们|同时|当然|但)?(?:也|还|更|又)?(?:要|应|应当|必须)?(?:清醒地?|充分)?(?:看到|认识到|意识到)(?!位)",
)
_NAMED_TO = re.compile("(?:任|担任|兼任|为)(?:组长|副组长|成员|总指挥|指挥长|主任|副主任)|组长由")
_APPOINTS = re.compile("(?:任|为|担任|组长由)?(?:组长|副组长|成员|总指挥|指挥长|主任|副主任)")
_AGENDA = Opening(
    "仍有对从以如",
    "仍[须需]|有待|对我[市县区省镇校][^，]{0,4}(?:来说|而言)|从(?:以下)?[两二三四五六七八九十几](?:个|大)?方面|(?:以下|如下)(?:几|[两二三四五六七八九十])?(?:项|个|点|方面)?(?:重点)?(?:工作|任务|意见|要求)",
)
_FOUNDS = re.compile("成立|组成|设立")
_RESULT = re.compile(
    "了(?![解然结当断得却])|同比|(?:实现|保持)(?:了)?(?:较大|较快|持续|大幅|稳步)[^，]{0,4}(?:增长|提升)"
)
_BODY = re.compile(r"作.{0,4}讲话|发言|到来|进入|召开|举行|成为|迎来|面临|导致|影响|不会|会有|来临")


def is_told(text: str, draft: Draft, readings: list[Reading], start: int, end: int) -> bool:
    """True when a draft without a cue word belongs to a report. `[start, end)` is its stretch."""
    quote = text[draft.body : draft.end]
    if (
        _AGENDA.seen_in(quote)
        or _ATTENDS.search(quote)
        or _CAME_OF_IT.seen_in(quote)
        or _OWN_WORDS.search(quote)
        or quote.endswith("的")
    ):
        return True
    if _SEES.match(quote) or _DEFINES.match(text, start, end):
        return True
    if draft.strength == "will":
        return _BODY.search(quote) is not None
    if draft.strength in {"by", "role"}:
        return _DONE.search(quote) is not None or _NAMED_TO.search(quote) is not None
    if draft.strength not in {"soft", ""}:
        return False
    if draft.strength == "soft":
        at = draft.parties[-1][0].end
        said = text[at : draft.end]
        if "前" in said and _TOLD_BY_WHEN.match(said) and not _HARD_PAST.search(said):
            return False
        if _FOUNDS.match(said) and _APPOINTS.search(said):
            return True
    quote = _WARNS.sub("", quote) if "，" in quote else quote
    if (
        ("每" in quote or "期" in quote or "按" in quote)
        and _RECURS.match(quote)
        and not _HARD_PAST.search(quote)
    ):
        return False
    if _tells(quote) or _QUOTED.match(quote) or _MAY.match(quote):
        return True
    # In order and each once: a draft mostly begins where one of its clauses does
    spots = dict.fromkeys((draft.body, *(() if draft.strength == "soft" else (r.at for r in readings[:4]))))
    if any(_IS.match(text, at, end) for at in spots if at <= draft.body):
        return True
    if _FOUNDS.match(quote) and _APPOINTS.search(text, draft.body, end):
        return True
    if any(_DATED.match(text, at, end) for at in {start, *spots}):
        return True
    return draft.strength != "soft" and _stands_behind_a_statement(draft, readings)


def _tells(quote: str) -> bool:
    """Something was done, has been reached or would follow."""
    return _TOLD.seen_in(quote) or _REACHED.seen_in(quote) or _WOULD.match(quote) is not None


def story_lines(text: str, found: list[Stretch]) -> set[int]:
    """Numbers of the lines that report what was done: 拓展了领域, and nowhere a 要 or a number before it.

    One like it between two of them reports too.
    """
    lines: dict[int, list[Stretch]] = {}
    for stretch in found:
        lines.setdefault(stretch.line, []).append(stretch)
    told = {
        number
        for number, parts in lines.items()
        if _RESULT.search(text, parts[0].start, parts[-1].end) and _is_plain(text, parts)
    }
    between = {number + 1 for number in told if number + 2 in told and number + 1 in lines}
    return told | {number for number in between if _is_plain(text, lines[number])}


def _is_plain(text: str, parts: list[Stretch]) -> bool:
    """Several sentences without numbers, and nothing demanded."""
    start, end = parts[0].start, parts[-1].end
    has_numbers = any(part.depth for part in parts)
    return len(parts) > 1 and not has_numbers and MODAL_ANYWHERE.search(text, start, end) is None


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
