"""Sign-in, sign-out, password, and the page of departments and people."""

from django.contrib.auth import views as auth
from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("accounts/login/", views.sign_in, name="login"),
    path("accounts/logout/", auth.LogoutView.as_view(), name="logout"),
    path("accounts/password/", views.password, name="password"),
    path("people/", views.people, name="people"),
    path("people/import/", views.import_rows, name="import"),
]
