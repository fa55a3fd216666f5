"""Who may read, judge, and see what others think."""

from encommun.call.models import Choosing, Conflict, Proposal, Review
from encommun.call.refusals import InConflict, NotPublished, NotReading, OwnReading
from encommun.call.rules import is_author, may_choose
from encommun.deliberation.queries import is_member
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, Verdict


def choosing_of(event: Event) -> Choosing | None:
    """How the event chooses, if it has said so."""
    return Choosing.objects.filter(event=event).first()


def may_read(actor: Actor, event: Event) -> Verdict:
    """Whether the actor reads proposals: the programme team and the committee. To anybody else these pages do not exist."""
    if not actor.is_signed_in:
        return NotFound()
    return True if may_choose(actor, event) is True or is_member(actor, event) else NotFound()


def is_in_conflict(actor: Actor, proposal: Proposal) -> bool:
    """Whether the actor said that she is too close to it."""
    return Conflict.objects.filter(proposal=proposal, account_id=actor.account_id).exists()


def may_look_at(actor: Actor, proposal: Proposal) -> Verdict:
    """Whether a reader opens a proposal in the reading pages: never her own."""
    if (may := may_read(actor, proposal.event)) is not True:
        return may
    if is_author(actor, proposal):
        return OwnReading()
    return True if proposal.state == Proposal.State.PUBLISHED else NotPublished()


def may_review(actor: Actor, proposal: Proposal, choosing: Choosing | None) -> Verdict:
    """Whether the actor says what she thinks of a proposal, or changes it."""
    if (may := may_look_at(actor, proposal)) is not True:
        return may
    if is_in_conflict(actor, proposal):
        return InConflict()
    return True if choosing is not None and choosing.phase in Choosing.HIDDEN_IN else NotReading()


def may_see_reviews(actor: Actor, proposal: Proposal, choosing: Choosing | None) -> bool:
    """Whether the actor reads what others think: after giving her own view, or once readers talk; never of her own, never in conflict."""
    if may_look_at(actor, proposal) is not True or is_in_conflict(actor, proposal):
        return False
    if choosing is not None and choosing.phase in (Choosing.Phase.TALKING, Choosing.Phase.OVER):
        return True
    return Review.objects.filter(proposal=proposal, account_id=actor.account_id, given_at__isnull=False).exists()
