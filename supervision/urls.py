"""/, /board/, /notices/…, /healthz, /readyz."""

from django.urls import path

from supervision.views import board, health, notices, outbox

app_name = "supervision"
urlpatterns = [
    path("", board.home, name="home"),
    path("board/", board.board, name="board"),
    path("notices/", notices.listing, name="notices"),
    path("notices/outbox/", outbox.listing, name="outbox"),
    path("notices/outbox/<str:name>/", outbox.letter, name="outbox_letter"),
    path("notices/outbox/<str:name>/html/", outbox.page_of, name="outbox_html"),
    path("notices/<uuid:pk>/", notices.notice, name="notice"),
    path("notices/<uuid:pk>/html/", notices.page_of, name="notice_html"),
    path("notices/<uuid:pk>/open/", notices.open_letter, name="open"),
    path("notices/<uuid:pk>/retry/", notices.retry, name="retry"),
    path("notices/<uuid:pk>/dismiss/", notices.dismiss, name="dismiss"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
