"""Counts in Chinese numerals that are goals: 三个老旧小区, 八百亩, 两千二百万, 六成以上, 砍掉一半.

A number in words is far more often a way of talking (三个方面, 两手抓, 四个意识) than a goal. So a count
needs a measure of things that can be seen, and a loose measure (个, 家, 项) also the verb that brings them
about or the name of such a thing.
"""

import re

from .figures import FIGURE_WORDS
from .numerals import number
from .scanning import HAN, Sought
from .times.late import LatePattern
from .times.words import one_of, rows

_MEASURES = [row[0] for row in rows("measures.txt")]
_FIRM = frozenset(row[0] for row in rows("firm_measures.txt"))
_LOOSE = frozenset((*"个家名支张块笔根项条份件门所人口", "批次"))
_NOT_HAN = (
    r"(?<![一二三四五六七八九十百千][家户头面番门])(?<![第每几数半这那哪某各同逐〇零“‘\"'])"
    r"(?<!百分之)(?<!千分之)"
)
_NO_PERSONS = "(?<!人(?=[员均才民大口家们士份工物]|以上))"
_COUNT = LatePattern(
    rf"{_NOT_HAN}(?<![{HAN}万亿点])(?P<number>[{HAN}]{{1,7}}(?:[万亿][{HAN}]{{0,6}}){{0,2}})[多余]?"
    rf"(?P<measure>(?:{one_of(_FIRM | _LOOSE)}){_NO_PERSONS}(?!(?<=个)亿))?"
    "(?P<bound>以上|左右|以内)?"
)
_TALK = LatePattern("[0-9]|" + one_of(row[0] for row in rows("talk_nouns.txt")))
_THING = LatePattern(rf"[^，。；、：,;\n]{{0,7}}?(?:{one_of(row[0] for row in rows('counted_things.txt'))})")
_MAKES = LatePattern(rf"(?:{one_of(row[0] for row in rows('making_verbs.txt'))})[^，。；、：,;\n]{{0,6}}$")
# 把四条路打通, 再压五个岗位: short verbs count only right before the number
_MAKES_HERE = LatePattern(
    "(?:[把将]|(?:压减|补招|补充|打通|[压减招补加添换砍拆挖配留建修买种栽冲])(?:掉|出|齐|上|完|好|起|下|够)?)$"
)
# 修了三座, 现有两台, 分四个小组: how it is or was, unless it is asked (要有三台)
_IS_SO = LatePattern("(?:(?<![为除])了|(?<![要须保少应能得])有|分成?|分为)$")
_GETS_ONE = LatePattern("(?:配上|配|配备|购置|添置|新建|建成|建设|新增|增设|争取|再建|再买|完成)$")
_ONE_OF = frozenset(("名", "台", "座", "辆", "艘", "栋", "所", "架", "眼", "批次"))
_PERSONS = LatePattern("人(?![员才民大口均工行])")  # 七八个人
_MANY = 10  # from here on a loose measure counts things even where no verb stands before it
# 发改、财政两家要… are the parties, 三家五户 and 千家万户 ways of talking
_PARTIES = LatePattern(f"[要须应共联都一同单部][^，]|[{HAN}]|互|之间|分别")

