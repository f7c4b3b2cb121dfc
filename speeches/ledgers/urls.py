"""/tasks/import/…"""

from django.urls import path

from speeches.ledgers import views

app_name = "ledgers"
urlpatterns = [
    path("", views.upload, name="upload"),
    path("<int:pk>/", views.preview, name="preview"),
]
