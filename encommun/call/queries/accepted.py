"""What the programme is made of."""

from encommun.call.models import Decision, Proposal
from encommun.events.models import Event


def accepted_proposals(event: Event) -> list[Proposal]:
    """Proposals offered a place and confirmed by their authors, in the order of confirmation, with authors."""
    confirmed = Proposal.objects.filter(
        event=event,
        state=Proposal.State.PUBLISHED,
        decision__answer=Decision.Answer.ACCEPTED,
        decision__outcome__in=Decision.PLACES,
    )
    return list(
        confirmed.select_related("axis", "format", "decision").prefetch_related("authors").order_by("decision__answered_at", "id")
    )
