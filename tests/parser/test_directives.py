"""The fields of a directive beside its reach: beats, recipients, due day, title, section, flags."""

from datetime import date

import pytest

from speeches.parser import parse
from speeches.parser.types import Context, Directive

CONTEXT = Context(spoken_on=date(2024, 6, 3))


def only(text: str) -> Directive:
    found = parse(text, CONTEXT).directives
    assert len(found) == 1
    return found[0]


def test_a_matter_collected_on_monday_and_told_on_friday_has_two_beats() -> None:
    found = only(
        "今后，由发改、工信部门每周一收集项目、企业存在问题困难，建立台账，分解相关部门协调解决，"
        "每周五将办理结果汇报市委、市政府。"
    )
    assert [unit.text for unit in found.units] == ["发改", "工信部门"]
    assert found.recipients == ("市委", "市政府")
    assert [(beat.text, beat.beat) for beat in found.recurrences] == [
        ("每周一", "collect"),
        ("每周五", "report"),
    ]
    assert (found.collect_rrule, found.rrule) == ("FREQ=WEEKLY;BYDAY=MO", "FREQ=WEEKLY;BYDAY=FR")


def test_a_single_beat_is_the_rule_and_nothing_is_collected() -> None:
    found = only("市优化办要每月通报一次进展情况。")
    assert found.rrule == "FREQ=MONTHLY"
    assert found.collect_rrule == ""


def test_the_last_of_several_deadlines_is_the_due_day() -> None:
    found = only("县水务局要在6月10日前完成排查，8月底前完成整改。")
    assert found.due_on == date(2024, 8, 31)
    assert len(found.deadlines) == 2


@pytest.mark.parametrize("spoken_on", [None, date(2024, 6, 3)])
def test_a_placeholder_is_a_deadline_without_a_day(spoken_on: date | None) -> None:
    found = parse("各县区要在x月x日前完成项目清理。", Context(spoken_on=spoken_on)).directives[0]
    assert [deadline.text for deadline in found.deadlines] == ["x月x日前"]
    assert found.due_on is None
    assert "时限不能换算成日期" in found.flags


def test_who_only_receives_is_told_apart_from_who_must_do() -> None:
    found = only("县应急管理局要建立会商机制，每日8时前将雨情报县防汛抗旱指挥部。")
    assert [unit.text for unit in found.units] == ["县应急管理局"]
    assert found.recipients == ("县防汛抗旱指挥部",)


def test_the_title_is_made_of_words_of_the_quote_behind_the_party() -> None:
    found = only("各乡镇、各有关部门要在月底前报送老旧桥梁整改清单，并抄送县交通运输局。")
    assert found.title in found.quote
    assert found.title.startswith("报送老旧桥梁整改清单")


def test_a_directive_knows_the_heading_it_stands_under() -> None:
    text = (
        "一、抓好防汛备汛\n县水务局要在5月底前完成山塘排查。\n二、抓好项目建设\n县发改局要每月通报项目进度。"
    )
    assert [found.section for found in parse(text, CONTEXT).directives] == ["抓好防汛备汛", "抓好项目建设"]
    assert [section.title for section in parse(text, CONTEXT).sections] == ["抓好防汛备汛", "抓好项目建设"]


def test_a_duty_without_party_date_or_number_is_flagged_as_vague() -> None:
    found = only("要完善督查督办、情况通报等制度。")
    assert {"未写明责任单位", "时限未写明", "职责模糊"} <= set(found.flags)


def test_a_named_party_with_a_day_is_surer_than_a_bare_demand() -> None:
    sure = only("市水利局要在6月底前完成12座水库除险加固。")
    vague = only("要完善督查督办、情况通报等制度。")
    assert sure.confidence > vague.confidence
    assert any("市水利局" in reason for reason in sure.reasons)


def test_traditional_and_wide_text_gives_the_same_with_quotes_as_typed() -> None:
    found = only("市財政局要在６月底前完成專項債券資金撥付。")
    assert found.quote == "市財政局要在６月底前完成專項債券資金撥付"
    assert [unit.text for unit in found.units] == ["市財政局"]
    assert found.due_on == date(2024, 6, 30)


def test_a_doubled_sentence_counts_once() -> None:
    text = "县水务局要在5月底前完成山塘排查。\n县水务局要在5月底前完成山塘排查。"
    assert len(parse(text, CONTEXT).directives) == 1


@pytest.mark.parametrize(
    ("old", "new"), [("市水利局", "县交通运输局"), ("6月底前", "9月15日前"), ("12座", "30座")]
)
def test_the_finds_move_with_the_words(old: str, new: str) -> None:
    text = "会议要求，市水利局要在6月底前完成12座水库除险加固。"
    found = only(text.replace(old, new))
    words = [
        *(unit.text for unit in found.units),
        *(deadline.text for deadline in found.deadlines),
        *(target.text for target in found.targets),
    ]
    assert new in words
    assert old not in words


def test_a_duty_note_in_heavy_brackets_with_a_time_limit_belongs_to_the_duty() -> None:
    text = "1.归集基础数据不少于6类。【县数据局牵头，县直各单位配合，8月底前完成】"
    (found,) = parse(text, CONTEXT).directives
    assert found.quote == text[2:]
    assert [(unit.text, unit.role) for unit in found.units] == [("县数据局", "lead"), ("县直各单位", "co")]
    assert [deadline.text for deadline in found.deadlines] == ["8月底前"]


def test_what_a_notice_lists_in_bare_verbs_is_a_duty_and_in_a_report_it_is_not() -> None:
    sentence = "推动镇村的答问库与县政府网站对接联通。"
    notice = f"松川县人民政府关于加强政务新媒体建设的通知\n（一）开设整合。{sentence}"
    report = f"松川县政务新媒体工作会议召开\n孙某介绍，{sentence}"
    assert [found.quote for found in parse(notice, CONTEXT).directives] == [sentence[:-1]]
    assert parse(report, CONTEXT).directives == ()
