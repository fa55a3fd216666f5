"""Keep the places while the payment page is open."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.registration.models import Booking
from encommun.registration.rules import HOLD_WHILE_PAYING, may_pay


@transaction.atomic
def extend_hold(booking: Booking, *, actor: Actor, at: datetime) -> Booking:
    """Extend a hold, once in the life of a booking.

    Raises:
        AlreadyConfirmed, BookingEnded, BookingLapsed
    """
    booking = Booking.objects.select_for_update().get(pk=booking.pk)
    require(may_pay(booking, at))
    if booking.held_until is not None and not booking.hold_extended:
        booking.held_until, booking.hold_extended = at + HOLD_WHILE_PAYING, True
        booking.save(update_fields=["held_until", "hold_extended"])
        record("registration.hold_extended", actor=actor, at=at, event_id=booking.event_id, about=booking)
    return booking
