"""Who may try the demo, and the password they share. Shown on the sign-in page of a demo, and only there."""

PASSWORD = "luoshi-demo"
ACCOUNTS = (
    ("duban", "督查员：导入讲话、立项交办、审核销号"),
    ("fagai", "市发改委联络员：签收、反馈、申请办结"),
    ("gongxin", "市工信局联络员：签收、反馈、申请办结"),
    ("lingdao", "分管领导：看全部台账和进展"),
    ("admin", "系统管理员：单位、人员和后台"),
)