DIGITS = "0123456789"
_AT_LEAST = "至少|最少|不得?少于|不得?低于|不得?超过|不多于|不得?高于"
_TIMES = "次|遍|轮|回|趟|学时|课时|学分|分(?!钟)|级|小时|分钟|天|日|个工作日|个月"
_BOUND = "(?:以上|以下|以内|左右)?"
_NUMERAL = rf"(?:[{HAN}]{{1,6}}[万亿]?|[0-9]{{1,9}}(?:\.[0-9]{{1,4}})?[万亿]?)"
_TENTHS = "一二三四五六七八九两123456789"
_TENTH = f"[{_TENTHS}]"
# Last characters of what is done to a half: 砍掉, 减少, 压到, 解决, 完成
_CUTS = "砍掉减少压缩降低短省下节约解决化完成拿办结关停退出到销号改清理加高裁"
# 超百亿企业2家: which ones, not how much
_SIZED_THINGS = f"(?:企业|项目|园区|产业)(?:[0-9]|[{HAN}])"
_HOW_OFTEN = LatePattern(r"每[^，。；：,;\n]{0,18}$")
TIME_SPAN = "(?:个?(?:工作日|小时|天|分钟)|个月)"
# What is rarer shares a pattern: a try costs more than an alternative
_RARE_IN_WORDS = LatePattern(
    rf"{_NOT_HAN}(?<![{HAN}])[{HAN}]{{1,4}}(?:[人次种类]以上|[起例件处次](?:以内|以下))(?!的)"
    rf"|(?<=[降提升涨压减增高低加])[{HAN}]{{1,3}}个(?:百分)?点(?=[，。；、,;\n]|$|以上|左右)(?:以上|左右)?"
    rf"|(?<![{HAN}])[{HAN}]{{1,3}}个亿{_BOUND}|[一二两三四五六七八九十百]{{1,3}}倍(?:以上)?"
    rf"|(?:(?<=前移)|(?<=前进)|(?<=提升)|(?<=上升)|(?<=跃升))[{HAN}]{{1,5}}个?(?:位次|位(?!数)|名)"
)
_RARE_IN_DIGITS = LatePattern(
    rf"(?<![0-9/.])[1-9]/[1-9](?![0-9/]){_BOUND}|[0-9]{{1,4}}个亿{_BOUND}|(?P<strong>[0-9]{{1,3}}强)(?![企度化])"
    "|(?<![0-9.:：])[0-9]{1,3}(?:\\.[0-9])?分(?:以上|以下)"
    "|[0-9]{1,3}(?:\\.[0-9]{1,2})?倍(?:以上)?"
    rf"|(?<=业务|事项|登记|审批|许可){FIGURE_WORDS}{TIME_SPAN}(?:之内|以内|内)"
)
_AIMS_AT = LatePattern(r"(?:进入|跻身|冲刺|挺进|迈入|争进)[^，。；、：,;\n0-9]{0,4}$")
SOUGHT = (
    Sought("count", HAN, _COUNT),
    Sought("in-words", HAN, _RARE_IN_WORDS),
    Sought("in-digits", DIGITS, _RARE_IN_DIGITS),
    Sought(
        "at-least",
        ("至少", "最少", "不少", "不得", "不低", "不超", "不高", "不多"),
        LatePattern(
            rf"(?:{_AT_LEAST})[^，。；、：,;\n0-9{HAN}每]{{0,7}}{_NUMERAL}(?:{_TIMES}|{one_of(_MEASURES)}){_BOUND}(?!的?标准)"
        ),
    ),
    Sought(
        "tenths",
        ("不低", "不少", "不超", "超过", "提高", "下降", "降低", "压减", "减少", *_TENTHS),
        LatePattern(
            rf"(?<!第)(?:不低于|不少于|不超过|超过|提高|下降|降低|压减|减少)?(?:(?<=[于到过少高降减缩占成])|(?={_TENTH}成[{_TENTHS}半]?(?:以上|以下|左右))){_TENTH}成[{_TENTHS}半]?"
            r"(?:以上|以下|左右)?(?![立果本效为绩熟长员品套交因型功见就的])"
        ),
    ),
    Sought(
        "share",
        ("压缩", "压减", "减少", "降低", "下降", "缩短", "提高", "增加", "节约", *HAN, *DIGITS),
        LatePattern(
            rf"(?:压缩|压减|减少|降低|下降|缩短|提高|增加|节约)?(?![百千万]分)(?<![百千万])(?:[{HAN}]{{1,3}}|[0-9]{{1,3}})分之"
            rf"(?:[{HAN}]{{1,3}}|[0-9]{{1,3}}){_BOUND}(?!的)"
        ),
    ),
    Sought(
        "times",
        HAN,
        LatePattern(
            rf"{_NOT_HAN}(?<![{HAN}])(?<=[展织办行开])[两三四五六七八九十](?:次|轮|批)(?![性元要级数例会])"
        ),
    ),
    Sought(
        "of-many",
        ("百亿", "千亿"),
        LatePattern(
            "[百千]亿(?:元(?:级|以上)?|级)|(?:(?<=打造)|(?<=培育)|(?<=建设)|(?<=建成))[百千]亿(?=产业|园区|集群|企业)"
        ),
    ),
    Sought(
        "passes",
        ("突破", *(f"{verb}{number}" for verb in "破超过" for number in "百千万亿")),
        LatePattern(
            rf"(?:突破|破|超|过)(?:[百千][亿万](?:元|斤|吨|亩)?(?!{_SIZED_THINGS})"
            rf"|[百千万](?:{one_of(_FIRM | _LOOSE)})(?!万))"
        ),
    ),
    Sought(
        "half",
        ("一半", "半数", "任务"),
        LatePattern(rf"(?:一半|半数)以上(?!的)|任务过半(?!的)|(?<=[{_CUTS}])一半(?![的是在人时天路])"),
    ),
)


def is_aimed_at(match: re.Match[str]) -> bool:
    """进入全省30强, and no 全国500强企业; the other figures of the pattern are."""
    if match["strong"] is None:
        return True
    return _AIMS_AT.search(match.string, max(0, match.start() - 8), match.start()) is not None


def is_held(match: re.Match[str]) -> bool:
    """Whether a match of `times` is so many exercises to hold, not how often: 每季度组织两次."""
    return _HOW_OFTEN.search(match.string, max(0, match.start() - 20), match.start()) is None


def is_goal(match: re.Match[str]) -> bool:
    """Whether a match of `count` is a goal and no way of talking."""
    text = match.string
    measure, words = match["measure"], match["number"]
    if _IS_SO.search(text, max(0, match.start() - 3), match.start()):
        return False
    if measure is None:
        return _is_sum(text, match)
    if words[0] in "百千" or (measure in _LOOSE and _TALK.match(text, match.end())):
        return False
    if match["bound"] and text.startswith("的", match.end()):
        return False
    if words == "一":
        return measure in _ONE_OF and _makes(text, match, _GETS_ONE)
    if measure in _FIRM or match["bound"] == "以上":
        if measure == "眼" and not text.startswith(("井", "机井", "水井", "深井"), match.end()):
            return False
        return not (measure in ("户", "家") and _PARTIES.match(text, match.end()))
    return _is_made(text, match)


def _is_made(text: str, match: re.Match[str]) -> bool:
    if match["measure"] == "个" and _PERSONS.match(text, match.end()):
        return False
    if match["measure"] == "家" and _PARTIES.match(text, match.end()):
        return False
    is_many = (number(match["number"]) or 0) > _MANY and match["measure"] != "项"
    return (
        is_many
        or _THING.match(text, match.end()) is not None
        or _makes(text, match, _MAKES)
        or _makes(text, match, _MAKES_HERE)
    )


def _makes(text: str, match: re.Match[str], verbs: LatePattern) -> bool:
    return verbs.search(text, max(0, match.start() - 12), match.start()) is not None


def _is_sum(text: str, match: re.Match[str]) -> bool:
    """两千二百万, 十五万: a sum of money or people without its measure."""
    words = match["number"]
    if len(words) < 2 or words[-1] not in "万亿" or words[0] in "百千":
        return False
    return not text.startswith(
        ("火", "里", "年", "家", "户", "众", "象", "水", "山", "八", "级"), match.end()
    )
