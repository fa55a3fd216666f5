"""Confirm or decline what the team offers."""

from datetime import datetime

from django.db import transaction

from encommun.call.models import Decision, Proposal
from encommun.call.rules import may_answer_offer
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record


@transaction.atomic
def answer_offer(proposal: Proposal, *, accepts: bool, actor: Actor, at: datetime) -> None:
    """Say yes or no to the offer; a yes makes a session of the programme.

    Raises:
        NotFound, NotPublished: the actor is no author, or it was withdrawn.
        NoOffer, AlreadyAnswered: nothing was offered, or it was answered before.
    """
    Proposal.objects.select_for_update().filter(pk=proposal.pk).first()
    decision = Decision.objects.filter(proposal=proposal).first()
    if decision is not None:
        proposal.decision = decision
    require(may_answer_offer(actor, proposal))
    decision.answer = Decision.Answer.ACCEPTED if accepts else Decision.Answer.DECLINED
    decision.answered_at = at
    decision.save(update_fields=["answer", "answered_at"])
    kind = "call.offer_accepted" if accepts else "call.offer_declined"
    record(kind, actor=actor, at=at, event_id=proposal.event_id, about=proposal, public=True, outcome=decision.outcome)
