"""Answer a proposal, as a team; the authors read it once answers are released."""

from datetime import datetime

from django.db import transaction

from encommun.call.models import Decision, Proposal
from encommun.call.refusals import ReasonMissing, UnknownChoice
from encommun.call.rules import may_decide
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_text
from encommun.journal.commands import record


@transaction.atomic
def decide(proposal: Proposal, *, outcome: str, reason: str, actor: Actor, at: datetime) -> Decision:
    """Write the answer, or change it until it is released.

    Raises:
        NotAllowed, OwnProposal: the actor does not choose here, or is among the authors.
        NotPublished, AlreadyReleased: there is nothing to answer, or the authors have read the answer.
        UnknownChoice, ReasonMissing: not an outcome, or no reason.
    """
    Proposal.objects.select_for_update().filter(pk=proposal.pk).first()
    former = Decision.objects.filter(proposal=proposal).first()
    if former is not None:
        proposal.decision = former
    require(may_decide(actor, proposal))
    if outcome not in Decision.Outcome.values:
        raise UnknownChoice(choice=outcome)
    if not (reason := clean_text(reason)):
        raise ReasonMissing()
    decision, _made = Decision.objects.update_or_create(
        proposal=proposal,
        defaults={"outcome": outcome, "reason": reason, "decided_by_id": actor.account_id, "decided_at": at},
    )
    record("call.proposal_decided", actor=actor, at=at, event_id=proposal.event_id, about=proposal, outcome=outcome)
    return decision
