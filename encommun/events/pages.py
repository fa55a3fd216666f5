"""What every page of an event begins with."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as django_render

from encommun.events.models import Event
from encommun.events.queries import event_seen_by
from encommun.foundation.actor import Role
from encommun.foundation.refusals import NotFound


def event_of(request: HttpRequest, slug: str) -> Event:
    """The event of the address, as the actor may see it; kept on ``request.event``.

    Raises:
        NotFound: there is none that the actor may see.
    """
    request.event = event_seen_by(request.actor, slug)
    return request.event


def team_event_of(request: HttpRequest, slug: str, *roles: Role) -> Event:
    """The event of a team page. Without the role the page does not exist.

    Raises:
        NotFound: no such event, or the actor holds none of the roles on it.
    """
    event = event_of(request, slug)
    if not (request.actor.has_role(event.pk, *roles) if roles else request.actor.is_in_team(event.pk)):
        raise NotFound()
    return event


def render(request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """Draw a page of the event: ``event`` is always in the context."""
    return django_render(request, template, {"event": request.event, **(context or {})}, status=status)
