"""Everybody registered votes, where the team so decides."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from encommun.deliberation.electorate import Electorate
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.registration.models import Booking, Seat


def includes(actor: Actor, event: Event) -> bool:
    """Whether the person signed in holds a seat of a confirmed booking, or made it."""
    hers = Q(email=actor.email) | Q(seats__holder_email=actor.email)
    return actor.is_signed_in and Booking.objects.filter(hers, event=event, state=Booking.State.CONFIRMED).exists()


def size(event: Event) -> int:
    """How many different addresses that makes."""
    confirmed = Booking.objects.filter(event=event, state=Booking.State.CONFIRMED)
    holders = Seat.objects.filter(booking__in=confirmed).exclude(holder_email="").values_list("holder_email", flat=True)
    return len({*confirmed.values_list("email", flat=True), *holders})


ELECTORATES = [Electorate(code="registered", name=_("Everybody registered"), includes=includes, size=size)]
