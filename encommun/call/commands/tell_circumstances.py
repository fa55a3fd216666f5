"""An author tells, if she likes, where she comes from and whether it is her first time."""

from datetime import datetime

from django.db import transaction

from encommun.call.models import Circumstances, Proposal
from encommun.call.refusals import UnknownChoice
from encommun.call.rules import author_among, may_see_as_author
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require
from encommun.journal.commands import record


@transaction.atomic
def tell_circumstances(proposal: Proposal, *, territory: str, first_time: str, actor: Actor, at: datetime) -> None:
    """Keep the answers, or forget them when both are empty. What was answered is in no journal.

    Raises:
        NotFound: the actor is no author of it.
        UnknownChoice: not one of the answers.
    """
    require(may_see_as_author(actor, proposal))
    author = author_among(actor, proposal)
    if author is None:
        raise NotFound()
    for given, known in ((territory, Circumstances.Territory.values), (first_time, Circumstances.First.values)):
        if given and given not in known:
            raise UnknownChoice(choice=given)
    if territory or first_time:
        told = {"territory": territory, "first_time": first_time, "answered_at": at}
        Circumstances.objects.update_or_create(author=author, defaults=told)
    else:
        Circumstances.objects.filter(author=author).delete()
    record("call.circumstances_told", actor=actor, at=at, event_id=proposal.event_id, about=proposal)
