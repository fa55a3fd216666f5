"""Accept an invitation, or decline it."""

from datetime import datetime

from django.db import transaction

from encommun.call.commands.join import join
from encommun.call.models import Author, Invitation, Proposal
from encommun.call.rules import may_answer_invitation
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record


@transaction.atomic
def answer_invitation(invitation: Invitation, *, accepts: bool, actor: Actor, at: datetime) -> Author | None:
    """Say yes or no; a yes makes her an author, with her own link, consents and edits.

    Raises:
        NotFound: the actor is not the one invited.
        InvitationAnswered, AlreadyWithdrawn: answered or taken back before, or the proposal is no more.
        AlreadyAuthor: she became an author another way meanwhile.
    """
    Proposal.objects.select_for_update().filter(pk=invitation.proposal_id).first()
    invitation.state = Invitation.objects.values_list("state", flat=True).get(pk=invitation.pk)
    require(may_answer_invitation(actor, invitation))
    invitation.state = Invitation.State.ACCEPTED if accepts else Invitation.State.DECLINED
    invitation.answered_at = at
    invitation.save(update_fields=["state", "answered_at"])
    proposal = invitation.proposal
    author = None
    if accepts:
        account_id = actor.account_id if actor.email == invitation.email else None
        author = join(proposal, email=invitation.email, account_id=account_id, name="", part=invitation.part, actor=actor, at=at)
    record(
        "call.invitation_answered",
        actor=actor,
        at=at,
        event_id=proposal.event_id,
        about=proposal,
        invitation=invitation.pk,
        accepted=accepts,
    )
    return author
