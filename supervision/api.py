"""Letters and figures over the API."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from supervision import actions, board
from supervision.models import Notice
from supervision.querysets import NoticeQuerySet
from tasks.api.refusals import PlainRefusals
from tasks.querysets import SEES_ALL
from tasks.workdays import calendar


class NoticeSerializer(serializers.ModelSerializer[Notice]):
    """One letter: to whom, about what, and where it stands."""

    task = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    recipient = serializers.StringRelatedField[Any]()
    department = serializers.StringRelatedField[Any]()
    dismissed_by = serializers.StringRelatedField[Any]()
    kind_name = serializers.CharField(source="get_kind_display", read_only=True)
    state_name = serializers.CharField(source="get_state_display", read_only=True)

    class Meta:
        model = Notice
        fields = (
            *(
                "id",
                "kind",
                "kind_name",
                "task",
                "recipient",
                "department",
                "address",
                "subject",
                "body_text",
            ),
            *("state", "state_name", "attempts", "is_uncertain", "last_error"),
            *("due_at", "created_at", "sent_at", "opened_at"),
            *("dismissed_by", "dismissed_at", "dismissal"),
        )
        read_only_fields = fields


class DismissInput(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=actions.REASON_LIMIT, label="不再发送的理由")


@extend_schema(tags=["notices"])
class NoticeViewSet(
    PlainRefusals, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Notice]
):
    """通知：督查员和系统管理员看全部，其他人看发给自己的。"""

    queryset = Notice.objects.none()
    serializer_class = NoticeSerializer
    conflicts = (actions.RetryRefused, actions.DismissRefused)
    filterset_fields = ("kind", "state", "task__code")

    def get_queryset(self) -> NoticeQuerySet:
        notices: NoticeQuerySet = Notice.objects.visible_to(self.request.user)
        return notices.select_related("task", "recipient", "department", "dismissed_by")

    def _person(self) -> User:
        user = self.request.user
        if not isinstance(user, User):
            raise PermissionDenied("请先登录。")
        return user

    @extend_schema(request=None, responses=NoticeSerializer)
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: str) -> Response:
        """重新发送（发送失败的）。"""
        done = actions.retry(self.get_object().pk, by=self._person(), at=timezone.now())
        return Response(self.get_serializer(done).data)

    @extend_schema(request=DismissInput, responses=NoticeSerializer)
    @action(detail=True, methods=["post"])
    def dismiss(self, request: Request, pk: str) -> Response:
        """作废（发送失败、不再需要的）。"""
        letter = self.get_object()
        given = DismissInput(data=request.data)
        given.is_valid(raise_exception=True)
        done = actions.dismiss(letter.pk, by=self._person(), at=timezone.now(), **given.validated_data)
        return Response(self.get_serializer(done).data)


class FigureSerializer(serializers.Serializer[Any]):
    """One number of the board."""

    key = serializers.CharField()
    title = serializers.CharField()
    hint = serializers.CharField()
    count = serializers.IntegerField()


class FigureViewSet(viewsets.ViewSet):
    """工作台上的数字：与页面同一口径。"""

    @extend_schema(
        tags=["figures"],
        responses={200: FigureSerializer(many=True), 403: OpenApiResponse(description="只供督查室和领导")},
    )
    def list(self, request: Request) -> Response:
        user = request.user
        if not isinstance(user, User) or user.role not in SEES_ALL:
            raise PermissionDenied("只有督查室和领导可以查看。")
        view = board.View(user, timezone.localdate(), calendar())
        return Response(FigureSerializer(board.shelves(view), many=True).data)
