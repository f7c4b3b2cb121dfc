"""The upload of a ledger, and what a clerk chooses on its preview page."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from speeches.ledgers.fields import KEPT, fields
from speeches.ledgers.options import Options
from speeches.ledgers.reading import Reading
from speeches.readers import MAX_UPLOAD
from tasks.forms import DayInput

LIMIT_MB = MAX_UPLOAD // 1024 // 1024
GROUPS = {"item": "立项内容", "kept": "记入办理记录", "ours": "系统自动生成，不导入"}


class LedgerForm(forms.Form):
    file = forms.FileField(
        label="台账文件",
        help_text=f"Excel（.xlsx、.xls）、WPS 表格（.et）或 CSV，不超过 {LIMIT_MB} MB；列的顺序、名称不限。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.et,.ett,.ods,.csv,.txt"}),
        error_messages={"empty": "这个文件是空的，请重新另存后上传。", "required": "请先选择台账文件。"},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_UPLOAD:
            raise ValidationError(f"表格超过 {LIMIT_MB} MB 的上限，请拆成几个文件分别导入。")
        return file


class OptionsForm(forms.Form):
    """What holds for the whole file; columns and rows are chosen where they stand."""

    base = forms.DateField(
        label="时间从哪天算起",
        widget=DayInput,
        help_text="表里写“6月底”“年底前”时，按这一天推算年份",
        error_messages={"required": "请填写日期，表里的“6月底”“年底前”要按它推算。"},
    )
    source_title = forms.CharField(
        label="来源标题", max_length=200, required=False, help_text="用于没有写明来源的事项"
    )


def column_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """What a column may be taken for, in groups."""
    groups: dict[str, list[tuple[str, str]]] = {label: [] for label in GROUPS.values()}
    for field in fields().values():
        groups[GROUPS[field.use]].append((field.name, field.label))
    groups[GROUPS["kept"]].append((KEPT, "其他内容"))
    return list(groups.items())


def options_of(posted: QueryDict, reading: Reading, form: OptionsForm) -> Options:
    """What was chosen on the page of `reading`; only what differs from what was recognised is kept."""
    sheets = [sheet.index for sheet in reading.sheets if f"s{sheet.index}" in posted]
    known = {*fields(), KEPT, ""}
    columns: dict[str, dict[str, str]] = {}
    for sheet in reading.sheets:
        for column in sheet.head.columns if sheet.head else ():
            choice = posted.get(f"c{sheet.index}-{column.place}")
            if choice in known and choice != column.field:
                columns.setdefault(str(sheet.index), {})[str(column.place)] = choice
    refs = {one.ref for one in reading.planned}
    title = form.cleaned_data["source_title"]
    return Options(
        base=form.cleaned_data["base"],
        source_title="" if title == reading.source_title else title,
        sheets=sheets,
        columns=columns,
        leave=[ref for ref in posted.getlist("leave") if ref in refs],
        also=[ref for ref in posted.getlist("also") if ref in refs],
    )
