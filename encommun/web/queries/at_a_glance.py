"""A gathering on one page: what is open now, what is published so far."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from encommun.call.models import Call, Proposal
from encommun.call.queries import public_proposals
from encommun.commons.models import Resource
from encommun.events.models import Axis, Event
from encommun.places.models import Venue
from encommun.programme.models import ProgrammeVersion
from encommun.registration.models import PassType

MOST_SESSIONS = 6
MOST_RESOURCES = 3


@dataclass(frozen=True, kw_only=True)
class Glance:
    """What the home page of a gathering shows.

    Attributes:
        call: the call, whatever its state; ``call_state`` is «before», «open», «closed» or empty.
        passes: those on sale now.
        sessions: the first placed sessions of the published programme, as its content holds them.
    """

    axes: list[Axis]
    venues: list[Venue]
    call: Call | None
    call_state: str
    proposal_count: int
    passes: list[PassType]
    version: ProgrammeVersion | None
    sessions: list[dict[str, Any]]
    session_count: int
    resources: list[Resource]


def at_a_glance(event: Event, *, at: datetime) -> Glance:
    """Everything the home page shows. Nine statements, whatever there is."""
    call = Call.objects.filter(event=event).first()
    version = ProgrammeVersion.objects.filter(event=event).order_by("-number").first()
    sessions = _standing(version)
    placed = [session for session in sessions if session.get("starts_at")]
    return Glance(
        axes=list(event.axes.all()),
        venues=list(event.venues.order_by("event_venues__position")),
        call=call,
        call_state=_call_state(call, at),
        proposal_count=public_proposals(event).count(),
        passes=list(PassType.objects.filter(event=event, on_sale_from__lte=at, on_sale_until__gte=at)),
        version=version,
        sessions=sorted(placed, key=lambda session: (session["starts_at"], session["title"]))[:MOST_SESSIONS],
        session_count=len(sessions),
        resources=list(
            Resource.objects.filter(event=event, withdrawn_at=None).select_related("axis").order_by("-published_at", "-id")[:MOST_RESOURCES]
        ),
    )


def _standing(version: ProgrammeVersion | None) -> list[dict[str, Any]]:
    """Sessions of a published version that are not cancelled."""
    if version is None:
        return []
    return [session for session in version.content.get("sessions", ()) if session.get("state") != "cancelled"]


def _call_state(call: Call | None, at: datetime) -> str:
    if call is None:
        return ""
    if at < call.opens_at:
        return "before"
    return "open" if at <= call.closes_at else "closed"
