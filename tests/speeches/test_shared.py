"""Against the samples beside the checkout, where they are there: every format read, every seed cleaned."""

import difflib
import re
from pathlib import Path

import pytest

from speeches.parser.cleaning import clean
from speeches.parser.several import parts_of
from speeches.readers import ReadRefused, read_bytes

pytestmark = pytest.mark.shared
SHARED = Path(__file__).resolve().parents[3] / "shared"


def solid(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize(
    ("name", "truth"),
    [
        ("speech_utf8.txt", "ref.txt"),
        ("speech_utf8bom.txt", "ref.txt"),
        ("speech_utf16.txt", "ref.txt"),
        ("speech_utf16be_nobom.txt", "ref.txt"),
        ("speech_gbk.txt", "ref.txt"),
        ("speech_gb18030.txt", "ref_gb18030.txt"),
        ("speech_big5.txt", "ref_big5.txt"),
        ("speech.docx", "ref.txt"),
        ("hard.docx", "hard_ref.txt"),
        ("hard.doc", "hard_ref.txt"),
        ("hard.wps", "hard_ref.txt"),
        ("speech.doc", "ref.txt"),
        ("speech.wps", "ref.txt"),
        ("speech.odt", "ref.txt"),
        ("speech.rtf", "ref.txt"),
        ("speech.pdf", "ref.txt"),
        ("speech.ofd", "ref.txt"),
        ("page_utf8.html", "ref.txt"),
        ("page_gb2312.html", "ref.txt"),
        ("page.mht", "ref.txt"),
        ("mail.eml", "ref.txt"),
    ],
)
def test_every_character_and_every_paragraph_of_a_sample_is_read(name: str, truth: str) -> None:
    folder = SHARED / "formats"
    read = read_bytes((folder / name).read_bytes(), name)
    lines = [solid(line) for line in (folder / truth).read_text("utf-8").split("\n") if line.strip()]
    assert [solid(line) for line in read.paragraphs if line.strip()] == lines


def test_a_scan_is_refused_and_never_read_as_empty() -> None:
    with pytest.raises(ReadRefused, match="扫描件没有文字层"):
        read_bytes((SHARED / "formats" / "scan_notext.pdf").read_bytes(), "扫描.pdf")


def test_a_bad_writer_of_ofd_is_survived() -> None:
    read = read_bytes((SHARED / "formats" / "speech_badwriter.ofd").read_bytes(), "讲话.ofd")
    truth = solid((SHARED / "formats" / "ref.txt").read_text("utf-8"))
    assert difflib.SequenceMatcher(None, solid(read.text), truth, autojunk=False).ratio() > 0.95


def seed(number: str) -> str:
    return next((SHARED / "seeds").glob(f"{number}_*.txt")).read_text("utf-8")


@pytest.mark.parametrize(("number", "name"), [("000", "s0"), ("004", "s4")])
def test_a_seed_cleans_to_the_text_a_person_made_of_it(number: str, name: str) -> None:
    truth = (SHARED / "extraction/dev/texts" / f"{name}.txt").read_text("utf-8").strip()
    assert clean(seed(number)).text == truth


def test_a_traditional_seed_cleans_to_what_a_person_made_of_it_but_for_its_title() -> None:
    truth = solid((SHARED / "extraction/dev/texts/s3.txt").read_text("utf-8"))
    cleaned = clean(seed("003"))
    assert difflib.SequenceMatcher(None, solid(cleaned.text), truth, autojunk=False).ratio() > 0.97
    assert [
        word for word in ("拼音", "繁体", "省略1393字", "不完整", "缺损") if word in "".join(cleaned.warnings)
    ] == [
        "拼音",
        "繁体",
        "省略1393字",
        "不完整",
        "缺损",
    ]


def test_three_speeches_in_one_seed_are_counted_and_all_kept() -> None:
    raw = seed("001")
    cleaned = clean(raw)
    assert any("3篇讲话" in warning for warning in cleaned.warnings)
    assert solid(cleaned.text) == solid(raw)


def test_the_name_of_a_copying_site_is_found_in_a_seed() -> None:
    cleaned = clean(seed("002"))
    assert "老秘网" not in cleaned.text
    assert cleaned.text.endswith("谢谢大家!")


@pytest.mark.parametrize(
    "path", sorted((SHARED / "extraction/dev/texts").glob("*.txt")), ids=lambda path: path.stem
)
def test_a_clean_text_loses_nothing(path: Path) -> None:
    text = path.read_text("utf-8")
    assert solid(clean(text).text) in {solid(text), solid(clean(text).text.replace("\n", ""))}
    assert clean(text).removed == () or path.stem == "s3"


def test_each_of_the_three_speeches_of_a_seed_is_offered_by_itself() -> None:
    text = clean(seed("001")).text
    parts = parts_of(text)
    assert [part.title[:12] for part in parts] == [
        "市委书记在2022年全市",
        "第二季度经济运行分析暨冲",
        "在全区2021年经济运行",
    ]
    assert "\n".join(text[part.span.start : part.span.end] for part in parts) == text
