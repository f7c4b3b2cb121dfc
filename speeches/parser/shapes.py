"""Parties told by the shape of their words, whatever the name: counted lists,
things that act like a body, and those described by what they have or lack."""

import re

from .modals import MODAL
from .times.late import LatePattern
from .wordlists import listed, longest

Spots = tuple[list[tuple[int, int]], int]

_MARKS = "，。；、：！？\\s"
_ADVERB = f"(?:{listed('adverbs')}|也|都|均|还|就|一定)*"
# 石桥、柳林两个村的书记, 北江、南江两市政府
_PLACE = "(?:自治区|街道|社区|园区|乡镇|县区|[省市县区镇乡村矿厂])"
_COUNTED = LatePattern(
    rf"(?P<first>[^{_MARKS}和及与要应须]{{2,5}}(?:、[^{_MARKS}和及与要应须]{{2,5}}){{0,6}})(?:、|和|及|与)"
    rf"(?P<last>[^{_MARKS}和及与要应须一二两三四五六七八九十]{{2,5}}[两三四五六七八九十]个?{_PLACE}"
    rf"(?:(?:人民)?政府|党委|管委会|办事处|的?(?:主要)?(?:{listed('posts')}))?)"
)
# 县级公众号要与…建立机制, 松坪矿要拿出方案: a thing is a party where it does what only a body can do
_DOES = (
    "(?:建立|健全|制定|制订|编制|组织|开展|落实|报送|上报|设置|设立|配备|配齐|安排|签订|拿出|提交|推动|引导|加强|强化|严格|主动"
    "|积极|执行|履行|做好|抓好|统筹|会同|配合|协助|充分|依托|加快(?!建)|承担|派|指定|定期|每|统一|公布|公开|带动|排查|清理"
    f"|与[^{_MARKS}]{{2,24}}(?:建立|签订|对接|合作)|向[^{_MARKS}]{{2,16}}(?:报|提交|提出)"
    f"|[以对为][^{_MARKS}]{{2,40}}(?:开展|进行|实行|予以|给予|提供|为反面教材|为契机))"
)
_WHEN = "(?:在?[0-9一二三四五六七八九十年月底日号天内周之以本今]{2,9}前?)?"
_THING = LatePattern(
    rf"(?P<name>[^{_MARKS}和及与要应须对将把由在的了各每]{{1,12}}(?:{listed('acting_things')})(?:（[^（）]{{1,8}}）)?)"
    rf"(?=(?:(?:、|以?及|和|与)[^，。；：、和及与要须]{{2,16}}){{0,4}}?等?{_WHEN}{_ADVERB}(?:{MODAL}){_WHEN}{_ADVERB}(?:{_DOES})"
    rf"|、(?:[^{_MARKS}要应须]{{2,10}}、)?[^{_MARKS}要应须]{{1,10}}(?:公司|中心|[局部委办所]){_ADVERB}(?:{MODAL}|不))"
)
# 有条件的地区要…, 尚未出台办法的市县，要…; whom something is done to stands in front of 予以, 通报 too
TREATED = "通报|约谈|问责|追责|追究|督[办查导]|给予|予以|倾斜|表[彰扬]|挂牌|取消|严肃|限期|从严|帮|责令|处"
_DESCRIBED = LatePattern(
    rf"(?P<name>[^{_MARKS}对把将向由给让使帮在从]{{2,30}}的(?:地区|地方|省份|市县|县市区|县区|乡镇|单位|部门|高校|院校))"
    rf"(?=$|{_ADVERB}(?:{MODAL}){_ADVERB}(?!{TREATED}))"
)
# 未完成任务的乡镇，要予以通报: what is done to them, not by them
TREATS = LatePattern(f"{_ADVERB}(?:{MODAL})?{_ADVERB}(?:{TREATED})")
_NOT_DESCRIBED = LatePattern("督促|帮助|支持|鼓励|指导|关于|按照|根据|所|我们")
_VERB_FIRST = longest("verbs")


def counted_at(text: str, at: int, end: int) -> Spots | None:
    """北江、南江两市政府 → 北江 and 南江两市政府."""
    found = _COUNTED.match(text, at, end)
    if not found or _VERB_FIRST.match(text, at, end):
        return None
    start, stop = found.span("first")
    spots = [(start + part.start(), start + part.end()) for part in re.finditer("[^、]+", text[start:stop])]
    return [*spots, found.span("last")], found.end()


def thing_at(text: str, at: int, end: int) -> Spots | None:
    """A 厂, 基金 or 网站 that is told to do what only a body can do."""
    found = _THING.match(text, at, end)
    if not found or _VERB_FIRST.match(text, at, end):
        return None
    return [found.span("name")], found.end()


def described_at(text: str, at: int, end: int) -> Spots | None:
    """有条件的地区: known by what they have, lack or have done."""
    found = _DESCRIBED.match(text, at, end)
    if not found or _NOT_DESCRIBED.match(text, at, end):
        return None
    return [found.span("name")], found.end()
