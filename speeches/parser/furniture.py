"""What web pages, forums and copying sites print around a document, and the reason to show for each."""

import re
from dataclasses import dataclass
from typing import Literal

from .times.late import LatePattern

Zone = Literal["any", "edge"]  # edge: before the first or behind the last line of running text


@dataclass(frozen=True, slots=True)
class LineRule:
    """A whole line that is no part of the document. `longest`: a longer line is kept in any case."""

    reason: str
    pattern: LatePattern
    zone: Zone = "edge"
    longest: int = 120


def _rule(reason: str, pattern: str, *, zone: Zone = "edge", longest: int = 120) -> LineRule:
    return LineRule(reason, LatePattern(pattern, re.IGNORECASE), zone, longest)


_LABELS = (
    "发布时间|发布日期|发表时间|发稿时间|更新时间|更新日期|抓取时间|采集时间|来源|信息来源|文章来源|稿件来源|稿源|作者|发布人|"
    "发布者|发布机构|供稿|供稿人|撰稿|撰稿人|通讯员|摄影|编辑|责任编辑|责编|编审|校对|审核|审稿|点击|点击数|点击率|点击量|浏览|浏览量|"
    "浏览次数|阅读|阅读量|阅读次数|访问量|访问次数|字号|字体|字体大小|URL|网址|链接|原文链接|关键词|关键字|标签|TAGS?|栏目|所属栏目|"
    "分类|文章分类|索引号|文种|相关栏目|推荐访问|热搜|分享|分享到"
)
_DAY = r"\d{4}[-/年.]\d{1,2}[-/月.]\d{1,2}日?"

PAGE_NUMBER = "页码"

LINE_RULES = (
    _rule(PAGE_NUMBER, r"^[—–－\-·]{1,2}\s*\d{1,4}\s*[—–－\-·]{1,2}$", zone="any"),
    _rule(PAGE_NUMBER, r"^第\s*\d{1,4}\s*页(?:\s*[，,/]?\s*共\s*\d{1,4}\s*页)?$", zone="any"),
    _rule("网站导航", r"^[您你]?(?:现在|当前)?的?(?:所在)?位置\s*(?:[:：]|是)", zone="any"),
    _rule("网站导航", r"首页\s*(?:>|＞|&gt;|›|»|→|-)", zone="any"),
    _rule(
        "上下篇链接",
        r"^[\s【\[]*(?:阅读)?[上下]一[篇条则页]\s*[】\]]?\s*(?:[:：]|$)",
        zone="any",
        longest=400,
    ),
    _rule("版权信息", r"©|copyright|公网安备|ICP\s*备|powered by|网站标识码", zone="any"),
    _rule("版权信息", r"备案(?:编?号|序号)\s*[:：]|(?:^|[\s|｜])版权所有(?:$|[\s:：|｜（(])"),
    _rule("版权信息", r"^(?:主办|承办|运维|技术支持)(?:单位)?\s*[:：].*(?:承办|技术支持|网站|运维|维护)"),
    _rule("网站引言", r"(?:下面|以下)是?.{0,12}(?:小编|整理|收集|推荐).{0,80}(?:参考|阅读|帮助|介绍)"),
    _rule(
        "网站引言",
        r"(?:供(?:大家|您|各位)?(?:参考|借鉴|学习)|欢迎(?:大家|您)?阅读|希望(?:对|能).{0,12}帮助)[！!。.]?$",
    ),
    _rule("网站引言", r"^欢迎光临|^本文(?:由|来自|来源)|^(?:更多|想了解更多).{0,40}(?:关注|访问|点击|搜索)"),
    _rule("发布信息", rf"^[\W_]*(?:{_LABELS})\s*[:：]", longest=160),
    _rule(
        "发布信息", r"(?:发表于|发布于|发布时间|发布日期|更新时间|责任编辑|责编)\s*(?:[:：]\s*\S|\d{4}-\d)"
    ),
    _rule("发布信息", rf"^{_DAY}\s*\d{{1,2}}[:：]\d{{2}}"),
    _rule("发布信息", rf"^{_DAY}.{{0,8}}来源"),
    _rule("发布信息", r"^(?:作者|标签)\s*[:：].{0,40}时间\s*[:：]"),
    _rule(
        "网站按钮",
        r"^[\s【\[（(]*(?:我要)?(?:纠错|打印|关闭|收藏|分享)\s*(?:本页|此页|窗口|本文|到)?[\s】\]）)|｜]*$",
    ),
    _rule(
        "网页代码",
        r"^[^\u4e00-\u9fff]*(?:[{};]|\$\(|</?\w|-->|=\s*['\"])[^\u4e00-\u9fff]*$",
        zone="any",
        longest=2000,
    ),
    _rule(
        "网页代码", r"\$\(|function\s*\(|document\.|getElementBy|addClass|\.html\(\)", zone="any", longest=400
    ),
    _rule("网页残留", r"^[^\u4e00-\u9fff\d]*$", longest=60),
)

