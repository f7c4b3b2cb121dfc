"""Characters that look right on a page and are wrong in text, as fonts in page formats give them."""

import re
import unicodedata

# The CJK radicals that Unicode gives no decomposition for, with the character they are drawn as.
_RADICALS = dict(
    zip(
        "⺁⺄⺈⺊⺌⺍⺕⺗⺙⺛⺝⺟⺠⺡⺢⺤⺥⺧⺩⺪⺬⺭⺮⺯⺰⺱⺲⺶⺷⺸⺺⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
        "厂乙刀卜小小彐心攵旡月母民氵氺爪爫牛王疋示礻竹糸纟罓罒羊羊羊聿月臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食飠飠饣首马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龙龟龟",
        strict=True,
    )
)
_ODD = re.compile(r"[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
_HYPHENS = {"\x02": "-", "\ufffe": "-", "\u00ad": "-"}  # a hyphen at the end of a line, by pdfium's lights


def mended(text: str) -> str:
    """Radicals, compatibility ideographs and ligatures as the characters they stand for; halves paired."""
    return _ODD.sub(lambda found: _plain(found[0]), paired(text))


def paired(text: str) -> str:
    """Characters beyond 16 bits that come as two halves, put together; a half alone becomes U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _plain(char: str) -> str:
    return _RADICALS.get(char) or unicodedata.normalize("NFKC", char)


def hyphen(char: str) -> str:
    """`char`, or the hyphen that a reader of PDF gives under another number."""
    return _HYPHENS.get(char, char)


def is_broken(char: str) -> bool:
    """Whether a character has no meaning outside its font: the sign of a font without a map to Unicode."""
    return char == "\ufffd" or unicodedata.category(char) in {"Co", "Cn", "Cc"}
