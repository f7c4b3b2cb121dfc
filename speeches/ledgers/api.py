"""Ledgers over HTTP: the same preview and import as the pages."""

from dataclasses import asdict
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.response import Response

from speeches.allowance import TooMuch, check_allowance
from speeches.api.views import Refusing
from speeches.ledgers import actions
from speeches.ledgers.fields import KEPT, fields
from speeches.ledgers.models import LedgerFile
from speeches.ledgers.options import Options
from speeches.ledgers.plans import Planned
from speeches.ledgers.reading import Reading, ReadSheet

NAMES = ["", KEPT, *fields()]


class OptionsInput(serializers.Serializer[Any]):
    """怎样读这张表；没有给出的按系统识别的来。"""

    base = serializers.DateField(required=False, allow_null=True, label="时间从哪天算起")
    source_title = serializers.CharField(required=False, allow_blank=True, max_length=200, label="来源标题")
    sheets = serializers.ListField(
        child=serializers.IntegerField(min_value=0), required=False, allow_null=True, label="导入哪几张表"
    )
    columns = serializers.DictField(
        child=serializers.DictField(child=serializers.ChoiceField(choices=NAMES)),
        required=False,
        label="列当作什么（表的序号 → 列的序号 → 栏目）",
    )
    leave = serializers.ListField(
        child=serializers.CharField(max_length=20), required=False, label="不导入的行（ref）"
    )
    also = serializers.ListField(
        child=serializers.CharField(max_length=20), required=False, label="重复也导入的行（ref）"
    )


class LedgerInput(serializers.Serializer[Any]):
    file = serializers.FileField(allow_empty_file=True, max_length=1000, label="台账文件")


class LedgerPreview(serializers.Serializer[Any]):
    """导入前的样子。"""

    id = serializers.IntegerField()
    file_name = serializers.CharField()
    base = serializers.DateField()
    source_title = serializers.CharField()
    is_ready = serializers.BooleanField()
    troubles = serializers.ListField(child=serializers.CharField())
    sheets = serializers.ListField(child=serializers.DictField())
    rows = serializers.ListField(child=serializers.DictField())


class Imported(serializers.Serializer[Any]):
    tasks = serializers.ListField(child=serializers.CharField())


class LedgerFileViewSet(Refusing, viewsets.GenericViewSet[LedgerFile]):
    """导入台账：上传得到预览，改读法，再导入；都是拟办，有一处错误就什么也不导入。"""

    queryset = LedgerFile.objects.none()
    serializer_class = LedgerPreview
    pagination_class = None
    lookup_value_regex = r"\d{1,18}"

    def get_queryset(self) -> QuerySet[Any]:
        return LedgerFile.objects.visible_to(self.request.user)

    @extend_schema(request={"multipart/form-data": LedgerInput}, responses={201: LedgerPreview})
    def create(self, request: Request) -> Response:
        """上传台账，返回预览；文件保留24小时。"""
        at = timezone.now()
        actions.check_clerk(self.person)
        given = self.given(LedgerInput)["file"]
        try:
            check_allowance(by=self.person, at=at)
        except TooMuch as refused:
            raise Throttled(detail=refused.messages[0]) from refused
        file = actions.accept(file_name=given.name, content=given.read(), by=self.person, at=at)
        return self._preview(file, 201)

    @extend_schema(responses=LedgerPreview)
    def retrieve(self, request: Request, pk: str) -> Response:
        """预览。"""
        return self._preview(self.get_object())

    @extend_schema(request=OptionsInput, responses=LedgerPreview)
    @action(detail=True, methods=["post"])
    def recheck(self, request: Request, pk: str) -> Response:
        """改读法：列、工作表、基准日期、要与不要的行；返回新的预览。"""
        file = self.get_object()
        actions.choose(file.pk, by=self.person, options=Options(**self.given(OptionsInput)))
        file.refresh_from_db()
        return self._preview(file)

    @extend_schema(request=None, responses={201: Imported})
    @action(detail=True, methods=["post"], url_path="import")
    def import_file(self, request: Request, pk: str) -> Response:
        """导入：全部立项为拟办，或者一项也不导入（400，说明原因）。"""
        tasks = actions.import_file(self.get_object().pk, by=self.person, at=timezone.now())
        return Response({"tasks": [task.code for task in tasks]}, status=201)

    def _preview(self, file: LedgerFile, status: int = 200) -> Response:
        reading = actions.preview(file, by=self.person, at=timezone.now())
        return Response(shown(file.pk, reading), status=status)


def shown(pk: int, reading: Reading) -> dict[str, Any]:
    """A reading as JSON takes it."""
    return {
        "id": pk,
        "file_name": reading.file_name,
        "base": reading.base,
        "source_title": reading.source_title,
        "is_ready": reading.is_ready,
        "troubles": reading.troubles,
        "sheets": [_sheet(sheet) for sheet in reading.sheets],
        "rows": [_row(one) for one in reading.planned],
    }


def _sheet(sheet: ReadSheet) -> dict[str, Any]:
    return {
        "index": sheet.index,
        "name": sheet.name,
        "is_taken": sheet.is_taken,
        "has_head": sheet.head is not None,
        "columns": [asdict(column) for column in sheet.columns],
        "passed": [asdict(passed) for passed in sheet.passed],
    }


def _row(one: Planned) -> dict[str, Any]:
    details = one.details | {
        "lead": one.details["lead"] and str(one.details["lead"]),
        "parts": [str(unit) for unit in one.details["parts"]],
        "supports": [str(unit) for unit in one.details["supports"]],
    }
    return {
        "ref": one.ref,
        "sheet": one.sheet,
        "row": one.row,
        "state": one.state,
        "is_taken": one.is_taken,
        "task": one.task and one.task.code,
        "details": details,
        "problems": [asdict(problem) for problem in one.problems],
        "differences": [
            {"column": heading, "file": theirs, "ledger": ours} for heading, theirs, ours in one.differences
        ],
    }
