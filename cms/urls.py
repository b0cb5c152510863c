"""Addresses that are not pages of editors: what the map loads. They are the same in every language."""

from django.urls import path

from cms import project_map

app_name = "cms"
urlpatterns = [
    path("wards.geojson", project_map.wards, name="map_wards"),
    path("projects.geojson", project_map.projects, name="map_projects"),
]
