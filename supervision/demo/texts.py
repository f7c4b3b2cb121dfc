"""The demo's speeches: own texts whose dates follow the day they are loaded.

In a text, `{日期}` is the day of the speech, `{年}` its year, `{本月+1}` the month after it,
`{上季}` the quarter before it and `{累计}` that year's months up to the end of that quarter.
"""

import io
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from docx import Document

FOLDER = Path(__file__).parent / "speeches"
TOKEN = re.compile(r"\{(日期|年|本月|上季|累计)([+-]\d+)?\}")
QUARTERS = "一二三四"


@dataclass(frozen=True, slots=True)
class DemoSpeech:
    """One speech of the story: where its text lies, how it is uploaded, and how many working days ago."""

    key: str
    file_name: str
    workdays_ago: int


SPEECHES = (
    DemoSpeech("economy", "全市经济运行分析调度会讲话.txt", 18),
    DemoSpeech("projects", "重点项目建设现场推进会讲话.docx", 9),
    DemoSpeech("safety", "安全生产和防灾减灾视频会议讲话.txt", 4),
    DemoSpeech("countryside", "乡村产业发展和乡村建设调度会讲话.txt", 1),
)


def render(template: str, spoken_on: date) -> str:
    """The text as it was spoken on that day."""
    return TOKEN.sub(lambda found: _word(found[1], int(found[2] or 0), spoken_on), template)


def _word(token: str, shift: int, day: date) -> str:
    if token == "日期":
        return f"{day.year}年{day.month}月{day.day}日"
    if token == "年":
        return f"{day.year + shift}"
    if token == "本月":
        return _month(day, shift)
    quarter = (day.month - 1) // 3  # of the quarter before: 0 means the fourth of last year
    if token == "上季":
        return f"{QUARTERS[quarter - 1]}季度" if quarter else f"{day.year - 1}年四季度"
    return f"1—{quarter * 3}月份" if quarter else "去年全年"


def _month(day: date, shift: int) -> str:
    years, month = divmod(day.month - 1 + shift, 12)
    year = {-1: "去年", 0: "", 1: "明年"}[years]
    return f"{year}{month + 1}月"


def content(speech: DemoSpeech, spoken_on: date) -> bytes:
    """The file as somebody would upload it."""
    template = (FOLDER / f"{speech.key}.txt").read_text(encoding="utf-8")
    text = render(template, spoken_on)
    return _as_docx(text) if speech.file_name.endswith(".docx") else text.encode()


def _as_docx(text: str) -> bytes:
    document = Document()
    for paragraph in text.splitlines():
        document.add_paragraph(paragraph)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
