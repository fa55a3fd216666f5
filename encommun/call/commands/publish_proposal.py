"""Publish a draft."""

from datetime import datetime

from django.db import transaction

from encommun.call.commands.save_draft import keep_revision
from encommun.call.content import Content
from encommun.call.models import Proposal
from encommun.call.rules import is_complete, may_publish
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import ChangedMeanwhile, require
from encommun.journal.commands import record


@transaction.atomic
def publish_proposal(proposal: Proposal, *, version: int, actor: Actor, at: datetime) -> None:
    """Make a draft public, at the address that it keeps for life.

    Raises:
        NotFound, NotADraft: the actor is no author, or it is published or withdrawn already.
        NoCall, CallNotOpenYet, CallClosed: the call does not take it now.
        NotComplete: something that readers need is missing; ``details["missing"]`` says what, by field.
        ChangedMeanwhile: somebody saved another text than the one before the author's eyes.
    """
    proposal.state = Proposal.objects.select_for_update().values_list("state", flat=True).get(pk=proposal.pk)
    require(may_publish(actor, proposal, at))
    content = Content.of(proposal)
    questions = proposal.event.questions.select_related("axis", "format")
    require(is_complete(content, proposal.format is not None and proposal.format.is_free, questions))
    if not Proposal.objects.filter(pk=proposal.pk, version=version).exists():
        raise ChangedMeanwhile()
    proposal.state, proposal.published_at, proposal.version = Proposal.State.PUBLISHED, at, version + 1
    proposal.save(update_fields=["state", "published_at", "version"])
    keep_revision(proposal, content, actor=actor, at=at)
    record("call.proposal_published", actor=actor, at=at, event_id=proposal.event_id, about=proposal, public=True)
