"""Departments as the API shows them: read only."""

from rest_framework import serializers, viewsets

from accounts.models import Department, DepartmentAlias
from accounts.querysets import DepartmentQuerySet


class DepartmentSerializer(serializers.ModelSerializer[Department]):
    kind_label = serializers.CharField(source="get_kind_display", read_only=True)
    aliases = serializers.SlugRelatedField[DepartmentAlias]("name", many=True, read_only=True)

    class Meta:
        model = Department
        fields = ["id", "name", "short_name", "aliases", "kind", "kind_label", "parent", "is_active"]


class DepartmentViewSet(viewsets.ReadOnlyModelViewSet[Department]):
    """单位名录。"""

    queryset = Department.objects.none()
    serializer_class = DepartmentSerializer
    filterset_fields = ["kind", "is_active", "parent"]

    def get_queryset(self) -> DepartmentQuerySet:
        return Department.objects.visible_to(self.request.user).prefetch_related("aliases")
