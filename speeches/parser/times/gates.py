"""Which characters may follow a first character: most 一, 大 and 上 open no expression of time.

Only a saving: a test compares finds with and without it.
"""

from speeches.parser.numerals import HAN, OPEN

from .events import EVENTS
from .feasts import BY_ALIAS
from .words import rows

NUMERALS = "0123456789"
UNITS = "年月日号天周季星礼个半旬工自小分时点"
COUNTING = NUMERALS + HAN + OPEN + UNITS + "○Ｏ千世几数多 .:：/—–－-~～至到、之起夏秋会节"
COUNTED = NUMERALS + HAN + OPEN + "半几数"
BEATS = "".join(sorted({row[0][0] for row in rows("beats.txt")})) + "报"
DAYS_OF_WEEK = "一二三四五六日天"
BY_HAND = {
    **dict.fromkeys(NUMERALS + HAN + OPEN + "几数", COUNTING),
    "上": "世上午半旬月周季年个一中星礼下冻学" + COUNTED,
    "下": "下午班半旬月周季年个一星礼学" + COUNTED,
    "中": "旬下午上秋",
    "大": "前后大干战",
    "全": "年国",
    "年": "底末初尾终中内度前之以考评总述审",
    "月": "底末初中内上下月报度赛比" + "".join(row[0][0] for row in rows("beats.txt")),
    "元": "月",
    "前": "年天日半" + COUNTED,
    "后": "年天半" + COUNTED,
    "会": "后议之战前以",
    "现": "在",
    "决": "战",
    "过": "去",
    "来": "年",
    **dict.fromkeys("节赛考", "前之以"),
    "提": "前",
    "天": "天黑亮",
    "当": "年月季个一天日",
    "第": COUNTED,
    "接": "下",
    "这": "一个月周季星礼年学" + COUNTED,
    "最": "近后",
    "未": "来",
    "近": "两" + COUNTED,
    "定": "期",
    "自": "今即现",
    "从": "今即现",
    **dict.fromkeys("“‘\"'", "十" + "".join({name[0] for name in BY_ALIAS})),
    "Q": "1234",
    "今": "年天日晚早晨夜儿后起明冬春夏秋",
    "明": "年天日晚早晨儿后春夏秋冬",
    "昨": "年天日晚夜今",
    "去": "年今冬春夏秋",
    "本": "年季世月周星礼学",
    "次": "日月年",
    "翌": "年日",
    "余": "下",
    "剩": "下余",
    "往": "后",
    "头": COUNTED,
    "某": "年 ",
    "岁": "末",
    "首": "个季",
    "傍": "晚",
    "凌": "晨",
    "清": "晨",
    "深": "夜",
    "正": "午月",
    "午": "间后夜",
    "夜": "间里",
    "早": "上晨中晚" + COUNTED + " ",
    "晚": "上间" + COUNTED + " ",
    **dict.fromkeys("阴旧", "历"),
    "农": "历",
    "腊": "月",
    "端": "午",
    "冬": "季",
    "春": "季",
    "秋": "季",
    "夏": "至",
    "新": "学",
    "汛": "前之以后期假小长佳黄当到来结",
    **dict.fromkeys("再奋鏖", "战"),
    "冲": "刺",
    "苦": "干战",
    "攻": "坚",
    "散": "会",
    "即": "日",
    "分": "周旬月季",
    "按": "日天周旬半月季年",
    "逐": "日天周旬月季",
    "隔": "日天周月年",
    "逢": "周星礼一二三四五六七八九十",
    "每": "隔逢到双单个工自学小分日天晚早夜周星礼旬月季年" + COUNTED,
    "半": "夜" + COUNTING,
    "双": "周月休",
    "周": "末内周" + DAYS_OF_WEEK + BEATS,
    "季": "度末底初内季赛比" + BEATS,
    "日": "日" + BEATS,
    "旬": BEATS,
    "星": "期",
    "礼": "拜",
}


def _gates() -> dict[str, frozenset[str]]:
    """The table above with the second characters of every feast, season and event."""
    seconds = {char: set(allowed) for char, allowed in BY_HAND.items()}
    for name in (*BY_ALIAS, *EVENTS):
        if len(name) > 1:
            seconds.setdefault(name[0], set()).add(name[1])
    return {char: frozenset(allowed) for char, allowed in seconds.items()}


GATES = _gates()
SECONDS = frozenset().union(*GATES.values())
