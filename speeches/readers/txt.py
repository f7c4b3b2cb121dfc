"""Text files of any Chinese encoding."""

import codecs
import re
import unicodedata

from speeches.readers.types import ReadRefused, ReadText, read_text

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "utf-8")
_NAMES = {
    "gb18030": "GB18030（GBK）",
    "big5hkscs": "Big5（繁体）",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
}
_SAMPLE = 4000  # characters judged; the encoding of a file does not change on its way
_SURE = 0.35  # of the non-ASCII characters common ones; running Chinese text has 0.6 to 0.8
_LEAD = 0.15  # by which the best guess must beat the next
LINE_END = re.compile(r"\r\n?|\n|\x0b|\x0c|\x85|\u2028|\u2029")
_UNKNOWN = (
    "认不出这个文件的文字编码，或者它不是文字文件。请用记事本打开，另存为 UTF-8 编码的 .txt 后再上传，"
    "或直接粘贴全文。"
)

# The commonest characters of newspapers and official writing, simplified and traditional.
_COMMON = frozenset(
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小么心多天而能"
    "好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进"
    "把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使"
    "教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件"
    "安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望"
    "直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近"
    "留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未"
    "持取设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造"
    "落视济喜离虽坏另察划具够按型严守防职整查督推项牵责镇县府企投规划落实确措施牢坚切抓增农村环境态监审批报告会议讲话促"
    "项目推进安全生产民生保障重点任务群众服务创新质效协调领导班子干部责任考核问题整改依法财政税收教育医疗卫生交通"
    "這個國來們說時對為會過學後開無還發從動長經頭將見關實現點進業機問間門東車電產張義書員報處場師體總萬馬當樣兩種話給"
    "與聲區縣鎮辦務導議決項責單運設資統計劃標準質權應認識議論記規環節類專題條約農財稅貿險醫療養護廳屬級際構況傳達協執幹"
    "幾讓請變結連遠隊帶條聯領極錢黨雙歷廣觀爭組視濟離雖壞劃夠嚴職確牽審誰讀飛據導單則際許覺義術樂愛親戰軍風葉華"
    "，。、；：？！“”‘’（）《》〈〉「」『』—…·％　"
)


def read(content: bytes) -> ReadText:
    """The lines of a text file. Raises ReadRefused when the encoding cannot be told for sure."""
    text, encoding = decoded(content)
    _check(text)
    warnings = [f"文件编码识别为{_NAMES[encoding]}。"] if encoding in _NAMES else []
    if "\ufffd" in text:
        warnings.append(f"有{text.count(chr(0xFFFD))}个字节无法识别，正文中以“\ufffd”标出，请对照原件核对。")
    return read_text(LINE_END.split(text), "txt", warnings)


def decoded(content: bytes) -> tuple[str, str]:
    """The text and its encoding: by its mark, else strict UTF-8, else the most usual characters win."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, "replace"), encoding
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(content)
    # Few UTF-16 characters can look like UTF-8 by chance, but then with zero bytes between them.
    return (text, "utf-8") if "\x00" not in text else _guessed(content)


def _guessed(content: bytes) -> tuple[str, str]:
    sample = content[: 2 * _SAMPLE]
    scores = sorted(((_score(sample.decode(name, "replace")), name) for name in _GUESSES), reverse=True)
    (best, encoding), (second, _) = scores[:2]
    if best < _SURE or best - second < _LEAD:
        raise ReadRefused(_UNKNOWN)
    return content.decode(encoding, "replace"), encoding


def _score(text: str) -> float:
    """Common less impossible characters, as a share of the non-ASCII ones."""
    wide = [char for char in text[:_SAMPLE] if char > "\x7f"]
    controls = sum(char < " " and char not in "\t\r\n\x0b\x0c" for char in text[:_SAMPLE])
    if not wide:
        return -1.0
    common = sum(char in _COMMON for char in wide)
    # The sample may end inside a character: one replacement is no evidence.
    impossible = max(0, sum(map(_is_impossible, wide)) - 1) + controls
    return (common - 3 * impossible) / len(wide)


def _is_impossible(char: str) -> bool:
    return char == "\ufffd" or unicodedata.category(char) in {"Co", "Cn", "Cs", "Cc"}


def _check(text: str) -> None:
    if not any(char.isprintable() and not char.isspace() for char in text):
        raise ReadRefused("文件里没有文字。请确认选对了文件，或直接粘贴全文。")
    controls = sum(char < " " and char not in "\t\r\n\x0b\x0c\x1a" for char in text[:_SAMPLE])
    if controls * 50 > len(text[:_SAMPLE]):
        raise ReadRefused(_UNKNOWN)
