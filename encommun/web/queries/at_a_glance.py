"""A gathering on one page: what is open now, what is published so far."""

from dataclasses import dataclass
from datetime import datetime

from encommun.call.models import Call
from encommun.call.queries import public_proposals
from encommun.commons.models import Resource
from encommun.commons.queries import resources_of
from encommun.events.models import Axis, Event
from encommun.places.models import Venue
from encommun.programme.queries import Programme, Shown, latest_version, programme_of
from encommun.registration.models import PassType

MOST_SESSIONS = 6
MOST_RESOURCES = 3


@dataclass(frozen=True, kw_only=True)
class Glance:
    """What the home page of a gathering shows.

    Attributes:
        call_state: «before», «open», «closed», or empty when the gathering has no call.
        passes: those on sale now.
        programme: as published, if anything was; ``sessions`` are the first of those that have a place and a time.
    """

    axes: list[Axis]
    venues: list[Venue]
    call: Call | None
    call_state: str
    proposal_count: int
    passes: list[PassType]
    programme: Programme | None
    sessions: list[Shown]
    session_count: int
    resources: list[Resource]


def at_a_glance(event: Event, *, at: datetime) -> Glance:
    """Everything the home page shows, in a dozen statements whatever there is."""
    call = Call.objects.filter(event=event).first()
    version = latest_version(event)
    programme = programme_of(event, version) if version else None
    standing = [one for one in programme.sessions if not one.is_cancelled] if programme else []
    return Glance(
        axes=list(event.axes.all()),
        venues=list(event.venues.order_by("event_venues__position")),
        call=call,
        call_state=_call_state(call, at),
        proposal_count=public_proposals(event).count(),
        passes=list(
            PassType.objects.filter(
                event=event, offered="public", is_test=False, is_paused=False, on_sale_from__lte=at, on_sale_until__gte=at
            )
        ),
        programme=programme,
        sessions=[one for one in standing if one.starts_at][:MOST_SESSIONS],
        session_count=len(standing),
        resources=list(resources_of(event))[:MOST_RESOURCES],
    )


def _call_state(call: Call | None, at: datetime) -> str:
    if call is None:
        return ""
    if at < call.opens_at:
        return "before"
    return "open" if at <= call.closes_at else "closed"
