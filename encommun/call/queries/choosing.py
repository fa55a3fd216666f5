"""Proposals as the programme team sees them."""

from django.db.models import Count, Q, QuerySet

from encommun.call.anonymity import found_by_words, hides_authors_from
from encommun.call.models import Decision, Proposal
from encommun.call.rules import may_choose
from encommun.call.search import with_words
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require

PUBLISHED = Q(state=Proposal.State.PUBLISHED)
RELEASED = PUBLISHED & Q(decision__released_at__isnull=False)
OFFERS = Q(decision__outcome__in=Decision.OFFERS)

#: Where a proposal stands in the choosing: name in the address -> what it means.
STATES: dict[str, Q] = {
    "a-repondre": PUBLISHED & Q(decision=None),
    "pretes": PUBLISHED & Q(decision__isnull=False, decision__released_at=None),
    "attendent": RELEASED & OFFERS & Q(decision__answer=Decision.Answer.NONE),
    "confirmees": RELEASED & Q(decision__answer=Decision.Answer.ACCEPTED),
    "declinees": RELEASED & Q(decision__answer=Decision.Answer.DECLINED),
    "autres-reponses": RELEASED & ~OFFERS,
    "retirees": Q(state=Proposal.State.WITHDRAWN, published_at__isnull=False),
}


def team_proposals(event: Event, *, actor: Actor, state: str = "", words: str = "") -> list[Proposal]:
    """Proposals that were published, by axis then by age; drafts stay their authors' own.

    Raises:
        NotAllowed: the actor does not choose here.
    """
    require(may_choose(actor, event))
    found = Proposal.objects.filter(STATES.get(state, PUBLISHED), event=event)
    found = with_words(found, words)
    if hides_authors_from(actor, event):
        found = found_by_words(found, event, words)
    found = found.select_related("axis", "format", "decision").prefetch_related("authors")
    return list(found.order_by("axis__position", "published_at", "id"))


def team_counts(event: Event, *, actor: Actor) -> dict[str, int]:
    """How many proposals stand in each state (names with _ for -), and "published", "drafts". One query.

    Raises:
        NotAllowed: the actor does not choose here.
    """
    require(may_choose(actor, event))
    counts = {name: Count("pk", filter=condition) for name, condition in _columns().items()}
    return Proposal.objects.filter(event=event).aggregate(**counts)


def _columns() -> dict[str, Q]:
    named = {name.replace("-", "_"): condition for name, condition in STATES.items()}
    return named | {
        "published": PUBLISHED,
        "drafts": Q(state=Proposal.State.DRAFT),
        "waiting": Q(state=Proposal.State.DRAFT) & ~Q(asked_at=None),
    }


def team_proposal(event: Event, code: str, *, actor: Actor) -> Proposal:
    """A proposal that was published, with its answer and its authors' addresses.

    Raises:
        NotAllowed: the actor does not choose here.
        NotFound: there is none, or it is a draft.
    """
    require(may_choose(actor, event))
    found = Proposal.objects.filter(event=event, code=code).exclude(published_at=None)
    proposal = found.select_related("axis", "format", "decision").prefetch_related("authors", "revisions__suggestion").first()
    if proposal is None:
        raise NotFound()
    proposal.event = event
    return proposal


def waiting_proposals(event: Event, *, actor: Actor) -> list[Proposal]:
    """First proposals whose publication waits for the team, the oldest first.

    Raises:
        NotAllowed: the actor does not choose here.
    """
    require(may_choose(actor, event))
    found = Proposal.objects.filter(event=event, state=Proposal.State.DRAFT).exclude(asked_at=None).order_by("asked_at")
    return list(found.select_related("axis", "format").prefetch_related("authors"))


def ready_decisions(event: Event) -> QuerySet[Decision]:
    """Answers written and not released, of proposals that still stand, by axis."""
    found = Decision.objects.filter(proposal__event=event, proposal__state=Proposal.State.PUBLISHED, released_at=None)
    return found.select_related("proposal").order_by("proposal__axis__position", "proposal__published_at")
