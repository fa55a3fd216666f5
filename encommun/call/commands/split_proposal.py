"""Make a second proposal out of one that holds two."""

from datetime import datetime

from django.db import transaction

from encommun.call.commands.save_draft import keep_revision
from encommun.call.commands.start_draft import save_under_a_new_code
from encommun.call.content import Content
from encommun.call.models import Author, Proposal
from encommun.call.rules import author_among, may_split
from encommun.call.search import index
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record


@transaction.atomic
def split_proposal(proposal: Proposal, *, actor: Actor, at: datetime) -> Proposal:
    """A draft with the same text, to be cut down, that the actor carries and may publish even after the deadline.

    Raises:
        NotFound, OnlyHelps, NotPublished: the actor does not build it, or it is not public.
    """
    require(may_split(actor, proposal))
    me, content = author_among(actor, proposal), Content.of(proposal)
    made = Proposal(event=proposal.event, language=proposal.language, split_from=proposal, created_at=at, saved_at=at)
    content.put_on(made)
    save_under_a_new_code(made)
    index(made)
    Author.objects.create(proposal=made, email=me.email, account_id=me.account_id, name=me.name, structure_name=me.structure_name)
    keep_revision(made, content, actor=actor, at=at)
    record("call.proposal_split", actor=actor, at=at, event_id=made.event_id, about=proposal, public=True, made=made.code)
    return made
