"""Viewsets of the ledger: reading through `visible_to`, writing through the verbs."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import FileResponse, Http404
from django.utils import timezone
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Department
from tasks import actions, evidence
from tasks.api import inputs
from tasks.api.refusals import PlainRefusals
from tasks.api.rows import AttachmentRow, TaskDetail, TaskRow
from tasks.lights import WORDS, thresholds
from tasks.models import Assignment, Attachment, Extension, Feedback, Task, TaskEvent
from tasks.moves import Action, Status
from tasks.permissions import may
from tasks.querysets import TaskQuerySet
from tasks.workdays import calendar

ASSIGNMENTS = Prefetch("assignments", queryset=Assignment.objects.select_related("department"))
REPORTS = Feedback.objects.select_related("assignment", "by").prefetch_related("files")
TRAIL = Prefetch("events", queryset=TaskEvent.objects.select_related("actor", "department"))


class TaskFilter(filters.FilterSet):  # type: ignore[misc]
    q = filters.CharFilter(method="searched", label="关键词")
    status = filters.MultipleChoiceFilter(choices=Status.choices, label="状态")
    department = extend_schema_field(OpenApiTypes.INT)(
        filters.ModelChoiceFilter(queryset=Department.objects.all(), method="handled_by", label="承办单位")
    )
    light = filters.ChoiceFilter(choices=[*WORDS.items(), ("none", "不亮灯")], method="lit", label="灯色")
    due_on = filters.DateFromToRangeFilter(label="完成时限")

    class Meta:
        model = Task
        fields = ["urgency", "source_kind"]

    def searched(self, found: TaskQuerySet, name: str, words: str) -> TaskQuerySet:
        return found.search(words)

    def handled_by(self, found: TaskQuerySet, name: str, department: Department) -> TaskQuerySet:
        return found.for_department(department)

    def lit(self, found: TaskQuerySet, name: str, colour: Any) -> TaskQuerySet:
        return found.lit(colour, thresholds(timezone.localdate(), calendar()))


class TaskViewSet(PlainRefusals, viewsets.ReadOnlyModelViewSet[Task]):
    """督办事项：读取按可见范围；办理动作与页面相同。"""

    queryset = Task.objects.none()
    lookup_field = "code"
    lookup_value_regex = r"[\w-]+"
    filterset_class = TaskFilter

    def get_queryset(self) -> TaskQuerySet:
        visible = Task.objects.visible_to(self.request.user).with_missing(timezone.localdate())
        visible = visible.select_related("parent")
        if self.action != "retrieve":
            return visible.prefetch_related(ASSIGNMENTS)
        reports = Prefetch("assignments__feedbacks", queryset=REPORTS)
        asked = Prefetch(
            "assignments__extensions", Extension.objects.select_related("asked_by", "answered_by")
        )
        return visible.prefetch_related(
            ASSIGNMENTS, "assignments__periods", reports, asked, TRAIL, "more_sources__added_by"
        )

    def get_serializer_class(self) -> type[TaskRow]:
        return TaskDetail if self.action == "retrieve" else TaskRow

    def get_serializer_context(self) -> dict[str, Any]:
        context = dict(super().get_serializer_context())
        return context | {"today": timezone.localdate(), "calendar": calendar()}

    def _row(self, pk: int) -> dict[str, Any]:
        """The item after a change, even where the change hides it from the person (退回交办)."""
        changed = Task.objects.with_missing(timezone.localdate()).select_related("parent")
        changed = changed.prefetch_related(ASSIGNMENTS).get(pk=pk)
        return dict(TaskRow(changed, context=self.get_serializer_context()).data)

    def _do(self, verb: Callable[..., Any], form: type[Any], *, partial: bool = False) -> Response:
        """Find what is visible (404), check the person (403), the words (400), do the verb (409), show it."""
        task = self.get_object()
        actions.check_person(task, Action(verb.__name__), self.request.user)  # type: ignore[arg-type]
        given = form(data=self.request.data, partial=partial)
        given.is_valid(raise_exception=True)
        verb(task.pk, by=self.request.user, at=timezone.now(), **given.validated_data)
        return Response(self._row(task.pk))

    @extend_schema(request=inputs.DetailsInput, responses={201: TaskRow})
    def create(self, request: Request) -> Response:
        """立项。"""
        if not may(request.user, Action.REGISTER):
            raise PermissionDenied("只有督查员可以立项。")
        given = inputs.DetailsInput(data=request.data)
        given.is_valid(raise_exception=True)
        task = actions.register(by=request.user, at=timezone.now(), **given.validated_data)  # type: ignore[arg-type]
        return Response(self._row(task.pk), status=201)

    @extend_schema(request=inputs.DetailsInput, responses=TaskRow)
    @action(detail=True, methods=["post"])
    def amend(self, request: Request, code: str) -> Response:
        """修改（拟办时）。"""
        return self._do(actions.amend, inputs.DetailsInput, partial=True)

    @extend_schema(request=inputs.NoteInput, responses=TaskRow)
    @action(detail=True, methods=["post"])
    def issue(self, request: Request, code: str) -> Response:
        """交办。"""
        return self._do(actions.issue, inputs.NoteInput)

    @extend_schema(request=None, responses=TaskRow)
    @action(detail=True, methods=["post"])
    def receive(self, request: Request, code: str) -> Response:
        """签收。"""
        return self._do(actions.receive, inputs.NothingInput)

    @extend_schema(request=inputs.ReasonInput, responses=TaskRow)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, code: str) -> Response:
        """退回交办（异议）。"""
        return self._do(actions.decline, inputs.ReasonInput)

    @extend_schema(request=inputs.ReferInput, responses=TaskRow)
    @action(detail=True, methods=["post"])
    def refer(self, request: Request, code: str) -> Response:
        """转办。"""
        return self._do(actions.refer, inputs.ReferInput)

    @extend_schema(request=inputs.ReportInput, responses=TaskRow)
    @action(detail=True, methods=["post"])
    def report(self, request: Request, code: str) -> Response:
        """反馈。"""
        return self._do(actions.report, inputs.ReportInput)

    @extend_schema(request=inputs.SubmitInput, responses=TaskRow)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, code: str) -> Response:
        """申请办结。"""
        return self._do(actions.submit, inputs.SubmitInput)

    @extend_schema(request=inputs.ReasonInput, responses=TaskRow)
    @action(detail=True, methods=["post"])
    def send_back(self, request: Request, code: str) -> Response:
        """退回重办。"""
        return self._do(actions.send_back, inputs.ReasonInput)

    @extend_schema(request=inputs.NoteInput, responses=TaskRow)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, code: str) -> Response:
        """办结。"""
        return self._do(actions.close, inputs.NoteInput)

    @extend_schema(request=inputs.NoteInput, responses=TaskRow)
    @action(detail=True, methods=["post"])
    def strike_off(self, request: Request, code: str) -> Response:
        """销号。"""
        return self._do(actions.strike_off, inputs.NoteInput)

    @extend_schema(request=inputs.ReasonInput, responses=TaskRow)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, code: str) -> Response:
        """回头看重启。"""
        return self._do(actions.reopen, inputs.ReasonInput)

    @extend_schema(request=inputs.ReasonInput, responses=TaskRow)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, code: str) -> Response:
        """撤销。"""
        return self._do(actions.withdraw, inputs.ReasonInput)

    @extend_schema(request=inputs.ExtensionInput, responses=TaskRow)
    @action(detail=True, methods=["post"])
    def ask_extension(self, request: Request, code: str) -> Response:
        """申请延期。"""
        return self._do(actions.ask_extension, inputs.ExtensionInput)

    @extend_schema(request=inputs.GrantInput, responses=TaskRow)
    @action(detail=True, methods=["post"])
    def grant_extension(self, request: Request, code: str) -> Response:
        """同意延期。"""
        return self._do(actions.grant_extension, inputs.GrantInput)

    @extend_schema(request=inputs.RefuseInput, responses=TaskRow)
    @action(detail=True, methods=["post"])
    def refuse_extension(self, request: Request, code: str) -> Response:
        """不同意延期。"""
        return self._do(actions.refuse_extension, inputs.RefuseInput)

    @extend_schema(request=inputs.RedateInput, responses=TaskRow)
    @action(detail=True, methods=["post"])
    def redate(self, request: Request, code: str) -> Response:
        """调整时限。"""
        return self._do(actions.redate, inputs.RedateInput)

    @extend_schema(request=inputs.ReasonInput, responses=TaskRow)
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, code: str) -> Response:
        """暂停。"""
        return self._do(actions.pause, inputs.ReasonInput)

    @extend_schema(request=inputs.ResumeInput, responses=TaskRow)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, code: str) -> Response:
        """恢复。"""
        return self._do(actions.resume, inputs.ResumeInput)

    @extend_schema(request=inputs.InstructInput, responses=TaskRow)
    @action(detail=True, methods=["post"])
    def instruct(self, request: Request, code: str) -> Response:
        """批示。"""
        return self._do(actions.instruct, inputs.InstructInput)

    @extend_schema(request=inputs.DetailsInput, responses={201: TaskRow})
    @action(detail=True, methods=["post"])
    def split_off(self, request: Request, code: str) -> Response:
        """拆解出子事项；返回子事项。"""
        task = self.get_object()
        actions.check_person(task, Action.SPLIT_OFF, request.user)  # type: ignore[arg-type]
        given = inputs.DetailsInput(data=request.data)
        given.is_valid(raise_exception=True)
        part = actions.split_off(task.pk, by=request.user, at=timezone.now(), **given.validated_data)  # type: ignore[arg-type]
        return Response(self._row(part.pk), status=201)


class AttachmentViewSet(viewsets.ReadOnlyModelViewSet[Attachment]):
    """佐证材料。"""

    queryset = Attachment.objects.none()
    serializer_class = AttachmentRow

    def get_queryset(self) -> Any:
        return Attachment.objects.visible_to(self.request.user)

    @extend_schema(responses={(200, "application/octet-stream"): bytes})
    @action(detail=True)
    def content(self, request: Request, pk: str) -> FileResponse:
        """文件内容，作为下载。"""
        try:
            return evidence.download(self.get_object())
        except FileNotFoundError as error:
            raise Http404("文件已不在服务器上或被改动过，请联系系统管理员从备份中恢复。") from error
