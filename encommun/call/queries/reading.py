"""Proposals as those who read them see them."""

from collections import Counter
from dataclasses import dataclass, field

from encommun.call.anonymity import as_everyone_sees, hides_authors
from encommun.call.content import LONG
from encommun.call.models import Assignment, Choosing, Conflict, Criterion, Proposal, Review
from encommun.call.queries.public import History, history_in_words
from encommun.call.reading import choosing_of, may_look_at, may_read, may_see_reviews
from encommun.call.rules import is_author
from encommun.call.search import fold
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require
from encommun.people.models import Account


@dataclass(frozen=True)
class Line:
    """A proposal in a reader's list."""

    proposal: Proposal
    is_asked: bool
    review: Review | None
    is_in_conflict: bool

    @property
    def state(self) -> str:
        """Where she is with it: «conflict», «given», «begun», «to_read» or «other»."""
        if self.is_in_conflict:
            return "conflict"
        if self.review is not None:
            return "given" if self.review.given_at is not None else "begun"
        return "to_read" if self.is_asked else "other"

    @property
    def has_changed(self) -> bool:
        """Whether the text changed since she read it."""
        return self.review is not None and self.review.version != self.proposal.version


def reading_list(actor: Actor, event: Event, *, words: str = "") -> list[Line]:
    """What there is to read: what she was asked to read first. Her own proposals are not there. Eight statements.

    Words are looked for in what she may read: a hidden name finds nothing.

    Raises:
        NotFound: the actor does not read here.
    """
    require(may_read(actor, event))
    found = Proposal.objects.filter(event=event, state=Proposal.State.PUBLISHED).select_related("axis", "format", "decision")
    found = found.prefetch_related("authors").order_by("axis__position", "published_at", "id")
    not_hers = [proposal for proposal in found if not is_author(actor, proposal)]
    asked = set(Assignment.objects.filter(proposal__event=event, account_id=actor.account_id).values_list("proposal_id", flat=True))
    reviews = {review.proposal_id: review for review in Review.objects.filter(proposal__event=event, account_id=actor.account_id)}
    close = set(Conflict.objects.filter(proposal__event=event, account_id=actor.account_id).values_list("proposal_id", flat=True))
    wanted = fold(words).split()[:8]
    lines = [
        Line(proposal, proposal.pk in asked, reviews.get(proposal.pk), proposal.pk in close)
        for proposal in as_everyone_sees(not_hers, event)
        if all(word in _text(proposal) for word in wanted)
    ]
    order = {"begun": 0, "to_read": 1, "other": 2, "given": 3, "conflict": 4}
    return sorted(lines, key=lambda line: order[line.state])


def _text(proposal: Proposal) -> str:
    return fold(" ".join([proposal.title, *(getattr(proposal, name) for name in LONG)]))


@dataclass(frozen=True)
class View:
    """What a reader thinks, as other readers see it."""

    who: str
    answers: list[tuple[str, str]]  # question, answer
    words: str


@dataclass(frozen=True)
class ReadingPage:
    """Everything on a reader's page of a proposal."""

    proposal: Proposal  # as she may read it
    choosing: Choosing | None
    criteria: list[Criterion]
    review: Review | None
    is_in_conflict: bool
    is_hidden: bool
    since: list[History] = field(default_factory=list)  # what changed since she read it
    views: list[View] = field(default_factory=list)
    sees_views: bool = False


def reading_of(actor: Actor, event: Event, code: str) -> ReadingPage:
    """A proposal for a reader: without names where they must not be known, and others' views once she may see them.

    Raises:
        NotFound, OwnReading, NotPublished: the actor does not read here, there is none, or it is her own.
    """
    proposal = proposal_to_read(actor, event, code)
    choosing, shown = choosing_of(event), as_everyone_sees([proposal], event)[0]
    criteria = list(event.criteria.all())
    review = Review.objects.filter(proposal=proposal, account_id=actor.account_id).first()
    since = [step for step in history_in_words(shown) if review is not None and step.version > review.version]
    sees = may_see_reviews(actor, proposal, choosing)
    others = Review.objects.filter(proposal=proposal, given_at__isnull=False).exclude(account_id=actor.account_id)
    return ReadingPage(
        proposal=shown,
        choosing=choosing,
        criteria=criteria,
        review=review,
        is_in_conflict=Conflict.objects.filter(proposal=proposal, account_id=actor.account_id).exists(),
        is_hidden=hides_authors(event) and shown is not proposal,
        since=since,
        views=[_view(one, criteria) for one in others.select_related("account")] if sees else [],
        sees_views=sees,
    )


def proposal_to_read(actor: Actor, event: Event, code: str) -> Proposal:
    """The proposal itself, for the commands of a reader.

    Raises:
        NotFound, OwnReading, NotPublished: the actor does not read here, there is none, or it is her own.
    """
    require(may_read(actor, event))
    found = Proposal.objects.filter(event=event, code=code).exclude(published_at=None)
    proposal = found.select_related("axis", "format", "decision").prefetch_related("authors", "revisions__suggestion").first()
    if proposal is None:
        raise NotFound()
    proposal.event = event
    require(may_look_at(actor, proposal))
    return proposal


def _view(review: Review, criteria: list[Criterion]) -> View:
    account: Account | None = review.account
    answers = [
        (str(criterion), dict(criterion.levels)[review.levels[str(criterion.pk)]])
        for criterion in criteria
        if str(criterion.pk) in review.levels
    ]
    return View(account.name or account.email if account is not None else "", answers, review.words)


def views_for_team(actor: Actor, proposal: Proposal) -> list[View] | None:
    """What readers think, for whoever answers the proposal; None while she may not see it."""
    if not may_see_reviews(actor, proposal, choosing_of(proposal.event)):
        return None
    criteria = list(Criterion.objects.filter(event=proposal.event))
    found = Review.objects.filter(proposal=proposal, given_at__isnull=False).select_related("account")
    return [_view(review, criteria) for review in found]


def readings_given(event: Event) -> dict[int, int]:
    """How many views each proposal has, by its number."""
    found = Review.objects.filter(proposal__event=event, given_at__isnull=False).values_list("proposal_id", flat=True)
    return dict(Counter(found))
