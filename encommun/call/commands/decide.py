"""Answer a proposal, as a team; the authors read it once answers are released."""

from datetime import datetime

from django.db import transaction

from encommun.call.models import Decision, Format, Proposal
from encommun.call.refusals import MergeWithMissing, ReasonMissing, UnknownChoice
from encommun.call.rules import may_decide
from encommun.foundation.actor import Actor
from encommun.foundation.codes import read_code
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_text
from encommun.journal.commands import record


@transaction.atomic
def decide(
    proposal: Proposal,
    *,
    outcome: str,
    reason: str,
    merge_with: str = "",
    format: str = "",
    minutes: int | None = None,
    actor: Actor,
    at: datetime,
) -> Decision:
    """Write the answer, or change it until it is released.

    Args:
        merge_with: the code of the other proposal, for «together with another».
        format, minutes: slug and length, for «yes, in another format»; the proposal takes them when its authors accept.

    Raises:
        NotAllowed, OwnProposal: the actor does not choose here, or is among the authors.
        NotPublished, AlreadyReleased: there is nothing to answer, or the authors have read the answer.
        UnknownChoice, ReasonMissing: not an outcome or a format, or no reason.
        MergeWithMissing: «together with another» without another that is published.
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
    other = _other(proposal, merge_with) if outcome == Decision.Outcome.MERGE else None
    is_other_format = outcome == Decision.Outcome.YES_OTHER_FORMAT
    decision, _made = Decision.objects.update_or_create(
        proposal=proposal,
        defaults={
            "outcome": outcome,
            "reason": reason,
            "merge_with": other,
            "format": _format(proposal, format) if is_other_format and format else None,
            "minutes": minutes if is_other_format else None,
            "decided_by_id": actor.account_id,
            "decided_at": at,
        },
    )
    record("call.proposal_decided", actor=actor, at=at, event_id=proposal.event_id, about=proposal, outcome=outcome)
    return decision


def _format(proposal: Proposal, slug: str) -> Format:
    found = Format.objects.filter(event_id=proposal.event_id, slug=slug, is_free=False).first()
    if found is None:
        raise UnknownChoice(choice=slug)
    return found


def _other(proposal: Proposal, code: str) -> Proposal:
    published = Proposal.objects.filter(event_id=proposal.event_id, state=Proposal.State.PUBLISHED)
    other = published.filter(code=read_code(code)).exclude(pk=proposal.pk).first()
    if other is None:
        raise MergeWithMissing()
    return other
