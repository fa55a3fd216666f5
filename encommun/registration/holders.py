"""Whose pass it is, for the programme: its open-space slots are filled by those who come."""

from django.db.models import Q

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.codes import read_code
from encommun.programme.holders import Holder
from encommun.registration.models import Booking, Seat
from encommun.registration.rules import held_by_links


def find_holder(event: Event, actor: Actor, code: str = "") -> Holder | None:
    """By the code of the pass; without one, by the links that the person opened or by her account."""
    if code:
        which = Q(code=read_code(code))
    else:
        which = held_by_links(actor.links) | (Q(holder_email=actor.email) if actor.email else Q(pk=None))
    valid = Seat.objects.filter(which, booking__event=event, booking__state=Booking.State.CONFIRMED, cancelled_at=None)
    seats = list(valid.select_related("booking"))
    if not seats:
        return None
    return Holder(email=seats[0].holder_email or seats[0].booking.email, days=frozenset(day for seat in seats for day in seat.days))
