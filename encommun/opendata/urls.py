"""Addresses of this package, under /<event>/."""

from django.urls import path

from encommun.opendata import views
from encommun.opendata.formats import FORMATS

app_name = "opendata"
urlpatterns = [
    *(path(one.name, views.of_now, {"form": name}, name=name) for name, one in FORMATS.items()),
    path("programme.atom", views.atom, name="atom"),
    path("programme/versions/<int:number>/<str:name>", views.of_version, name="of_version"),
    path("seances/<str:code>/seance.ics", views.session_ics, name="session_ics"),
    path("axes-de-travail/<slug:axis>/programme.ics", views.axis_ics, name="axis_ics"),
    path("personnes/<int:number>/programme.ics", views.person_ics, name="person_ics"),
    path("lieux.csv", views.venues, name="venues"),
    path("lieux.json", views.venues_json, name="venues_json"),
    path("donnees/", views.data, name="data"),
]
