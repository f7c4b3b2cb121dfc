"""The invented city 青岬 of the end-to-end story: its departments, its people, its speech."""

from datetime import date, timedelta
from pathlib import Path

from tests.stack import Stack

PASSWORD = "qingjia-2026-flow"
DEPARTMENTS = """单位全称,简称,别名,类别,联系人,电话,邮箱,排序
青岬市发展和改革委员会,市发改委,发改委、发改、发改部门,政府部门,石青,,fagai@qingjia.example,10
青岬市工业和信息化局,市工信局,工信局、工信、工信部门,政府部门,温言,,gongxin@qingjia.example,20
青岬市财政局,市财政局,财政局,政府部门,罗白,,caizheng@qingjia.example,30
青岬市商务局,市商务局,商务局,政府部门,纪南,,shangwu@qingjia.example,40
青岬市文化和旅游局,市文旅局,文旅局,政府部门,安可,,wenlv@qingjia.example,50
"""
PEOPLE = f"""账号,姓名,角色,单位全称,职务,手机,邮箱,初始密码
duban,周以宁,督查员,,督查专员,,duban@qingjia.example,{PASSWORD}
fagai,石青,联络员,青岬市发展和改革委员会,科长,,fagai@qingjia.example,{PASSWORD}
gongxin,温言,联络员,青岬市工业和信息化局,科长,,gongxin@qingjia.example,{PASSWORD}
caizheng,罗白,联络员,青岬市财政局,科长,,caizheng@qingjia.example,{PASSWORD}
shangwu,纪南,联络员,青岬市商务局,科长,,shangwu@qingjia.example,{PASSWORD}
wenlv,安可,联络员,青岬市文化和旅游局,科长,,wenlv@qingjia.example,{PASSWORD}
"""
TWO_BEATS = (
    "由发改、工信部门每周一收集企业用电、用工方面的难题，建立清单，"
    "转有关单位限期解决，每周五将解决情况报告市委、市政府"
)
LEAD_AND_HELP = "市财政局牵头，市工信局配合，年底前兑现技改奖补资金不少于3000万元"
PLAIN = "市商务局要在一周内编制外贸企业帮扶名单"


def speech(today: date) -> str:
    """What the mayor said three days ago."""
    spoken = today - timedelta(days=3)
    return "\n".join(
        [
            "在全市工业运行调度会上的讲话",
            "市长　苏闻溪",
            f"（{spoken.year}年{spoken.month}月{spoken.day}日）",
            "同志们：",
            "前三个季度，全市工业增加值增长5.2%，成绩来之不易，向大家表示感谢。下面讲三点意见。",
            "一、抓住运行不放松",
            f"企业的难题不能只停在嘴上。{TWO_BEATS}。",
            "二、抓住政策不放松",
            f"去年政策兑现偏慢，企业有意见。{LEAD_AND_HELP}。",
            "三、抓住外贸不放松",
            f"{PLAIN}。大家要切实增强责任感、紧迫感。",
        ]
    )


def move_in(stack: Stack, folder: Path) -> None:
    """Departments and people of the city, by the import commands."""
    for command, text in (("import_departments", DEPARTMENTS), ("import_people", PEOPLE)):
        file = folder / f"{command}.csv"
        file.write_text(text, encoding="utf-8-sig")
        stack.manage(command, str(file))
