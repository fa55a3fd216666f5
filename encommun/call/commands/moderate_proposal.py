"""Look after what is public: report a proposal, remove it, leave it, put it back."""

from datetime import datetime

from django.db import transaction

from encommun.call.models import Proposal, ProposalReport
from encommun.call.refusals import NotPublished, NotRemoved
from encommun.deliberation.models import Reason
from encommun.deliberation.refusals import UnknownReason
from encommun.deliberation.rules import may_moderate
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_text
from encommun.journal.commands import record


@transaction.atomic
def report_proposal(proposal: Proposal, *, reason: str, words: str = "", actor: Actor, at: datetime) -> None:
    """Tell the team that it should not be public. Who tells is not kept; it stays until the team has looked.

    Raises:
        NotPublished, UnknownReason: there is nothing to report, or it is not one of the reasons.
    """
    if proposal.state != Proposal.State.PUBLISHED:
        raise NotPublished()
    if reason not in Reason.values:
        raise UnknownReason()
    made = ProposalReport.objects.create(proposal=proposal, reason=reason, words=clean_text(words)[:1000], made_at=at)
    # the actor is left out of the journal on purpose: the page promises that nobody learns who reports
    record("call.proposal_reported", actor=Actor(), at=at, event_id=proposal.event_id, about=proposal, report=made.pk)


def _locked(proposal: Proposal, actor: Actor) -> Proposal:
    locked = Proposal.objects.select_for_update(of=("self",)).select_related("event").get(pk=proposal.pk)
    require(may_moderate(actor, locked.event))
    return locked


def _handled(proposal: Proposal, at: datetime) -> None:
    ProposalReport.objects.filter(proposal=proposal, handled_at=None).update(handled_at=at)


@transaction.atomic
def remove_proposal(proposal: Proposal, *, reason: str, actor: Actor, at: datetime) -> None:
    """Take it out of public view. Its authors are told why; its address says that the team did it; it can be put back.

    Raises:
        NotAllowed, NotPublished, UnknownReason: not the team's coordination, nothing public, or not one of the reasons.
    """
    locked = _locked(proposal, actor)
    if locked.state != Proposal.State.PUBLISHED:
        raise NotPublished()
    if reason not in Reason.values:
        raise UnknownReason()
    locked.state, locked.withdrawn_at, locked.removed_because = Proposal.State.WITHDRAWN, at, reason
    locked.save(update_fields=["state", "withdrawn_at", "removed_because"])
    _handled(locked, at)
    record("call.proposal_removed", actor=actor, at=at, event_id=locked.event_id, about=locked, public=True, reason=reason)


@transaction.atomic
def keep_proposal(proposal: Proposal, *, actor: Actor, at: datetime) -> None:
    """Leave it as it is, after a report.

    Raises:
        NotAllowed: not the team's coordination.
    """
    locked = _locked(proposal, actor)
    _handled(locked, at)
    record("call.proposal_kept", actor=actor, at=at, event_id=locked.event_id, about=locked)


@transaction.atomic
def put_back_proposal(proposal: Proposal, *, actor: Actor, at: datetime) -> None:
    """Make public again what was removed.

    Raises:
        NotAllowed, NotRemoved: not the team's coordination, or the team did not remove it.
    """
    locked = _locked(proposal, actor)
    if locked.state != Proposal.State.WITHDRAWN or not locked.removed_because:
        raise NotRemoved()
    locked.state, locked.withdrawn_at, locked.removed_because = Proposal.State.PUBLISHED, None, ""
    locked.save(update_fields=["state", "withdrawn_at", "removed_because"])
    record("call.proposal_put_back", actor=actor, at=at, event_id=locked.event_id, about=locked, public=True)
