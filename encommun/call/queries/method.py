"""How it was decided: the public log, made from what happened."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db.models import Count

from encommun.call.models import Choosing, Conflict, Criterion, Decision, PhaseBegun, Proposal, Review
from encommun.call.queries.balance import Balance, balance_of
from encommun.call.reading import choosing_of
from encommun.deliberation.models import Poll
from encommun.deliberation.queries import committee_of, members_count, public_polls
from encommun.events.models import Event


@dataclass(frozen=True)
class Round:
    """Answers that left together."""

    at: datetime
    count: int


@dataclass(frozen=True)
class Method:
    """Everything on the page «how proposals are chosen»."""

    choosing: Choosing | None
    criteria: list[Criterion]
    phases: list[PhaseBegun]
    received: int
    reviews: int
    readers: int
    each: float
    conflicts: int
    members: int
    has_committee: bool
    rounds: list[Round]
    outcomes: list[tuple[str, int]]
    polls: list[Poll]
    balance: list[Balance]


def method_of(event: Event) -> Method:
    """The page: numbers of what authors know already, never of an answer that has not left."""
    choosing = choosing_of(event)
    published = Proposal.objects.filter(event=event, state=Proposal.State.PUBLISHED)
    given = Review.objects.filter(proposal__event=event, given_at__isnull=False)
    each = list(published.filter(reviews__given_at__isnull=False).annotate(n=Count("reviews")).values_list("n", flat=True))
    released = Decision.objects.filter(proposal__event=event, released_at__isnull=False)
    rounds = Counter(released.values_list("released_at", flat=True))
    outcomes = Counter(released.values_list("outcome", flat=True))
    labels = dict(Decision.Outcome.choices)
    return Method(
        choosing=choosing,
        criteria=list(Criterion.objects.filter(event=event)),
        phases=list(choosing.phases.all()) if choosing is not None else [],
        received=Proposal.objects.filter(event=event).exclude(published_at=None).count(),
        reviews=given.count(),
        readers=given.order_by().values("account").distinct().count(),
        each=median(each) if each else 0,
        conflicts=Conflict.objects.filter(proposal__event=event).count(),
        members=members_count(event),
        has_committee=committee_of(event) is not None,
        rounds=[Round(at, count) for at, count in sorted(rounds.items())],
        outcomes=[(str(labels[outcome]), outcomes[outcome]) for outcome in labels if outcomes[outcome]],
        polls=public_polls(event),
        balance=balance_of(event, released_only=True) if rounds else [],
    )
