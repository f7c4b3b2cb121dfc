"""Five ledgers as five offices keep them: each with the habits of its maker. All places are invented."""

import csv
import io
from datetime import date
from typing import Any

import openpyxl
import xlwt

HEADED = ("序号", "事项名称", "工作要求", "牵头单位", "配合单位", "完成时限")


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def sheet_of(*rows: tuple[Any, ...], merged: tuple[str, ...] = (), title: str = "台账") -> bytes:
    """A workbook of one sheet with these rows from A1 on."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for area in merged:
        sheet.merge_cells(area)
    return saved(book)


def annual() -> bytes:
    """县府办: a title, two rows of merged headings, captions between, a total, a signature."""
    rows = (
        ("云川市2026年重点工作任务台账",),
        ("填报单位：市政府督查室", None, None, None, None, None, "2026年3月2日"),
        ("序号", "重点工作", "具体要求", "责任单位", None, "完成时限", "进展情况"),
        (None, None, None, "牵头", "配合", None, None),
        ("一、城市建设",),
        (1, "内涝点整治", "整治12处内涝点。", "市水务局", "市财政局\n市城管局", "6月底", "已完成3处"),
        (2, "停车位建设", "新增停车位800个。", "城管局", None, date(2026, 9, 30), None),
        (),
        ("二、文旅",),
        (3, "古镇开街", "古镇一期开街迎客。", "市文旅局（李明）", "市旅投公司", "2026年10月", "正在招商"),
        ("合计", "3项"),
        ("注：进展情况每月更新一次。",),
        ("填表人：王平", None, None, "审核人：赵云"),
    )
    heads = ("A1:G1", "D3:E3", *(f"{letter}3:{letter}4" for letter in "ABCFG"))
    return sheet_of(*rows, merged=(*heads, "A5:G5", "A9:G9"))


def merged_down() -> bytes:
    """市直机关: one matter over several rows, a department a row; days in every form people type."""
    rows = (
        ("编次", "督办事项", "办理要求", "承办单位", "办结时限", "报送频次", "备注"),
        (
            1,
            "营商环境整改",
            "制定整改方案并逐项销号。",
            "市水务局（牵头）",
            "2026.6.30",
            "每周五",
            "省里交办",
        ),
        (None, None, None, "市财政局", None, None, None),
        (None, None, None, "市城管局、市文旅局", None, None, None),
        (2, "防汛物资", "备足防汛物资。", "水务局和财政局", 46203, "每月5日前", None),
        (3, "农贸市场改造", "完成3家市场改造。", "各镇办", "2026/12/31", None, "尽快"),
        (4, "信访积案", "化解积案。", "市城管局、市财政局", "长期", "每月底", None),
    )
    return sheet_of(*rows, merged=("A2:A4", "B2:B4", "C2:C4", "E2:E4", "F2:F4", "G2:G4"))


def faulty() -> bytes:
    """乡镇: two sheets and a hidden one; what is wrong in it is wrong in known cells."""
    book = openpyxl.Workbook()
    first: Any = book.active
    first.title = "上半年"
    for row in (
        ("任务", "责任单位", "完成日期", "目标任务"),
        ("河道清淤", "市水务局", "2026.2.30", "清淤5公里。"),  # no such day
        (None, "市财政局", "2026.6.30", None),  # no subject
        ("垃圾分类" * 60, "市城管局", "7月底", "覆盖全部小区。"),  # too long a name
        ("公厕改造", "市城管局、临江市财政局", "尽快", "改造6座。"),  # another place's; no day
        ("河道清淤", "市水务局", "2026.8.30", "清淤5公里。"),  # once more
        ("路灯维修", "#REF!", "2026.1", "维修路灯。"),  # a broken formula; 1月 or 10月
    ):
        first.append(row)
    second = book.create_sheet("下半年")
    second.append(("重点任务", "主办单位", "时限"))
    second.append(("养老床位", "市文旅局", "年底前"))
    hidden = book.create_sheet("旧表")
    hidden.sheet_state = "hidden"
    hidden.append(("事项名称", "牵头单位"))
    hidden.append(("陈年旧事", "市水务局"))
    book.create_sheet("说明").append(("请于每周五前更新。",))
    return saved(book)


def old_excel() -> bytes:
    """An .xls (also called .et) of another order of columns, with a merged title and real dates."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("督办")
    day = xlwt.XFStyle()
    day.num_format_str = "yyyy/m/d"
    sheet.write_merge(0, 0, 0, 4, "督办事项一览表")
    for place, heading in enumerate(("责任部门", "完成\n时间", "任务内容", "项目名称", "落实情况")):
        sheet.write(2, place, heading)
    sheet.write(3, 0, "水务局\n财政局（配合）")
    sheet.write(3, 1, date(2026, 5, 20), day)
    sheet.write(3, 2, "建成泵站2座。")
    sheet.write(3, 3, "泵站建设")
    sheet.write(3, 4, "主体完工")
    sheet.write_merge(5, 6, 0, 0, "市城管局")
    for row, (words, name) in enumerate((("更新护栏。", "护栏更新"), ("补栽行道树。", "绿化补栽")), start=5):
        sheet.write(row, 1, "26.6.30")
        sheet.write(row, 2, words)
        sheet.write(row, 3, name)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def chinese_csv(encoding: str = "gb18030") -> bytes:
    """A CSV of a system that writes no marks; the headings of two rows come without their merge."""
    target = io.StringIO()
    csv.writer(target).writerows(
        [
            ["2026年市长办公会议定事项", "", "", "", "", ""],
            ["序号", "议定事项", "责任单位", "", "完成时限", "事项来源"],
            ["", "", "牵头单位", "配合单位", "", ""],
            [
                "1",
                "启动老旧小区改造，\n年内开工10个",
                "市城管局",
                "财政局",
                "2026-11-30",
                "市政府第3次常务会议纪要",
            ],
            ["2", "=cmd|' /C calc'!A0", "市水务局", "", "每周五", "市长批示"],
            ["小计", "2", "", "", "", ""],
        ]
    )
    return target.getvalue().encode(encoding)


LEDGERS = {
    "年度台账.xlsx": annual,
    "整改台账.xlsx": merged_down,
    "乡镇台账.xlsx": faulty,
    "督办.et": old_excel,
    "议定事项.csv": chinese_csv,
}
