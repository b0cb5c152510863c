from django.urls import path

from search.web import views

app_name = "search"
urlpatterns = [
    path("", views.results, name="results"),
    path("clicked/", views.clicked, name="clicked"),
    path("suggest/", views.suggestions, name="suggestions"),
]
