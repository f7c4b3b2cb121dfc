"""Sign-in, sign-out, password, and the page of departments and people."""

from django.contrib.auth import views as auth
from django.urls import path, reverse_lazy

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("accounts/login/", views.sign_in, name="login"),
    path("accounts/logout/", auth.LogoutView.as_view(), name="logout"),
    path(
        "accounts/password/",
        auth.PasswordChangeView.as_view(
            template_name="accounts/password.html", success_url=reverse_lazy("accounts:password_done")
        ),
        name="password",
    ),
    path("accounts/password/done/", views.password_done, name="password_done"),
    path("people/", views.people, name="people"),
    path("people/import/", views.import_rows, name="import"),
]
