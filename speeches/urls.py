"""/speeches/…"""

from django.urls import path

from speeches import drafts, files, views

app_name = "speeches"
urlpatterns = [
    path("", views.listing, name="list"),
    path("upload/", views.upload, name="upload"),
    path("<int:pk>/", views.review, name="review"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/retry/", views.retry, name="retry"),
    path("<int:pk>/file/", views.original, name="file"),
    path("<int:pk>/cancel/", files.cancel, name="cancel"),
    path("<int:pk>/divide/", files.divide, name="divide"),
    path("<int:pk>/whole/", files.treat_as_one, name="treat_as_one"),
    path("<int:pk>/reunite/", files.reunite, name="reunite"),
    path("<int:pk>/lines/restore/", files.restore_lines, name="restore_lines"),
    path("<int:pk>/lines/remove/", files.remove_lines, name="remove_lines"),
    path("<int:pk>/about/", views.about, name="about"),
    path("<int:pk>/add/", drafts.add, name="add"),
    path("<int:pk>/adopt/", drafts.adopt_tier, name="adopt_tier"),
    path("drafts/<int:pk>/", drafts.draft, name="draft"),
    path("drafts/<int:pk>/edit/", drafts.edit, name="edit"),
    path("drafts/<int:pk>/take/", drafts.take, name="take"),
    path("drafts/<int:pk>/adopt/", drafts.adopt, name="adopt"),
    path("drafts/<int:pk>/drop/", drafts.drop, name="drop"),
    path("drafts/<int:pk>/restore/", drafts.restore, name="restore"),
    path("drafts/<int:pk>/merge/", drafts.merge, name="merge"),
    path("drafts/<int:pk>/join/", drafts.join, name="join"),
    path("drafts/<int:pk>/unjoin/", drafts.unjoin, name="unjoin"),
    path("drafts/<int:pk>/apart/", drafts.apart, name="apart"),
    path("drafts/<int:pk>/split/", drafts.split, name="split"),
]
