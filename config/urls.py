"""The site's urls, by include."""

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from config.api import router

admin.site.site_header = admin.site.site_title = f"{settings.ORG_NAME} · 系统管理"
admin.site.index_title = "单位、人员与词表"

urlpatterns = [
    path("", include("accounts.urls")),
    path("tasks/", include("tasks.urls")),
    path("speeches/", include("speeches.urls")),
    path("", include("supervision.urls")),
    path("api/", include(router.urls)),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", login_required(SpectacularSwaggerSplitView.as_view(url_name="schema")), name="docs"),
    path("admin/", admin.site.urls),
]
