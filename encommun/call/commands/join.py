"""Make somebody an author: what an accepted invitation and an accepted offer of help have in common."""

from datetime import datetime

from django.db.models import Max

from encommun.call.models import Author, Invitation, Proposal
from encommun.call.refusals import AlreadyAuthor, TooManyAuthors
from encommun.call.rules import MOST_AUTHORS
from encommun.foundation.actor import Actor
from encommun.journal.commands import record


def has_room(proposal: Proposal, *, besides: int = 0) -> None:
    """Refuse more people than a proposal can name.

    Raises:
        TooManyAuthors: authors and waiting invitations are as many as there may be.
    """
    waiting = Invitation.objects.filter(proposal=proposal, state=Invitation.State.WAITING).count() - besides
    if Author.objects.filter(proposal=proposal).count() + waiting >= MOST_AUTHORS:
        raise TooManyAuthors(most=MOST_AUTHORS)


def join(proposal: Proposal, *, email: str, account_id: int | None, name: str, part: str, actor: Actor, at: datetime) -> Author:
    """Add an author, or bring back one who had left. The name stays private until she says otherwise herself.

    Raises:
        AlreadyAuthor: she is one.
    """
    former = Author.with_former.filter(proposal=proposal, email=email).first()
    if former is not None and former.left_at is None:
        raise AlreadyAuthor()
    last = Author.with_former.filter(proposal=proposal).aggregate(Max("position"))["position__max"]
    author = former or Author(proposal=proposal, email=email)
    author.account_id, author.name, author.part = account_id, name or author.name, part
    author.position, author.left_at = (last or 0) + 1, None
    author.save()
    record(
        "call.author_joined",
        actor=actor,
        at=at,
        event_id=proposal.event_id,
        about=proposal,
        public=proposal.published_at is not None,
        author=author.pk,
        part=part,
    )
    return author
