"""Addresses of this package, under /<event>/."""

from django.urls import path

from encommun.commons.views import notes, resources, team

app_name = "commons"
urlpatterns = [
    path("communs/", resources.commons, name="list"),
    path("communs/<slug:code>/", resources.resource, name="resource"),
    path("communs/<slug:code>.md", resources.markdown, name="markdown"),
    path("seances/<slug:code>/notes/", notes.note, name="note"),
    path("seances/<slug:code>/notes/credit/", notes.credit, name="credit"),
    path("seances/<slug:code>/notes/lien/<slug:token>/", notes.link, name="note_link"),
    path("organisation/notes/", team.team_list, name="team_list"),
    path("organisation/notes/<slug:code>/", team.publish, name="publish"),
]
