"""The first page of a team: what waits for it."""

from django.http import HttpRequest, HttpResponse

from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.web.queries import to_do_of


def team_home(request: HttpRequest, event: str) -> HttpResponse:
    """Numbers and next steps, for the roles that the person holds."""
    found = team_event_of(request, event)
    return render(request, "web/team_home.html", {"to_do": to_do_of(request.actor, found, at=clock.now())})
