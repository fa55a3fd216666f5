"""Withdraw a proposal, or give up a draft."""

from datetime import datetime

from django.db import transaction

from encommun.call.models import Proposal
from encommun.call.rules import may_withdraw
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record


@transaction.atomic
def withdraw_proposal(proposal: Proposal, *, actor: Actor, at: datetime) -> None:
    """Take it back. Its public address, if it had one, says so from now on.

    Raises:
        NotFound, AlreadyWithdrawn: the actor is no author, or it was withdrawn before.
    """
    proposal.state = Proposal.objects.select_for_update().values_list("state", flat=True).get(pk=proposal.pk)
    require(may_withdraw(actor, proposal))
    was_public = proposal.published_at is not None
    proposal.state, proposal.withdrawn_at = Proposal.State.WITHDRAWN, at
    proposal.save(update_fields=["state", "withdrawn_at"])
    record("call.proposal_withdrawn", actor=actor, at=at, event_id=proposal.event_id, about=proposal, public=was_public)
