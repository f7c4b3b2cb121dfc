"""What may stand right behind a name and so ends it: a verb, a demand, a time, a mark."""

import re

from .modals import MODAL, WILL
from .openings import Fronts, Opening
from .times.late import LatePattern
from .wordlists import listed, longest, words

# 市委|组织部, 市政府|督查室: the verb begins the rest of a longer name
_REST_OF_NAME = (
    r"(?:局(?![面部势限])|部(?![门署位分])|委(?![托派员])|办(?![理好法事结案学成出])|院|室(?!内)|中心|厅|处(?![理置罚])"
    r"|公司|小组|工作组|指挥部|政府|机构|部门|单位|站|领导|负责人|负责同志)"
)
_REST = Opening("局部委办院室中厅处公小工指政机单站领负", _REST_OF_NAME)
# 各地执行力参差不齐: the verb is half of a noun
_NOUNISH = Opening(
    "力员率者权性人同", "力(?![争促求推保度])|员(?!工)|率(?!先)|[者权性]|人(?![员才民大力社均数口])|同志"
)
# 牵头部门, 负责单位; 负责政府工作报告的起草 is no name
_NO_NAME = r"(?!部门|单位|领导|人|同志|机构|[科处]室|小组|企业|公司|[局处](?![理置罚面部]))"
ACT = longest("verbs", "adverbs")
OBJECT = longest("prepositions")
TIME = (
    r"(?:[0-9]{1,4}(?:[年月日号天周时点]|个(?:工作日|月|星期|小时)|小时|[-—–~至到/.．：][0-9])|[x*×○X]{1,2}[月日]|[一二三四五六七八九十两半]{1,3}(?:个(?:星期|工作日|月|小时|礼拜)|[天日月周]|小时|点(?!长))|本?学[期年]|假期|暑期|寒假|暑假|每(?:天|日|周|月|旬|季|年|半|两|[三四五六七八九十]{1,2}[天日]|隔|人|家|村|户|个|学|晚|早|次|逢|小时|[0-9])|[本今明下后](?:周|月(?!球)|季度)|[本今明下上后](?:季|年)(?:[内底前末起初]|$)"
    r"|[今明本后]年|年[底内末前]|月[底末]|季末|全年|当年|即日起|[一二三四]季度|近期|会后|散会|这(?:[一二三两几十半]{1,2}(?:天|周|个月)|周|个?月|次)|[正腊冬]月|[今明后]天|今明两天|今晚|当[天晚]|连夜|回去)"
)
_FOLLOW_FIRSTS = (
    "\n *、，（0123456789x×○X和及与以或暨要应须必务一需将都均也还更再则就同仍既尤分共自你逐派拿盯"
    "出来去的管该别夜白两三四五六七八九几十半这那先本学假暑寒每今明下后上年月季全当即二近会散回连请是等为牵负配作总不照跟给商查审看验核问跑听理老小正腊冬"
)
_FOLLOW = Opening(
    _FOLLOW_FIRSTS,
    rf"[、，（]|和(?![谐平])|及(?!早)|与|以及|或|暨|{MODAL}|{WILL}|(?:{listed('behind_names')}|逐[一-龥]|分(?=工种|批|片|类|级|期|头|组|专业|领域|层|条|阶段|行业|时段|步)|派(?!出|驻)|[来去](?![自年访宾信源电函世向除路处])|[查审看验核问跑盯听理]一(?:下|遍|趟|回)|总(?=负责|牵头|协调)|(?=[老小](?:{listed('surnames')})(?:你|，|要))|[跟给](?![上进踪付力])|商(?=[一-龥]{{2,12}}[部委局厅办])|(?:这|那)[边块](?=[，要应须也]|$)|的同志(?!们)|管(?![理委网道辖线部])|别(?!处)|[两三四]方(?!面)|这?[两三四五六七八九几](?:家(?!企业|公司|银行)|个(?:部门|单位|局|镇|街道|乡镇|社区|村|处室|县区))|先(?!进))|{TIME}"
    rf"|请(?=于|在|按|将|认真|抓紧)|是(?=[^，。；]{{0,14}}(?:责任主体|责任人|责任单位|牵头单位))|作用(?!于)|牵[个好起]头|(?:牵头|负责(?!人|同志)|配合|负总责|总负责|总牵头){_NO_NAME}|$",
)
# What may stand behind a name; most characters may not
_FRONTS = Fronts(_FOLLOW, ACT, OBJECT)
# 各级各部门外出招商必须报备: what they do stands before the 必须
_STRONG = Opening(
    "全各",
    r"(?:全[市县区省州])?各(?:级|有关|相关)?各?(?:有关|相关)?[^，、]{0,6}(?:部门|单位|乡镇|街道|县市区|企业)",
)
ASKED_LATE = LatePattern(rf"(?![^，。；、]{{0,5}}?{_REST_OF_NAME})[^，。；、的]{{1,14}}?(?:{MODAL})")
SUBJECT = LatePattern(rf"{MODAL}|、|和|与|牵头|负责|配合|会同|{listed('adverbs')}|{TIME}|$")
_PLAIN = words("plain_verbs")
_OFFICE_REST = re.compile(
    "[局室处科股厅站院组]|办(?:公室)?(?![理好法事结案学成出])|中心|小组|专班|工作组|指挥部|委员会"
)


def what_follows(text: str, at: int, end: int) -> str | None:
    """The words behind a name that show it to be whole; None when the name seems to go on (市委|组织部)."""
    if at >= end:
        return ""
    opens = _FRONTS.at(text, at)
    follows = _FOLLOW.match(text, at, end) if _FOLLOW in opens else None
    if follows:
        return follows[0]
    if not opens or text.startswith("关于", at):
        return None
    stop = ACT.match(text, at, end) or OBJECT.match(text, at, end)
    if stop and text[at:stop] in _PLAIN and not _OFFICE_REST.match(text, stop, end):
        return text[at:stop]
    goes_on = stop and (_REST.match(text, stop, end) or _NOUNISH.match(text, stop, end))
    return text[at:stop] if stop and not goes_on else None


def is_wide(name: str) -> bool:
    found = _STRONG.match(name) if name[0] in "全各" else None
    return found is not None and found.end() == len(name)
