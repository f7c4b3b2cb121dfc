"""Which characters may follow a common first character: most 一, 大 and 上 open no expression of time.

Only a saving: a test compares finds with and without it. A first character that is not here is always tried.
"""

from speeches.parser.numerals import HAN, OPEN

from .events import EVENTS
from .feasts import BY_ALIAS
from .words import rows

NUMERALS = "0123456789"
UNITS = "年月日号天周季星礼个半旬工自小分时点"
COUNTING = NUMERALS + HAN + OPEN + UNITS + "千世几数多 .:：/—–－-~～至到、之起夏秋会节"
COUNTED = NUMERALS + HAN + OPEN + "半几数"
BY_HAND = {
    **dict.fromkeys(NUMERALS + HAN + OPEN + "几数", COUNTING),
    "上": "世上午半旬月周季年个一中星礼下冻学" + COUNTED,
    "下": "下午班半旬月周季年个一星礼学" + COUNTED,
    "中": "旬下午上秋",
    "大": "前后大干战",
    "全": "年国",
    "年": "底末初终中内度前之以考评总述审",
    "月": "底末初中内上下月报" + "".join(row[0][0] for row in rows("beats.txt")),
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
    "当": "年月季个一",
    "第": COUNTED,
    "接": "下",
    "这": "一个月周季星礼年学" + COUNTED,
    "最": "近后",
    "未": "来",
    "近": "两" + COUNTED,
    "定": "期",
    "自": "今即现",
    "从": "今即现",
}


def _gates() -> dict[str, frozenset[str]]:
    """The table above with the second characters of every feast and season."""
    seconds = {char: set(allowed) for char, allowed in BY_HAND.items()}
    own_firsts = {name[0] for name in (*BY_ALIAS, *EVENTS)} - set(BY_HAND)
    only_feasts = own_firsts - set("清农端正旧阴冬夏秋春双汛日新")
    for name in (*BY_ALIAS, *EVENTS):
        if len(name) > 1 and (name[0] in seconds or name[0] in only_feasts):
            seconds.setdefault(name[0], set()).add(name[1])
    return {char: frozenset(allowed) for char, allowed in seconds.items()}


GATES = _gates()
