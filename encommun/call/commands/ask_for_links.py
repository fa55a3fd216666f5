"""Ask for the links of one's proposals again."""

from datetime import datetime

from django.db import transaction

from encommun.call.models import Author, Proposal
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.text import clean_email
from encommun.journal.commands import record

MOST = 10


@transaction.atomic
def ask_for_links(event: Event, *, email: str, actor: Actor, at: datetime) -> int:
    """Have a letter sent for each proposal of that address; answer how many. Doors never say how many to the one who asks."""
    kept = Author.objects.filter(proposal__event=event, email=clean_email(email)).exclude(
        proposal__state__in=(Proposal.State.WITHDRAWN, Proposal.State.MERGED)
    )
    authors = list(kept.select_related("proposal").order_by("-proposal__saved_at")[:MOST])
    for author in authors:
        record("call.link_asked", actor=actor, at=at, event_id=event.pk, about=author.proposal, author=author.pk)
    return len(authors)
