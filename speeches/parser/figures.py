"""A figure with its measure (新增*万亩以上, 95%以上, 1—3家) and whether it is a goal or how things are."""

import re

from .numerals import OPEN
from .times.late import LatePattern
from .times.words import one_of, rows

_FRACTION = "(?:\\.[0-9]{1,4})?"
FIGURE_WORDS = (
    rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+{_FRACTION}|[0-9]{{1,9}}{_FRACTION}"
    rf"|[{OPEN}]{{1,2}}(?![{OPEN}])(?:\.[{OPEN}])?)"
)
HAN_FIGURE = "[一二两三四五六七八九十百千]{1,5}"
_TO = "(?:[—–－~～至到-]{1,2})"
_SCALE = "(?:[十百千]?[万亿]|[百千])?[多余]?"
_UNIT = f"(?:{one_of(row[0] for row in rows('measures.txt'))})"
_MEASURE = f"(?:{_UNIT}(?:/(?:{_UNIT}|年|日|天|小时|人|户))?)"
BOUND = "(?:以上|以下|以内|左右|上下|及以上|及以下|之内)"
# What is done to the figure, when it stands right before it, is part of the goal; 达到 and 完成 are not
_CHANGE = (
    "(?:同比)?(?:增长|增加|新增|净增|增收|减少|下降|降低|压减|压缩|提高|提升|上升|缩短|节约|突破|超过|低于|高于|至少"
    "|不(?:低于|少于|超过|高于|小于|大于))"
)
_JOIN = "(?:到|至|了)?"
# G60 and 3A are names, AED40台 a count behind one; 后10位 tells which
_NUMBER_START = (
    rf"(?:(?<![0-9.{OPEN}A-Za-z〔\[（(第])|(?<=[A-Z]{{3}}))(?<!时速)(?<!限速)"
    "(?<!连续)(?<!每)(?<!每发现)(?<!每出现)(?<!每发生)(?<!每新增)(?<![扣罚])(?<!罚款)(?<!罚没)(?<!一式)"
    "(?<![前后末](?=[0-9]{1,3}[位名%]))"
)
# 3个月 and 5个工作日 are time, 3个方面 a way of talking
_NO_THING = "(?!(?<=个)(?:[0-9]|月|工作日|小时|季度|星期|自然日|方面|环节|阶段|人|体|点(?![位，。；、])))"
_LOOK_BACK = 12
_LEADS = LatePattern(rf"(?:{_CHANGE}{_JOIN}|新增[一-龥]{{0,4}})$")
_SHARE_LEADS = LatePattern("(?:年度|全年|年初)?(?:目标)?任务的$")
# 投资500万元以上的项目 says which projects, 500米范围内 where: no goals; a share (80%以上的站点) is one
_DESCRIBES = LatePattern("的(?![，。；、,;.]|$)|范围|周边|半径|户型|级以上|口径")
_KIND_BY_SIZE = LatePattern(
    "的?(?:工业|产业|重点|重大|商贸|服务业|建设)?(?:项目|企业|工程|大户|机组|锅炉|合同|采购|案件|煤矿|建筑)"
)
_BOUNDS = ("以上", "以下", "以内", "左右")
# 低于85%的不予通过, 连续三年低于70%的专业: a condition; 不低于 asks
_CONDITION = LatePattern("(?<!不)(?<!不得)(?:低于|高于|超过|不足|不满|少于|大于|小于|达到)$")
# 落实18项配套制度, 执行10条措施: they are there already
_KEEPS = LatePattern(
    "(?:落实|贯彻|执行|围绕|按照|依据|遵守|严守|对照|学习|聚焦|盯紧|盯牢|用好|用足)[^，。；：、,;\n]{0,14}$"
)
_KEPT = LatePattern(
    "(?:重点|配套|具体|主要|惠企|支持|政策|刚性|硬核|工作|安全)*(?:措施|政策|制度|规定|要求|任务|机制|意见|举措|办法|部署|纪律|禁令|准则|承诺|产业链)"
)
# 按每亩500元标准兑付, 等12个部门, 对产值下降20%以上的企业: a rate, a sum of parties, a choice
_RATE = LatePattern(
    "(?:的|/[亩吨人户年月])*(?:补助|补贴|奖补|缴费|奖励|征收)?标准|的(?:价格|单价|报价|比例|费率)"
)
# 每亩补助200元: how much for each
_FOR_EACH = LatePattern(
    "每[亩户人只头吨台辆件家套平次][^，。；：,;\n]{0,6}(?:补助|补贴|奖励|奖补|补偿|缴纳?|收取?|发放)(?:资金)?(?:不超过|最高)?$"
)
_BY_RATE = LatePattern("[按以][^，。；：,;\n]{0,10}$")
_PARTIES = LatePattern(
    "(?:成员|责任|市直|县直|区直|职能|有关|相关)?(?:部门|单位|乡镇|街道|镇街|县区|科室|处室|学院)"
)
# 明确1名联络员 is how a notice is answered
_APPOINTS = LatePattern("(?:明确|确定|指定|安排|各派|报送)[^，。；：,;\n0-9]{0,6}$")
_SIZE = LatePattern("[对凡为向沿将把]$")
_CHOSEN = LatePattern("对[^，。；：,;\n]{2,12}$")
# 总投资75亿元, 报到率达97.8%, 已累计完成3亿元: how things are
_ATTRIBUTE = LatePattern(
    "(?:年产|年加工|年处理|日处理|日产|装机|总装机|总装机容量|总计|共计|合计|总投资|总概算|概算|总造价|造价|合同价|注册资本|注册资金|总长度?|全长|总面积|占地|总库容|库容|余额|总额|余款|中标金额|罚款|涉及|下设|下辖|内设|设有|还差|尚差|相差|平均(?:水平|值)(?=[为是达约])|占[^，。；、：达要力提]{1,8}的)(?:约|近|达|为|是|共|高达|超过|仅)?$"
)
_REACHED = LatePattern(
    r"(?:(?:已经?|累计|共计|目前|截至|现有)[^，。；：、,;的要须再\n]{0,14}|涉及[^，。；、：,;的\n]{1,6}|(?:去年|上年|同期)[^，。；：、,;的要须再\n]{2,14})$"
)
_FORCES = LatePattern("要|须|确保|力争|争取|再|追|力求|不低于|不少于|以上")
# 每季度1次 says how often; 至少一次 and two exercises are goals
_HOW_OFTEN = LatePattern(r"(?:每|[一二两三半][日天周旬月季年个])[^，。；：,;\n]{0,14}$")
FIGURE = LatePattern(
    rf"{_NUMBER_START}{FIGURE_WORDS}(?:%?{_TO}{FIGURE_WORDS})?(?: |\+)?"
    rf"(?:{_SCALE}{_MEASURE}{_NO_THING}|[十百千]?[万亿](?!人次)){BOUND}?"
)
"""A figure with its measure; it may carry a scale alone (x亿)."""


