"""Take a former version back: undo, which is itself a new version."""

from datetime import datetime

from django.db import transaction

from encommun.call.commands.edit_proposal import edit_proposal
from encommun.call.commands.save_draft import save_draft
from encommun.call.content import Content
from encommun.call.models import Proposal, Revision
from encommun.call.refusals import NoSuchVersion
from encommun.call.rules import may_build
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require


@transaction.atomic
def take_version_back(proposal: Proposal, *, number: int, version: int, actor: Actor, at: datetime) -> None:
    """Save the text of a former version again. Nothing is lost: the text of now is a version too.

    Raises:
        NotFound, OnlyHelps, AlreadyWithdrawn: the actor does not build it, or it was withdrawn.
        NoSuchVersion: there is no version of that number.
        NotComplete: it is public, and that version lacks something that readers need.
        ChangedMeanwhile: it was saved since the author looked.
    """
    require(may_build(actor, proposal))
    revision = Revision.objects.filter(proposal=proposal, version=number).first()
    if revision is None:
        raise NoSuchVersion()
    save = edit_proposal if proposal.state == Proposal.State.PUBLISHED else save_draft
    save(proposal, Content.kept(revision.fields), version=version, actor=actor, at=at)
