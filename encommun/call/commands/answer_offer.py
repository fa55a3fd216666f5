"""Accept or decline what the team offers; show its reason to everyone, or not."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from encommun.call.commands.edit_proposal import edit_proposal
from encommun.call.commands.open_merge import open_merge
from encommun.call.content import Content
from encommun.call.models import Decision, Merge, Proposal
from encommun.call.refusals import NotToMerge
from encommun.call.rules import may_answer_offer, may_show_reason
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record


@transaction.atomic
def answer_offer(proposal: Proposal, *, accepts: bool, actor: Actor, at: datetime) -> Merge | None:
    """Say yes or no to the offer.

    A yes to a place makes a session of the programme (in the other format, if that is what was offered); a yes to «together with
    another» asks everybody who wrote one or the other, and answers that merge; a yes to a local edition is noted for it.

    Raises:
        NotFound, NotPublished: the actor is no author, or it was withdrawn.
        NoOffer, AlreadyAnswered: nothing was offered, or it was answered before.
        NotToMerge, MergeWaits: the other proposal is no more, or a merge of one of the two waits already.
    """
    Proposal.objects.select_for_update().filter(pk=proposal.pk).first()
    decision = Decision.objects.select_related("format", "merge_with").filter(proposal=proposal).first()
    if decision is not None:
        proposal.decision = decision
    require(may_answer_offer(actor, proposal))
    decision.answer = Decision.Answer.ACCEPTED if accepts else Decision.Answer.DECLINED
    decision.answered_at = at
    decision.save(update_fields=["answer", "answered_at"])
    if accepts and decision.format is not None:
        _take_format(proposal, decision, actor=actor, at=at)
    kind = "call.offer_accepted" if accepts else "call.offer_declined"
    record(kind, actor=actor, at=at, event_id=proposal.event_id, about=proposal, public=True, outcome=decision.outcome)
    return _ask_to_merge(proposal, decision, actor=actor, at=at) if accepts and decision.outcome == Decision.Outcome.MERGE else None


def _take_format(proposal: Proposal, decision: Decision, *, actor: Actor, at: datetime) -> None:
    content = Content.of(proposal)
    minutes = decision.minutes or decision.format.minutes
    edit_proposal(
        proposal,
        replace(content, format=decision.format.slug, format_described="", minutes=minutes),
        version=proposal.version,
        actor=actor,
        at=at,
    )


def _ask_to_merge(proposal: Proposal, decision: Decision, *, actor: Actor, at: datetime) -> Merge:
    into = decision.merge_with
    if into is None:
        raise NotToMerge()
    into.event = proposal.event
    two = Q(into=into, other=proposal) | Q(into=proposal, other=into)
    waiting = Merge.objects.filter(two, state=Merge.State.OPEN).first()
    return waiting or open_merge(into, proposal, words="", actor=actor, at=at)


@transaction.atomic
def show_reason(proposal: Proposal, *, is_public: bool, actor: Actor, at: datetime) -> None:
    """Let everyone read why the team answered so, or no longer.

    Raises:
        NotFound: the actor is no author.
        NoOffer: no answer has left.
    """
    require(may_show_reason(actor, proposal))
    Decision.objects.filter(proposal=proposal).update(reason_is_public=is_public)
    record("call.reason_shown", actor=actor, at=at, event_id=proposal.event_id, about=proposal, public=True, is_public=is_public)
