"""Cue words of a clause: what leads in, who is asked, what must be, what was."""

import re

from .organs import MODAL, WILL
from .wordlists import listed

ADVERB = listed("adverbs")
LEAD_IN = re.compile(
    rf"(?:{listed('lead_ins')})(?:[，：]|$)|(?:{listed('joint_lead_ins')})(?![的各]|次|任务)"
)
FRESH = re.compile("下一步|下步|今后|会后|为此|因此|所以|接下来|但是|但")
SPEECH_LEAD = re.compile(
    r"[^，：要应须]{0,24}?(?:要求|强调|指出|表示|提出|明确|部署|决定|议定|希望|认为|规定)(?!的|了|和|、|是|实|责|分|目)[，：]?"
)
ASK = re.compile(
    r"(?:请|由(?!于|此|来)|责成|希望|要求|安排|恳请|烦请|也请|并由|并请|先由|统一由|分别由|应由|应当由|要由|均由)"
)
BY = re.compile(r"(?<![自缘经来事])(?<!(?<!管)理)由(?!于|此|来|衷)")
ROLE = re.compile(
    r"(?:统一|具体|共同|分别|各自|全程|积极|全力|主动|密切|做好)*(?:总牵头|牵头|负责(?!人|同志)|负总责|配合|协助|协同|协办|主办|主责|参与|会同)"
)
MODAL_NEAR = re.compile(rf"[^，。；]{{0,14}}?(?:{MODAL})")
WILL_NEAR = re.compile(rf"(?:{ADVERB}|也|还|都|就)*{WILL}")
ASKED_NEAR = re.compile(
    r"[^，。；]{0,14}?(?<![重需首主只概纪扼简提险紧次想])(?:要(?!素|件|求|点|闻|务|案|领|害|塞)|应当|应(?![急用对收付诉邀聘])|必须|务必|须)"
)
MODAL_AT = re.compile(rf"(?:(?:{ADVERB}|同样|一定|仍|则|就|也|都|既|务)*(?:{MODAL}))")
ACT = re.compile(rf"(?:{ADVERB}|{listed('verbs')})")
OBJECT = re.compile(rf"(?:{listed('prepositions')})")
MODAL_ANYWHERE = re.compile(MODAL)
# 对班组长开展轮训, 将保护区纳入规划: object and action in one clause
HANDLES = re.compile(
    r"(?:对|对于|将|把|与|按照|依托|通过|结合|利用|在)[^，]{1,40}?(?:开展|进行|实行|实施|纳入|列入|列为|作为|落实到|推送|公示|公布|报送"
    r"|分解|归集|融合|建设|建立|制定|予以|办理|移交|清理|整改)[^，]*(?<![的后时中上下前])$"
)
CONDITION = re.compile("[的后时中下前]$")
# 夏播6月20日前全部结束: a date and an end asked for, without any 要
DONE_BY = re.compile(
    r"[^，]{2,24}(?:前|内|之前|以前)(?:必须|要|务必)?(?:全部|全面|基本|一律|必须)?(?:完成|结束|到位|建成|办结|清零|开工|竣工|投产|通车|交付|达到|报送)"
)
NARRATION = re.compile(
    r"(?:在[^，]{0,30}|日前|近日|今天|昨天|昨日|已于)?(?:组织召开|召开|举行|印发|介绍|表示|指出|认为|宣读|出席|参加|主持|获悉|透露|告诉|分析|作了|进行了|传达|听取|荣获|获|是|有|存在|发现|已)"
)
PAST = re.compile(
    r"了(?![解然结当断得却])|同比|环比|取得|已经|曾经|以来|已[^，。；]{0,6}[，。；]|值得|成效明显|成绩|来看|较快|较好|有所|刚才|去年同期|荣获|获评"
)
