"""An author leaves a proposal that others go on with."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from encommun.call import consents
from encommun.call.models import Author, Proposal
from encommun.call.rules import author_among, may_leave
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.journal.rules import reference
from encommun.privacy.commands import withdraw_consents


@transaction.atomic
def leave_proposal(proposal: Proposal, *, actor: Actor, at: datetime) -> None:
    """Take one's name, consents and rights away; the text and the others stay. If nobody carries it then, the next one does.

    Raises:
        NotFound: the actor is no author.
        LastAuthor: nobody would be left to carry it.
    """
    Proposal.objects.select_for_update().filter(pk=proposal.pk).first()
    require(may_leave(actor, proposal))
    author = author_among(actor, proposal)
    withdraw_consents(email=author.email, purpose=consents.PURPOSE, about=reference(author), actor=actor, at=at)
    gone = {"left_at": at, "name": "", "structure_name": "", "name_is_public": False, "link_epoch": F("link_epoch") + 1}
    Author.objects.filter(pk=author.pk).update(**gone)
    _let_somebody_carry(proposal)
    record(
        "call.author_left",
        actor=actor,
        at=at,
        event_id=proposal.event_id,
        about=proposal,
        public=proposal.published_at is not None,
        author=author.pk,
    )


def _let_somebody_carry(proposal: Proposal) -> None:
    staying = Author.objects.filter(proposal=proposal).exclude(email="").exclude(part=Author.Part.HELPS)
    if not staying.filter(part=Author.Part.CARRIES).exists() and (first := staying.first()) is not None:
        Author.objects.filter(pk=first.pk).update(part=Author.Part.CARRIES)