RELATED = LatePattern(
    r"^[\W_]*(?:相关|推荐|扩展|延伸|热门|最新|精彩|更多)(?:阅读|推荐|文章|稿件|链接|新闻|报道|信息|内容|资讯|范文)"
    r"(?:推荐|阅读|文章|链接)*\s*[:：]?[\W_]*$"
)
"""The heading of a list of links: behind the document everything below it goes too."""

BUTTONS = frozenset(
    word
    for words in (
        "首页 网站首页 返回首页 新闻 新闻中心 公司新闻 正文 返回 返回顶部 返回列表 更多 搜索 登录 注册",
        "打印 打印本页 打印此页 关闭 关闭窗口 关闭本页 下载 下载文档 复制 收藏 收藏本页 收藏本文",
        "大 中 小 超大 特大 默认 字号 字体 繁体 简体 手机版 电脑版 无障碍 长者模式 朗读 语音播报",
        "分享 分享到 微信 微博 新浪微博 腾讯微博 QQ空间 人人网 开心网 朋友圈 扫一扫",
        "纠错 我要纠错 举报 评论 点赞 转发 true false null",
    )
    for word in words.split()
)
SEPARATORS = LatePattern(r"[\s|｜/·>＞【】\[\]()（）:：,，、\-—]+")

TITLE_LABEL = LatePattern(r"^(?:标题|文章标题|题目)\s*[:：]\s*")
TITLE_TAIL = LatePattern(r"(?<!\s)\s*(?:[\[【](?:打印本页|打印|复制链接)[\]】]|[|｜])\s*$")

PAID = LatePattern(
    r"(?<![ \t])[ \t]*(?:当前隐藏内容(?:免费|付费)?查看|此处内容(?:已隐藏|需要)[^\n。，,]{0,20}(?:查看|可见)"
    r"|点击(?:查看|阅读|展开)(?:全文|更多|剩余)[^\n。，,]{0,6})"
)
GAP = LatePattern(r"[（(]([^（()）\n]{0,60}?)(省略\s*(\d+)\s*字[^（()）\n]{0,40})[）)]")
UNFINISHED = LatePattern(r"[（(]\s*未完(?:待续|[，,、])[^\n]{0,200}?(?:[）)]|$)", re.MULTILINE)
EDITOR = LatePattern(
    r"(?<![ \t])[ \t]*(?:【(?:我要)?纠错】[ \t]*)?"
    r"[【\[（(]\s*(?:责任编辑|责编|编辑)\s*[:：][^】\]）)\n]{1,20}[】\]）)]"
    r"|(?<![ \t])[ \t]*(?:责任编辑|责编)\s*[:：]\s*[\u4e00-\u9fff·]{2,4}"
    r"(?:[ \t]+(?:编审|审核|校对|监制)\s*[:：]\s*[\u4e00-\u9fff·]{2,4})*[ \t]*$",
    re.MULTILINE,
)
NEIGHBOURS = LatePattern(
    r"(?<![ \t])[ \t]+(?:上一篇|上一条|阅读下一篇|下一篇|相关栏目)\s*[:：][^\n]{0,400}$", re.MULTILINE
)

HOST = LatePattern(r"^(?:欢迎光临)?\s*([^\s(（]{2,24})\s*[（(]?\s*(?:https?://|www\.)")
SITE_WORD = LatePattern(
    r"[\u4e00-\u9fff]{1,6}(?:秘网|文网|档网|稿网|公文网|文秘网|范文网|文档网|文库网|文秘|范文)$"
)

PINYIN_TONE = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
PINYIN = LatePattern(rf"(?<=[\u3400-\u9fff])[（(][a-zü{PINYIN_TONE}ɡ]{{1,7}}[）)]")
"""A reading printed behind a character: 標(biāo)題."""

TRADITIONAL = frozenset(
    "們這個國會來時對說進過還經發動開關產業實現區縣鎮辦務總書記設資運統計劃標準質與為無並從東車長門問間學習導黨調"
    "圍繞強體製應該項單責權監測據報點線環節類專題題條約農財稅貿險醫療養護廳屬員級際構況決議證認識證傳達協執幹擴優勢"
)
"""Common characters that only traditional texts use: enough of them and the text is converted."""
