"""Viewsets of speeches and drafts: reading through `visible_to`, writing through the verbs."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import Throttled
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from speeches import actions, intake, originals, same_duty, twins
from speeches.allowance import TooMuch, check_allowance
from speeches.api import inputs
from speeches.api.rows import BundleResult, DirectiveRow, OfferRow, SpeechDetail, SpeechRow
from speeches.models import HEAVY, Directive, Speech
from tasks.api.refusals import PlainRefusals


class Refusing(PlainRefusals):
    conflicts = (actions.MoveRefused, actions.EditConflict)

    @property
    def person(self) -> User:
        """Who asks: nobody unknown gets this far."""
        return cast(User, self.request.user)

    def given(self, form: type[serializers.Serializer[Any]], **options: Any) -> dict[str, Any]:
        """What was sent, checked. Raises 400 naming the fields."""
        words = form(data=self.request.data, **options)
        words.is_valid(raise_exception=True)
        checked: dict[str, Any] = words.validated_data
        return checked


class Left(serializers.Serializer[Any]):
    directive = serializers.IntegerField()
    reason = serializers.CharField()


class TierResult(serializers.Serializer[Any]):
    tasks = serializers.ListField(child=serializers.CharField())
    left = Left(many=True)


class SpeechViewSet(Refusing, viewsets.ReadOnlyModelViewSet[Speech]):
    """讲话：上传、解析进度、正文。"""

    queryset = Speech.objects.none()
    filterset_fields = ["status", "kind", "spoken_on"]

    def get_queryset(self) -> QuerySet[Any]:
        found = Speech.objects.visible_to(self.request.user).select_related("uploaded_by")
        return found if self.action == "retrieve" else found.defer(*HEAVY)

    def get_serializer_class(self) -> type[SpeechRow]:
        return SpeechDetail if self.action == "retrieve" else SpeechRow

    def _row(self, pk: int) -> dict[str, Any]:
        return dict(SpeechRow(self.get_queryset().get(pk=pk)).data)

    @extend_schema(request=inputs.UploadInput, responses={200: SpeechRow, 201: SpeechRow})
    def create(self, request: Request) -> Response:
        """上传文件或粘贴全文；同一份内容再次上传，返回原来的那一篇（200）。"""
        by, at = self.person, timezone.now()
        if not by.is_supervisor:
            raise PermissionDenied("只有督查员可以导入讲话。")
        words = self.given(inputs.UploadInput)
        try:
            check_allowance(by=by, at=at)
        except TooMuch as refused:
            raise Throttled(detail=refused.messages[0]) from refused
        if words.get("file") is not None:
            speech, created = intake.accept_upload(words["file"], by=by, at=at)
        else:
            title = words.get("title", "")
            speech, created = intake.accept_text(text=words["text"], title=title, by=by, at=at)
        return Response(self._row(speech.pk), status=201 if created else 200)

    @extend_schema(request=inputs.BundleInput, responses={201: BundleResult, 400: BundleResult})
    @action(detail=False, methods=["post"])
    def bundle(self, request: Request) -> Response:
        """上传装有多个文件的 .zip：每个文件一条结果，读不了的说明原因，不影响其余文件。"""
        by, at = self.person, timezone.now()
        if not by.is_supervisor:
            raise PermissionDenied("只有督查员可以导入讲话。")
        words = self.given(inputs.BundleInput)
        try:
            check_allowance(by=by, at=at)
        except TooMuch as refused:
            raise Throttled(detail=refused.messages[0]) from refused
        taken, error = intake.accept_bundle(words["file"], by=by, at=at)
        answer = BundleResult({"files": taken, "error": error}).data
        return Response(answer, status=201 if any(one.speech for one in taken) else 400)

    @extend_schema(request=inputs.AboutInput, responses=SpeechRow)
    @action(detail=True, methods=["post"])
    def amend(self, request: Request, pk: str) -> Response:
        """更正标题、讲话人、场合、日期、类别。"""
        speech = self.get_object()
        words = self.given(inputs.AboutInput, partial=True)
        actions.update_speech(speech.pk, by=self.person, at=timezone.now(), **words)
        return Response(self._row(speech.pk))

    @extend_schema(request=None, responses=SpeechRow)
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: str) -> Response:
        """重新解析；已人工处理的草稿不受影响。"""
        speech = self.get_object()
        actions.retry(speech.pk, by=self.person, at=timezone.now())
        return Response(self._row(speech.pk))

    @extend_schema(request=None, responses=SpeechRow)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        """取消正在进行的解析；读到一半的内容不保存，可以用 retry 重新解析。"""
        speech = self.get_object()
        actions.cancel(speech.pk, by=self.person)
        return Response(self._row(speech.pk))

    @extend_schema(request=None, responses={201: SpeechRow(many=True)})
    @action(detail=True, methods=["post"])
    def divide(self, request: Request, pk: str) -> Response:
        """文件里有几篇讲话的，拆成几篇分别处理；再次调用得到同样的几篇。"""
        speech = self.get_object()
        pieces = actions.divide(speech.pk, by=self.person)
        return Response(SpeechRow(pieces, many=True).data, status=201)

    @extend_schema(request=None, responses=SpeechRow)
    @action(detail=True, methods=["post"])
    def treat_as_one(self, request: Request, pk: str) -> Response:
        """文件里有几篇讲话的，仍按一篇处理。"""
        speech = self.get_object()
        actions.treat_as_one(speech.pk, by=self.person)
        return Response(self._row(speech.pk))

    @extend_schema(request=None, responses=SpeechRow)
    @action(detail=True, methods=["post"])
    def reunite(self, request: Request, pk: str) -> Response:
        """把拆开的几篇合回一篇；其中已有草稿立项的，返回 409。"""
        speech = self.get_object()
        actions.reunite(speech.pk, by=self.person, at=timezone.now())
        return Response(self._row(speech.pk))

    @extend_schema(request=inputs.LinesInput, responses=SpeechDetail)
    @action(detail=True, methods=["post"])
    def restore_lines(self, request: Request, pk: str) -> Response:
        """恢复去掉的行（removed 中的 start；不给则全部）；草稿随正文更新，人工处理过的不变。"""
        speech = self.get_object()
        words = self.given(inputs.LinesInput)
        changed = actions.restore_lines(speech.pk, by=self.person, at=timezone.now(), **words)
        return Response(SpeechDetail(changed).data)

    @extend_schema(request=inputs.LinesInput, responses=SpeechDetail)
    @action(detail=True, methods=["post"])
    def remove_lines(self, request: Request, pk: str) -> Response:
        """再次去掉恢复了的行（restored 中的 start；不给则全部）。"""
        speech = self.get_object()
        words = self.given(inputs.LinesInput)
        changed = actions.remove_lines(speech.pk, by=self.person, at=timezone.now(), **words)
        return Response(SpeechDetail(changed).data)

    @extend_schema(request=inputs.AddInput, responses={201: DirectiveRow})
    @action(detail=True, methods=["post"])
    def add(self, request: Request, pk: str) -> Response:
        """把正文中的一段（字符位置）添加为草稿。"""
        speech = self.get_object()
        directive = actions.add(speech.pk, by=self.person, **self.given(inputs.AddInput))
        twins.seek([directive], at=timezone.now())
        return Response(DirectiveRow(directive).data, status=201)

    @extend_schema(request=inputs.TierInput, responses=TierResult)
    @action(detail=True, methods=["post"])
    def adopt_tier(self, request: Request, pk: str) -> Response:
        """把一个层级的草稿全部立项；没有立项的逐条说明原因。"""
        speech = self.get_object()
        words = self.given(inputs.TierInput)
        tasks, left = actions.adopt_tier(speech.pk, by=self.person, at=timezone.now(), **words)
        reasons = [{"directive": draft.pk, "reason": reason} for draft, reason in left]
        return Response({"tasks": [task.code for task in tasks], "left": reasons})

    @extend_schema(responses={(200, "application/octet-stream"): bytes})
    @action(detail=True)
    def original(self, request: Request, pk: str) -> FileResponse:
        """原文件。"""
        return originals.download(self.get_object())


class DirectiveViewSet(Refusing, viewsets.ReadOnlyModelViewSet[Directive]):
    """任务草稿：按讲话查看，核对、立项。"""

    queryset = Directive.objects.none()
    serializer_class = DirectiveRow
    filterset_fields = ["speech", "state", "tier", "origin"]

    def get_queryset(self) -> QuerySet[Any]:
        visible = Directive.objects.visible_to(self.request.user)
        return visible.select_related("task", "merged_item", "speech", "lead").prefetch_related(
            "parts", "supports"
        )

    def _row(self, directive: Directive) -> Response:
        return Response(DirectiveRow(self.get_queryset().get(pk=directive.pk)).data)

    @extend_schema(request=inputs.EditInput, responses=DirectiveRow)
    @action(detail=True, methods=["post"])
    def edit(self, request: Request, pk: str) -> Response:
        """修改草稿；version 不是最新的，返回 409。"""
        directive = self.get_object()
        words = self.given(inputs.EditInput)
        return self._row(actions.edit(directive.pk, by=self.person, **words))

    @extend_schema(request=inputs.AdoptInput, responses=DirectiveRow)
    @action(detail=True, methods=["post"])
    def adopt(self, request: Request, pk: str) -> Response:
        """立项，issue 为真时同时交办；重复调用得到同一事项。"""
        directive = self.get_object()
        words = self.given(inputs.AdoptInput)
        actions.adopt(directive.pk, by=self.person, at=timezone.now(), **words)
        return self._row(directive)

    @extend_schema(request=inputs.DropInput, responses=DirectiveRow)
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, pk: str) -> Response:
        """不采纳。"""
        directive = self.get_object()
        return self._row(actions.drop(directive.pk, by=self.person, **self.given(inputs.DropInput)))

    @extend_schema(request=None, responses=DirectiveRow)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: str) -> Response:
        """恢复为待处理。"""
        return self._row(actions.restore(self.get_object().pk, by=self.person))

    @extend_schema(request=inputs.MergeInput, responses=DirectiveRow)
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, pk: str) -> Response:
        """合并到另一条草稿，返回合并后的那一条。"""
        directive = self.get_object()
        into = self.given(inputs.MergeInput)["into"]
        return self._row(actions.merge(directive.pk, into.pk, by=self.person))

    @extend_schema(request=inputs.SplitInput, responses=DirectiveRow(many=True))
    @action(detail=True, methods=["post"])
    def split(self, request: Request, pk: str) -> Response:
        """在正文的某个字符位置拆成两条。"""
        directive = self.get_object()
        halves = actions.split(directive.pk, by=self.person, **self.given(inputs.SplitInput))
        twins.seek(halves, at=timezone.now())
        return Response(DirectiveRow(halves, many=True).data)

    @extend_schema(responses=OfferRow(many=True))
    @action(detail=True)
    def alike(self, request: Request, pk: str) -> Response:
        """疑与哪些事项、哪些讲话的草稿相同。"""
        offers = same_duty.offers(self.person, [self.get_object()], at=timezone.now())
        return Response(OfferRow([one for shown in offers.values() for one in shown], many=True).data)

    @extend_schema(request=inputs.JoinInput, responses=DirectiveRow)
    @action(detail=True, methods=["post"])
    def join(self, request: Request, pk: str) -> Response:
        """合并到已有事项（item）或另一篇讲话的草稿（draft），两处原文都保留。"""
        directive, words = self._other(inputs.JoinInput)
        words |= {"by": self.person, "at": timezone.now()}
        item, draft = words.pop("item", None), words.pop("draft", None)
        if item is not None:
            actions.join_item(directive.pk, item.pk, **words)
        else:
            actions.join_draft(directive.pk, draft.pk, **words)
        return self._row(directive)

    @extend_schema(request=None, responses=DirectiveRow)
    @action(detail=True, methods=["post"])
    def unjoin(self, request: Request, pk: str) -> Response:
        """拆开：恢复为待处理，事项不再保留这一句；事项办结后不能拆开。"""
        return self._row(actions.unjoin(self.get_object().pk, by=self.person, at=timezone.now()))

    @extend_schema(request=inputs.OtherInput, responses=DirectiveRow)
    @action(detail=True, methods=["post"])
    def apart(self, request: Request, pk: str) -> Response:
        """不是同一件事，不再提示。"""
        directive, words = self._other(inputs.OtherInput)
        which = {name: other.pk for name, other in words.items()}
        return self._row(actions.tell_apart(directive.pk, by=self.person, at=timezone.now(), **which))

    def _other(self, form: type[inputs.OtherInput]) -> tuple[Directive, dict[str, Any]]:
        """The draft and the words; who may not join does not learn what is there (403 before 400)."""
        directive: Directive = self.get_object()
        if not self.person.is_supervisor:
            raise PermissionDenied("只有督查员可以处理讲话和任务草稿。")
        return directive, self.given(form, context=self.get_serializer_context())
