"""Who reads, and how far they are."""

from dataclasses import dataclass

from django.db.models import Count, Q

from encommun.call.models import Assignment, Review
from encommun.deliberation.queries import members_of
from encommun.events.models import Event, TeamMembership
from encommun.foundation.actor import Role


@dataclass(frozen=True)
class Reader:
    """Somebody who reads, and how far she is."""

    account_id: int
    email: str
    name: str
    asked: int = 0
    given: int = 0


def readers_of(event: Event) -> list[Reader]:
    """The programme team and the committee, each person once, by name. Coordination reads too when it was asked by hand."""
    team = TeamMembership.objects.filter(event=event, role=Role.PROGRAMME).select_related("account")
    people = {one.account_id: one.account for one in team}
    people |= {member.account_id: member.account for member in members_of(event)}
    counts = Assignment.objects.filter(proposal__event=event).order_by().values_list("account_id")
    asked = dict(counts.annotate(Count("pk")))
    given_counts = Review.objects.filter(proposal__event=event, given_at__isnull=False).order_by().values_list("account_id")
    given = dict(given_counts.annotate(Count("pk")))
    found = [
        Reader(pk, account.email, account.name or account.email, asked.get(pk, 0), given.get(pk, 0))
        for pk, account in people.items()
    ]
    return sorted(found, key=lambda reader: reader.name.casefold())


def is_waiting(account_id: int) -> Q:
    """Proposals that a reader was asked to read and has not given her view on."""
    asked = Q(assignments__account_id=account_id)
    return asked & ~Q(reviews__in=Review.objects.filter(account_id=account_id, given_at__isnull=False))
