"""Proposals as their authors see them."""

from django.db.models import Q

from encommun.call.models import Author, Proposal
from encommun.call.rules import LINK, may_see_as_author
from encommun.events.models import Event, Presence
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require


def proposal_of_author(event: Event, code: str, actor: Actor) -> Proposal:
    """The proposal of that code, in any state, for one of its authors.

    Raises:
        NotFound: there is none, or the actor is no author of it.
    """
    proposal = (
        Proposal.objects.select_related("axis", "format", "decision")
        .prefetch_related("authors")
        .filter(event=event, code=code)
        .first()
    )
    if proposal is None:
        raise NotFound()
    proposal.event = event
    require(may_see_as_author(actor, proposal))
    return proposal


def presence_of(author: Author) -> Presence:
    """Her hours at the gathering, said with any of her proposals."""
    hers = Author.objects.filter(proposal__event=author.proposal.event_id, email=author.email).order_by("-id")
    return next((said for one in hers if (said := one.presence) != Presence()), author.presence)


def proposals_of(actor: Actor, event: Event | None = None) -> list[Proposal]:
    """Everything that the actor proposed (by account, by address, by links opened), the latest first; at most fifty."""
    codes = [subject for purpose, subject in actor.links if purpose == LINK]
    mine = Q(pk__in=Author.objects.filter(code__in=codes).exclude(email="").values("proposal_id"))
    if actor.is_signed_in:
        written = Author.objects.filter(Q(account_id=actor.account_id) | Q(email=actor.email))
        mine |= Q(pk__in=written.values("proposal_id"))
    found = (
        Proposal.objects.filter(mine)
        .exclude(state__in=(Proposal.State.WITHDRAWN, Proposal.State.MERGED))
        .select_related("event", "decision")
    )
    if event is not None:
        found = found.filter(event=event)
    return list(found.order_by("-saved_at")[:50])
