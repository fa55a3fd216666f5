"""Describe a venue, and how long it takes to walk to another."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.text import slugify

from encommun.foundation.actor import Actor
from encommun.foundation.codes import new_code
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line, clean_text
from encommun.journal.commands import record
from encommun.places.models import Venue, Walk
from encommun.places.refusals import NameMissing
from encommun.places.rules import may_describe


@dataclass(frozen=True, kw_only=True)
class VenueText:
    """What a venue says of itself."""

    name: str
    address: str = ""
    postcode: str = ""
    town: str = ""
    insee_code: str = ""
    pivot: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    access: dict[str, str] = field(default_factory=dict)
    access_url: str = ""
    url: str = ""

    def put_on(self, venue: Venue) -> None:
        """Write it on a venue (not saved).

        Raises:
            NameMissing: nothing is left of the name.
        """
        for name in ("name", "address", "postcode", "town", "insee_code", "pivot"):
            setattr(venue, name, clean_line(getattr(self, name)))
        if not venue.name:
            raise NameMissing()
        venue.latitude, venue.longitude = self.latitude, self.longitude
        venue.access = {language: clean_text(text) for language, text in self.access.items() if clean_text(text)}
        venue.access_url, venue.url = self.access_url, self.url


@transaction.atomic
def make_venue(text: VenueText, *, event_id: int, actor: Actor, at: datetime) -> Venue:
    """A venue that nobody described before; ``programme.commands.use_venue`` lets the event use it.

    Raises:
        NotAllowed: the actor does not compose the event's programme.
        NameMissing: a venue has a name.
    """
    require(may_describe(actor, event_id))
    venue = Venue(updated_at=at)
    text.put_on(venue)
    venue.slug = slugify(venue.name)[:50] or "lieu"
    while Venue.objects.filter(slug=venue.slug).exists():
        venue.slug = f"{venue.slug[:50]}-{new_code(4).lower()}"
    venue.save()
    record("places.venue_made", actor=actor, at=at, event_id=event_id, about=venue)
    return venue


@transaction.atomic
def describe_venue(venue: Venue, text: VenueText, *, event_id: int, actor: Actor, at: datetime) -> None:
    """Change what a venue says of itself.

    Raises:
        NotAllowed: the actor does not compose the event's programme.
        NameMissing: a venue has a name.
    """
    require(may_describe(actor, event_id))
    text.put_on(venue)
    venue.updated_at = at
    venue.save()
    record("places.venue_described", actor=actor, at=at, event_id=event_id, about=venue, public=True)


@transaction.atomic
def set_walk(one: Venue, other: Venue, *, minutes: int | None, event_id: int, actor: Actor, at: datetime) -> None:
    """Say how long it takes to go from one venue to the other; None forgets it.

    Raises:
        NotAllowed: the actor does not compose the event's programme.
    """
    require(may_describe(actor, event_id))
    first, second = sorted((one, other), key=lambda venue: venue.pk)
    if minutes is None:
        Walk.objects.filter(one=first, other=second).delete()
    else:
        Walk.objects.update_or_create(one=first, other=second, defaults={"minutes": minutes})
    record("places.walk_set", actor=actor, at=at, event_id=event_id, about=first, public=True, other=second.pk, minutes=minutes)
