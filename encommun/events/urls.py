"""Addresses of an event's own pages, under /<event>/; those that show several packages are added in ``web/urls.py``."""

from django.urls import path

from encommun.events.views import gathering, public, team_people

app_name = "events"
urlpatterns = [
    path("axes-de-travail/", public.axes, name="axes"),
    path("organisation/rencontre/", gathering.gathering, name="gathering"),
    path("organisation/rencontre/montrer/", gathering.show, name="show"),
    path("organisation/rencontre/axes/nouveau/", gathering.axis, name="new_axis"),
    path("organisation/rencontre/axes/<slug:axis>/modifier/", gathering.axis, name="edit_axis"),
    path("organisation/rencontre/structures/nouvelle/", gathering.support, name="new_support"),
    path("organisation/rencontre/structures/<int:number>/", gathering.support, name="edit_support"),
    path("organisation/equipe/", team_people.people, name="team_people"),
    path("organisation/equipe/roles/", team_people.give, name="give_role"),
    path("organisation/equipe/roles/<int:membership>/", team_people.take, name="take_role"),
    path("organisation/equipe/cles/", team_people.make_key, name="make_key"),
    path("organisation/equipe/cles/<int:token>/", team_people.revoke_key, name="revoke_key"),
]
