"""Who may write, read, withdraw and moderate."""

from datetime import datetime

from encommun.deliberation.electorate import electorates
from encommun.deliberation.models import Comment, Committee, Follow, Member, Poll, Talk
from encommun.deliberation.refusals import (
    AlreadyAsked,
    AlreadyGone,
    NoCommittee,
    NotShown,
    NotVoter,
    PollNotOpen,
    SignInFirst,
    TalkClosed,
    TopicClosed,
)
from encommun.deliberation.topic import Topic
from encommun.events.models import Event
from encommun.events.rules import may_act_as
from encommun.foundation.actor import Actor, Role
from encommun.foundation.refusals import NotFound, Verdict

#: What secret links open: one's own message, what one follows, one's own interest.
COMMENT_LINK, FOLLOW_LINK, INTEREST_LINK = "deliberation.comment", "deliberation.follow", "deliberation.interest"
#: Topics that a person may mark on an event.
MOST_INTERESTS = 200
#: Characters of a message.
LONGEST = 4000


def is_open(talk: Talk | None, at: datetime) -> bool:
    """Whether the team lets people write now; it does unless it said otherwise."""
    return talk is None or (talk.is_open and (talk.closes_at is None or at.replace(microsecond=0) <= talk.closes_at))


def may_comment(topic: Topic, talk: Talk | None, at: datetime) -> Verdict:
    """Whether anybody may write about the topic now."""
    if not topic.is_open:
        return TopicClosed()
    return True if is_open(talk, at) else TalkClosed()


def may_answer(comment: Comment) -> Verdict:
    """Whether one may answer a message: it is shown."""
    return True if comment.is_shown else NotShown()


def is_writer(actor: Actor, comment: Comment) -> Verdict:
    """Whether the actor wrote the message; to anybody else its own page does not exist."""
    by_account = (
        actor.is_signed_in and bool(comment.email) and (actor.account_id == comment.account_id or actor.email == comment.email)
    )
    return True if comment.email and (by_account or actor.holds_link(COMMENT_LINK, comment.code)) else NotFound()


def may_change(actor: Actor, comment: Comment, talk: Talk | None, at: datetime) -> Verdict:
    """Whether the writer may change the words: while people may write, and the message stands."""
    if (may := may_withdraw(actor, comment)) is not True:
        return may
    return True if is_open(talk, at) else TalkClosed()


def may_withdraw(actor: Actor, comment: Comment) -> Verdict:
    """Whether the writer may take the message away: at any time."""
    if (hers := is_writer(actor, comment)) is not True:
        return hers
    return AlreadyGone() if comment.state in (Comment.State.WITHDRAWN, Comment.State.REMOVED) else True


def may_report(comment: Comment) -> Verdict:
    """Whether there is something to report."""
    return True if comment.is_shown else NotShown()


def may_moderate(actor: Actor, event: Event) -> Verdict:
    """Whether the actor looks after what is written on the event: coordination."""
    return may_act_as(actor, event)


def is_follower(actor: Actor, follow: Follow) -> Verdict:
    """Whether the actor is the one who follows."""
    by_account = actor.is_signed_in and (actor.account_id == follow.account_id or actor.email == follow.email)
    return True if by_account or actor.holds_link(FOLLOW_LINK, follow.code) else NotFound()


def may_run_committee(actor: Actor, event: Event) -> Verdict:
    """Whether the actor writes the committee's pages and answers requests: the programme team."""
    return may_act_as(actor, event, Role.PROGRAMME)


def may_ask_to_join(actor: Actor, committee: Committee | None) -> Verdict:
    """Whether somebody signed in may ask to join."""
    if committee is None or not committee.is_open:
        return NoCommittee()
    if not actor.is_signed_in:
        return SignInFirst()
    hers = committee.members.filter(account_id=actor.account_id, state__in=(Member.State.ASKED, Member.State.IN))
    return AlreadyAsked() if hers.exists() else True


def may_run_polls(actor: Actor, event: Event) -> Verdict:
    """Whether the actor prepares, opens and closes votes: the programme team."""
    return may_act_as(actor, event, Role.PROGRAMME)


def may_vote(actor: Actor, poll: Poll, at: datetime) -> Verdict:
    """Whether the actor votes now."""
    if poll.state != Poll.State.OPEN or at > poll.closes_at:
        return PollNotOpen()
    if not actor.is_signed_in:
        return SignInFirst()
    electorate = electorates().get(poll.electorate)
    if electorate is None or not electorate.includes(actor, poll.event):
        return NotVoter(who=str(electorate.name) if electorate else poll.electorate)
    return True
