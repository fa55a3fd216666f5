"""Addresses of this package, under /<event>/."""

from django.urls import path

from encommun.opendata import views

app_name = "opendata"
urlpatterns = [
    path("programme.ics", views.ics, name="ics"),
    path("programme.xml", views.xml, name="xml"),
    path("programme.json", views.json, name="json"),
    path("seances/<str:code>/seance.ics", views.session_ics, name="session_ics"),
    path("lieux.csv", views.venues, name="venues"),
    path("donnees/", views.data, name="data"),
]
