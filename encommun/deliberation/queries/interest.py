"""Who would come to what: hers for a person, counts for the team."""

from collections import Counter
from itertools import combinations

from encommun.deliberation.models import Interest
from encommun.deliberation.queries.talk import codes_of, moves_of
from encommun.deliberation.topic import Topic, kinds
from encommun.events.models import Event
from encommun.foundation.actor import Actor


def interest_counts(event: Event, kind: str) -> dict[str, int]:
    """How many people are interested in each topic; after a merge each person counts once. For the team and the builder."""
    return dict(Counter(code for codes in _by_person(event, kind).values() for code in codes))


def interest_pairs(event: Event, kind: str) -> dict[tuple[str, str], int]:
    """How many people are interested in both topics of each pair (codes in order): what should not be at the same time."""
    pairs: Counter[tuple[str, str]] = Counter()
    for codes in _by_person(event, kind).values():
        pairs.update(combinations(sorted(codes), 2))
    return dict(pairs)


def _by_person(event: Event, kind: str) -> dict[str, set[str]]:
    moves = moves_of(event, kind)
    found = Interest.objects.filter(event=event, topic_kind=kind, proven_at__isnull=False)
    people: dict[str, set[str]] = {}
    for email, code in found.values_list("email", "topic_code").iterator():
        people.setdefault(email, set()).add(moves.get(code, code))
    return people


def is_interested(actor: Actor, topic: Topic) -> bool:
    """Whether the person signed in has marked it."""
    if not actor.is_signed_in:
        return False
    codes = codes_of(topic.event, topic.kind, topic.code)
    found = Interest.objects.filter(event=topic.event, topic_kind=topic.kind, topic_code__in=codes, proven_at__isnull=False)
    return found.filter(email=actor.email).exists()


def interests_of(email: str, event: Event) -> list[Topic]:
    """What a person has marked on an event, as long as it is public."""
    found: list[Topic] = []
    marked = Interest.objects.filter(event=event, email=email, proven_at__isnull=False)
    for kind in kinds().values():
        moves = moves_of(event, kind.kind)
        codes = {moves.get(code, code) for code in marked.filter(topic_kind=kind.kind).values_list("topic_code", flat=True)}
        found += kind.find(event, sorted(codes)).values() if codes else []
    return sorted(found, key=lambda topic: topic.title.casefold())
