"""A vote by majority judgment: prepare it, open it, vote, close it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from encommun.deliberation.electorate import electorates
from encommun.deliberation.models import Ballot, Grade, Poll, PollOption
from encommun.deliberation.models.comment import own_code
from encommun.deliberation.refusals import (
    ClosesTooSoon,
    NothingWritten,
    PollBegun,
    PollNotOpen,
    TooFewOptions,
    UnknownElectorate,
    UnknownGrade,
)
from encommun.deliberation.rules import may_run_polls, may_vote
from encommun.deliberation.topic import kinds
from encommun.events.models import Event
from encommun.foundation.actor import SYSTEM, Actor
from encommun.foundation.refusals import ChangedMeanwhile, require
from encommun.foundation.text import clean_line, clean_text
from encommun.journal.commands import record


@transaction.atomic
def prepare_poll(
    event: Event,
    *,
    title: str,
    question: str,
    electorate: str,
    kind: str,
    codes: Sequence[str],
    closes_at: datetime,
    actor: Actor,
    at: datetime,
) -> Poll:
    """Prepare a vote; nobody sees it until it is opened.

    Raises:
        NotAllowed: the actor prepares none here.
        NothingWritten, UnknownElectorate, TooFewOptions, ClosesTooSoon: what is asked, of whom, about what, until when.
    """
    require(may_run_polls(actor, event))
    title, question = clean_line(title)[:150], clean_text(question)[:2000]
    if not title or not question:
        raise NothingWritten()
    if electorate not in electorates() or kind not in kinds():
        raise UnknownElectorate()
    if closes_at <= at:
        raise ClosesTooSoon()
    found = kinds()[kind].find(event, list(codes))
    chosen = [found[code] for code in dict.fromkeys(codes) if code in found]
    if len(chosen) < 2:
        raise TooFewOptions()
    poll = Poll.objects.create(
        event=event, title=title, question=question, electorate=electorate, topic_kind=kind, closes_at=closes_at, made_at=at
    )
    options = [
        PollOption(poll=poll, topic_code=topic.code, title=topic.hide(topic.title)[:150], position=n)
        for n, topic in enumerate(chosen)
    ]
    PollOption.objects.bulk_create(options)
    record("deliberation.poll_prepared", actor=actor, at=at, event_id=event.pk, about=poll, options=len(options), who=electorate)
    return poll


def _locked(poll: Poll) -> Poll:
    return Poll.objects.select_for_update(of=("self",)).select_related("event").get(pk=poll.pk)


@transaction.atomic
def open_poll(poll: Poll, *, actor: Actor, at: datetime) -> None:
    """Let people vote.

    Raises:
        NotAllowed: the actor runs no vote here.
        PollBegun, ClosesTooSoon: it was opened before; or its last day has passed.
    """
    poll = _locked(poll)
    require(may_run_polls(actor, poll.event))
    if poll.state != Poll.State.DRAFT:
        raise PollBegun()
    if poll.closes_at <= at:
        raise ClosesTooSoon()
    poll.state, poll.opened_at = Poll.State.OPEN, at
    poll.save(update_fields=["state", "opened_at"])
    record("deliberation.poll_opened", actor=actor, at=at, event_id=poll.event_id, about=poll, public=True)


@transaction.atomic
def drop_poll(poll: Poll, *, actor: Actor, at: datetime) -> None:
    """Throw away a vote that was never opened.

    Raises:
        NotAllowed: the actor runs no vote here.
        PollBegun: it was opened.
    """
    poll = _locked(poll)
    require(may_run_polls(actor, poll.event))
    if poll.state != Poll.State.DRAFT:
        raise PollBegun()
    record("deliberation.poll_dropped", actor=actor, at=at, event_id=poll.event_id, about=poll)
    poll.delete()


@transaction.atomic
def cast_ballot(poll: Poll, *, grades: dict[str, int], actor: Actor, at: datetime) -> Ballot:
    """Give grades, or change them while the vote is open. What gets none gets the lowest.

    Raises:
        PollNotOpen, SignInFirst, NotVoter: not now, not without account, not the actor.
        UnknownGrade: a grade or an option that the vote does not have.
    """
    poll = _locked(poll)
    require(may_vote(actor, poll, at))
    codes = set(poll.options.values_list("topic_code", flat=True))
    if set(grades) - codes or any(grade not in Grade.values for grade in grades.values()):
        raise UnknownGrade()
    try:
        with transaction.atomic():
            ballot, _made = Ballot.objects.update_or_create(
                poll=poll, account_id=actor.account_id, defaults={"grades": grades, "cast_at": at}
            )
    except IntegrityError as error:
        raise ChangedMeanwhile() from error
    # how she voted is in no journal; nor is when each did, which would tie a ballot to a person
    record("deliberation.ballot_cast", actor=SYSTEM, at=at, event_id=poll.event_id, about=poll)
    return ballot


@transaction.atomic
def close_poll(poll: Poll, *, actor: Actor, at: datetime) -> None:
    """End the vote: ballots lose their names and their times for good, and the result is public.

    Raises:
        NotAllowed: the actor runs no vote here.
        PollNotOpen: it is not open.
    """
    poll = _locked(poll)
    require(may_run_polls(actor, poll.event))
    _close(poll, actor=actor, at=at)


def _close(poll: Poll, *, actor: Actor, at: datetime) -> None:
    if poll.state != Poll.State.OPEN:
        raise PollNotOpen()
    for grades in sorted(Ballot.objects.filter(poll=poll).values_list("grades", flat=True), key=str):
        Ballot.objects.create(poll=poll, code=own_code(), grades=grades)  # new rows: not even their numbers tell an order
    Ballot.objects.filter(poll=poll, account__isnull=False).delete()
    Ballot.objects.filter(poll=poll, cast_at__isnull=False).delete()
    electorate = electorates().get(poll.electorate)
    poll.state, poll.closed_at = Poll.State.CLOSED, at
    poll.could_vote = electorate.size(poll.event) if electorate is not None else None
    poll.save(update_fields=["state", "closed_at", "could_vote"])
    count = Ballot.objects.filter(poll=poll).count()
    record("deliberation.poll_closed", actor=actor, at=at, event_id=poll.event_id, about=poll, public=True, ballots=count)


def close_due_polls(*, at: datetime) -> int:
    """Close votes whose last moment has passed; answer how many."""
    due = list(Poll.objects.filter(state=Poll.State.OPEN, closes_at__lt=at)[:20])
    for poll in due:
        with transaction.atomic():
            _close(_locked(poll), actor=SYSTEM, at=at)
    return len(due)
