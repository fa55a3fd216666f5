"""Building together: what authors see of it, and what everyone does."""

from django.db.models import QuerySet

from encommun.call.models import Help, Invitation, Proposal, Wanted
from encommun.call.rules import is_helper, may_answer_invitation, may_build
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require


def waiting_invitations(proposal: Proposal) -> list[Invitation]:
    """Invitations that nobody has answered yet."""
    return list(proposal.invitations.filter(state=Invitation.State.WAITING))


def waiting_helps(proposal: Proposal) -> list[Help]:
    """Offers of help that wait for the authors."""
    return list(proposal.helps.filter(state=Help.State.WAITING).select_related("wanted"))


def invitation_seen_by(actor: Actor, event: Event, code: str, invitation: str) -> Invitation:
    """An invitation, for the one invited, in any state.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    found = _invitations(event, code).filter(code=invitation).first()
    if found is None or isinstance(may_answer_invitation(actor, found), NotFound):
        raise NotFound()
    return found


def invitation_of_author(actor: Actor, proposal: Proposal, invitation: str) -> Invitation:
    """An invitation of a proposal, for its authors.

    Raises:
        NotFound: there is none, or the actor does not build the proposal.
    """
    require(may_build(actor, proposal))
    return _of(proposal.invitations.filter(code=invitation).first(), proposal)


def help_seen_by(actor: Actor, event: Event, code: str, help: str) -> Help:
    """An offer of help, for the one who made it.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    found = _helps(event, code).filter(code=help).first()
    if found is None:
        raise NotFound()
    require(is_helper(actor, found))
    return found


def help_of_author(actor: Actor, proposal: Proposal, help: str) -> Help:
    """An offer of help, for the authors; one whose address is not proven does not exist yet.

    Raises:
        NotFound: there is none, or the actor does not build the proposal.
    """
    require(may_build(actor, proposal))
    found = proposal.helps.exclude(state=Help.State.UNPROVEN).select_related("wanted").filter(code=help).first()
    return _of(found, proposal)


def _of[Row: (Invitation, Help, Wanted)](found: Row | None, proposal: Proposal) -> Row:
    if found is None:
        raise NotFound()
    found.proposal = proposal
    return found


def _invitations(event: Event, code: str) -> QuerySet[Invitation]:
    return Invitation.objects.filter(proposal__event=event, proposal__code=code).select_related("proposal__event")


def _helps(event: Event, code: str) -> QuerySet[Help]:
    return Help.objects.filter(proposal__event=event, proposal__code=code).select_related("proposal__event", "wanted")


def wanted_of_author(actor: Actor, proposal: Proposal, number: int) -> Wanted:
    """Something that a proposal looks for, for its authors.

    Raises:
        NotFound: there is none, or the actor does not build the proposal.
    """
    require(may_build(actor, proposal))
    return _of(proposal.wanted.filter(pk=number).first(), proposal)


def open_wanted(event: Event, *, part: str = "") -> QuerySet[Wanted]:
    """All that published proposals look for, the latest first."""
    found = Wanted.objects.filter(proposal__event=event, proposal__state=Proposal.State.PUBLISHED, closed_at=None)
    if part:
        found = found.filter(part=part)
    return found.select_related("proposal__axis").order_by("-made_at", "-id")
