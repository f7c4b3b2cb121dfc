"""Letters and figures over the API, to read."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from supervision import board
from supervision.models import Notice
from supervision.querysets import NoticeQuerySet
from tasks.querysets import SEES_ALL
from tasks.workdays import calendar


class NoticeSerializer(serializers.ModelSerializer[Notice]):
    """One letter: to whom, about what, and where it stands."""

    task = serializers.SlugRelatedField[Any](slug_field="code", read_only=True)
    recipient = serializers.StringRelatedField[Any]()
    department = serializers.StringRelatedField[Any]()
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
        )
        read_only_fields = fields


@extend_schema(tags=["notices"])
class NoticeViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Notice]):
    """通知：督查员和系统管理员看全部，其他人看发给自己的。"""

    queryset = Notice.objects.none()
    serializer_class = NoticeSerializer
    filterset_fields = ("kind", "state", "task__code")

    def get_queryset(self) -> NoticeQuerySet:
        notices: NoticeQuerySet = Notice.objects.visible_to(self.request.user)
        return notices.select_related("task", "recipient", "department")


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
