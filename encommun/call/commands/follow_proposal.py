"""Follow a proposal, and say how far one has read."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language

from encommun.call.models import Proposal, Reading
from encommun.deliberation.commands import follow
from encommun.deliberation.models import Follow
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound


@transaction.atomic
def follow_proposal(proposal: Proposal, *, follows: bool, by_letter: bool = False, actor: Actor, at: datetime) -> None:
    """Follow a public proposal from its present version on, or stop. A note to oneself: nothing is recorded of it.

    Args:
        by_letter: also be told of what changes and what is said, by a letter a day at most.

    Raises:
        NotFound: nobody is signed in.
    """
    if not actor.is_signed_in:
        raise NotFound()
    theirs = Follow.objects.filter(event=proposal.event, topic_kind="proposal", topic_code=proposal.code, email=actor.email)
    if not (follows and by_letter):
        theirs.update(stopped_at=at)
    if not follows:
        Reading.objects.filter(account_id=actor.account_id, proposal=proposal).delete()
        return
    note_reading(proposal, actor=actor, at=at)
    if by_letter:
        her = {"email": actor.email, "account_id": actor.account_id, "language": get_language() or "fr"}
        follow(proposal.event, "proposal", proposal.code, **her, again=True, actor=actor, at=at)


@transaction.atomic
def note_reading(proposal: Proposal, *, actor: Actor, at: datetime) -> None:
    """She has read it as it is now."""
    read = {"version": proposal.version, "at": at}
    Reading.objects.update_or_create(account_id=actor.account_id, proposal=proposal, defaults=read)
