"""Addresses of an event's own pages, under /<event>/."""

from django.urls import path

from encommun.events.views import public

app_name = "events"
urlpatterns = [
    path("", public.home, name="home"),
    path("axes-de-travail/", public.axes, name="axes"),
    path("axes-de-travail/<slug:axis>/", public.axis, name="axis"),
]
