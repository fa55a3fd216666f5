"""An axis and what is gathered under it."""

from dataclasses import dataclass

from encommun.call.anonymity import as_everyone_sees
from encommun.call.models import Proposal
from encommun.call.queries import public_proposals
from encommun.commons.models import Resource
from encommun.commons.queries import resources_of
from encommun.events.models import Axis, Event
from encommun.foundation.refusals import NotFound
from encommun.programme.queries import Shown, latest_version, programme_of

MOST = 12


@dataclass(frozen=True, kw_only=True)
class AxisPage:
    """An axis with its latest proposals, its published sessions and its resources (at most twelve of each)."""

    axis: Axis
    others: list[Axis]
    proposals: list[Proposal]
    proposal_count: int
    sessions: list[Shown]
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
    version = latest_version(event)
    sessions = programme_of(event, version).sessions if version else []
    return AxisPage(
        axis=axis,
        others=[other for other in axes if other != axis],
        proposals=as_everyone_sees(proposals[:MOST], event),
        proposal_count=proposals.count(),
        sessions=[one for one in sessions if one.axis and one.axis.slug == slug and not one.is_cancelled][:MOST],
        resources=list(resources_of(event, axis=slug)),
    )
