"""Addresses of an event's own pages, under /<event>/; those that show several packages are added in ``web/urls.py``."""

from django.urls import path

from encommun.events.views import public, team_people

app_name = "events"
urlpatterns = [
    path("axes-de-travail/", public.axes, name="axes"),
    path("organisation/equipe/", team_people.people, name="team_people"),
    path("organisation/equipe/roles/", team_people.give, name="give_role"),
    path("organisation/equipe/roles/<int:membership>/", team_people.take, name="take_role"),
    path("organisation/equipe/cles/", team_people.make_key, name="make_key"),
    path("organisation/equipe/cles/<int:token>/", team_people.revoke_key, name="revoke_key"),
]
