"""Addresses of this package, under /<event>/."""

from django.urls import path

from encommun.call.views import author, public, start, team

app_name = "call"
urlpatterns = [
    path("opencall/", start.open_call, name="open"),
    path("opencall/lien/", start.ask_link, name="ask_link"),
    path("opencall/<str:code>/", author.draft, name="draft"),
    path("opencall/<str:code>/enregistrer/", author.autosave, name="autosave"),
    path("opencall/<str:code>/lien/<str:token>/", start.open_draft, name="link"),
    path("opencall/<str:code>/retirer/", author.withdraw, name="withdraw"),
    path("opencall/<str:code>/reponse/", author.answer, name="answer"),
    path("propositions/", public.proposals, name="list"),
    path("propositions/<str:code>/", public.proposal, name="proposal"),
    path("organisation/propositions/", team.proposals, name="team_list"),
    path("organisation/propositions/reponses/", team.release, name="release"),
    path("organisation/propositions/<str:code>/", team.proposal, name="team_proposal"),
]
