"""Small tables of an invented county, as an office would type them."""

DEPARTMENTS = """单位全称,简称,别名,类别,上级单位,分管领导账号,联系人,电话,邮箱,排序
溪石县发展和改革局,县发改局,发改、发改局,政府部门,,chenxian,程一鸣,0000-100,fagai@xishi.example,10
溪石县能源服务中心,能源中心,,事业单位,溪石县发展和改革局,,,,,20
松岗镇人民政府,松岗镇,松岗,镇街,,,,,,30
"""
PEOPLE = """账号,姓名,角色,单位全称,职务,手机,邮箱,初始密码
chenxian,陈县,分管领导,,副县长,,chenxian@xishi.example,
liyi,李一,联络员,溪石县发展和改革局,股长,12000000000,liyi@xishi.example,songfeng-2026
"""
GROUPS = """名称,别名,包含类别,另加单位
各镇,各乡镇、各镇办,镇街,
重点保供单位,,,溪石县能源服务中心
"""
