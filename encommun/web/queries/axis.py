"""An axis and what is gathered under it."""

from dataclasses import dataclass
from typing import Any

from encommun.call.models import Proposal
from encommun.call.queries import public_proposals
from encommun.commons.models import Resource
from encommun.events.models import Axis, Event
from encommun.foundation.refusals import NotFound
from encommun.programme.models import ProgrammeVersion

MOST = 12


@dataclass(frozen=True, kw_only=True)
class AxisPage:
    """An axis with its latest proposals, its published sessions and its resources (at most twelve of each)."""

    axis: Axis
    others: list[Axis]
    proposals: list[Proposal]
    proposal_count: int
    sessions: list[dict[str, Any]]
    resources: list[Resource]


def axis_page(event: Event, slug: str) -> AxisPage:
    """The page of an axis.

    Raises:
        NotFound: the event has no such axis.
    """
    axes = list(event.axes.all())
    axis = next((axis for axis in axes if axis.slug == slug), None)
    if axis is None:
        raise NotFound()
    proposals = public_proposals(event, axis=slug)
    version = ProgrammeVersion.objects.filter(event=event).order_by("-number").first()
    sessions = [one for one in (version.content.get("sessions", ()) if version else ()) if one.get("axis") == slug]
    return AxisPage(
        axis=axis,
        others=[other for other in axes if other != axis],
        proposals=list(proposals[:MOST]),
        proposal_count=proposals.count(),
        sessions=[session for session in sessions if session.get("state") != "cancelled"][:MOST],
        resources=list(Resource.objects.filter(event=event, axis=axis, withdrawn_at=None).order_by("-published_at")[:MOST]),
    )
