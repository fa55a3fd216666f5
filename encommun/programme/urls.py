"""Addresses of this package, under /<event>/."""

from django.urls import path

from encommun.programme.views import editing, public, publishing, team

app_name = "programme"
urlpatterns = [
    path("programme/", public.programme, name="programme"),
    path("programme/versions/", public.versions, name="versions"),
    path("programme/versions/<int:number>/", public.version, name="version"),
    path("seances/<str:code>/", public.session, name="session"),
    path("organisation/programme/", team.draft, name="team"),
    path("organisation/programme/placer/", team.place, name="place"),
    path("organisation/programme/creneaux/", editing.slots, name="slots"),
    path("organisation/programme/publier/", publishing.publish, name="publish"),
    path("organisation/programme/nouvelle/", editing.new, name="new"),
    path("organisation/programme/<str:code>/", editing.edit, name="edit"),
    path("organisation/programme/<str:code>/retirer/", team.unplace, name="unplace"),
    path("organisation/programme/<str:code>/remettre/", team.put_back, name="put_back"),
    path("organisation/programme/<str:code>/confirmer/", team.confirm, name="confirm"),
    path("organisation/programme/<str:code>/annuler/", team.cancel, name="cancel"),
]
