"""An author says when she can be there, when she would rather, and where she speaks from."""

from datetime import datetime

from django.db import transaction

from encommun.call.models import Author, Proposal
from encommun.call.refusals import UnknownChoice
from encommun.call.rules import author_among, may_see_as_author
from encommun.events.hours import is_zone
from encommun.events.models import Presence
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require
from encommun.journal.commands import record


@transaction.atomic
def say_presence(proposal: Proposal, said: Presence, *, actor: Actor, at: datetime) -> None:
    """Keep the actor's own hours, the same for all that she carries at the gathering. They are in no journal; her sessions follow.

    Raises:
        NotFound: the actor is no author of it.
        UnknownChoice: no such time zone.
    """
    require(may_see_as_author(actor, proposal))
    author = author_among(actor, proposal)
    if author is None:
        raise NotFound()
    if said.zone and not is_zone(said.zone):
        raise UnknownChoice(choice=said.zone)
    author.presence = said
    facts = {"available": author.available, "wished": author.wished, "zone": author.zone}
    hers = Author.objects.filter(proposal__event=proposal.event_id, email=author.email)
    if not hers.exclude(**facts).update(**facts):
        return
    record("call.presence_said", actor=actor, at=at, event_id=proposal.event_id, about=proposal, author=author.pk)
