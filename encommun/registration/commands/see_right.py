"""Check the right to a reduced price, and keep nothing but the day."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.registration.models import Booking, Seat
from encommun.registration.refusals import BookingEnded
from encommun.registration.rules import checks_rights


@transaction.atomic
def see_right(seat: Seat, *, actor: Actor, at: datetime) -> Seat:
    """Write that the right to a reduced price was seen today: neither the proof nor its number is kept.

    Raises:
        NotAllowed, BookingEnded
    """
    booking = Booking.objects.select_related("event").get(pk=seat.booking_id)
    require(checks_rights(actor, booking.event_id))
    if booking.state not in (Booking.State.HELD, Booking.State.CONFIRMED) or seat.cancelled_at or not seat.pass_type.right:
        raise BookingEnded()
    if seat.right_seen_on is not None:
        return seat
    seat.right_seen_on = at.astimezone(booking.event.zone).date()
    seat.save(update_fields=["right_seen_on"])
    record("registration.right_seen", actor=actor, at=at, event_id=booking.event_id, about=seat)
    return seat
