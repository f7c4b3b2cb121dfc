"""`manage.py import_people FILE`."""

from accounts.management.importing import ImportCommand


class Command(ImportCommand):
    help = "从 CSV 导入人员。重复导入同一份不会有变化；有一处错误就什么也不导入。"
    kind = "people"
