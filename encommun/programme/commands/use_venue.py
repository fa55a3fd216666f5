"""Let a gathering use a venue."""

from datetime import datetime

from django.db import transaction

from encommun.events.models import Event, EventVenue
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.places.models import Venue
from encommun.programme.rules import may_compose


@transaction.atomic
def use_venue(event: Event, venue: Venue, *, actor: Actor, at: datetime) -> None:
    """Add a venue to those of the gathering, last; done twice, it does nothing more.

    Raises:
        NotAllowed: the actor does not compose the programme.
    """
    require(may_compose(actor, event))
    _link, made = EventVenue.objects.get_or_create(event=event, venue=venue, defaults={"position": event.event_venues.count()})
    if made:
        record("programme.venue_used", actor=actor, at=at, event_id=event.pk, about=venue, public=True)
