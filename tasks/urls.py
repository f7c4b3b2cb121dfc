"""/tasks/…"""

from django.urls import path

from tasks import views

app_name = "tasks"
urlpatterns = [
    path("", views.ledger, name="ledger"),
    path("export/", views.export, name="export"),
    path("export/xlsx/", views.workbook, name="workbook"),
    path("new/", views.new, name="new"),
    path("mine/", views.mine, name="mine"),
    path("files/<int:pk>/", views.attachment, name="attachment"),
    path("<str:code>/", views.detail, name="detail"),
    path("<str:code>/amend/", views.amend, name="amend"),
    path("<str:code>/<slug:verb>/", views.verb, name="verb"),
]
