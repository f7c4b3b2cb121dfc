"""The vice-mayor's demands on safety: just issued."""

from supervision.demo.acts import Item, issued, referred, reported, signed

TOWNS = "各镇（街道）"

SAFETY = (
    Item(
        "safety",
        "对6条重大隐患挂牌督办",
        "6条重大隐患全部整改到位",
        registered=3,
        lead="市应急局",
        acts=(
            issued(3),
            signed(3, "yingji"),
            reported(1, "yingji", "6条重大隐患已整改2条，其余4条均落实了临时管控措施和整改责任人。"),
        ),
    ),
    Item(
        "safety",
        "用气安全拉网式排查一遍",
        "排查餐饮场所用气安全",
        registered=3,
        lead="市住建局",
        supports="市市场监管局、市城管局",
        acts=(issued(3),),
    ),
    Item(  # a collective addressee: twelve towns, some have signed
        "safety",
        "出租屋逐户登记造册",
        "登记“九小场所”和出租屋",
        registered=3,
        parts=TOWNS,
        acts=(
            issued(3),
            signed(2, "wanglan"),
            signed(2, "yantian"),
            signed(1, "baizhu"),
            reported(1, "wanglan", "已登记“九小场所”486家、出租屋1372户，张贴消防提示卡1500余张。"),
        ),
    ),
    Item(  # handed to the wrong lead, referred on
        "safety",
        "按不低于常住人口2%的标准配足",
        "清点补充应急物资",
        registered=3,
        lead="市发改委",
        acts=(
            issued(3),
            signed(2, "fagai"),
            referred(1, "市应急局", "物资储备日常管理已划转市应急局，经与两家单位商定，改由市应急局牵头。"),
        ),
    ),
    Item(
        "safety",
        "年内培训企业一线职工5000人次以上",
        "培训企业一线职工5000人次",
        registered=2,
        lead="市人社局",
        parts="市总工会",
        joins="把安全培训纳入职业技能提升行动",
        by="duban3",
    ),
)
