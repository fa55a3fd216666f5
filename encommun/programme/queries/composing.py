"""What sessions are composed from."""

from encommun.call.anonymity import hides_authors_from
from encommun.call.models import Proposal
from encommun.deliberation.queries import interest_counts
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.programme.models import Session


def proposals_to_try(event: Event, search: str, *, actor: Actor) -> list[Proposal]:
    """Public proposals without a session, those that interest most first; ``interest`` is put on each. None while names are hidden."""
    if hides_authors_from(actor, event):
        return []
    drafted = Session.objects.filter(event=event)
    found = Proposal.objects.filter(event=event, state=Proposal.State.PUBLISHED)
    found = found.exclude(pk__in=drafted.exclude(proposal=None).values("proposal")).exclude(
        pk__in=drafted.exclude(united=None).values("united")
    )
    if search.strip():
        found = found.filter(title__icontains=search.strip())
    counts = interest_counts(event, "proposal")
    listed = list(found.select_related("axis", "format"))
    for one in listed:
        one.interest = counts.get(one.code, 0)
    return sorted(listed, key=lambda one: (-one.interest, one.title.casefold()))


def others_of(session: Session) -> list[Session]:
    """The other sessions of the draft that stand, by title."""
    found = Session.objects.filter(event=session.event_id).exclude(pk=session.pk).exclude(state=Session.State.CANCELLED)
    return list(found.select_related("event", "proposal").order_by("title", "id"))
