"""Say what one thinks of a proposal, or that one is too close to it."""

from datetime import datetime

from django.db import transaction

from encommun.call.models import Assignment, Conflict, Criterion, Proposal, Review
from encommun.call.reading import choosing_of, may_look_at, may_review
from encommun.call.refusals import LevelMissing
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import ChangedMeanwhile, require
from encommun.foundation.text import clean_text
from encommun.journal.commands import record


@transaction.atomic
def write_review(
    proposal: Proposal, *, levels: dict[str, int], words: str, gives: bool, saved: int, actor: Actor, at: datetime
) -> Review:
    """Keep one's view as a draft, or give it: others who have given theirs then read it.

    Args:
        gives: whether it leaves the draft; a view once given stays given.
        saved: the number of the save that the form showed, 0 for none.

    Raises:
        NotFound, OwnReading, InConflict, NotPublished, NotReading: the actor does not judge this proposal now.
        LevelMissing: a view that is given has an answer to each question.
        ChangedMeanwhile: another page of the actor's saved first.
    """
    Proposal.objects.select_for_update().filter(pk=proposal.pk).first()
    require(may_review(actor, proposal, choosing_of(proposal.event)))
    known = {str(pk) for pk in Criterion.objects.filter(event=proposal.event).values_list("pk", flat=True)}
    if set(levels) - known or any(level not in (1, 2, 3) for level in levels.values()):
        raise LevelMissing()
    review = Review.objects.filter(proposal=proposal, account_id=actor.account_id).first()
    if (review.saved if review is not None else 0) != saved:
        raise ChangedMeanwhile()
    review = review or Review(proposal=proposal, account_id=actor.account_id, saved=0)
    gives = gives or review.given_at is not None
    if gives and set(levels) != known:
        raise LevelMissing()
    review.levels, review.words, review.version = levels, clean_text(words)[:4000], proposal.version
    review.saved, review.saved_at = review.saved + 1, at
    review.given_at = (review.given_at or at) if gives else None
    review.save()
    kind = "call.review_given" if gives else "call.review_kept"
    record(kind, actor=actor, at=at, event_id=proposal.event_id, about=proposal, review=review.pk)
    return review


@transaction.atomic
def declare_conflict(proposal: Proposal, *, actor: Actor, at: datetime) -> None:
    """One click: too close to it. What she had written of it goes, and others are asked instead.

    Raises:
        NotFound, OwnReading, NotPublished: the actor does not read here, or it is her own.
    """
    require(may_look_at(actor, proposal))
    _conflict, made = Conflict.objects.get_or_create(proposal=proposal, account_id=actor.account_id, defaults={"declared_at": at})
    Review.objects.filter(proposal=proposal, account_id=actor.account_id).delete()
    Assignment.objects.filter(proposal=proposal, account_id=actor.account_id).delete()
    if made:
        record("call.conflict_declared", actor=actor, at=at, event_id=proposal.event_id, about=proposal)


@transaction.atomic
def take_conflict_back(proposal: Proposal, *, actor: Actor, at: datetime) -> None:
    """It was a wrong click.

    Raises:
        NotFound, OwnReading, NotPublished: the actor does not read here, or it is her own.
    """
    require(may_look_at(actor, proposal))
    if Conflict.objects.filter(proposal=proposal, account_id=actor.account_id).delete()[0]:
        record("call.conflict_taken_back", actor=actor, at=at, event_id=proposal.event_id, about=proposal)
