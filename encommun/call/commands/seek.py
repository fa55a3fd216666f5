"""Say what a proposal lacks, and that it was found."""

from datetime import datetime

from django.db import transaction

from encommun.call.models import Author, Proposal, Wanted
from encommun.call.refusals import NotWanted, ReasonMissing, TooManyWanted, UnknownChoice
from encommun.call.rules import may_build
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line
from encommun.journal.commands import record

MOST = 12


@transaction.atomic
def seek(proposal: Proposal, *, part: str, words: str, actor: Actor, at: datetime) -> Wanted:
    """Look for somebody or something, on the public page and in the list of all that is looked for.

    Raises:
        NotFound, OnlyHelps, AlreadyWithdrawn: the actor does not build it, or it was withdrawn.
        UnknownChoice, ReasonMissing, TooManyWanted: not a part, no words, or more than a page can hold.
    """
    require(may_build(actor, proposal))
    if part not in Author.Part.values:
        raise UnknownChoice(choice=part)
    if not (words := clean_line(words)):
        raise ReasonMissing()
    if Wanted.objects.filter(proposal=proposal, closed_at=None).count() >= MOST:
        raise TooManyWanted(most=MOST)
    wanted = Wanted.objects.create(proposal=proposal, part=part, words=words[:200], made_at=at)
    is_public = proposal.published_at is not None
    record(
        "call.sought", actor=actor, at=at, event_id=proposal.event_id, about=proposal, public=is_public, wanted=wanted.pk, part=part
    )
    return wanted


@transaction.atomic
def stop_seeking(wanted: Wanted, *, actor: Actor, at: datetime) -> None:
    """It was found, or is no longer needed: nobody else is asked.

    Raises:
        NotFound, OnlyHelps, AlreadyWithdrawn: the actor does not build the proposal, or it was withdrawn.
        NotWanted: that was said before.
    """
    require(may_build(actor, wanted.proposal))
    if not Wanted.objects.filter(pk=wanted.pk, closed_at=None).update(closed_at=at):
        raise NotWanted()
    proposal = wanted.proposal
    record("call.seeking_ended", actor=actor, at=at, event_id=proposal.event_id, about=proposal, public=True, wanted=wanted.pk)
