"""Save a draft; saving by itself and by the button are the same."""

from datetime import datetime

from django.db import transaction

from encommun.call.content import NAMES, Content
from encommun.call.models import Proposal, Revision, Suggestion
from encommun.call.rules import author_among, may_save_draft
from encommun.call.search import index
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import ChangedMeanwhile, require
from encommun.journal.commands import record


@transaction.atomic
def save_draft(proposal: Proposal, content: Content, *, version: int, actor: Actor, at: datetime) -> Proposal:
    """Save what there is; nothing is required, whatever the deadline.

    Raises:
        NotFound, NotADraft: the actor is no author, or it is published or withdrawn.
        ChangedMeanwhile: saved by somebody else after ``version``; nothing was overwritten.
    """
    require(may_save_draft(actor, proposal))
    if save_content(proposal, content, version=version, actor=actor, at=at):
        record("call.draft_saved", actor=actor, at=at, event_id=proposal.event_id, about=proposal, version=proposal.version)
    return proposal


def save_content(
    proposal: Proposal, content: Content, *, version: int, actor: Actor, at: datetime, suggestion: Suggestion | None = None
) -> list[str]:
    """Write the content over the version that the author had before her eyes; answer the names of what changed.

    The row is locked and read again, so that of two saves at the same moment the second is refused.
    The same text sent twice changes nothing and is no conflict.

    Raises:
        ChangedMeanwhile: another version was saved since.
    """
    content = content.cleaned()
    latest = Proposal.objects.select_for_update().get(pk=proposal.pk)
    changed = content.changed_from(Content.of(latest).as_json())
    if latest.state != proposal.state or (changed and version != latest.version):
        raise ChangedMeanwhile()
    content.put_on(proposal)
    proposal.version = latest.version
    if not changed:
        return []
    proposal.version, proposal.saved_at = latest.version + 1, at
    proposal.save(update_fields=[*NAMES, "version", "saved_at"])
    index(proposal)
    keep_revision(proposal, content, actor=actor, at=at, changed=changed, suggestion=suggestion)
    return changed


def keep_revision(
    proposal: Proposal,
    content: Content,
    *,
    actor: Actor,
    at: datetime,
    changed: list[str] | None = None,
    suggestion: Suggestion | None = None,
) -> None:
    """Keep the whole text as it is after a save."""
    Revision.objects.create(
        proposal=proposal,
        version=proposal.version,
        at=at,
        actor=actor.reference,
        author=author_among(actor, proposal),
        suggestion=suggestion,
        is_public=proposal.published_at is not None,
        fields=content.as_json(),
        changed=changed or [],
    )
