"""Follow a proposal, and say how far one has read."""

from datetime import datetime

from django.db import transaction

from encommun.call.models import Proposal, Reading
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound


@transaction.atomic
def follow_proposal(proposal: Proposal, *, follows: bool, actor: Actor, at: datetime) -> None:
    """Follow a public proposal from its present version on, or stop. A note to oneself: nothing is recorded of it.

    Raises:
        NotFound: nobody is signed in.
    """
    if not actor.is_signed_in:
        raise NotFound()
    if not follows:
        Reading.objects.filter(account_id=actor.account_id, proposal=proposal).delete()
        return
    note_reading(proposal, actor=actor, at=at)


@transaction.atomic
def note_reading(proposal: Proposal, *, actor: Actor, at: datetime) -> None:
    """She has read it as it is now."""
    read = {"version": proposal.version, "at": at}
    Reading.objects.update_or_create(account_id=actor.account_id, proposal=proposal, defaults=read)
