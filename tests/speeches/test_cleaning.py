"""Cleaning: the page goes, the document stays, and every character can be found again in the file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speeches.parser.cleaning import clean
from speeches.parser.several import parts_of
from speeches.parser.strand import Cut, strand
from speeches.parser.types import Cleaned
from tests.speeches.texts import SPEECH, TRADITIONAL

PAGE = f"""当前位置：首页 > 领导讲话 > 正文
在云溪市重点项目推进会上讲话
发布时间：2026-07-08 09:30　来源：云溪网　作者：小周　浏览：120
{SPEECH}

【打印本页】 【关闭窗口】
上一篇：在云溪市防汛会上的讲话
下一篇：云溪市召开人代会
相关推荐
云溪市上半年经济形势分析
云溪市优化营商环境十条
版权所有 © 云溪网 备案号：云ICP备00000000号
"""


def reasons(cleaned: Cleaned) -> set[str]:
    return {removed.reason for removed in cleaned.removed}


def test_a_clean_speech_stays_as_it_is() -> None:
    cleaned = clean(SPEECH)
    assert cleaned.text == SPEECH
    assert cleaned.removed == ()
    assert cleaned.warnings == ()


def test_the_page_around_a_speech_goes_and_each_line_says_why() -> None:
    cleaned = clean(PAGE)
    assert cleaned.text == SPEECH
    assert reasons(cleaned) >= {
        "网站导航",
        "重复的标题",
        "发布信息",
        "网站按钮",
        "上下篇链接",
        "相关推荐",
        "版权信息",
    }


def test_what_was_removed_can_be_found_in_the_file() -> None:
    for removed in clean(PAGE).removed:
        assert PAGE[removed.start :].lstrip().startswith(removed.line[:10])


def test_words_of_the_web_inside_a_sentence_stay() -> None:
    sentence = (
        "市政府办要把会议纪要在门户网站首页公开，来源要写清楚，版权归谁所有、由谁编辑、向谁推荐阅读都要查明。"
    )
    text = f"{SPEECH}\n{sentence}"
    assert sentence in clean(text).text


@pytest.mark.parametrize(
    "last",
    [
        "该办法发布于2020年，要抓紧修订，市司法局月底前拿出意见，报市政府常务会议审议。",
        "加强版权所有者权益保护，由市版权局牵头，月底前完成一次专项检查，查处一批案件。",
        "市政府网站要把办事指南放在首页-办事大厅栏目，市数据局本周五前完成调整并报告。",
        "来源：这次检查发现的问题，主要来自群众举报，各镇办要逐条核实，月底前报告结果。",
    ],
)
def test_a_last_sentence_that_sounds_like_the_web_stays(last: str) -> None:
    assert clean(f"{SPEECH}\n{last}").text == f"{SPEECH}\n{last}"


def test_the_head_of_minutes_with_time_and_place_stays() -> None:
    head = "云溪市政府常务会议纪要\n时间：2026年7月6日\n地点：市政府二楼会议室"
    text = f"{head}\n会议听取了防汛工作汇报，决定由市水利局负责落实。"
    assert clean(text).text == text


def test_signature_and_attachment_lines_behind_the_body_stay() -> None:
    text = f"{SPEECH}\n附件：1.项目清单\n云溪市人民政府办公室\n2026年7月6日\n（此件公开发布）"
    assert clean(text).text == text


def test_a_line_that_introduces_a_copy_goes() -> None:
    cleaned = clean(f"下面是小编为大家整理的{SPEECH.splitlines()[0]}，供大家参考。\n{SPEECH}")
    assert cleaned.text == SPEECH
    assert reasons(cleaned) == {"网站引言"}


def test_a_paid_content_notice_inside_a_sentence_leaves_no_seam() -> None:
    assert (
        clean("要构建“亲”“清”政商 当前隐藏内容免费查看关系，营造环境。").text
        == "要构建“亲”“清”政商关系，营造环境。"
    )


def test_a_gap_stays_visible_and_is_warned_about() -> None:
    cleaned = clean(
        "迎来送往 ……(某某网http://a.example省略1393字,正式会员可完整阅读)…… 二、措施再精准，力度再提升。"
    )
    assert "省略1393字" in cleaned.text
    assert "某某网" not in cleaned.text
    assert any("省略1393字" in warning for warning in cleaned.warnings)


def test_a_cut_off_text_is_warned_about_and_the_notice_goes() -> None:
    cleaned = clean(
        SPEECH + "下一步，相关部门要 ……(未完，全文共9000字，当前只显示3000字) 上一篇：甲 下一篇：乙"
    )
    assert cleaned.text.endswith("相关部门要 ……")
    assert any("不完整" in warning for warning in cleaned.warnings)


def test_a_copying_sites_name_is_taken_out_of_the_sentences_it_was_sown_into() -> None:
    banner = "欢迎光临 老笔秘网_好范文 (http://www.example.cn/) Powered by Discuz! X3.4"
    sown = SPEECH.replace("列出问题清单", "列出问老笔秘网题清单")
    assert clean(f"{sown}\n{banner}").text == SPEECH


def test_a_name_that_no_banner_gives_stays_in_its_sentence() -> None:
    text = SPEECH.replace("列出问题清单", "在公文网列出问题清单")
    assert clean(text).text == text


def test_traditional_becomes_simplified_character_by_character_and_says_so() -> None:
    cleaned = clean(TRADITIONAL)
    assert cleaned.text.startswith("各位同志：今天召开全市重点项目推进会议，主要任务是总结经验、部署工作。")
    assert len(cleaned.text) == len(TRADITIONAL)
    assert any("繁体" in warning for warning in cleaned.warnings)


def test_single_traditional_characters_in_a_simplified_text_stay() -> None:
    text = SPEECH.replace("市长 周明川", "市长 劉明川")
    assert clean(text).text == text


def test_pinyin_notes_go_but_abbreviations_stay() -> None:
    noted = "请各單(dān)位對(duì)標(biāo)檢查，推進(jìn)整改落實(shí)，用好平台(app)，完成GDP(gdp)核算。"
    text = clean(noted).text
    assert "单位对标检查" in text
    assert clean("用好平台(app)，做好核算(gdp)。").text == "用好平台(app)，做好核算(gdp)。"


def test_a_body_that_stands_twice_counts_once() -> None:
    cleaned = clean(f"{SPEECH}\n{SPEECH}")
    assert cleaned.text == SPEECH
    assert any("两遍" in warning for warning in cleaned.warnings)


def test_one_sentence_said_twice_stays_twice() -> None:
    line = "各镇办、各部门要把这件事放在心上，抓在手上，落到实处。"
    text = f"{SPEECH}\n{line}\n中间还有一段别的内容，讲的是另外一件事情，不能丢掉。\n{line}"
    assert clean(text).text.count(line) == 2


def test_several_speeches_in_one_file_are_announced() -> None:
    other = SPEECH.replace("重点项目推进会", "防汛工作会").replace("项目", "堤防")
    cleaned = clean(f"{SPEECH}\n{other}")
    assert any("2篇讲话" in warning and "防汛工作会" in warning for warning in cleaned.warnings)


@pytest.mark.parametrize("damage", ["\ufffd", "\ue123", "锟斤拷", "?????"])
def test_damage_is_named_and_left_alone(damage: str) -> None:
    text = SPEECH.replace("逐个过一遍", f"逐个{damage}过一遍")
    cleaned = clean(text)
    assert damage in cleaned.text
    assert any("缺损" in warning for warning in cleaned.warnings)


@pytest.mark.parametrize("words", ["完成*万亩", "x月x日前", "增长X%", "**书记讲话"])
def test_placeholders_stay_as_they_are(words: str) -> None:
    text = f"{SPEECH}\n要确保{words}，各镇办抓好落实，不得延误。"
    assert clean(text).text == text


def test_tags_and_entities_of_a_page_saved_as_text_go() -> None:
    raw = "<p>会议指出，&nbsp;各镇办抓好落实。</p><P style='a'>月底前&ldquo;回头看&rdquo;。<br/>完。</P>"
    assert clean(raw).text == "会议指出， 各镇办抓好落实。\n月底前“回头看”。\n完。"


def test_less_than_signs_of_a_sentence_are_no_tags() -> None:
    assert clean("确保误差<5%且>1%，各镇办要核实。").text == "确保误差<5%且>1%，各镇办要核实。"


def test_paragraphs_lost_in_one_line_come_back() -> None:
    squeezed = "会议部署了工作。　　一、抓项目。市发改委要牵头。　　二、抓安全。"
    assert clean(squeezed).text.split("\n") == [
        "会议部署了工作。",
        "一、抓项目。市发改委要牵头。",
        "二、抓安全。",
    ]


def test_page_numbers_go_and_the_sentence_they_cut_is_whole_again() -> None:
    text = (
        "镇武装部要把应急分队组建起来，人数不少于30人，\n\n    — 2 —\n\n本周内开展一次拉练。\n"
        "第 3 页 共 5 页\n镇村建办月底前报结果。"
    )
    cleaned = clean(text)
    assert cleaned.text.split("\n") == [
        "镇武装部要把应急分队组建起来，人数不少于30人，本周内开展一次拉练。",
        "镇村建办月底前报结果。",
    ]
    assert reasons(cleaned) == {"页码"}


def test_a_title_set_with_spaces_between_its_letters_closes_up() -> None:
    cleaned = clean("在 砚 田 镇 2026 年 六 月 份 工 作 例 会 上 的 讲 话\n镇长　罗 岭\n同志们：\n今天开会。")
    assert cleaned.text.split("\n")[:2] == ["在砚田镇2026年六月份工作例会上的讲话", "镇长 罗 岭"]


def wrapped(text: str, width: int) -> str:
    """`text` printed in lines of `width`, paragraphs indented by two."""
    printed = []
    for paragraph in text.split("\n"):
        words = "　　" + paragraph
        printed += [words[at : at + width] for at in range(0, len(words), width)]
    return "\n".join(printed)


def test_paragraphs_printed_in_short_lines_are_put_together_again() -> None:
    body = "\n".join(line for line in SPEECH.split("\n") if len(line) > 40)
    assert clean(wrapped(body, 26)).text == body


def test_short_paragraphs_are_not_joined() -> None:
    text = "\n".join(
        f"市{name}局要在{month}月底前完成任务清单的编制" for month, name in enumerate("水农林教卫交商民", 1)
    )
    assert clean(text).text == text


def test_code_of_a_page_goes() -> None:
    code = "$(document).ready(function(){\n var id = $('#x').val();\n})\n"
    cleaned = clean(code + SPEECH)
    assert cleaned.text == SPEECH
    assert reasons(cleaned) == {"网页代码"}


def test_cleaning_a_cleaned_text_changes_nothing() -> None:
    once = clean(PAGE).text
    assert clean(once).text == once


def test_nothing_is_left_of_a_page_without_a_document() -> None:
    assert clean("首页\n新闻中心\n打印本页\n版权所有 © 云溪网").text == ""


PIECES = st.sampled_from(
    [
        *SPEECH.split("\n"),
        *PAGE.split("\n"),
        "　　",
        "\u200b",
        "\r\n",
        "\ufeff",
        "&nbsp;",
        "<br>",
        "(biāo)",
        "國會們這個",
        " 当前隐藏内容免费查看",
        "\\r\\n",
        "(未完，",
        "省略3字",
        "\x00",
        "\t|",
    ]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=25).map("".join))
def test_every_character_knows_its_place_in_the_file(raw: str) -> None:
    cleaned = clean(raw)
    assert len(cleaned.offsets) == len(cleaned.text)
    assert list(cleaned.offsets) == sorted(cleaned.offsets)
    for char, place in zip(cleaned.text, cleaned.offsets, strict=True):
        origin = raw[place]
        # Only spaces, the characters of a tag, entity or escape, and traditional characters change.
        assert char == origin or char in " \n" or origin in "&\\<" or "\u3400" <= origin <= "\u9fff"


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=25).map("".join))
def test_no_blank_line_and_no_space_at_the_ends(raw: str) -> None:
    text = clean(raw).text
    assert all(line == line.strip() and line for line in text.split("\n")) or text == ""


@given(st.text("甲乙丙丁", min_size=1, max_size=20), st.data())
def test_a_strand_keeps_the_places_of_what_is_left(raw: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, len(raw)))
    kept = strand(raw).edited([Cut(start, end, "戊")])
    assert kept.text == raw[:start] + "戊" + raw[end:]
    assert all(
        raw[place] == char for char, place in zip(kept.text, kept.offsets, strict=True) if char != "戊"
    )


def test_the_worst_input_is_cleaned_in_time_that_grows_with_its_length() -> None:
    for piece in ("（", "来源：", "<p", "&", "(未完", "省略", "\\n", " ", "　", "?", "首页>", "【编辑:"):
        cleaned = clean(piece * (60_000 // len(piece)))
        assert len(cleaned.text) <= 60_000


OTHER = SPEECH.replace("重点项目推进会", "防汛工作会").replace("项目", "堤防")


def test_several_speeches_are_parted_where_each_begins_and_nothing_is_lost() -> None:
    text = clean(f"{SPEECH}\n{OTHER}").text
    first, second = parts_of(text)
    assert text[first.span.start : first.span.end] == SPEECH
    assert text[second.span.start : second.span.end] == OTHER
    assert second.title == OTHER.split("\n")[0]


@pytest.mark.parametrize("text", ["", SPEECH, f"{SPEECH}\n在云溪市防汛工作会上的讲话\n印发给各镇办学习。"])
def test_one_speech_is_not_parted(text: str) -> None:
    assert parts_of(text) == ()
