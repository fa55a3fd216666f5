"""Change a published proposal, before everyone's eyes."""

from datetime import datetime

from django.db import transaction

from encommun.call.commands.save_draft import save_content
from encommun.call.content import Content
from encommun.call.models import Format, Proposal, Suggestion
from encommun.call.rules import is_complete, may_edit
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record


@transaction.atomic
def edit_proposal(
    proposal: Proposal, content: Content, *, version: int, actor: Actor, at: datetime, suggestion: Suggestion | None = None
) -> list[str]:
    """Save a new public text; what changed is told on the public page. Answers the names of the fields that changed.

    Raises:
        NotFound, NotPublished: the actor is no author, or it is not public.
        NotComplete: something that readers need would be missing.
        ChangedMeanwhile: saved by somebody else after ``version``; nothing was overwritten.
    """
    require(may_edit(actor, proposal))
    is_free = Format.objects.filter(event_id=proposal.event_id, slug=content.format, is_free=True).exists()
    questions = proposal.event.questions.select_related("axis", "format")
    require(is_complete(content.cleaned(), is_free, questions))
    changed = save_content(proposal, content, version=version, actor=actor, at=at, suggestion=suggestion)
    if changed:
        record(
            "call.proposal_edited",
            actor=actor,
            at=at,
            event_id=proposal.event_id,
            about=proposal,
            public=True,
            version=proposal.version,
            changed=changed,
        )
    return changed
