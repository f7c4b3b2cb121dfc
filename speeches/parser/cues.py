"""Cue words of a clause: what leads in, who is asked, what must be, what was."""

import re

from .modals import MODAL, WILL
from .openings import Longest, Opening
from .wordlists import firsts, listed

ADVERB = listed("adverbs")
LEAD_IN = Opening(
    firsts("lead_ins", "joint_lead_ins"),
    rf"(?:{listed('lead_ins')})(?:[，：]|$)|(?:{listed('joint_lead_ins')})(?![的各]|次|任务)",
)
FRESH = Longest(("下一步", "下步", "今后", "会后", "为此", "因此", "所以", "接下来", "但"))
TELLING = re.compile("要求|强调|指出|表示|提出|明确|部署|决定|议定|希望|认为|规定")
SPEECH_LEAD = re.compile(
    r"[^，：要应须]{0,24}?(?:(?<!有关)(?<!相关)(?<!各项)(?<!工作)(?<!标准)(?<!规定)(?<![的和、])要求|强调|指出|表示|提出|明确|部署|决定|议定|希望|认为|(?<![按照依反合关律法本项的])规定)(?!的|了|和|、|是|实|责|分|目)[，：]?"
)
ASK = Opening(
    "请由责希要安恳烦也并先统分应均",
    "(?:请|由(?!于|此|来)|责成|希望|要求|安排|恳请|烦请|也请|并由|并请|先由|统一由|分别由|应由|应当由|要由|均由)",
)
BY = re.compile(r"(?<![自缘经来事交转])(?<!(?<!管)理)由(?!于|此|来|衷)|(?<=的)请(?!求|示|假|教)")
# 由区长负总责的工作专班: who leads what is set up, not who sets it up
PART_OF_NOUN = re.compile(
    "(?:亲自|共同|统一|分别|直接)?(?:(?:担任|兼任|任)[^，]{0,6}|牵头|负责|负总责|组成|参加|参与|主导|领衔|挂帅|主持|管理|批准|签字|承办|审核)的"
)
ROLE = Opening(
    "统具共分各全积主密做总牵负配协参会对是为",
    r"(?:统一|具体|共同|分别|各自|全程|积极|全力|主动|密切|做好)*"
    r"(?:总牵头|总负责|牵头(?!的)|负责(?!人|同志|的)|负总责(?!的)|配合|协助|协同|协办|主办|主责|参与|参加(?!会议|活动|培训)|会同)"
    r"|对[^，。；]{2,24}(?:负总责|负主要责任|负主体责任)"
    r"|[是为][^，。；]{0,14}(?:责任主体|第一责任人|责任人|责任单位|牵头单位)(?=$|，)",
)
# 主办单位|在平台上开设的账号名称应…: what the office has, not the office
ITS_THING = re.compile(
    "(?:负责|牵头|承担|主管|分管)的|(?:在|所)[^，要应须]{2,24}的[^，的要应须]{1,14}(?:要|应|须|必须)"
)
MODAL_NEAR = re.compile(rf"[^，。；]{{0,14}}?(?:{MODAL})")
# What the party behind it has to see to: 这件事|由水务局来办, 这项工作|水务局牵头
MATTER = Opening(
    "这该此",
    r"(?:这|该|此)(?:[一两几三])?(?:件|项|个|块|方面)?的?(?:事情?|工作|任务|问题|活动)(?:就|都|还是)?(?:交给|交由)?",
)
SOON = Longest(("今明两天", "这两天", "这几天", "今晚", "连夜"))
ADDRESSES = Opening("你回会散下", "你们|你(?!好)|回去(?:以)?后|会后|散会后|下去(?:以)?后")
WILL_NEAR = Opening(firsts("adverbs") | {*"也还都就将"}, rf"(?:{ADVERB}|也|还|都|就)*{WILL}")
ASKED_NEAR = re.compile(
    r"[^，。；]{0,30}?(?<![重需首主只概纪扼简提险紧次想])(?:要(?!素|件|求|点|闻|务|案|领|害|塞)|应当|(?<![相供适响反效对回])应(?![急用对收付诉邀聘])|必须|务必|须)"
)
MODAL_AT = Opening(
    firsts("adverbs") | {*"同一仍则就也都既务要应须必需"},
    rf"(?:(?:{ADVERB}|同样|一定|仍|则|就|也|都|既|务)*(?:{MODAL}))",
)
DEMANDS = Opening(
    firsts("adverbs") | {*"同仍则也都既务要应须必一需"},
    rf"(?!需要?[^，]+的$)(?:{ADVERB}|同样|仍|则|也|都|既|务)*(?:{MODAL})",
)
MODAL_ANYWHERE = re.compile(MODAL)
# 对班组长开展轮训, 将保护区纳入规划: object and action in one clause
HANDLES = Opening(
    "对将把与按依通结利在从",
    r"(?:对|对于|将|把|与|按照|依托|通过|结合|利用|在|从)[^，]{1,40}?(?:开展|进行|实行|实施|给予|纳入|列入|列为|作为|落实到|推送|公示|公布|报送"
    r"|分解|归集|融合|建设|建立|制定|予以|办理|移交|清理|整改)[^，]*(?<![的后时中上下前])$",
)
# 市气象局发布预警后,…: when, not who
WHEN = re.compile("(?:后|(?<!小)时|(?<!目)的)$")
CONDITION = re.compile("(?:[的后中下前]|(?<!小)时)$")
CONDITION_ENDS = ("的", "后", "中", "下", "前", "时")
# 需要上级办理的; 施工期间; 遇有重大问题: the case for which something is asked
SETTING_FOR = re.compile("(?!要|应|必须|务必|[就都也正]?是|属于)[^，]{2,30}(?<![目好实细])的$")
SETTING_IN = re.compile("[^，要应须]{2,10}(?:期间|过程中)$")
SETTING_IF = re.compile("(?:遇有?|如遇|如有|若有|遇到|一旦|逢|凡是?)[^，]{2,24}$")
# One of these stands in whatever ASKED_NEAR, DONE_BY and NORM find
ASKING = Opening("要应必务须前内不控稳保", "[要应必务须前内]|不[低少高超]|控制在|稳定在|保持在")
# 夏播6月20日前全部结束: a date and an end asked for, without any 要
DONE_BY = re.compile(
    r"[^，]{2,24}(?:前|内|之前|以前)(?:必须|要|务必)?(?:全部|全面|基本|一律|必须)?(?:完成|结束|到位|建成|办结|清零|开工|竣工|投产|通车|交付|达到|报送|转移|搬迁|撤离|送达|清理|关停|拆除|到岗|上报|兑付|发放|兑现)"
)
# 参保率不低于95%: a norm, not a figure of how things are
NORM = re.compile(
    r"[^，是为]{2,24}(?:不低于|不少于|不高于|不超过|控制在|稳定在|保持在)[^，]{0,4}[0-9x×*一二三四五六七八九十百]"
)
# 民政办把方便面备齐: spoken orders
HAVE_DONE = re.compile(
    "[^，把]{0,10}把[^，]{1,24}(?:好|齐|完|掉|到位|起来|上来|下去|清|[清拆撤关停搬填堵封管][了走住停]|见底)$"
)
NARRATION = Opening(
    "在日近今昨已组召举印介通表指认宣出参主获透告分作进传听荣是有存发",
    r"(?:在[^，]{0,30}|日前|近日|今天|昨天|昨日|已于)?(?:组织召开|召开|举行|印发|介绍|通报(?=，)|表示|指出|认为|宣读|出席|参加|主持|获悉|透露|告诉|分析|作了|进行了|传达|听取|荣获|获|是|有|存在|发现|已)",
)
PAST = re.compile(
    r"了(?![解然结当断得却])|取得(?:了|显著|明显|积极|较|新的|重大|阶段性|圆满|优异|长足|良好)|已[^，。；]{0,6}[，。；]"
    rf"|已经|成绩|较好|去年同期|{listed('past')}"
)