def goal_in(match: re.Match[str]) -> tuple[int, int] | None:
    """Where the goal stands whose figure is a match of FIGURE; None where the figure is no goal."""
    text = match.string
    if _is_description(text, match) or _is_so(text, match) or _is_rhythm(text, match):
        return None
    return _widened(text, match), match.end()


def _is_description(text: str, match: re.Match[str]) -> bool:
    """Whether the figure says which things are meant: 500万元以上项目, 低于85%的."""
    if match[0].endswith(_BOUNDS) and "元" in match[0] and _KIND_BY_SIZE.match(text, match.end()):
        return True
    if _is_choice(text, match):
        return True
    if _DESCRIBES.match(text, match.end()) is None:
        return False
    if text[match.end()] == "的" and _CONDITION.search(text, _back(match), match.start()):
        return True
    return (match[0].endswith(_BOUNDS) and "%" not in match[0]) or text[match.end()] != "的"


def _is_choice(text: str, match: re.Match[str]) -> bool:
    """Whether the figure is a rule's, a rate's or a condition's: 落实10条措施, 按500元标准, 2家的，采取…"""
    end = match.end()
    if text.startswith(("的，", "的,"), end) or (match[0].endswith("位") and text.startswith("专家", end)):
        return True
    if match[0] == "1名" and _APPOINTS.search(text, _back(match), match.start()):
        return True
    if match[0].endswith("期") and text.startswith(("分", "（", "("), match.start() - 1):
        return True
    if _KEPT.match(text, end) and _KEEPS.search(
        text, _back(match) - 4 if match.start() > 16 else 0, match.start()
    ):
        return True
    if "元" in match[0] and _FOR_EACH.search(text, _back(match), match.start()):
        return True
    if _RATE.match(text, end) and _BY_RATE.search(text, _back(match), match.start()):
        return True
    is_bare = match[0].endswith(_BOUNDS) and "%" not in match[0] and text[end : end + 1].isalpha()
    if is_bare and _SIZE.search(text, _back(match), match.start()):
        return True
    if _PARTIES.match(text, end) and text.startswith("等", match.start() - 1):
        return True
    return (
        text.startswith("的", end) and _CHOSEN.search(text, _back(match), _widened(text, match)) is not None
    )


def _is_so(text: str, match: re.Match[str]) -> bool:
    """Whether the figure tells how things are, not how they are to be."""
    if match[0].endswith(_BOUNDS):
        return False
    if _ATTRIBUTE.search(text, _back(match), match.start()):
        return True
    reached = _REACHED.search(text, max(0, match.start() - 2 * _LOOK_BACK), match.start())
    return reached is not None and _FORCES.search(reached[0]) is None


def _is_rhythm(text: str, match: re.Match[str]) -> bool:
    if not match[0].endswith("次") or match[0].endswith(("人次", "场次", "车次", "班次", "批次", "亩次")):
        return False
    return match[0] == "1次" or _HOW_OFTEN.search(text, _back(match), match.start()) is not None


def _back(match: re.Match[str]) -> int:
    return max(0, match.start() - _LOOK_BACK)


def _widened(text: str, match: re.Match[str]) -> int:
    """From where the goal reads: 增长|8%, 年度目标任务的|60%."""
    leads = (_LEADS, _SHARE_LEADS) if "%" in match[0] else (_LEADS,)
    found = (lead.search(text, max(0, match.start() - _LOOK_BACK), match.start()) for lead in leads)
    return min((lead.start() for lead in found if lead), default=match.start())
