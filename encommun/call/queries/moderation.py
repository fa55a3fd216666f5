"""What was reported, and what the team removed."""

from collections import Counter

from django.db.models import Prefetch

from encommun.call.models import Proposal, ProposalReport
from encommun.deliberation.models import Reason
from encommun.deliberation.rules import may_moderate
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require


def reported_proposals(actor: Actor, event: Event) -> list[Proposal]:
    """Public proposals that somebody reported, each with ``waiting``: the reports to be looked at; at most a hundred.

    Raises:
        NotAllowed: the actor does not moderate here.
    """
    require(may_moderate(actor, event))
    waiting = Prefetch("reports", queryset=ProposalReport.objects.filter(handled_at=None), to_attr="waiting")
    found = Proposal.objects.filter(event=event, state=Proposal.State.PUBLISHED, reports__handled_at=None, reports__isnull=False)
    return list(found.distinct().order_by("id").prefetch_related(waiting)[:100])


def removed_proposals(actor: Actor, event: Event) -> list[Proposal]:
    """Those that the team removed, the latest first; at most a hundred.

    Raises:
        NotAllowed: the actor does not moderate here.
    """
    require(may_moderate(actor, event))
    found = Proposal.objects.filter(event=event, state=Proposal.State.WITHDRAWN).exclude(removed_because="")
    return list(found.order_by("-withdrawn_at")[:100])


def reported_count(event: Event) -> int:
    """How many public proposals wait to be looked at."""
    found = ProposalReport.objects.filter(proposal__event=event, proposal__state=Proposal.State.PUBLISHED, handled_at=None)
    return found.values("proposal").distinct().count()


def removals_of_proposals(event: Event) -> list[tuple[str, int]]:
    """How many proposals the team removed, by reason: public."""
    found = Proposal.objects.filter(event=event, state=Proposal.State.WITHDRAWN).exclude(removed_because="")
    counts = Counter(found.values_list("removed_because", flat=True))
    return [(str(Reason(reason).label), count) for reason, count in sorted(counts.items())]
