"""Votes: what everyone reads of them, what a voter sees, and the result, computed from the ballots each time."""

from typing import Any

from encommun.deliberation.electorate import electorates
from encommun.deliberation.majority import Placed, judge
from encommun.deliberation.models import Ballot, Grade, Poll
from encommun.deliberation.rules import may_run_polls
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require


def public_polls(event: Event) -> list[Poll]:
    """Votes that were opened, the latest first."""
    return list(Poll.objects.filter(event=event).exclude(state=Poll.State.DRAFT)[:50])


def public_poll(event: Event, code: str) -> Poll:
    """A vote that was opened, with its options.

    Raises:
        NotFound: there is none.
    """
    return _poll(Poll.objects.exclude(state=Poll.State.DRAFT), event, code)


def team_polls(actor: Actor, event: Event) -> list[Poll]:
    """Every vote.

    Raises:
        NotAllowed: the actor prepares none here.
    """
    require(may_run_polls(actor, event))
    return list(Poll.objects.filter(event=event)[:50])


def team_poll(actor: Actor, event: Event, code: str) -> Poll:
    """A vote in any state, for the team.

    Raises:
        NotAllowed, NotFound: the actor prepares none here; or there is none.
    """
    require(may_run_polls(actor, event))
    return _poll(Poll.objects.all(), event, code)


def _poll(found: Any, event: Event, code: str) -> Poll:
    poll = found.filter(event=event, code=code).prefetch_related("options").first()
    if poll is None:
        raise NotFound()
    poll.event = event
    return poll


def own_ballot(actor: Actor, poll: Poll) -> Ballot | None:
    """The actor's own ballot, while the vote is open."""
    return Ballot.objects.filter(poll=poll, account_id=actor.account_id).first() if actor.is_signed_in else None


def voters(poll: Poll) -> tuple[int, int]:
    """How many have voted, and how many could."""
    could = poll.could_vote
    if could is None:
        electorate = electorates().get(poll.electorate)
        could = electorate.size(poll.event) if electorate is not None else 0
    return Ballot.objects.filter(poll=poll).count(), could


def result_of(poll: Poll) -> list[Placed]:
    """The options from the best to the last, once the vote is closed; nothing before."""
    if poll.state != Poll.State.CLOSED:
        return []
    ballots = Ballot.objects.filter(poll=poll).values_list("grades", flat=True)
    return judge([option.topic_code for option in poll.options.all()], ballots, number_of_grades=len(Grade))


def ballots_of(poll: Poll) -> list[Ballot]:
    """The ballots of a closed vote, in the order of their codes, which chance made.

    Raises:
        NotFound: it is not closed: nobody reads ballots before.
    """
    if poll.state != Poll.State.CLOSED:
        raise NotFound()
    return list(Ballot.objects.filter(poll=poll))
