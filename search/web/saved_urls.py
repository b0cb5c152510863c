"""Saved searches and followed projects, under the account."""

from django.urls import path

from search.web import saved

app_name = "saved"
urlpatterns = [
    path("searches/", saved.overview, name="searches"),
    path("searches/new/", saved.new, name="new"),
    path("searches/<int:pk>/", saved.edit, name="edit"),
    path("searches/<int:pk>/delete/", saved.delete, name="delete"),
    path("follows/<str:code>/", saved.follow, name="follow"),
    path("follows/<str:code>/end/", saved.unfollow, name="unfollow"),
    path("stop/<str:token>/", saved.stop, name="stop"),
]
