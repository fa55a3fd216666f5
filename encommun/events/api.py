"""Gatherings and their axes as JSON."""

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema

from encommun.events.models import Event
from encommun.events.pages import event_of
from encommun.events.queries import events_seen_by
from encommun.foundation.actor import VISITOR
from encommun.ui.api import Slug, open_read, problems

router = Router(tags=["Gatherings"], auth=None)


class EventAnswer(Schema):
    slug: str
    name: str
    edition: dict[str, str]
    tagline: dict[str, str]
    purpose: dict[str, str]
    town: str
    starts_on: date
    ends_on: date
    timezone: str


class AxisAnswer(Schema):
    slug: str
    title: dict[str, str]
    text: dict[str, str]


class Events(Schema):
    items: list[EventAnswer]


class Axes(Schema):
    items: list[AxisAnswer]


@router.get("", response=Events, summary="Gatherings")
@open_read()
def list_events(request: HttpRequest) -> dict[str, list[Event]]:
    """Public gatherings of this instance, the next ones last. Texts are given by language."""
    return {"items": events_seen_by(VISITOR)}


@router.get("/{event}", response={200: EventAnswer, **problems(404, 422)}, summary="A gathering")
@open_read()
def get_event(request: HttpRequest, event: Slug) -> Event:
    """One gathering, by its short name."""
    return event_of(request, event)


@router.get("/{event}/axes", response={200: Axes, **problems(404, 422)}, summary="Working axes")
@open_read()
def list_axes(request: HttpRequest, event: Slug) -> dict[str, list[object]]:
    """What sessions are gathered under, in order."""
    return {"items": list(event_of(request, event).axes.all())}
