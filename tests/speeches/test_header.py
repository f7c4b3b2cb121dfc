"""The head of a document: read where it stands, empty where it does not."""

from datetime import date

import pytest

from speeches.parser.header import read_header
from tests.speeches.texts import SPEECH


def test_title_day_speaker_and_occasion_of_a_speech() -> None:
    header = read_header(SPEECH)
    assert header.title == "在云溪市重点项目推进会上的讲话"
    assert header.spoken_on == date(2026, 7, 6)
    assert header.speaker == "市长 周明川"
    assert header.occasion == "云溪市重点项目推进会"


@pytest.mark.parametrize(
    "line",
    [
        "（2026年7月6日）",
        "2026年7月6日",
        "(2026-07-06)",
        "2026.7.6",
        "二〇二六年七月六日",
        "２０２６年７月６日",
        "（2026年7月6日 上午）",
    ],
)
def test_a_day_is_read_in_every_way_it_is_written(line: str) -> None:
    assert read_header(f"在云溪市防汛会议上的讲话\n{line}\n同志们：\n今天开会。").spoken_on == date(
        2026, 7, 6
    )


def test_a_day_in_brackets_behind_the_title_is_read_and_leaves_the_title() -> None:
    header = read_header("在云溪市防汛会议上的讲话（2026年7月6日）\n同志们：\n今天开会。")
    assert header.spoken_on == date(2026, 7, 6)
    assert header.title == "在云溪市防汛会议上的讲话"


@pytest.mark.parametrize(
    "text",
    [
        "在云溪市防汛会议上的讲话\n同志们：\n2026年7月6日，我市遭遇暴雨。今后要抓好防汛。",
        "关于2026年7月6日山洪灾害的情况通报\n各镇办：\n现将情况通报如下。",
        "在云溪市防汛会议上的讲话\n（2026年13月40日）\n同志们：\n今天开会。",
        "在2026年云溪市防汛会议上的讲话\n同志们：\n今天开会。",
    ],
)
def test_a_date_that_is_not_the_day_of_speaking_is_not_taken(text: str) -> None:
    assert read_header(text).spoken_on is None


def test_minutes_give_their_day_in_the_first_sentence() -> None:
    opening = "2026年7月6日下午，市长周明川主持召开市政府常务会议，研究防汛工作。会议决定如下。"
    text = f"云溪市政府常务会议纪要\n{opening}"
    assert read_header(text).spoken_on == date(2026, 7, 6)


def test_a_notice_gives_number_issuer_and_the_day_under_its_signature() -> None:
    header = read_header(
        "云溪市人民政府办公室\n关于印发《云溪市防汛方案》的通知\n云政办发〔2026〕12号\n各镇办，市直各部门：\n"
        "现将方案印发给你们，请认真贯彻落实。\n云溪市人民政府办公室\n2026年7月6日"
    )
    assert header.title == "云溪市人民政府办公室关于印发《云溪市防汛方案》的通知"
    assert header.number == "云政办发〔2026〕12号"
    assert header.issuer == "云溪市人民政府办公室"
    assert header.spoken_on == date(2026, 7, 6)


@pytest.mark.parametrize(
    ("head", "speaker"),
    [
        ("在云溪市防汛会议上的讲话\n周明川", "周明川"),
        ("在云溪市防汛会议上的讲话\n周 川", "周川"),
        ("在云溪市防汛会议上的讲话\n市委副书记、市长　周明川", "市委副书记、市长 周明川"),
        ("在云溪市防汛会议上的讲话\n讲话人：周明川", "周明川"),
        ("云溪市委书记 陈立\n在全市防汛会议上的讲话", "云溪市委书记 陈立"),
        ("周明川同志在云溪市防汛会议上的讲话", "周明川同志"),
        ("市委书记在云溪市防汛会议上的讲话", "市委书记"),
        ("在云溪市防汛会议上的讲话", ""),
        ("云溪市防汛工作方案", ""),
    ],
)
def test_the_speaker_is_read_where_he_stands(head: str, speaker: str) -> None:
    assert read_header(f"{head}\n同志们：\n今天召开全市防汛会议。").speaker == speaker


def test_the_occasion_is_read_from_the_opening_when_the_title_does_not_name_it() -> None:
    header = read_header("讲话要点\n同志们：\n今天，我们召开云溪市上半年经济运行分析会，主要任务是分析形势。")
    assert header.occasion == "云溪市上半年经济运行分析会"


def test_a_text_that_opens_at_once_has_an_empty_head() -> None:
    header = read_header("会议指出，各镇办要在月底前完成排查，市应急局每月通报一次进展情况，确保不漏一处。")
    assert header.title == ""
    assert header.spoken_on is None


@pytest.mark.parametrize("text", ["", "\n", "。", "同志们：", "（）", "2026年7月6日"])
def test_scraps_raise_nothing(text: str) -> None:
    assert read_header(text).title == ""
