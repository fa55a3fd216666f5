"""Publish a draft, at once or once the team has read it."""

from datetime import datetime

from django.db import transaction

from encommun.call.commands.save_draft import keep_revision
from encommun.call.content import Content
from encommun.call.models import Proposal
from encommun.call.refusals import NotAsked, ReasonMissing
from encommun.call.rules import is_complete, may_choose, may_publish, waits_for_team
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import ChangedMeanwhile, require
from encommun.foundation.text import clean_text
from encommun.journal.commands import record


@transaction.atomic
def publish_proposal(proposal: Proposal, *, version: int, actor: Actor, at: datetime) -> None:
    """Make a draft public, at the address that it keeps for life; or ask the team to, where it reads first proposals first.

    Raises:
        NotFound, NotADraft: the actor is no author, or it is published or withdrawn already.
        NoCall, CallNotOpenYet, CallClosed: the call does not take it now.
        NotComplete: something that readers need is missing; ``details["missing"]`` says what, by field.
        ChangedMeanwhile: somebody saved another text than the one before the author's eyes.
    """
    proposal.state = Proposal.objects.select_for_update().values_list("state", flat=True).get(pk=proposal.pk)
    require(may_publish(actor, proposal, at))
    if not Proposal.objects.filter(pk=proposal.pk, version=version).exists():
        raise ChangedMeanwhile()
    proposal.version = version
    _require_complete(proposal)
    if waits_for_team(actor, proposal):
        _ask(proposal, actor=actor, at=at)
    else:
        _publish(proposal, actor=actor, at=at)


def _require_complete(proposal: Proposal) -> None:
    questions = proposal.event.questions.select_related("axis", "format")
    require(is_complete(Content.of(proposal), proposal.format is not None and proposal.format.is_free, questions))


def _ask(proposal: Proposal, *, actor: Actor, at: datetime) -> None:
    if proposal.asked_at is not None:
        return
    proposal.asked_at, proposal.declined_because = at, ""
    proposal.save(update_fields=["asked_at", "declined_because"])
    record("call.publication_asked", actor=actor, at=at, event_id=proposal.event_id, about=proposal)


def _publish(proposal: Proposal, *, actor: Actor, at: datetime) -> None:
    proposal.state, proposal.published_at, proposal.version = Proposal.State.PUBLISHED, at, proposal.version + 1
    proposal.save(update_fields=["state", "published_at", "version"])
    keep_revision(proposal, Content.of(proposal), actor=actor, at=at)
    record("call.proposal_published", actor=actor, at=at, event_id=proposal.event_id, about=proposal, public=True)


def _asked(proposal: Proposal, actor: Actor) -> Proposal:
    """The proposal as it is now, locked, for somebody of the team."""
    locked = Proposal.objects.select_for_update(of=("self",)).select_related("event", "format").get(pk=proposal.pk)
    require(may_choose(actor, locked.event))
    if locked.state != Proposal.State.DRAFT or locked.asked_at is None:
        raise NotAsked()
    return locked


@transaction.atomic
def let_in_proposal(proposal: Proposal, *, version: int, actor: Actor, at: datetime) -> None:
    """Publish a first proposal that waited. It was asked for in time, so the deadline no longer counts.

    Raises:
        NotAllowed: the actor does not choose here.
        NotAsked: it does not wait any more.
        ChangedMeanwhile: its authors changed the text that the team has read.
        NotComplete: they took away something that readers need.
    """
    locked = _asked(proposal, actor)
    if locked.version != version:
        raise ChangedMeanwhile()
    _require_complete(locked)
    _publish(locked, actor=actor, at=at)


@transaction.atomic
def decline_publication(proposal: Proposal, *, reason: str, actor: Actor, at: datetime) -> None:
    """Leave a first proposal a draft. Its authors read why, may change it, and may ask again.

    Raises:
        NotAllowed: the actor does not choose here.
        NotAsked: it does not wait any more.
        ReasonMissing: without a word why.
    """
    locked = _asked(proposal, actor)
    reason = clean_text(reason)[:1000]
    if not reason:
        raise ReasonMissing()
    locked.asked_at, locked.declined_because = None, reason
    locked.save(update_fields=["asked_at", "declined_because"])
    record("call.publication_declined", actor=actor, at=at, event_id=locked.event_id, about=locked)
