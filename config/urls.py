"""The site's urls, by include."""

from csp.constants import SELF
from csp.decorators import csp_update
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.urls import include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from config.api import router

admin.site.site_header = admin.site.site_title = f"{settings.ORG_NAME} · 系统管理"
admin.site.index_title = "单位、人员与词表"

docs = SpectacularSwaggerSplitView.as_view(url_name="schema", template_name="config/docs.html")

urlpatterns = [
    path("", include("accounts.urls")),
    path("tasks/import/", include("speeches.ledgers.urls")),  # before the numbers of items
    path("tasks/", include("tasks.urls")),
    path("speeches/", include("speeches.urls")),
    path("", include("supervision.urls")),
    path("api/", include(router.urls)),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    # Swagger UI draws its icons from data: addresses; nothing else on the site may.
    path("api/docs/", csp_update({"img-src": [SELF, "data:"]})(login_required(docs)), name="docs"),
    # One door for changing one's own password: the one that counts guesses and takes the token back.
    path("admin/password_change/", RedirectView.as_view(pattern_name="accounts:password")),
    path("admin/", admin.site.urls),
]
