"""Addresses of this package, under /<event>/."""

from django.urls import path

from encommun.deliberation.views import committee, interest, polls, reading, team, writing

app_name = "deliberation"
urlpatterns = [
    path("echanges/", reading.house_rules, name="house_rules"),
    path("echanges/message/<str:comment>/", writing.comment, name="comment"),
    path("echanges/message/<str:comment>/lien/<str:token>/", writing.open_comment, name="comment_link"),
    path("echanges/message/<str:comment>/signaler/", writing.report, name="report"),
    path("echanges/suivi/<str:follow>/", writing.follow, name="follow"),
    path("echanges/suivi/<str:follow>/lien/<str:token>/", writing.open_follow, name="follow_link"),
    path("echanges/<slug:kind>/<str:code>/", reading.talk, name="talk"),
    path("echanges/<slug:kind>/<str:code>/ecrire/", writing.write, name="write"),
    path("interets/", interest.mine, name="interests"),
    path("interets/mien/<str:interest>/<str:token>/", interest.open_interest, name="interest_link"),
    path("interets/<slug:kind>/<str:code>/", interest.interest, name="interest"),
    path("organisation/echanges/", team.moderation, name="team"),
    path("organisation/echanges/regles/<slug:kind>/", team.set_talk, name="set_talk"),
    path("organisation/echanges/<str:comment>/", team.moderate, name="moderate"),
    path("comite/", committee.committee, name="committee"),
    path("comite/rejoindre/", committee.join, name="join"),
    path("organisation/comite/", committee.team, name="committee_team"),
    path("organisation/comite/reunions/", committee.add_meeting, name="add_meeting"),
    path("organisation/comite/reunions/<str:meeting>/", committee.meeting, name="meeting"),
    path("organisation/comite/decisions/", committee.add_resolution, name="add_resolution"),
    path("organisation/comite/personnes/<str:member>/", committee.answer, name="answer_request"),
    path("scrutins/", polls.polls, name="polls"),
    path("scrutins/<str:poll>/", polls.poll, name="poll"),
    path("scrutins/<str:poll>/voter/", polls.vote, name="vote"),
    path("scrutins/<str:poll>/bulletins.csv", polls.ballots_csv, name="ballots_csv"),
    path("scrutins/<str:poll>/bulletins.json", polls.ballots_json, name="ballots_json"),
    path("organisation/scrutins/", polls.team, name="team_polls"),
    path("organisation/scrutins/<str:poll>/", polls.team_one, name="team_poll"),
]
