"""A booking or a pass, for those who may see it."""

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.codes import read_code
from encommun.foundation.refusals import NotFound
from encommun.registration.models import Booking, Seat
from encommun.registration.rules import may_see_booking, may_see_seat


def booking_seen_by(actor: Actor, event: Event, code: str) -> Booking:
    """A booking with its seats.

    Raises:
        NotFound: there is none, or the actor may not see it.
    """
    booking = Booking.objects.filter(event=event, code=read_code(code)).first()
    if booking is None or may_see_booking(actor, booking) is not True:
        raise NotFound()
    booking.event = event
    booking.all_seats = list(booking.seats.select_related("pass_type").order_by("pk"))
    return booking


def seat_seen_by(actor: Actor, event: Event, code: str) -> Seat:
    """A pass with its booking.

    Raises:
        NotFound: there is none, or the actor may not see it.
    """
    seats = Seat.objects.select_related("booking", "pass_type")
    seat = seats.filter(booking__event=event, code=read_code(code)).first()
    if seat is None or may_see_seat(actor, seat) is not True:
        raise NotFound()
    seat.booking.event = event
    return seat


def my_bookings(actor: Actor, event: Event) -> list[Booking]:
    """The bookings of an event made with the actor's proven address, the newest first."""
    if not actor.email:
        return []
    return list(Booking.objects.filter(event=event, email=actor.email).order_by("-booked_at")[:50])
